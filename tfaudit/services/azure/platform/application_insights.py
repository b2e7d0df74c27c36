"""Application Insights, as `managed_service` assets.

What it records lies in a Log Analytics workspace, which is judged: here is who may send to it, and ask it, from where.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tfaudit.model.asset import Asset
from tfaudit.reading.asset import asset
from tfaudit.reading.documented import Documented
from tfaudit.reading.fact import Fact, Facts, inapplicable
from tfaudit.reading.spelling import Spelling, azure
from tfaudit.reading.view import View
from tfaudit.services.azure.choices import switched
from tfaudit.services.azure.keys.keys import RESOURCE, named
from tfaudit.services.azure.platform.common import SELDOM, takes_keys
from tfaudit.services.azure.tags import TAGGED, TAGS

READS = ("azurerm_application_insights", "microsoft.insights/components")
KINDS = ("managed_service",)
NAMES = ("name",)
ARM_TYPES = ("Microsoft.Insights/components",)

IDENTITY = tuple(RESOURCE)
_NETWORKS = "learn.microsoft.com/azure/azure-monitor/logs/private-link-security"
_SIGN_IN = "learn.microsoft.com/azure/azure-monitor/app/azure-ad-authentication"
_OF_WORKSPACE = "what it records lies in a workspace, which is judged"

TABLE: Spelling = {
    **RESOURCE,
    **TAGGED,
    # word, then its path in Terraform and in ARM
    "ingestion": azure("internet_ingestion_enabled", "properties.publicNetworkAccessForIngestion"),
    "query": azure("internet_query_enabled", "properties.publicNetworkAccessForQuery"),
    "no_keys": azure("local_authentication_disabled", "properties.disableLocalAuth"),
}


def open_to_all(ingestion: Any, query: Any) -> bool | None:
    """Return whether every network may send to it, or ask it: where one of both is not set, it is open."""
    if ingestion is None and query is None:
        return None
    return any(each is None or is_open(each) for each in (ingestion, query))


def is_open(access: Any) -> bool:
    """Return whether a way in is open to every network: a perimeter closes it as well."""
    if str(access).lower() == "securedbyperimeter":
        return False
    switch = switched(access)
    return switch if isinstance(switch, bool) else True


def _keys(without: Any) -> Any:
    return takes_keys(None, without)


SERVICE: Facts = {
    **SELDOM,
    "logs.enabled": inapplicable("it is where logs are sent to"),
    "network.public": Fact(open_to_all, of=("ingestion", "query"), default=Documented(True, _NETWORKS)),
    "network.private_endpoint": inapplicable("a private link scope, and not it, is reached by one"),
    "shared_key_access": Fact(_keys, of=("no_keys",), default=Documented(True, _SIGN_IN)),
    "managed_identity": inapplicable("it calls nobody"),
    "encryption.customer_managed_key": inapplicable(_OF_WORKSPACE),
    "tags": TAGS,
}


def assets(view: View) -> Iterator[Asset]:
    """Yield the one `managed_service` that the resource declares."""
    yield asset("managed_service", view, SERVICE, named(view, "microsoft.insights/components"))
