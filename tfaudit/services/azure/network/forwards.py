"""All that passes traffic from the internet on to addresses inside, and what it leads to, one behind the other.

A firewall may translate to a gateway or to a balancer inside, Front Door may ask either: each of these has entries, the
internet itself where it has a public address, and what else leads to one of its frontends.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from msgspec import Struct, field
from msgspec.structs import replace

from tfaudit.model.resources import Resource
from tfaudit.model.settings import Unknown
from tfaudit.reading.companions import hidden_anywhere, may_be_missing
from tfaudit.reading.inventory import Inventory
from tfaudit.reading.view import View
from tfaudit.services.azure.network import (
    aliases,
    api_management_ways,
    cdn_ways,
    dnat,
    front_door_ways,
    gateway_ways,
    passages,
    private_link_services,
    traffic_manager_ways,
)
from tfaudit.services.azure.network.addresses import Called, meets
from tfaudit.services.azure.network.dnat import Forward
from tfaudit.services.azure.network.doors import FRONT_DOOR, Door, inside
from tfaudit.services.azure.network.identities import own
from tfaudit.services.azure.network.passages import Passage
from tfaudit.services.reach import EVERY, common

ARM_TYPES = ("Microsoft.Network/loadBalancers",)

REACHING = (
    "microsoft.network/azurefirewalls",
    "microsoft.network/firewallpolicies",
    "microsoft.network/firewallpolicies/rulecollectiongroups",
    "microsoft.network/ipgroups",
)
"""The types of what lets the internet reach a machine, beside its own network."""

PUBLISHING = (
    "microsoft.network/applicationgateways",
    "microsoft.network/applicationgatewaywebapplicationfirewallpolicies",
    "microsoft.cdn/profiles",
    "microsoft.cdn/profiles/afdendpoints",
    "microsoft.cdn/profiles/afdendpoints/routes",
    "microsoft.cdn/profiles/origingroups",
    "microsoft.cdn/profiles/origingroups/origins",
    "microsoft.cdn/profiles/securitypolicies",
    "microsoft.network/frontdoors",
    "microsoft.cdn/profiles/endpoints",
    "microsoft.network/trafficmanagerprofiles",
    "microsoft.network/privatelinkservices",
    "microsoft.apimanagement/service",
    "microsoft.apimanagement/service/apis",
    "microsoft.apimanagement/service/backends",
)
"""The types of what speaks for a machine or an app."""
NAMING = (*aliases.BESIDE, api_management_ways.GATEWAYS[1])
"""The types of what leads names on, and of gateways elsewhere: one that could not be read leads nowhere."""

_POOLS = "/backendaddresspools/"
_SETTLE = "scan the plan or the live subscription"


class Ways(Struct):
    """What leads on in a scope: to addresses, to pools of gateways by their identity, and through balancers' rules."""

    to_addresses: list[Forward] = field(default_factory=list)
    to_pools: dict[str, list[Door]] = field(default_factory=dict)
    through: dict[int, list[Door]] = field(default_factory=dict)


def of_scope(inventory: Inventory) -> Ways:
    """Return all ways of a scope: for `inventory.derived`."""
    found = Ways()
    first: list[Forward] = [
        *dnat.of_scope(inventory),
        *front_door_ways.of_scope(inventory),
        *cdn_ways.of_scope(inventory),
    ]
    first += traffic_manager_ways.through(first, inventory)
    first += private_link_services.through(first, inventory)
    found.to_addresses += first
    for resource in inventory.of_type(*gateway_ways.GATEWAYS):
        gateway = View(resource, inventory, table=gateway_ways.TABLE)
        for name, address, shown in gateway_ways.frontends(gateway):
            for entry in [*_own(shown, gateway), *led(first, address, inventory, resource)]:
                for each in gateway_ways.sent(gateway, name, entry):
                    found.to_addresses += [Forward(each.door, to) for to in each.to]
                    found.to_pools.setdefault(each.pool or _unnamed(gateway), []).append(each.door)
    found.to_addresses += api_management_ways.through(found.to_addresses, inventory)
    if found.to_addresses:
        every = {id(each): each for some in inventory.derived(passages.of_scope).values() for each in some}
        for key, passage in every.items():
            doors = list(_through(passage, found.to_addresses, inventory))
            if doors:
                found.through[key] = doors
    return found


def _own(shown: str, gateway: View) -> list[Door]:
    """Return the door that a public address of a gateway is; none where it has none."""
    if not shown:
        return []
    if shown == "?":
        why = Unknown("whether the gateway has a public address is not known", _SETTLE, gateway.resource)
        return [Door("a public address", gateway.resource, unclear=why)]
    return [Door(shown, gateway.resource)]


def led(
    forwards: Iterable[Forward], address: Called, inventory: Inventory, beside: Resource
) -> Iterator[Door]:
    """Yield the doors of those of `forwards` that lead to `address`, or may."""
    for each in forwards:
        fits = meets(each.to, address, inventory)
        if fits is False:
            continue
        why = None
        if fits is None:
            named = isinstance(each.to, str) and any(letter.isalpha() for letter in each.to)
            settle = "look up where the name leads" if named else _SETTLE
            because = f"whether {each.door.name} leads to it{f' by {each.to}' if named else ''} is not known"
            why = Unknown(because, settle, each.door.resource, each.door.decided or ())
        missing = may_be_missing(each.door.resource, beside)
        if missing is not None and why is None:
            why = Unknown(missing.because, missing.settle_with, each.door.resource)
        yield each.door.doubted(why)


def _through(passage: Passage, forwards: list[Forward], inventory: Inventory) -> Iterator[Door]:
    """Yield the doors that lead to a frontend of a balancer and by its rule to what this leads to."""
    for frontend in passage.frontends:
        for door in led(forwards, frontend, inventory, passage.resource):
            taken = common(door.ports, passage.taken)
            protocols = tuple(each for each in door.protocols if each in passage.protocols)
            if not taken or not protocols:
                continue
            # A rule for every port leads to the same one.
            ports = taken if passage.ports == EVERY else passage.ports
            yield replace(
                door, name=f"{door.name} > {passage.name}", ports=ports, protocols=protocols
            ).doubted(passage.unclear)


def unread(resource: Resource, inventory: Inventory, *, published: bool) -> Iterator[Door]:
    """Yield the doors that there may be since what leads on was not read of a live subscription."""
    for type_ in PUBLISHING if published else REACHING:
        missed = hidden_anywhere(resource, type_, inventory)
        if missed is not None:
            why = Unknown(missed.because, missed.settle_with, resource)
            for origin in (inside(None), FRONT_DOOR) if published else (inside(None),):
                yield Door(
                    "a way that was not read",
                    resource,
                    closed=False,
                    unclear=why,
                    origin=origin,
                    published=published,
                )
            return


def of_pools(pools: Iterable[Any], inventory: Inventory, view: View) -> Iterator[Door]:
    """Yield the doors by which gateways lead to their pools: identities, None for one that is not known."""
    ways = inventory.derived(of_scope)
    for pool in pools:
        if pool is None:
            why = Unknown("which pool of a gateway it is in is not known", _SETTLE, view.resource, view.base)
            yield _gateway(view, why)
            continue
        yield from ways.to_pools.get(pool, ())
        gateway = pool.partition(_POOLS)[0]
        because = "a pool of the gateway has a name that is not known, and may be the one that it is in"
        for door in ways.to_pools.get(f"{gateway}{_POOLS}", ()):
            yield door.doubted(Unknown(because, _SETTLE, door.resource, door.decided or ()))
        if gateway not in inventory.derived(_gateways):
            because = "it is in a pool of a gateway that is not declared here"
            why = Unknown(because, _SETTLE, view.resource, view.base)
            yield _gateway(view, why)


def _unnamed(gateway: View) -> str:
    """Return what stands for those pools of a gateway of which the names are not known."""
    return f"{own(gateway)}{_POOLS}".lower()


def _gateway(view: View, why: Unknown) -> Door:
    return Door(
        "a gateway",
        view.resource,
        closed=False,
        unclear=why,
        origin=inside(None),
        published=True,
        filtered=None,
    )


def _gateways(inventory: Inventory) -> frozenset[str]:
    return frozenset(own(View(each, inventory)).lower() for each in inventory.of_type(*gateway_ways.GATEWAYS))
