"""Origins of Azure Front Door Standard and Premium, as `backend` assets: what it sends requests on to."""

from __future__ import annotations

from collections.abc import Iterator

from tfaudit.model.asset import Asset, Key
from tfaudit.model.resources import Unresolved
from tfaudit.reading.asset import asset
from tfaudit.reading.documented import ByPlane, Documented
from tfaudit.reading.fact import Fact, Facts, inapplicable
from tfaudit.reading.spelling import Spelling, azure
from tfaudit.reading.view import View
from tfaudit.services.azure.choices import switched
from tfaudit.services.azure.keys.keys import RESOURCE, below, by_id, part_of, raw

READS = ("azurerm_cdn_frontdoor_origin", "microsoft.cdn/profiles/origingroups/origins")
KINDS = ("backend",)
NAMES = ("name",)
ARM_TYPES = ("Microsoft.Cdn/profiles/originGroups/origins", "Microsoft.Cdn/profiles/originGroups")

_PROFILE = "microsoft.cdn/profiles"
_GROUPS = f"{_PROFILE}/origingroups"
_PAGE = "learn.microsoft.com/azure/frontdoor/end-to-end-tls"

TABLE: Spelling = {
    **RESOURCE,
    # word, then its path in Terraform and in ARM
    "group_of": azure("cdn_frontdoor_origin_group_id", "parent"),
    "checked": azure("certificate_name_check_enabled", "properties.enforceCertificateNameCheck"),
}
GROUP: Spelling = {**RESOURCE, "profile": azure("cdn_frontdoor_profile_id", "parent")}
IDENTITY = (*RESOURCE, "group_of")

ORIGIN: Facts = {
    "encryption.in_transit": inapplicable("the routes that lead to it say by which protocol"),
    # azurerm has no default: it asks for the attribute.
    "certificate_checked": Fact(switched, of=("checked",), default=ByPlane(arm=Documented(True, _PAGE))),
}


def _key(view: View) -> Key:
    if (known := by_id(view)) is not None:
        return known
    for group in view.leads_to("group_of", "azurerm_cdn_frontdoor_origin_group", _GROUPS):
        above = below(group.spelled(GROUP), "profile", _PROFILE, "origingroups")
        return part_of(above, _GROUPS, "origins", raw(view, "name"))
    return Unresolved("its group of origins is not known", "scan the plan or the live subscription")


def assets(view: View) -> Iterator[Asset]:
    """Yield the one `backend` that the origin is."""
    yield asset("backend", view, ORIGIN, _key(view))
