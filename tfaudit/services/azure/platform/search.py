"""Azure AI Search, as `managed_service` assets."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tfaudit.model.asset import Asset
from tfaudit.reading.asset import asset
from tfaudit.reading.documented import Cited, Documented
from tfaudit.reading.fact import Fact, Facts
from tfaudit.reading.parts import some
from tfaudit.reading.spelling import NOTHING, Spelling, azure
from tfaudit.reading.values import as_list
from tfaudit.reading.view import View
from tfaudit.services.azure.choices import lower
from tfaudit.services.azure.keys.keys import named
from tfaudit.services.azure.platform import common

READS = ("azurerm_search_service", "microsoft.search/searchservices")
KINDS = ("managed_service",)
NAMES = ("name",)
ARM_TYPES = ("Microsoft.Search/searchServices",)

ARM_TYPE = "microsoft.search/searchservices"
IDENTITY = common.IDENTITY
_PAGE = Cited(
    "hashicorp/azurerm/4.50.0/docs/resources/search_service",
    "learn.microsoft.com/azure/templates/microsoft.search/searchservices",
)
_OPEN = Cited(_PAGE.terraform, "learn.microsoft.com/azure/search/service-configure-firewall")
_KEYS = Cited(_PAGE.terraform, "learn.microsoft.com/azure/search/search-security-api-keys")
_CAPACITY = Cited(_PAGE.terraform, "learn.microsoft.com/azure/search/search-capacity-planning")
_BLOCKED = "learn.microsoft.com/rest/api/searchmanagement/services/create-or-update"

TABLE: Spelling = {
    **common.spelling(
        azure("public_network_access_enabled", "properties.publicNetworkAccess"),
        keys_taken=azure("local_authentication_enabled", NOTHING),
        no_keys=azure(NOTHING, "properties.disableLocalAuth"),
    ),
    # word, then its path in Terraform and in ARM
    "replicas": azure("replica_count", "properties.replicaCount"),
    "ranges": azure("allowed_ips", "properties.networkRuleSet.ipRules"),
    "kept_in": azure(NOTHING, "properties.dataExfiltrationProtections"),
}


def _blocks_all(kept_in: Any) -> bool | None:
    """Return whether its indexers and skills write to nothing but what is approved."""
    return None if kept_in is None else some(as_list(kept_in), lambda each: lower(each) == "blockall")


SERVICE: Facts = {
    **common.facts(
        _PAGE, ARM_TYPE, keys=_KEYS, without_customer_key="keys of the customer are chosen for each index"
    ),
    "network.outbound_restricted": Fact(_blocks_all, of=("kept_in",), default=Documented(False, _BLOCKED)),
    "network.public": Fact(
        common.reached_by_named,
        of=("endpoint", "ranges"),
        default=Documented(True, _OPEN),
    ),
    "replicas": Fact("replicas", default=Documented(1, _CAPACITY)),
}


def assets(view: View) -> Iterator[Asset]:
    """Yield the one `managed_service` that the resource declares."""
    yield asset("managed_service", view, SERVICE, named(view, ARM_TYPE))
