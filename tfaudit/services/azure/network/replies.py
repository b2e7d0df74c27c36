"""Whether what a machine answers gets back to who asked: by the routes of its subnet.

A connection from the internet comes in by a public address whatever the routes are, and its answers go out by them.
Where all of them are dropped, or sent to a firewall that knows nothing of the connection and drops them, there is none.
What comes by UDP needs no answer.

learn.microsoft.com/azure/firewall/integrate-lb
learn.microsoft.com/azure/virtual-network/virtual-networks-udr-overview
"""

from __future__ import annotations

import ipaddress
from collections.abc import Iterator
from typing import Any, NamedTuple

from msgspec import Struct

from tfaudit.model.resources import Reference
from tfaudit.model.settings import Known, Unknown
from tfaudit.reading.inventory import Inventory
from tfaudit.reading.spelling import NOTHING, Spelling, azure
from tfaudit.reading.states import Pointer
from tfaudit.reading.view import Some, View
from tfaudit.services.azure.elements import elements
from tfaudit.services.azure.network import subnets
from tfaudit.services.azure.network.doors import Origin
from tfaudit.services.azure.network.subnet_outbound import JOINED, ROUTE_TABLE, ROUTES
from tfaudit.services.azure.network.subnet_outbound import ROUTE as _ROUTE
from tfaudit.services.reach import Passed, ranges

ARM_TYPES = (
    "Microsoft.Network/routeTables",
    "Microsoft.Network/routeTables/routes",
    "Microsoft.Network/azureFirewalls",
)

_FIREWALLS = ("azurerm_firewall", "microsoft.network/azurefirewalls")
_FIREWALL_SUBNET = "azurefirewallsubnet"
_OUT, _DROPPED, _APPLIANCE = "internet", "none", "virtualappliance"
_INWARD = (_APPLIANCE, "virtualnetworkgateway")
_SETTLE = "look at the effective routes of its interface"
_EIGHTHS = tuple(ipaddress.ip_network("0.0.0.0/0").subnets(prefixlen_diff=3))
"""What of the internet is enough to be called that, as with the sources of rules."""

ROUTE: Spelling = {**_ROUTE, "next": azure("next_hop_in_ip_address", "properties.nextHopIpAddress")}
TABLE: Spelling = {**ROUTE_TABLE, "routes": azure("route", "properties.routes", rows=ROUTE)}
_FIREWALL: Spelling = {
    "addresses": azure(
        "ip_configuration",
        "properties.ipConfigurations",
        rows={"private": azure(NOTHING, "properties.privateIPAddress")},
    )
}


class _Route(NamedTuple):
    """A route: its range as it stands there, where it leads, and the address of the next hop."""

    prefix: str
    hop: str
    next: Any


class Replies(Struct):
    """What becomes of answers to the internet: whether they are lost, None where that is not known, and why.

    `tags` are the service tags that have routes of their own, in lower case. `wide` is whether a route sends what is
    for the internet on inside: the tag VirtualNetwork of a rule may then hold it.
    """

    lost: bool | None = False
    why: Unknown | None = None
    tags: frozenset[str] = frozenset()
    wide: bool = False


def of(subnet: subnets.Subnet, inventory: Inventory) -> Replies:
    """Return what becomes of what machines in a subnet answer."""
    unclear = subnet.routes_unclear
    routes: list[_Route] = []
    for resource in subnet.route_tables:
        found, why = _routes(View(resource, inventory, JOINED, ("name",), TABLE))
        routes += found
        unclear = unclear or why
    hops = [_hop(part, routes) for part in _EIGHTHS]
    tags = frozenset(
        each.prefix.lower() for each in routes if _network(each.prefix) is None and each.hop == _OUT
    )
    wide = any(hop is not None and hop.hop in _INWARD for hop in hops)
    if unclear is not None:
        return Replies(None, unclear, tags, wide)
    if any(hop is None or hop.hop == _OUT for hop in hops):
        return Replies(False, None, tags, wide)
    if all(hop is not None and (hop.hop == _DROPPED or _is_firewall(hop, inventory)) for hop in hops):
        return Replies(True, None, tags, wide)
    because = (
        "its subnet sends answers to another hop, of which it is not known whether they get back from there"
    )
    where = subnet.route_tables[0] if subnet.route_tables else None
    return Replies(None, Unknown(because, _SETTLE, where) if where else None, tags, wide)


def answered(passed: Passed, subnet: subnets.Subnet, origin: Origin | None, inventory: Inventory) -> Passed:
    """Return what of `passed` is a connection: what comes from `origin`, None for the internet, is answered."""
    if not (passed.sure or passed.perhaps) or not (subnet.route_tables or subnet.routes_unclear):
        return passed
    replies = of(subnet, inventory)
    if origin is not None and replies.tags & (origin.tags | origin.maybe):
        return passed
    if replies.lost is False:
        return passed
    if replies.lost:
        return Passed()
    return Passed((), ranges([*passed.sure, *passed.perhaps]), (), passed.why or replies.why)


def _routes(table: View) -> tuple[list[_Route], Unknown | None]:
    """Return the routes of a table, and why there may be others."""
    beside = table.companions(*ROUTES)
    unclear = beside.more if isinstance(beside, Some) else None
    found: list[_Route] = []
    for route in (*elements(table, "routes"), *(each.spelled(ROUTE) for each in beside.views)):
        prefix, hop = route.word("prefix"), route.word("hop")
        for each in (prefix, hop):
            if isinstance(each, (Unknown, Pointer)):
                unclear = unclear or (each if isinstance(each, Unknown) else each.unknown)
        if isinstance(prefix, Known) and isinstance(hop, Known):
            next_ = route.stated("next")
            found.append(
                _Route(str(prefix.value), str(hop.value).lower(), None if next_.absent else next_.value)
            )
    return found, unclear


def _network(prefix: str) -> ipaddress.IPv4Network | None:
    try:
        return ipaddress.IPv4Network(prefix, strict=False)
    except ValueError:
        return None


def _hop(part: Any, routes: list[_Route]) -> _Route | None:
    """Return the route that most of `part` of the internet takes: the narrowest that holds it; None for Azure's own."""
    found: list[tuple[int, _Route]] = []
    for each in routes:
        network = _network(each.prefix)
        if network is not None and part.subnet_of(network):
            found.append((network.prefixlen, each))
    return max(found, key=lambda each: each[0])[1] if found else None


def _is_firewall(route: _Route, inventory: Inventory) -> bool:
    """Return whether the next hop is an Azure Firewall, which drops what belongs to no connection of its own."""
    if route.hop != _APPLIANCE:
        return False
    if isinstance(route.next, Reference):
        return any(each.type in _FIREWALLS for each in inventory.at(route.next.address))
    return isinstance(route.next, str) and any(_holds(each, route.next) for each in _ranges(inventory))


def _ranges(inventory: Inventory) -> Iterator[str]:
    """Yield the ranges in which there are firewalls and nothing else, and the addresses that they have."""
    for name, subnet in inventory.derived(subnets.of_scope).items():
        if _FIREWALL_SUBNET in (subnet.name.lower(), name.rpartition("/")[2]):
            yield from subnet.prefixes or ()
    for resource in inventory.of_type(*_FIREWALLS):
        for each in elements(View(resource, inventory, table=_FIREWALL), "addresses"):
            private = each.word("private")
            if isinstance(private, Known):
                yield str(private.value)


def _holds(range_: str, address: str) -> bool:
    try:
        return ipaddress.ip_address(address) in ipaddress.ip_network(range_, strict=False)
    except ValueError:
        return False
