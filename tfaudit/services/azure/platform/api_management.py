"""Azure API Management, as `managed_service` assets."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tfaudit.model.asset import Asset
from tfaudit.reading.answers import Said
from tfaudit.reading.asset import asset
from tfaudit.reading.documented import Cited, Documented
from tfaudit.reading.fact import Fact, Facts
from tfaudit.reading.spelling import Spelling, azure
from tfaudit.reading.view import View
from tfaudit.services.azure.choices import lower, switched
from tfaudit.services.azure.keys.keys import named
from tfaudit.services.azure.platform import common

READS = ("azurerm_api_management", "microsoft.apimanagement/service")
KINDS = ("managed_service",)
NAMES = ("name",)
ARM_TYPES = ("Microsoft.ApiManagement/service",)

ARM_TYPE = "microsoft.apimanagement/service"
IDENTITY = common.IDENTITY
_PAGE = Cited(
    "hashicorp/azurerm/4.50.0/docs/resources/api_management",
    "learn.microsoft.com/azure/templates/microsoft.apimanagement/service",
)

# word, then its path in Terraform and in ARM
TABLE: Spelling = {
    **common.spelling(
        azure("public_network_access_enabled", "properties.publicNetworkAccess"),
    ),
    "place": azure("virtual_network_type", "properties.virtualNetworkType"),
}


def _public(endpoint: Any, place: Any) -> Any:
    """Return whether it has public addresses: inside a network all of them are private ones.

    learn.microsoft.com/azure/api-management/api-management-using-with-internal-vnet
    """
    if switched(endpoint) is not False and lower(place) == "internal":
        return Said(False, by="place")
    return switched(endpoint)


SERVICE: Facts = {
    **common.facts(
        _PAGE,
        ARM_TYPE,
        without_keys="what callers sign in by is a matter of each API",
        without_customer_key="the service takes no key of the customer's",
    ),
    "network.public": Fact(_public, of=("endpoint", "place"), default=Documented(True, _PAGE)),
}


def assets(view: View) -> Iterator[Asset]:
    """Yield the one `managed_service` that the resource declares."""
    yield asset("managed_service", view, SERVICE, named(view, ARM_TYPE))
