"""The order of a network security group's rules: by priority, the lowest number first, and the first that fits decides.

learn.microsoft.com/azure/virtual-network/network-security-groups-overview, "Security rules"
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from tfaudit.model.resources import Reference, Resource, Unresolved
from tfaudit.reading.inventory import Inventory
from tfaudit.reading.values import as_int
from tfaudit.reading.view import Reading, View
from tfaudit.services import open_ports

_RULE = "azurerm_network_security_rule"
_EVERYTHING = ("*", "any", "0.0.0.0/0", "internet")
_SETTLE = "scan the plan or the live subscription"
_ALL_PORTS = (0, 65_535)


def earlier_denial(rule: View, ports: list[Any], wanted: Sequence[int] | None) -> Reading | None:
    """Return True, with the rule's place, where one that is tried before `rule` denies the internet all of the ports.

    `wanted` are the ports that count, None all of them. A reading that is not known says why one may; None is for none.
    """
    needed = _needed(ports, wanted)
    unclear: Reading | None = None
    last: View | None = None
    for other in _before(rule):
        told = _denies(other, rule) if _in_order(other, rule) else None
        closed = _ranges(other)
        if told is None or closed is None:
            because = f"whether {_name(other)} denies the same first is not known"
            unclear = unclear or Reading(Unresolved(because, _SETTLE), other.resource, other.base)
        elif told:
            needed = [
                each for each in needed if not any(low <= each[0] and each[1] <= high for low, high in closed)
            ]
            last = other
    if not needed and last is not None:
        return Reading(True, last.resource, last.base)
    return unclear


def _needed(ports: list[Any], wanted: Sequence[int] | None) -> list[tuple[int, int]]:
    ranges = [open_ports.bounds(str(each)) for each in ports]
    if wanted is None:
        return ranges
    return [(port, port) for port in wanted if any(low <= port <= high for low, high in ranges)]


def _before(rule: View) -> Iterator[View]:
    """Yield the rules of the same group with a lower number, and those whose place in the order is not known."""
    own = rule.read("priority").value
    for other in _others(rule):
        its = other.read("priority").value
        unclear = any(isinstance(each, (Unresolved, Reference)) for each in (its, own))
        if unclear or (as_int(its) or 0) < (as_int(own) or 0):
            yield other


def _in_order(other: View, rule: View) -> bool:
    return all(as_int(each.read("priority").value) is not None for each in (other, rule))


def _others(rule: View) -> Iterator[View]:
    resource, inventory = rule.resource, rule.inventory
    group = resource
    if resource.type == _RULE:
        named = resource.body.get("network_security_group_name")
        for each in inventory.derived(_by_group).get(repr(named), ()):
            if each is not resource:
                yield View(each, inventory)
        found = inventory.at(named.address) if isinstance(named, Reference) else []
        found = found or [
            each
            for each in inventory.of_type("azurerm_network_security_group")
            if each.body.get("name") == named
        ]
        if not found:
            return
        group = found[0]
    for inside in View(group, inventory).each("security_rule"):
        if group is not resource or inside.base != rule.base:
            yield inside
    if group is resource:
        name = group.body.get("name")
        names = [name] if isinstance(name, str) else []
        for each in inventory.pointing_at(group, names, _RULE, "network_security_group_name")[0]:
            yield View(each, inventory)


def _by_group(inventory: Inventory) -> dict[str, list[Resource]]:
    found: dict[str, list[Resource]] = {}
    for each in inventory.of_type(_RULE):
        found.setdefault(repr(each.body.get("network_security_group_name")), []).append(each)
    return found


def _denies(other: View, rule: View) -> bool | None:
    """Whether `other` denies, of any ports, what `rule` lets in from the internet."""
    told: bool | None = True
    protocol = str(rule.read("protocol").value).lower()
    for path, fits in (
        ("access", ("deny",)),
        ("direction", ("inbound",)),
        ("protocol", ("*", protocol)),
        ("source_port_range", ("*",)),
        ("source_address_prefix", _EVERYTHING),
        ("destination_address_prefix", ("*", "any", _text(rule, "destination_address_prefix"))),
    ):
        value = other.read(path).value
        if isinstance(value, (Unresolved, Reference)):
            told = None
        elif str(value).lower() not in fits:
            return False
    return told


def _text(view: View, path: str) -> str:
    value = view.read(path).value
    return value.lower() if isinstance(value, str) else "*"


def _ranges(rule: View) -> list[tuple[int, int]] | None:
    """Return the ports of a rule; None where one of them is not known."""
    found: list[tuple[int, int]] = []
    for path in ("destination_port_range", "destination_port_ranges"):
        value = rule.read(path).value
        for each in value if isinstance(value, list) else [value] if value else []:
            if isinstance(each, (Unresolved, Reference)):
                return None
            found.append(_ALL_PORTS if str(each) == "*" else open_ports.bounds(str(each)))
    return found


def _name(rule: View) -> str:
    name = rule.read("name").value
    return f"the rule {name}" if isinstance(name, str) else "another rule"
