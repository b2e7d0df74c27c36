"""The order of a network security group's rules: by priority, the lowest number first, and the first that fits decides.

learn.microsoft.com/azure/virtual-network/network-security-groups-overview, "Security rules"
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from tfaudit.model.resources import Reference, Resource, Unresolved
from tfaudit.model.settings import Known, Unknown
from tfaudit.reading import states
from tfaudit.reading.companions import may_be_missing
from tfaudit.reading.inventory import Inventory
from tfaudit.reading.spelling import Spelling, azure
from tfaudit.reading.states import Absent, Pointer
from tfaudit.reading.values import as_int
from tfaudit.reading.view import Some, View
from tfaudit.services import open_ports
from tfaudit.services.azure.elements import elements
from tfaudit.services.azure.keys.keys import RESOURCE, raw

ARM_TYPES = (
    "Microsoft.Network/networkSecurityGroups",
    "Microsoft.Network/networkSecurityGroups/securityRules",
)

GROUPS = ("azurerm_network_security_group", "microsoft.network/networksecuritygroups")
RULES = ("azurerm_network_security_rule", "microsoft.network/networksecuritygroups/securityrules")
_JOINED = {RULES[0]: "network_security_group_name", RULES[1]: "parent"}
_EVERYTHING = ("*", "any", "0.0.0.0/0", "internet")
_SETTLE = "scan the plan or the live subscription"
_ALL_PORTS = (0, 65_535)

RULE: Spelling = {
    # word, then its path in Terraform and in ARM
    "name": azure("name", "name"),
    "priority": azure("priority", "properties.priority"),
    "access": azure("access", "properties.access"),
    "direction": azure("direction", "properties.direction"),
    "protocol": azure("protocol", "properties.protocol"),
    "source": azure("source_address_prefix", "properties.sourceAddressPrefix"),
    "sources": azure("source_address_prefixes", "properties.sourceAddressPrefixes"),
    "source_groups": azure(
        "source_application_security_group_ids", "properties.sourceApplicationSecurityGroups"
    ),
    "source_port": azure("source_port_range", "properties.sourcePortRange"),
    "destination": azure("destination_address_prefix", "properties.destinationAddressPrefix"),
    "port": azure("destination_port_range", "properties.destinationPortRange"),
    "ports": azure("destination_port_ranges", "properties.destinationPortRanges"),
    "description": azure("description", "properties.description"),
}
"""A rule, inside its group or as a resource of its own."""

GROUP: Spelling = {
    **RESOURCE,
    "rules": azure("security_rule", "properties.securityRules", rows=RULE),
}
OWN_RULE: Spelling = {
    **RULE,
    **RESOURCE,
    "security_group": azure("network_security_group_name", "parent"),
}


def earlier_denial(rule: View, ports: list[Any], wanted: Sequence[int] | None) -> Known | Unknown | None:
    """Return True, with the rule's place, where one that is tried before `rule` denies the internet all of the ports.

    `wanted` are the ports that count, None all of them. What is not known says why one may; None is for none.
    """
    needed = _needed(ports, wanted)
    others, unclear = _others(rule)
    last: View | None = None
    for other in _before(rule, others):
        denies = _denies(other, rule) if _in_order(other, rule) else None
        if denies and may_be_missing(other.resource, rule.resource):
            denies = None
        closed = _ranges(other)
        if denies is None or closed is None:
            because = f"whether {_name(other)} denies the same first is not known"
            unclear = unclear or Unknown(because, _SETTLE, other.resource, other.base)
        elif denies:
            needed = [
                each for each in needed if not any(low <= each[0] and each[1] <= high for low, high in closed)
            ]
            last = other
    if not needed and last is not None:
        return Known(True, last.resource, last.base)
    return unclear


def _needed(ports: list[Any], wanted: Sequence[int] | None) -> list[tuple[int, int]]:
    ranges = [open_ports.bounds(str(each)) for each in ports]
    if wanted is None:
        return ranges
    return [(port, port) for port in wanted if any(low <= port <= high for low, high in ranges)]


def _before(rule: View, others: list[View]) -> Iterator[View]:
    """Yield the rules with a lower number, and those whose place in the order is not known."""
    own = rule.word("priority")
    for other in others:
        its = other.word("priority")
        unclear = any(isinstance(each, (Unknown, Pointer)) for each in (its, own))
        if unclear or (_number(its) or 0) < (_number(own) or 0):
            yield other


def _number(priority: states.Reading) -> int | None:
    return as_int(priority.value) if isinstance(priority, Known) else None


def _in_order(other: View, rule: View) -> bool:
    return all(_number(each.word("priority")) is not None for each in (other, rule))


def _others(rule: View) -> tuple[list[View], Unknown | None]:
    """Return the other rules of the same group, and why there may be more."""
    resource, inventory = rule.resource, rule.inventory
    group, found = resource, []
    if resource.type in RULES:
        target = raw(rule, "security_group")
        found = [
            View(each, inventory, table=OWN_RULE)
            for each in inventory.derived(_by_group).get(repr(target), ())
            if each is not resource
        ]
        groups = inventory.at(target.address) if isinstance(target, Reference) else []
        groups = groups or [
            each
            for each in inventory.of_type(*GROUPS)
            if raw(View(each, inventory, table=GROUP), "name") == target
        ]
        if not groups:
            return found, None
        group = groups[0]
    whole = View(group, inventory, _JOINED, ("name",), GROUP)
    found += [each for each in elements(whole, "rules") if group is not resource or each.base != rule.base]
    if group is not resource:
        return found, None
    beside = whole.companions(*RULES)
    found += [each.spelled(OWN_RULE) for each in beside.views]
    return found, beside.more if isinstance(beside, Some) else None


def _by_group(inventory: Inventory) -> dict[str, list[Resource]]:
    found: dict[str, list[Resource]] = {}
    for each in inventory.of_type(*RULES):
        target = raw(View(each, inventory, table=OWN_RULE), "security_group")
        found.setdefault(repr(target), []).append(each)
    return found


def _denies(other: View, rule: View) -> bool | None:
    """Whether `other` denies, of any ports, what `rule` lets in from the internet."""
    denies: bool | None = True
    for word, fits in (
        ("access", ("deny",)),
        ("direction", ("inbound",)),
        ("protocol", ("*", _text(rule, "protocol"))),
        ("source_port", ("*",)),
        ("source", _EVERYTHING),
        ("destination", ("*", "any", _text(rule, "destination"))),
    ):
        match other.word(word):
            case Known(value=value):
                if str(value).lower() not in fits:
                    return False
            case Absent():
                return False
            case Unknown() | Pointer():
                denies = None
    return denies


def _text(view: View, word: str) -> str:
    match view.word(word):
        case Known(value=str(value)):
            return value.lower()
        case _:
            return "*"


def _ranges(rule: View) -> list[tuple[int, int]] | None:
    """Return the ports of a rule; None where one of them is not known."""
    found: list[tuple[int, int]] = []
    for word in ("port", "ports"):
        match rule.word(word):
            case Known(value=value):
                for each in value if isinstance(value, list) else [value] if value else []:
                    if isinstance(each, (Unresolved, Reference)):
                        return None
                    found.append(_ALL_PORTS if str(each) == "*" else open_ports.bounds(str(each)))
            case Unknown() | Pointer():
                return None
            case Absent():
                pass
    return found


def _name(rule: View) -> str:
    match rule.word("name"):
        case Known(value=str(name)):
            return f"the rule {name}"
        case _:
            return "another rule"
