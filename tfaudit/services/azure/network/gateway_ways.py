"""Ways through Application Gateways: frontend, listener, rule, pool, and whether a web application firewall is on it.

What comes in by a listener has to pass the security group of the gateway's own subnet first, and what the gateway sends
on comes from that subnet. A rule leads to a pool by itself, or path by path.

learn.microsoft.com/azure/application-gateway/application-gateway-components
learn.microsoft.com/azure/application-gateway/configuration-infrastructure#network-security-groups
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from msgspec import Struct
from msgspec.structs import replace

from tfaudit.model.resources import Reference, Unresolved
from tfaudit.model.settings import Known, Unknown
from tfaudit.reading.inventory import Inventory
from tfaudit.reading.spelling import NOTHING, Spelling, azure
from tfaudit.reading.states import Absent, Pointer
from tfaudit.reading.values import as_bool, as_int
from tfaudit.reading.view import View
from tfaudit.services import reach
from tfaudit.services.azure.elements import elements
from tfaudit.services.azure.network import application_gateway, effective_rules, rule_cover, subnets
from tfaudit.services.azure.network.addresses import Called, public_of
from tfaudit.services.azure.network.doors import Door, inside
from tfaudit.services.azure.network.effective_rules import Target, Traffic
from tfaudit.services.azure.network.hosts import host
from tfaudit.services.azure.network.identities import identity, own
from tfaudit.services.reach import EVERY, Ranges

GATEWAYS = application_gateway.READS
ARM_TYPES = ("Microsoft.Network/applicationGateways",)
_SETTLE = "scan the plan or the live subscription"
_POOL = re.compile(r"(?:backend_address_pool|backendAddressPools)[.\[](\d+)")

_PATH: Spelling = {
    # word of what leads to a pool, then its path in Terraform and in ARM
    "name": azure("name", "name"),
    "pool": azure("backend_address_pool_name", "properties.backendAddressPool.id"),
    "settings": azure("backend_http_settings_name", "properties.backendHttpSettings.id"),
}
_RULE: Spelling = {
    **_PATH,
    "listener": azure("http_listener_name", "properties.httpListener.id"),
    "paths": azure("url_path_map_name", "properties.urlPathMap.id"),
}
_MAP: Spelling = {
    "name": azure("name", "name"),
    "pool": azure("default_backend_address_pool_name", "properties.defaultBackendAddressPool.id"),
    "settings": azure("default_backend_http_settings_name", "properties.defaultBackendHttpSettings.id"),
    "each": azure("path_rule", "properties.pathRules", rows=_PATH),
}
_STREAM_RULE: Spelling = {
    "name": azure(NOTHING, "name"),
    "listener": azure(NOTHING, "properties.listener.id"),
    "pool": azure(NOTHING, "properties.backendAddressPool.id"),
    "settings": azure(NOTHING, "properties.backendSettings.id"),
    "paths": azure(NOTHING, NOTHING),
}
_PORT: Spelling = {"name": azure("name", "name"), "port": azure("port", "properties.port")}
_STREAM: Spelling = {
    "name": azure("name", "name"),
    "frontend": azure("frontend_ip_configuration_name", "properties.frontendIPConfiguration.id"),
    "port": azure("frontend_port_name", "properties.frontendPort.id"),
}
_LISTENER: Spelling = {**_STREAM, "policy": azure("firewall_policy_id", "properties.firewallPolicy.id")}
TABLE: Spelling = {
    **application_gateway.TABLE,
    # word, then its path in Terraform and in ARM
    "subnets": azure(
        "gateway_ip_configuration",
        "properties.gatewayIPConfigurations",
        rows={"subnet": azure("subnet_id", "properties.subnet.id")},
    ),
    "frontends": azure(
        "frontend_ip_configuration",
        "properties.frontendIPConfigurations",
        rows={
            "name": azure("name", "name"),
            "public": azure("public_ip_address_id", "properties.publicIPAddress.id"),
            "private": azure("private_ip_address", "properties.privateIPAddress"),
            "subnet": azure("subnet_id", "properties.subnet.id"),
        },
    ),
    "ports": azure("frontend_port", "properties.frontendPorts", rows=_PORT),
    "listeners": azure("http_listener", "properties.httpListeners", rows=_LISTENER),
    "streams": azure(NOTHING, "properties.listeners", rows=_STREAM),
    "rules": azure("request_routing_rule", "properties.requestRoutingRules", rows=_RULE),
    "stream_rules": azure(NOTHING, "properties.routingRules", rows=_STREAM_RULE),
    "maps": azure("url_path_map", "properties.urlPathMaps", rows=_MAP),
    "settings": azure("backend_http_settings", "properties.backendHttpSettingsCollection", rows=_PORT),
    "stream_settings": azure(NOTHING, "properties.backendSettingsCollection", rows=_PORT),
    "pools": azure(
        "backend_address_pool",
        "properties.backendAddressPools",
        rows={
            "name": azure("name", "name"),
            "addresses": azure("ip_addresses", NOTHING),
            "hosts": azure("fqdns", NOTHING),
            "members": azure(
                NOTHING,
                "properties.backendAddresses",
                rows={"address": azure(NOTHING, "ipAddress"), "host": azure(NOTHING, "fqdn")},
            ),
        },
    ),
}


class Kinds(NamedTuple):
    """The words of one kind of rules, and whether they pass on streams of bytes and not requests."""

    rules: str
    listeners: str
    settings: str
    streams: bool


KINDS_OF_RULES = (
    Kinds("rules", "listeners", "settings", False),
    Kinds("stream_rules", "streams", "stream_settings", True),
)


class Sent(Struct):
    """A door to what a pool holds: `pool` is its identity, None where it is not known; `to` what stands in it."""

    door: Door
    pool: str | None
    to: list[Any]


def pool_identity(value: Any, inventory: Inventory) -> str | None:
    """Return the identity of the pool that an id or a reference names; None where that is not known."""
    if isinstance(value, dict):
        value = value.get("id")
    if not isinstance(value, Reference):
        return identity(value, inventory)
    number = _POOL.search(value.attribute)
    for target in inventory.at(value.address) if number else ():
        view = View(target, inventory, table=TABLE)
        pools = elements(view, "pools")
        at = int(number[1]) if number else 0
        if at < len(pools) and (name := _name(pools[at])):
            return _pool(view, name)
    return None


def _pool(gateway: View, name: str) -> str:
    return f"{own(gateway)}/backendaddresspools/{name}".lower()


def frontends(gateway: View) -> Iterator[tuple[str | None, Called, str]]:
    """Yield the frontends of a gateway: the name, what its address is called by, and the name of a public address."""
    known = gateway.inventory.derived(subnets.of_scope)
    for index, each in enumerate(elements(gateway, "frontends")):
        named, texts, public = public_of(each, "public")
        private = each.word("private")
        subnet = known.get(identity(each.stated("subnet").value, gateway.inventory) or "")
        networks: tuple[str, ...] | None = ()
        if isinstance(private, Known):
            networks = (str(private.value),)
        elif not isinstance(each.word("subnet"), Absent):
            networks = tuple(subnet.prefixes) if subnet and subnet.prefixes else None
        reading = each.word("public")
        shown = ""
        if isinstance(reading, (Known, Pointer)):
            shown = f"public address {public}" if public else "a public address"
        elif isinstance(reading, Unknown):
            shown = "?"
        yield _name(each) or None, Called(gateway.resource.address, index, "", networks, named, texts), shown


def sent(gateway: View, frontend: str | None, entry: Door) -> Iterator[Sent]:
    """Yield what a gateway sends on of what comes to one of its frontends by `entry`."""
    prefixes, groups, unsure = _around(gateway)
    for kind in KINDS_OF_RULES:
        for rule in elements(gateway, kind.rules):
            why: list[Unknown] = []
            listener = _part(rule, "listener", gateway, kind.listeners, why)
            if listener is not None and _differs(listener, frontend):
                continue
            ports = _number(listener, "port", gateway, "ports", why)
            taken = reach.common(ports, entry.ports)
            if not taken or "tcp" not in entry.protocols:
                continue
            allowed = _let_in(taken, entry, groups, unsure, prefixes, gateway.inventory)
            if not allowed.sure and not allowed.perhaps:
                continue
            if not allowed.sure and allowed.why is not None:
                why.append(allowed.why)
            for target in _targets(rule, gateway, kind, why):
                yield from _one(gateway, rule, listener, target, entry, kind, why, prefixes)


def _one(  # noqa: PLR0913 - the hops of one way
    gateway: View,
    rule: View,
    listener: View | None,
    target: View,
    entry: Door,
    kind: Kinds,
    why: list[Unknown],
    prefixes: list[str] | None,
) -> Iterator[Sent]:
    why = list(why)
    named = target.word("pool")
    if isinstance(named, Absent):
        return
    pool = _part(target, "pool", gateway, "pools", why)
    pools = [pool] if pool is not None else elements(gateway, "pools")
    ports = _number(target, "settings", gateway, kind.settings, why, direct=True)
    called = _name(gateway) or gateway.resource.address
    filtered = False if kind.streams else _filtered(gateway, listener)
    hops = [
        entry.name,
        f"application gateway {called}",
        f"listener {_name(listener) or 'not known' if listener else 'not known'}",
        f"rule {_name(rule) or 'without a name'}",
    ]
    door = Door(
        " > ".join(hops),
        rule.resource,
        ports,
        ("tcp",),
        closed=False,
        unclear=entry.unclear or next(iter(why), None),
        origin=inside(prefixes),
        published=not kind.streams,
        filtered=True
        if entry.filtered or filtered
        else None
        if None in (entry.filtered, filtered)
        else False,
        decided=target.base,
    )
    for each in pools:
        name = _name(each)
        through = replace(door, name=f"{door.name} > pool {name or 'not known'}")
        yield Sent(through, _pool(gateway, name) if name else None, _members(each))


def _members(pool: View) -> list[Any]:
    return [host(each, pool.resource, pool.inventory) for each in _stated_members(pool)]


def _stated_members(pool: View) -> list[Any]:
    found = [*rule_cover.values(pool, "addresses"), *rule_cover.values(pool, "hosts")]
    for each in elements(pool, "members"):
        found += [*rule_cover.values(each, "address"), *rule_cover.values(each, "host")]
        if isinstance(each.body, (Unresolved, Reference)):
            found.append(each.body)
    return found


def _targets(rule: View, gateway: View, kind: Kinds, why: list[Unknown]) -> Iterator[View]:
    """Yield what names the pools that a rule leads to: the rule, or a map of paths and each path in it."""
    paths = rule.word("paths")
    if isinstance(paths, Absent) or kind.streams:
        yield rule
        return
    chosen = _part(rule, "paths", gateway, "maps", why)
    for each in [chosen] if chosen is not None else elements(gateway, "maps"):
        yield each
        yield from elements(each, "each")


def _around(gateway: View) -> tuple[list[str] | None, list[Any], Unknown | None]:
    """Return the ranges and the security groups of the subnet that a gateway stands in, and why they are not known."""
    known = gateway.inventory.derived(subnets.of_scope)
    for each in elements(gateway, "subnets"):
        subnet = known.get(identity(each.stated("subnet").value, gateway.inventory) or "")
        if subnet is not None:
            return subnet.prefixes, subnet.groups, subnet.unclear
    because = "the subnet of the gateway is not declared here, so that the rules of its security group are not known"
    return None, [], Unknown(because, _SETTLE, gateway.resource, gateway.base)


def _let_in(  # noqa: PLR0913 - what a group filters
    ports: Ranges,
    entry: Door,
    groups: list[Any],
    unsure: Unknown | None,
    prefixes: list[str] | None,
    inventory: Inventory,
) -> reach.Passed:
    """Return which of the listener's ports the security group of the gateway's subnet lets through."""
    if groups:
        target = Target(networks=None if prefixes is None else tuple(prefixes))
        traffic = Traffic("tcp", target, entry.origin)
        return reach.filtered(ports, effective_rules.steps(groups[0], inventory, traffic))
    return reach.Passed(perhaps=ports, why=unsure) if unsure is not None else reach.Passed(sure=ports)


def _filtered(gateway: View, listener: View | None) -> bool | None:
    """Return whether a web application firewall looks at what a listener takes."""
    found = application_gateway.has_firewall(gateway)
    own_policy = listener.word("policy") if listener is not None else None
    if isinstance(found, Known) and as_bool(found.value) is not None:
        return as_bool(found.value)
    if isinstance(found, Absent):
        # A gateway of the right tier is guarded by the policies of its listeners alone.
        return own_policy is not None and not isinstance(own_policy, Absent)
    return None


def _part(view: View, word: str, gateway: View, parts: str, why: list[Unknown]) -> View | None:
    """Return the part of a gateway that a word names; None, with the reason in `why`, where that is not known."""
    stated = view.stated(word)
    if stated.absent:
        return None
    name = part_name(stated.value, gateway.inventory)
    found = elements(gateway, parts)
    if name is not None:
        for each in found:
            if _name(each).lower() == name:
                return each
    why.append(Unknown(f"which {word} it is for is not known", _SETTLE, view.resource, view.base))
    return None


def part_name(value: Any, inventory: Inventory) -> str | None:
    """Return the name, in lower case, that a name or an id of a part has; None where it is not known."""
    text = value.expression if isinstance(value, Unresolved) and value.expression[:1] == "/" else value
    if isinstance(value, Reference):
        text = identity(value, inventory)
    if not isinstance(text, str):
        return None
    last = text.rpartition("/")[2].lower()
    return None if "$" in last else last


def _differs(listener: View, frontend: str | None) -> bool:
    name = part_name(listener.stated("frontend").value, listener.inventory)
    return name is not None and frontend is not None and name != frontend.lower()


def _number(  # noqa: PLR0913 - where a port stands
    view: View | None, word: str, gateway: View, parts: str, why: list[Unknown], *, direct: bool = False
) -> Ranges:
    """Return the port of the part that a word names; every port, with the reason in `why`, where it is not known."""
    part = _part(view, word, gateway, parts, why) if view is not None else None
    if part is None and direct and view is not None and view.stated(word).absent:
        why.append(Unknown("the port it sends to is not known", _SETTLE, view.resource, view.base))
    port = None
    if part is not None:
        reading = part.word("port")
        port = as_int(reading.value) if isinstance(reading, Known) else None
        if port is None:
            why.append(Unknown("a port of it is not known", _SETTLE, part.resource, part.base))
    return EVERY if port is None else ((port, port),)


def _name(view: View | None) -> str:
    if view is None:
        return ""
    match view.word("name"):
        case Known(value=str(value)):
            return value
        case _:
            return ""
