"""Azure AI Search, as `managed_service` assets."""

from __future__ import annotations

from collections.abc import Iterator

from tfaudit.model.asset import Asset
from tfaudit.reading.asset import asset
from tfaudit.reading.fact import Facts
from tfaudit.reading.spelling import NOTHING, Spelling, azure
from tfaudit.reading.view import View
from tfaudit.services.azure.keys.keys import named
from tfaudit.services.azure.platform import common

READS = ("azurerm_search_service", "microsoft.search/searchservices")
KINDS = ("managed_service",)
NAMES = ("name",)
ARM_TYPES = ("Microsoft.Search/searchServices",)

ARM_TYPE = "microsoft.search/searchservices"
IDENTITY = common.IDENTITY
_PAGE = "hashicorp/azurerm/4.50.0/docs/resources/search_service"

# word, then its path in Terraform and in ARM
TABLE: Spelling = common.spelling(
    azure("public_network_access_enabled", "properties.publicNetworkAccess"),
    keys_taken=azure("local_authentication_enabled", NOTHING),
    no_keys=azure(NOTHING, "properties.disableLocalAuth"),
)

SERVICE: Facts = common.facts(
    _PAGE, ARM_TYPE, without_customer_key="keys of the customer are chosen for each index"
)


def assets(view: View) -> Iterator[Asset]:
    """Yield the one `managed_service` that the resource declares."""
    yield asset("managed_service", view, SERVICE, named(view, ARM_TYPE))
