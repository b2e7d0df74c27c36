"""Origins of Azure Front Door Standard and Premium, as `backend` assets: what it sends requests on to.

A route leads to a group of origins, and says by which protocol: HTTP alone, HTTPS alone, or that of the client.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tfaudit.model.asset import Asset, Key
from tfaudit.model.resources import Unresolved
from tfaudit.model.settings import Known, Unknown
from tfaudit.reading.asset import asset
from tfaudit.reading.companions import hidden_anywhere, may_be_missing
from tfaudit.reading.documented import ByPlane, Documented
from tfaudit.reading.fact import Fact, Facts
from tfaudit.reading.inventory import Inventory
from tfaudit.reading.spelling import Spelling, azure
from tfaudit.reading.states import Absent
from tfaudit.reading.view import View
from tfaudit.services.azure.choices import lower, switched
from tfaudit.services.azure.keys.keys import RESOURCE, below, by_id, part_of, raw
from tfaudit.services.azure.network.identities import identity, own, same

READS = ("azurerm_cdn_frontdoor_origin", "microsoft.cdn/profiles/origingroups/origins")
KINDS = ("backend",)
NAMES = ("name",)
ARM_TYPES = (
    "Microsoft.Cdn/profiles/originGroups/origins",
    "Microsoft.Cdn/profiles/originGroups",
    "Microsoft.Cdn/profiles/afdEndpoints/routes",
)

_PROFILE = "microsoft.cdn/profiles"
_GROUPS = f"{_PROFILE}/origingroups"
_GROUP_TYPES = ("azurerm_cdn_frontdoor_origin_group", _GROUPS)
_ROUTES = ("azurerm_cdn_frontdoor_route", f"{_PROFILE}/afdendpoints/routes")
_SETTLE = "scan the plan or the live subscription"
_PAGE = "learn.microsoft.com/azure/frontdoor/end-to-end-tls"
_AS_CLIENTS = "learn.microsoft.com/azure/frontdoor/front-door-route-matching: by the protocol of the client"

TABLE: Spelling = {
    **RESOURCE,
    # word, then its path in Terraform and in ARM
    "group_of": azure("cdn_frontdoor_origin_group_id", "parent"),
    "checked": azure("certificate_name_check_enabled", "properties.enforceCertificateNameCheck"),
}
GROUP: Spelling = {**RESOURCE, "profile": azure("cdn_frontdoor_profile_id", "parent")}
ROUTE: Spelling = {
    # word of a route, then its path in Terraform and in ARM
    "leads_to": azure("cdn_frontdoor_origin_group_id", "properties.originGroup.id"),
    "forwards": azure("forwarding_protocol", "properties.forwardingProtocol"),
}
IDENTITY = (*RESOURCE, "group_of")


def _encrypted(view: View) -> Any:
    """Return False, at the route, where one sends requests on by HTTP alone, True at the last route where none does."""
    named = view.word("group_of")
    groups = {own(each) for each in view.leads_to("group_of", *_GROUP_TYPES)}
    if not groups:
        because = "its group of origins, to which routes lead, is not known here"
        return Unknown(because, _SETTLE, named.resource, named.path)
    unsure: Unknown | None = None
    last: Known | None = None
    for route in _routes(view.inventory):
        leads = {
            same(identity(route.stated("leads_to").value, view.inventory), each, view.inventory)
            for each in groups
        }
        forwards = route.word("forwards")
        doubt = may_be_missing(route.resource, view.resource)
        if leads == {False}:
            continue
        if isinstance(forwards, Known):
            plain = lower(forwards.value) == "httponly"
            if plain and True in leads and doubt is None:
                return Known(False, forwards.resource, forwards.path)
            last = last or Known(True, forwards.resource, forwards.path)
            if plain:
                because = "a route that sends requests on by HTTP may lead to it"
                unsure = unsure or Unknown(because, _SETTLE, forwards.resource, forwards.path)
        elif isinstance(forwards, Unknown):
            unsure = unsure or forwards
    missed = hidden_anywhere(view.resource, _ROUTES[1], view.inventory)
    if unsure is None and missed is not None:
        return Unknown(missed.because, missed.settle_with, view.resource, view.base)
    return unsure or last or Absent(view.resource, view.base)


def _routes(inventory: Inventory) -> list[View]:
    return [View(each, inventory, table=ROUTE) for each in inventory.of_type(*_ROUTES)]


ORIGIN: Facts = {
    "encryption.in_transit": Fact(
        joins=_encrypted,
        of=("group_of",),
        default=Documented(True, _AS_CLIENTS),
        beside=(*_GROUP_TYPES, *_ROUTES),
    ),
    # azurerm has no default: it asks for the attribute.
    "certificate_checked": Fact(switched, of=("checked",), default=ByPlane(arm=Documented(True, _PAGE))),
}


def _key(view: View) -> Key:
    if (known := by_id(view)) is not None:
        return known
    for group in view.leads_to("group_of", *_GROUP_TYPES):
        above = below(group.spelled(GROUP), "profile", _PROFILE, "origingroups")
        return part_of(above, _GROUPS, "origins", raw(view, "name"))
    return Unresolved("its group of origins is not known", _SETTLE)


def assets(view: View) -> Iterator[Asset]:
    """Yield the one `backend` that the origin is."""
    yield asset("backend", view, ORIGIN, _key(view))
