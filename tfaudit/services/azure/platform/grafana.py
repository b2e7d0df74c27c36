"""Azure Managed Grafana, as `managed_service` assets."""

from __future__ import annotations

from collections.abc import Iterator

from tfaudit.model.asset import Asset
from tfaudit.reading.asset import asset
from tfaudit.reading.documented import Cited, Documented
from tfaudit.reading.fact import Fact, Facts
from tfaudit.reading.spelling import Spelling, azure
from tfaudit.reading.view import View
from tfaudit.services.azure.choices import switched
from tfaudit.services.azure.keys.keys import named
from tfaudit.services.azure.platform import common

READS = ("azurerm_dashboard_grafana", "microsoft.dashboard/grafana")
KINDS = ("managed_service",)
NAMES = ("name",)
ARM_TYPES = ("Microsoft.Dashboard/grafana",)

ARM_TYPE = "microsoft.dashboard/grafana"
IDENTITY = common.IDENTITY
_PAGE = Cited(
    "hashicorp/azurerm/4.50.0/docs/resources/dashboard_grafana",
    "learn.microsoft.com/azure/managed-grafana/how-to-set-up-private-access",
)
_KEYS = Cited(_PAGE.terraform, "learn.microsoft.com/azure/managed-grafana/how-to-create-api-keys")

# word, then its path in Terraform and in ARM
TABLE: Spelling = common.spelling(
    azure("public_network_access_enabled", "properties.publicNetworkAccess"),
    keys_taken=azure("api_key_enabled", "properties.apiKey"),
)

SERVICE: Facts = {
    **common.facts(_PAGE, ARM_TYPE, without_customer_key="the service takes no key of the customer's"),
    "shared_key_access": Fact(switched, of=("keys_taken",), default=Documented(False, _KEYS)),
}


def assets(view: View) -> Iterator[Asset]:
    """Yield the one `managed_service` that the resource declares."""
    yield asset("managed_service", view, SERVICE, named(view, ARM_TYPE))
