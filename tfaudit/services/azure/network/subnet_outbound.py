"""How machines without an address of their own get out of a subnet: by one of Azure's, or by a way that is yours.

Azure lends such machines an address that nobody owns or watches, unless the subnet is private, has a NAT gateway, or
sends what goes out to a firewall by its routes.
"""

from __future__ import annotations

from typing import Any

from tfaudit.model.resources import Unresolved
from tfaudit.model.settings import Known, NotApplicable, Unknown
from tfaudit.reading.documented import ByPlane, Documented
from tfaudit.reading.fact import Fact
from tfaudit.reading.spelling import NOTHING, Spelling, azure
from tfaudit.reading.states import Absent, Pointer
from tfaudit.reading.values import as_bool
from tfaudit.reading.view import Some, View
from tfaudit.services.azure.api_versions import VERSION
from tfaudit.services.azure.elements import elements

ARM_TYPES = (
    "Microsoft.Network/virtualNetworks",
    "Microsoft.Network/virtualNetworks/subnets",
    "Microsoft.Network/routeTables",
    "Microsoft.Network/routeTables/routes",
)

_DOCS = "learn.microsoft.com/azure/virtual-network/ip-services/default-outbound-access"
_CHANGED = "2025-07-01"  # the first API version of which the new default is told
_TABLES = ("azurerm_route_table", "microsoft.network/routetables")
ROUTES = ("azurerm_route", "microsoft.network/routetables/routes")
JOINED = {ROUTES[0]: "route_table_name", ROUTES[1]: "parent"}
_NAT_LINK = "azurerm_subnet_nat_gateway_association"
_ROUTE_LINK = "azurerm_subnet_route_table_association"
_EVERYWHERE = ("0.0.0.0/0", "internet")
_OUTSIDE = ("internet",)
# learn.microsoft.com/azure/virtual-network/virtual-network-vnet-plan-design-arm: subnets that are services' own
_RESERVED = frozenset(
    {
        "gatewaysubnet",
        "azurefirewallsubnet",
        "azurefirewallmanagementsubnet",
        "azurebastionsubnet",
        "routeserversubnet",
    }
)

OUTBOUND: Spelling = {
    # word of a subnet, inside its network or of its own, then its path in Terraform and in ARM
    "lent": azure("default_outbound_access_enabled", "properties.defaultOutboundAccess"),
    "delegation": azure("delegation", "properties.delegations"),
    "nat": azure(NOTHING, "properties.natGateway.id"),
    "route_table": azure("route_table_id", "properties.routeTable.id"),
}
WORDS = ("name", *OUTBOUND)
ROUTE: Spelling = {
    "prefix": azure("address_prefix", "properties.addressPrefix"),
    "hop": azure("next_hop_type", "properties.nextHopType"),
}
ROUTE_TABLE: Spelling = {
    "name": azure("name", "name"),
    "routes": azure("route", "properties.routes", rows=ROUTE),
}
LINK: Spelling = {"route_table": azure("route_table_id", NOTHING)}


def _lent(view: View) -> Any:
    """Return whether machines get out by an address that Azure lends them."""
    name, lent, delegation = view.word("name"), view.word("lent"), view.word("delegation")
    if isinstance(name, Known) and str(name.value).lower() in _RESERVED:
        return NotApplicable(f"{name.value} is a service's own", view.resource, view.base)
    if isinstance(lent, Known) and as_bool(lent.value) is False:
        return Known(False, lent.resource, lent.path)
    if isinstance(delegation, Known) and delegation.value not in ([], {}):
        return NotApplicable("it is given over to a service", delegation.resource, delegation.path)
    # A service's own subnet is named in so many words: a name that is not known is another's.
    unsure = next((each for each in (lent, delegation) if isinstance(each, (Unknown, Pointer))), None)
    own_way = _own_way(view)
    if isinstance(own_way, Known):
        return own_way
    if unsure is not None or own_way is not None:
        return unsure or own_way
    return lent


def _own_way(view: View) -> Known | Unknown | None:
    """Return False, with its place, where a NAT gateway or a route is the way out; None where none is."""
    nat = view.word("nat")
    match nat:
        case Known() | Pointer():
            return Known(False, nat.resource, nat.path)
        case Unknown():
            return nat
        case Absent():
            pass
    unclear: Unknown | None = None
    tables, maybe = _named(view)
    linked = View(view.resource, view.inventory, {_NAT_LINK: "subnet_id", _ROUTE_LINK: "subnet_id"})
    if view.resource.type == "azurerm_subnet":
        gateways = linked.companions(_NAT_LINK)
        for link in gateways.views:
            return Known(False, link.resource, ("nat_gateway_id",))
        unclear = gateways.more if isinstance(gateways, Some) else None
        routes = linked.companions(_ROUTE_LINK)
        for link in routes.views:
            found, why = _named(link.spelled(LINK))
            tables, maybe = [*tables, *found], maybe or why
        unclear = unclear or (routes.more if isinstance(routes, Some) else None)
    for table in tables:
        routed = _routed(table)
        if isinstance(routed, Known):
            return routed
        unclear = unclear or routed
    return unclear or maybe


def _named(view: View) -> tuple[list[View], Unknown | None]:
    """Return the route tables that the word leads to, and why there is one whose routes are not known."""
    reading = view.word("route_table")
    match reading:
        case Absent():
            return [], None
        case Unknown():
            return [], reading
        case Known() | Pointer():
            found = [each for each in view.leads_to("route_table") if each.resource.type in _TABLES]
            if found:
                return found, None
            because = "its route table is not declared here"
            settle = "scan the plan or the live subscription"
            return [], Unknown(because, settle, reading.resource, reading.path)


def _routed(table: View) -> Known | Unknown | None:
    """Return False where a route of the table sends what goes out elsewhere than to the internet."""
    whole = View(table.resource, table.inventory, JOINED, ("name",), ROUTE_TABLE)
    beside = whole.companions(*ROUTES)
    unclear = beside.more if isinstance(beside, Some) else None
    for route in (*elements(whole, "routes"), *(each.spelled(ROUTE) for each in beside.views)):
        prefix, hop = route.word("prefix"), route.word("hop")
        for each in (prefix, hop):
            if isinstance(each, (Unknown, Pointer)):
                unclear = unclear or (each if isinstance(each, Unknown) else each.unknown)
        if isinstance(prefix, Known) and isinstance(hop, Known):
            everything = str(prefix.value).lower() in _EVERYWHERE
            if everything and str(hop.value).lower() not in _OUTSIDE:
                return Known(False, route.resource, hop.path)
    return unclear


def _by_version(view: View) -> Documented | Unresolved:
    """Return what holds in ARM where nothing is stated: later versions of the API make new networks private."""
    stated = view.spelled(VERSION).word("version")
    if isinstance(stated, Known) and str(stated.value)[:10] >= _CHANGED and view.resource.plane != "live":
        because = "it is not set, and API versions released since April 2026 make new networks private"
        return Unresolved(because, "set defaultOutboundAccess")
    return Documented(True, _DOCS)


LENT = Fact(
    joins=_lent,
    of=WORDS,
    default=ByPlane(terraform=Documented(True, _DOCS), arm=_by_version),
    beside=(*_TABLES, *ROUTES),
)
"""Whether machines of the subnet get out by an address that Azure lends them."""
