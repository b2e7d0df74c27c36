"""Azure Traffic Manager, which sends clients to endpoints by the names that it gives out, as `load_balancer` assets."""

from __future__ import annotations

from collections.abc import Iterator

from tfaudit.model.asset import Asset
from tfaudit.reading.asset import asset
from tfaudit.reading.fact import Facts, always, inapplicable
from tfaudit.reading.spelling import Spelling
from tfaudit.reading.view import View
from tfaudit.services.azure.keys.keys import RESOURCE, named
from tfaudit.services.azure.locks import DELETION_PROTECTION
from tfaudit.services.azure.tags import TAGGED, TAGS

READS = ("azurerm_traffic_manager_profile", "microsoft.network/trafficmanagerprofiles")
KINDS = ("load_balancer",)
NAMES = ("name",)
ARM_TYPES = ("Microsoft.Network/trafficmanagerprofiles",)

ARM_TYPE = "microsoft.network/trafficmanagerprofiles"
_PAGE = "learn.microsoft.com/azure/traffic-manager/traffic-manager-how-it-works"
_NAMES = "it answers questions for names: no request passes it"

TABLE: Spelling = {**RESOURCE, **TAGGED}
IDENTITY = tuple(RESOURCE)

PROFILE: Facts = {
    "tls.min_version": inapplicable(_NAMES),
    "logs.enabled": inapplicable(_NAMES),
    "network.public": always(False, f"{_PAGE}: {_NAMES}"),
    "waf": inapplicable(_NAMES),
    "waf.mode": inapplicable(_NAMES),
    "drop_invalid_headers": inapplicable(_NAMES),
    "deletion_protection": DELETION_PROTECTION,
    "tags": TAGS,
}


def assets(view: View) -> Iterator[Asset]:
    """Yield the one `load_balancer` that the profile is."""
    yield asset("load_balancer", view, PROFILE, named(view, ARM_TYPE))
