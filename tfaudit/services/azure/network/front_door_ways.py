"""Ways through Azure Front Door: endpoint, route or rule, origin, and whether a web application firewall is on it.

An origin is a name or an address that everybody can ask; by a private link Front Door gets to one that is closed to all
others. Its requests come from addresses of the service.

learn.microsoft.com/azure/frontdoor/origin, learn.microsoft.com/azure/frontdoor/private-link
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from msgspec.structs import replace

from tfaudit.model.resources import Reference, Unresolved
from tfaudit.model.settings import Known, Unknown
from tfaudit.reading.companions import may_be_missing
from tfaudit.reading.inventory import Inventory
from tfaudit.reading.spelling import NOTHING, Spelling, azure
from tfaudit.reading.states import Absent
from tfaudit.reading.values import as_bool, as_int
from tfaudit.reading.view import View
from tfaudit.services.azure.elements import elements
from tfaudit.services.azure.network import front_door, front_door_classic, front_door_firewall
from tfaudit.services.azure.network.dnat import Forward
from tfaudit.services.azure.network.doors import FRONT_DOOR, Door
from tfaudit.services.azure.network.gateway_ways import part_name
from tfaudit.services.azure.network.hosts import host, looks_like_id
from tfaudit.services.azure.network.identities import identity, own, same
from tfaudit.services.azure.network.way_parts import last_name, switched_off
from tfaudit.services.reach import ranges

ORIGINS = ("azurerm_cdn_frontdoor_origin", "microsoft.cdn/profiles/origingroups/origins")
GROUPS = ("azurerm_cdn_frontdoor_origin_group", "microsoft.cdn/profiles/origingroups")
ROUTES = ("azurerm_cdn_frontdoor_route", "microsoft.cdn/profiles/afdendpoints/routes")
ENDPOINTS = ("azurerm_cdn_frontdoor_endpoint", "microsoft.cdn/profiles/afdendpoints")
OLDER = front_door_classic.READS
ENVIRONMENTS = ("azurerm_container_app_environment", "microsoft.app/managedenvironments")
ARM_TYPES = (
    "Microsoft.Cdn/profiles/originGroups/origins",
    "Microsoft.Cdn/profiles/originGroups",
    "Microsoft.Cdn/profiles/afdEndpoints",
    "Microsoft.Cdn/profiles/afdEndpoints/routes",
    "Microsoft.Network/frontDoors",
)
_SETTLE = "scan the plan or the live subscription"
_HTTP, _HTTPS = 80, 443
_ALIAS = ".azure.privatelinkservice"

ORIGIN: Spelling = {
    # word of an origin, then its path in Terraform and in ARM
    "name": azure("name", "name"),
    "group_of": azure("cdn_frontdoor_origin_group_id", "parent"),
    "host": azure("host_name", "properties.hostName"),
    "http": azure("http_port", "properties.httpPort"),
    "https": azure("https_port", "properties.httpsPort"),
    "enabled": azure("enabled", "properties.enabledState"),
    "link": azure("private_link", "properties.sharedPrivateLinkResource"),
    "link_to": azure(
        "private_link.private_link_target_id", "properties.sharedPrivateLinkResource.privateLink.id"
    ),
    "link_state": azure(NOTHING, "properties.sharedPrivateLinkResource.status"),
}
ROUTE: Spelling = {
    # word of a route, then its path in Terraform and in ARM
    "name": azure("name", "name"),
    "endpoint": azure("cdn_frontdoor_endpoint_id", "parent"),
    "leads_to": azure("cdn_frontdoor_origin_group_id", "properties.originGroup.id"),
    "enabled": azure("enabled", "properties.enabledState"),
    "forwards": azure("forwarding_protocol", "properties.forwardingProtocol"),
}
ENDPOINT: Spelling = {
    "name": azure("name", "name"),
    "profile": azure("cdn_frontdoor_profile_id", "parent"),
    "enabled": azure("enabled", "properties.enabledState"),
}
FIRST: Spelling = {
    **front_door_classic.TABLE,
    # word of the first Front Door, then its path in Terraform and in ARM
    "rules": azure(
        "routing_rule",
        "properties.routingRules",
        rows={
            "name": azure("name", "name"),
            "enabled": azure("enabled", "properties.enabledState"),
            "pool": azure(
                "forwarding_configuration.backend_pool_name", "properties.routeConfiguration.backendPool.id"
            ),
            "forwards": azure(
                "forwarding_configuration.forwarding_protocol",
                "properties.routeConfiguration.forwardingProtocol",
            ),
        },
    ),
    "pools": azure(
        "backend_pool",
        "properties.backendPools",
        rows={
            "name": azure("name", "name"),
            "each": azure(
                "backend",
                "properties.backends",
                rows={
                    "host": azure("address", "address"),
                    "http": azure("http_port", "httpPort"),
                    "https": azure("https_port", "httpsPort"),
                    "enabled": azure("enabled", "enabledState"),
                    "link": azure(NOTHING, ("privateLinkResourceId", "privateLinkAlias")),
                    "link_to": azure(NOTHING, ("privateLinkResourceId", "privateLinkAlias")),
                    "link_state": azure(NOTHING, "privateEndpointStatus"),
                },
            ),
        },
    ),
}


class Origin(Forward):
    """A door of Front Door's to a name; `private` is whether it gets there by a private link, None if not known.

    A private link leads to what it names, whatever the name that is asked for: that is what it is `to` then.
    """

    private: bool | None = False


def of_scope(inventory: Inventory) -> list[Origin]:
    """Return where the Front Doors of a scope send requests on: for `inventory.derived`."""
    return [*_standard(inventory), *_first(inventory)]


def _standard(inventory: Inventory) -> Iterator[Origin]:
    origins = [View(each, inventory, table=ORIGIN) for each in inventory.of_type(*ORIGINS)]
    for resource in inventory.of_type(*ROUTES):
        route = View(resource, inventory, table=ROUTE)
        door = _route(route)
        leads = identity(route.stated("leads_to").value, inventory)
        for origin in origins if door is not None else ():
            there = same(leads, _above(origin), inventory)
            off = switched_off(origin)
            if door is None or there is False or off is True:
                continue
            missing = may_be_missing(route.resource, origin.resource)
            gone = Unknown(missing.because, missing.settle_with, route.resource) if missing else None
            through = (
                replace(door, name=f"{door.name} > origin {last_name(origin) or origin.resource.address}")
                .doubted(_why(there, "whether a route leads to its group of origins is not known", route))
                .doubted(_why(off, "whether its origin is switched on is not known", origin))
                .doubted(gone)
            )
            yield from sent_to(through, origin, route)


def _route(route: View) -> Door | None:
    """Return the door that a route is; None where it, or its endpoint, is switched off."""
    shut = switched_off(route)
    endpoints = [each.spelled(ENDPOINT) for each in route.leads_to("endpoint", *ENDPOINTS)]
    if shut is True or any(switched_off(each) is True for each in endpoints):
        return None
    called, filtered, unclear = "a Front Door", None, None
    for endpoint in endpoints:
        called = f"Front Door endpoint {last_name(endpoint) or endpoint.resource.address}"
        filtered = _profile_filtered(endpoint)
        unclear = _why(switched_off(endpoint), "whether its endpoint is switched on is not known", endpoint)
    unclear = unclear or _why(shut, "whether its route is switched on is not known", route)
    name = f"{called} > route {last_name(route) or 'without a name'}"
    return Door(name, route.resource, unclear=unclear, filtered=filtered, decided=route.base)


def _first(inventory: Inventory) -> Iterator[Origin]:
    for resource in inventory.of_type(*OLDER):
        whole = View(resource, inventory, table=FIRST)
        found = front_door_classic.guarded(whole)
        filtered = as_bool(found.value) if isinstance(found, Known) else None
        if isinstance(found, Absent):
            filtered = False
        for rule in elements(whole, "rules"):
            shut = switched_off(rule)
            if shut is True or isinstance(rule.word("pool"), Absent):
                continue
            wanted = part_name(rule.stated("pool").value, inventory)
            for pool in elements(whole, "pools"):
                named = last_name(pool).lower()
                if wanted is not None and named and named != wanted:
                    continue
                sure = wanted is not None and bool(named)
                why = _why(shut, "whether its rule is switched on is not known", rule)
                why = why or (None if sure else _unknown("which pool its rule leads to is not known", rule))
                by = last_name(rule) or "without a name"
                called = f"Front Door {last_name(whole) or resource.address} > rule {by}"
                door = Door(
                    f"{called} > pool {last_name(pool) or 'not known'}",
                    rule.resource,
                    unclear=why,
                    filtered=filtered,
                    decided=rule.base,
                )
                for backend in elements(pool, "each"):
                    if switched_off(backend) is not True:
                        off = _why(switched_off(backend), "whether it is switched on is not known", backend)
                        yield from sent_to(door.doubted(off), backend, rule)


def sent_to(door: Door, origin: View, route: View) -> Iterator[Origin]:
    """Yield the way to one origin, on the ports to which the route sends; none where its private link is refused."""
    forwards = route.word("forwards")
    named = str(forwards.value).lower() if isinstance(forwards, Known) else ""
    words = {"httponly": ("http",), "httpsonly": ("https",)}.get(named, ("http", "https"))
    ports: list[tuple[int, int]] = []
    unclear: Unknown | None = None
    for word, usual in (("http", _HTTP), ("https", _HTTPS)):
        reading = origin.word(word)
        if word not in words:
            continue
        match reading:
            case Absent():
                ports.append((usual, usual))
            case Known(value=value) if (port := as_int(value)) is not None:
                ports.append((port, port))
            case _:
                ports.append((0, 65_535))
                unclear = _unknown("the port that it sends to is not known", origin)
    link, state = origin.word("link"), origin.word("link_state")
    private = None if isinstance(link, Unknown) else not isinstance(link, Absent)
    if private and isinstance(state, Known) and str(state.value).lower() not in ("approved", "none", ""):
        return
    through = replace(
        door,
        ports=ranges(ports),
        protocols=("tcp",),
        origin=FRONT_DOOR,
        published=True,
    ).doubted(unclear)
    yield Origin(through, _linked(origin) if private else _host(origin), private)


def _linked(origin: View) -> Any:
    """Return what a private link leads to; the host where that is one of many at the other end of the link."""
    to = origin.stated("link_to").value
    if isinstance(to, Reference):
        of_many = any(each.type in ENVIRONMENTS for each in origin.inventory.at(to.address))
        return _host(origin) if of_many else to
    alias = isinstance(to, str) and to.endswith(_ALIAS)
    if alias or (looks_like_id(to) and "/managedenvironments/" not in (identity(to, origin.inventory) or "")):
        return to
    return _host(origin)


def _host(origin: View) -> Any:
    value = origin.stated("host")
    if value.absent:
        return Unresolved("its host is not stated", _SETTLE)
    return host(value.value, origin.resource, origin.inventory)


def _profile_filtered(endpoint: View) -> bool | None:
    """Return whether a firewall in force stands before the profile of an endpoint."""
    for profile in endpoint.leads_to("profile"):
        whole = View(profile.resource, profile.inventory, front_door.COMPANIONS, ("name",), front_door.TABLE)
        found = front_door_firewall.guarded(whole)
        return (
            False if isinstance(found, Absent) else as_bool(found.value) if isinstance(found, Known) else None
        )
    return None


def _above(origin: View) -> str | None:
    """Return the identity of the group that an origin is in; None where only what is above that is declared here."""
    for group in origin.leads_to("group_of", *GROUPS):
        return own(group)
    value = origin.stated("group_of").value
    return None if isinstance(value, (list, Reference)) else identity(value, origin.inventory)


def _why(answer: bool | None, because: str, view: View) -> Unknown | None:
    return _unknown(because, view) if answer is None else None


def _unknown(because: str, view: View) -> Unknown:
    return Unknown(because, _SETTLE, view.resource, view.base)
