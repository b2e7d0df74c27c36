"""The order of a network security group's rules: by priority, the lowest number first, and the first that fits decides.

learn.microsoft.com/azure/virtual-network/network-security-groups-overview, "Security rules"
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from msgspec import Struct

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
from tfaudit.services.azure.network.rule_cover import all_source_ports, destinations, sources, values
from tfaudit.services.azure.network.rule_denials import Denials
from tfaudit.services.reach import EVERY, Ranges, common, less, ranges

ARM_TYPES = (
    "Microsoft.Network/networkSecurityGroups",
    "Microsoft.Network/networkSecurityGroups/securityRules",
)

GROUPS = ("azurerm_network_security_group", "microsoft.network/networksecuritygroups")
RULES = ("azurerm_network_security_rule", "microsoft.network/networksecuritygroups/securityrules")
_JOINED = {RULES[0]: "network_security_group_name", RULES[1]: "parent"}
_SETTLE = "scan the plan or the live subscription"
_ANY = "*"
_SOURCES = ("source", "sources")
_DESTINATIONS = ("destination", "destinations", "destination_groups")

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
    "source_ports": azure("source_port_ranges", "properties.sourcePortRanges"),
    "destination": azure("destination_address_prefix", "properties.destinationAddressPrefix"),
    "destinations": azure("destination_address_prefixes", "properties.destinationAddressPrefixes"),
    "destination_groups": azure(
        "destination_application_security_group_ids", "properties.destinationApplicationSecurityGroups"
    ),
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
    """Return True, with a rule's place, where what is tried before `rule` denies the internet all of the ports.

    Several rules may do so together. `wanted` are the ports that count, None all of them. What is not known says why
    one may; None is for none.
    """
    open_ = _Open.of(rule, ports, wanted)
    others = _others(rule)
    last, unclear = _alike(others.alike, rule, open_)
    one, perhaps = _alone(others.alone, rule, open_)
    last, unclear = one or last, others.more or unclear or perhaps
    if last is None:
        return unclear
    if not open_.left():
        return Known(True, last.resource, last.base)
    if not open_.left(perhaps=False):
        because = f"one of its ports is not known, and {_name(last)} denies some"
        return Unknown(because, _SETTLE, rule.resource, rule.base)
    return unclear


def _alike(others: list[Denials], rule: View, open_: _Open) -> tuple[View | None, Unknown | None]:
    """Close what surely denies before `rule`; return the last rule that did, and why one more may."""
    last: View | None = None
    unclear: Unknown | None = None
    own = rule.word("priority")
    number = None if isinstance(own, (Unknown, Pointer)) else _number(own) or 0
    for each in others:
        closed = each.closed(open_.span, number)
        ports = ranges(part[:2] for part in closed)
        covers = _denies(each.like, rule) if open_.meets(each.protocol, ports) else False
        if covers and number is not None:
            open_.close(each.protocol, ports)
            last = closed[-1][2]
        elif covers is not False:
            unclear = unclear or _perhaps(closed[0][2])
    return last, unclear


def _alone(others: list[View], rule: View, open_: _Open) -> tuple[View | None, Unknown | None]:
    """Do the same with rules of which something is not known."""
    last: View | None = None
    unclear: Unknown | None = None
    for other in _before(rule, others):
        protocol, closed = other.word("protocol"), _ranges(other)
        covers = _denies(other, rule)
        if covers is False or (isinstance(protocol, Known) and not open_.meets(protocol.value, closed)):
            continue
        unsure = covers is None or closed is None or not _in_order(other, rule)
        if unsure or not isinstance(protocol, Known) or may_be_missing(other.resource, rule.resource):
            unclear = unclear or _perhaps(other)
        elif closed is not None:
            open_.close(protocol.value, closed)
            last = other
    return last, unclear


def _perhaps(other: View) -> Unknown:
    because = f"whether {_name(other)} denies the same first is not known"
    return Unknown(because, _SETTLE, other.resource, other.base)


class _Open:
    """What of a rule's ports is still open, by protocol: for certain, and with those that are not known."""

    def __init__(self, sure: dict[str, Ranges], all_: dict[str, Ranges]) -> None:
        """Begin with what the rule itself opens."""
        self.sure, self.all = sure, all_

    @classmethod
    def of(cls, rule: View, ports: list[Any], wanted: Sequence[int] | None) -> _Open:
        """Return what `rule` opens of the ports `wanted`, None for all of them."""
        known = [each for each in ports if not isinstance(each, (Unresolved, Reference))]
        own = ranges(open_ports.bounds(str(each)) for each in known)
        whole = own if len(known) == len(ports) else EVERY
        return cls(_by_protocol(rule, own, wanted), _by_protocol(rule, whole, wanted))

    @property
    def span(self) -> tuple[int, int]:
        """The lowest and the highest port that may be open; (1, 0) for none."""
        parts = [part for each in self.all.values() for part in each]
        return (min(low for low, _ in parts), max(high for _, high in parts)) if parts else (1, 0)

    def meets(self, protocol: Any, closed: Ranges | None) -> bool:
        """Return whether a rule for `protocol` and the ports `closed`, None where not known, is about any of it."""
        named = str(protocol).lower()
        return any(
            common(ports, EVERY if closed is None else closed)
            for key, ports in self.all.items()
            if named in (key, _ANY)
        )

    def close(self, protocol: Any, closed: Ranges) -> None:
        """Take away what a rule for `protocol` denies."""
        named = str(protocol).lower()
        for part in (self.sure, self.all):
            for key in part:
                if named in (key, _ANY):
                    part[key] = less(part[key], closed)

    def left(self, *, perhaps: bool = True) -> bool:
        """Return whether anything is open yet, with what `perhaps` was."""
        return any((self.all if perhaps else self.sure).values())


def _by_protocol(rule: View, ports: Ranges, wanted: Sequence[int] | None) -> dict[str, Ranges]:
    """Return the ports that count by the protocols of a rule; the last protocol is any that has no ports."""
    named = _text(rule, "protocol")
    if wanted is None:
        return dict.fromkeys(("tcp", "udp", _ANY) if named == _ANY else (named,), ports)
    # Shells are signed in to over TCP, and so are most stores.
    of = {"tcp": wanted, "udp": [each for each in wanted if each in open_ports.UDP_DATA_PORTS]}
    return {
        key: common(ports, ranges((each, each) for each in counted))
        for key, counted in of.items()
        if named in (key, _ANY)
    }


def _before(rule: View, others: list[View]) -> Iterator[View]:
    """Yield the rules with a lower number, and those whose place in the order is not known."""
    own = rule.word("priority")
    for other in others:
        if other.resource is rule.resource and other.base == rule.base:
            continue
        its = other.word("priority")
        unclear = any(isinstance(each, (Unknown, Pointer)) for each in (its, own))
        if unclear or (_number(its) or 0) < (_number(own) or 0):
            yield other


def _number(priority: states.Reading) -> int | None:
    return as_int(priority.value) if isinstance(priority, Known) else None


def _in_order(other: View, rule: View) -> bool:
    return all(_number(each.word("priority")) is not None for each in (other, rule))


class _Others(Struct, frozen=True):
    """The rules of one group that may deny what comes in: many that are `alike` but for their ports, and each `alone`.

    `more` is why there may be more of them.
    """

    alike: list[Denials]
    alone: list[View]
    more: Unknown | None


def _others(rule: View) -> _Others:
    """Return what may deny in the group of a rule; worked out once for all rules of it."""
    kept = rule.inventory.derived(_kept)
    target = raw(rule, "security_group") if rule.resource.type in RULES else None
    key = repr(target) if rule.resource.type in RULES else id(rule.resource)
    found = kept.get(key)
    if found is None:
        rules, more = _of_target(target, rule.inventory) if isinstance(key, str) else _of_group(rule)
        found = kept[key] = _sorted(rules, more)
    return found


def _kept(_: Inventory) -> dict[str | int, _Others]:
    return {}


def _of_target(target: Any, inventory: Inventory) -> tuple[list[View], Unknown | None]:
    """Return the rules of the group that rules of their own name as `target`."""
    found = [
        View(each, inventory, table=OWN_RULE) for each in inventory.derived(_by_group).get(repr(target), ())
    ]
    groups = inventory.at(target.address) if isinstance(target, Reference) else []
    groups = groups or [
        each
        for each in inventory.of_type(*GROUPS)
        if raw(View(each, inventory, table=GROUP), "name") == target
    ]
    if groups:
        found += elements(View(groups[0], inventory, _JOINED, ("name",), GROUP), "rules")
    return found, None


def _of_group(rule: View) -> tuple[list[View], Unknown | None]:
    """Return the rules of the group that a rule stands in, and why there may be more."""
    whole = View(rule.resource, rule.inventory, _JOINED, ("name",), GROUP)
    beside = whole.companions(*RULES)
    found = [*elements(whole, "rules"), *(each.spelled(OWN_RULE) for each in beside.views)]
    return found, beside.more if isinstance(beside, Some) else None


def _sorted(rules: list[View], more: Unknown | None) -> _Others:
    """Return the rules that may deny; those together that differ in ports and number alone, and are surely there."""
    alike: dict[tuple[Any, ...], list[tuple[int, int, int, View]]] = {}
    alone: list[View] = []
    for each in rules:
        denies = [_is(each, "access", "deny"), _is(each, "direction", "inbound"), all_source_ports(each)]
        if False in denies:
            continue
        number, protocol, its = _number(each.word("priority")), each.word("protocol"), _ranges(each)
        about = (tuple(values(each, *_SOURCES)), tuple(values(each, *_DESTINATIONS)))
        unclear = None in denies or any(isinstance(one, Unresolved) for part in about for one in part)
        sure = number is not None and its is not None and isinstance(protocol, Known) and not unclear
        if not sure or may_be_missing(each.resource):
            alone.append(each)
        elif isinstance(protocol, Known) and number is not None:
            parts = alike.setdefault((str(protocol.value), repr(about)), [])
            parts += [(low, high, number, each) for low, high in its or ()]
    return _Others([Denials(key[0], parts) for key, parts in alike.items() if parts], alone, more)


def _by_group(inventory: Inventory) -> dict[str, list[Resource]]:
    found: dict[str, list[Resource]] = {}
    for each in inventory.of_type(*RULES):
        target = raw(View(each, inventory, table=OWN_RULE), "security_group")
        found.setdefault(repr(target), []).append(each)
    return found


def _denies(other: View, rule: View) -> bool | None:
    """Whether `other` denies, of any ports and protocols, what `rule` lets in from the internet."""
    parts: list[bool | None] = [_is(other, "access", "deny"), _is(other, "direction", "inbound")]
    parts += [all_source_ports(other), sources(other, rule), destinations(other, rule)]
    return False if False in parts else None if None in parts else True


def _is(rule: View, word: str, wanted: str) -> bool | None:
    match rule.word(word):
        case Known(value=value):
            return str(value).lower() == wanted
        case Absent():
            return False
        case Unknown() | Pointer():
            return None


def _text(view: View, word: str) -> str:
    match view.word(word):
        case Known(value=str(value)):
            return value.lower()
        case _:
            return "*"


def _ranges(rule: View) -> Ranges | None:
    """Return the ports of a rule; None where one of them is not known."""
    found: list[tuple[int, int]] = []
    for word in ("port", "ports"):
        match rule.word(word):
            case Known(value=value):
                for each in value if isinstance(value, list) else [value] if value else []:
                    if isinstance(each, (Unresolved, Reference)):
                        return None
                    found.append(open_ports.bounds(str(each)))
            case Unknown() | Pointer():
                return None
            case Absent():
                pass
    return ranges(found)


def _name(rule: View) -> str:
    match rule.word("name"):
        case Known(value=str(name)):
            return f"the rule {name}"
        case _:
            return "another rule"
