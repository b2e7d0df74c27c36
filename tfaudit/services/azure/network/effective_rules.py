"""What a network security group lets in from the internet to one machine, rule after rule by priority.

learn.microsoft.com/azure/virtual-network/network-security-groups-overview: the rule with the lowest number that fits
decides, and what no rule fits from outside is denied by the last of the rules that every group has. Traffic to a
machine has to pass the group of its subnet and the group of its interface, where there are both
(network-security-group-how-it-works).
"""

from __future__ import annotations

import ipaddress
from collections.abc import Sequence
from typing import Any

from msgspec import Struct

from tfaudit.model.resources import Reference, Resource, Unresolved
from tfaudit.model.settings import Known, Unknown
from tfaudit.reading.inventory import Inventory
from tfaudit.reading.spelling import Spelling, azure
from tfaudit.reading.states import Absent, Pointer
from tfaudit.reading.values import as_int
from tfaudit.reading.view import Some, View
from tfaudit.services import open_ports
from tfaudit.services.azure.elements import elements
from tfaudit.services.azure.network import rule_cover, rule_order
from tfaudit.services.azure.network.doors import Origin
from tfaudit.services.azure.network.identities import identity, same
from tfaudit.services.reach import EVERY, Ranges, Step, common, ranges

ARM_TYPES = (
    "Microsoft.Network/networkSecurityGroups",
    "Microsoft.Network/networkSecurityGroups/securityRules",
)

_JOINED = {rule_order.RULES[0]: "network_security_group_name", rule_order.RULES[1]: "parent"}
_MAY_HOLD = (
    "whether the tag VirtualNetwork in {} holds the internet, for which the subnet has a route, is not known"
)
INTERNET = "internet"
_LAST = 65_000  # the number of the first of the rules that every group ends with
_SETTLE = "scan the plan or the live subscription"

RULE: Spelling = rule_order.RULE
GROUP: Spelling = {
    "name": azure("name", "name"),
    "rules": azure("security_rule", "properties.securityRules", rows=RULE),
}


class Target(Struct, frozen=True):
    """The machine that traffic is for: its application security groups, and where its private address may be.

    `all_groups` is whether these are all of its groups; `networks` None are ranges that are not known. `routed` is
    whether a route of its subnet leads inside for the internet, which the tag VirtualNetwork may hold then: it has the
    ranges of routes as well (learn.microsoft.com/azure/virtual-network/service-tags-overview).
    """

    groups: frozenset[str] = frozenset()
    all_groups: bool = True
    networks: tuple[str, ...] | None = None
    routed: bool = False


class Traffic(Struct, frozen=True):
    """What is filtered: its protocol, whom it is for, and from where it comes.

    `origin` None is the internet, and `part` what of it: all, or a range of its addresses.
    """

    protocol: str
    target: Target
    origin: Origin | None = None
    part: str = INTERNET


def parts(groups: Sequence[Resource], inventory: Inventory) -> Sequence[str]:
    """Return the parts of the internet that rules of the groups tell apart, each at least an eighth; usually one."""
    known: dict[tuple[int, ...], Sequence[str]] = inventory.derived(_parts_known)
    key = tuple(map(id, groups))
    if key not in known:
        stated = {
            str(each)
            for group in groups
            for rule in _rules(View(group, inventory, _JOINED, ("name",), GROUP))[0]
            for each in rule_cover.values(rule, "source", "sources")
        }
        known[key] = open_ports.told_apart(stated)
    return known[key]


def _parts_known(_: Inventory) -> dict[tuple[int, ...], Sequence[str]]:
    return {}


def _rules(view: View) -> tuple[list[View], Unknown | None]:
    """Return the rules of a group, inside of it and beside it, and why there may be more."""
    beside = view.companions(*rule_order.RULES)
    rules = [*elements(view, "rules"), *(each.spelled(RULE) for each in beside.views)]
    return rules, beside.more if isinstance(beside, Some) else None


def steps(group: Resource, inventory: Inventory, traffic: Traffic) -> list[Step]:
    """Return the steps by which a security group filters `traffic`."""
    origin, target = traffic.origin, traffic.target
    view = View(group, inventory, _JOINED, ("name",), GROUP)
    called = _text(view, "name") or group.address
    rules, more = _rules(view)
    found: list[tuple[int, Step]] = []
    if more is not None:
        found.append((-1, Step(called, group, (), None, None, None, more)))
    partly: list[tuple[list[str], Ranges]] = []
    for rule in sorted(rules, key=lambda each: _number(each) or -1):
        priority = _number(rule)
        step = _step(rule, called, traffic, inventory, priority)
        if step is None and origin is None:
            step = _together(rule, called, traffic, inventory, partly)
        if step is not None:
            found.append((-1 if priority is None else priority, step))
    if origin is not None and origin.inside:
        # The rules that every group ends with let in what comes from the network itself.
        found.append((_LAST, Step(f"rule AllowVnetInBound of {called}", group, (), True, True, EVERY)))
    elif origin is None and target.routed:
        name = f"rule AllowVnetInBound of {called}"
        why = Unknown(_MAY_HOLD.format(name), _SETTLE, group)
        found.append((_LAST, Step(name, group, (), True, None, EVERY, why)))
    return [step for _, step in sorted(found, key=lambda each: each[0])]


def _together(
    rule: View, called: str, traffic: Traffic, inventory: Inventory, partly: list[tuple[list[str], Ranges]]
) -> Step | None:
    """Return the step of a denial that with those before it, `partly`, is about all of the internet; None for no such.

    Each of these is about some of its addresses, and a port is denied to all where each is about the port.
    """
    ports = _ports(rule)
    sources = list(rule_cover.values(rule, "source", "sources"))
    about = (
        _is(rule, "access", {"deny": True}),
        _is(rule, "direction", {"inbound": True}),
        _is(rule, "protocol", {"*": True, traffic.protocol: True}),
        rule_cover.all_source_ports(rule),
        _to(rule, traffic.target, inventory),
    )
    known = not any(isinstance(each, (Unresolved, Reference)) for each in sources)
    if not all(each is True for each in about) or not ports or not known or _number(rule) is None:
        return None
    partly.append(([str(each) for each in sources], ports))
    denied: list[tuple[int, int]] = []
    for part in {common(ports, other) for _, other in partly}:
        every = [each for some, other in partly if common(part, other) == part for each in some]
        denied += part if open_ports.holds(every, traffic.part) else ()
    name = f"rule {_text(rule, 'name') or 'without a name'} of {called}"
    return Step(name, rule.resource, rule.base, False, True, ranges(denied)) if denied else None


def _step(
    rule: View, called: str, traffic: Traffic, inventory: Inventory, priority: int | None
) -> Step | None:
    """Return what a rule does to such traffic; None for one that is about other traffic for certain."""
    origin = traffic.origin
    lets = _is(rule, "access", {"allow": True, "deny": False})
    fits = _all_of(
        _is(rule, "direction", {"inbound": True}),
        _is(rule, "protocol", {"*": True, traffic.protocol: True}),
        _from_internet(rule, lets, traffic) if origin is None else _from(rule, lets, origin),
        _to(rule, traffic.target, inventory),
        True if priority is not None else None,
    )
    if fits is False:
        return None
    ports = _ports(rule)
    name = f"rule {_text(rule, 'name') or 'without a name'} of {called}"
    why = None
    if fits is None or ports is None or lets is None:
        why = Unknown(f"what {name} is about is not wholly known", _SETTLE, rule.resource, rule.base)
    return Step(name, rule.resource, rule.base, lets, fits, ports, why)


def _all_of(*parts: bool | None) -> bool | None:
    return False if False in parts else None if None in parts else True


def _text(view: View, word: str) -> str:
    match view.word(word):
        case Known(value=str(value)):
            return value
        case _:
            return ""


def _number(rule: View) -> int | None:
    match rule.word("priority"):
        case Known(value=value):
            return as_int(value)
        case _:
            return None


def _is(rule: View, word: str, of: dict[str, bool]) -> bool | None:
    """Return what the value of a word stands for, False where it is none of those, None where it is not known."""
    match rule.word(word):
        case Known(value=value):
            return of.get(str(value).lower(), False)
        case Absent():
            return False
        case Unknown() | Pointer():
            return None


def _from_internet(rule: View, lets: bool | None, traffic: Traffic) -> bool | None:
    """Whether the rule is about what comes from the internet: a denial has to be about all of it."""
    found = _named_internet(rule, lets, traffic.part)
    if found is False and traffic.target.routed:
        sources = rule_cover.values(rule, "source", "sources")
        return None if any(str(each).lower() == "virtualnetwork" for each in sources) else False
    return found


def _named_internet(rule: View, lets: bool | None, part: str) -> bool | None:
    if lets is False:
        return _all_of(rule_cover.all_source_ports(rule), rule_cover.internet(rule, part))
    if part == INTERNET:
        found = open_ports.from_world(rule_cover.values(rule, "source", "sources"))
    else:
        found = rule_cover.internet(rule, part)
    if lets is None and found:
        # It may be a denial, and then of less than all.
        return _all_of(rule_cover.all_source_ports(rule), rule_cover.internet(rule, part)) or None
    return found


def _from(rule: View, lets: bool | None, origin: Origin) -> bool | None:
    """Whether the rule is about what comes from `origin`."""
    found = origin.among(list(rule_cover.values(rule, "source", "sources")))
    return found if lets else _all_of(rule_cover.all_source_ports(rule), found)


def _to(rule: View, target: Target, inventory: Inventory) -> bool | None:
    """Whether the rule is about traffic to `target`."""
    found: bool | None = False
    for value in rule_cover.values(rule, "destination", "destinations"):
        one = covers(value, target)
        if one:
            return True
        found = None if one is None else found
    for value in rule_cover.values(rule, "destination_groups"):
        named = identity(value, inventory)
        member = {same(named, each, inventory) for each in target.groups}
        if True in member:
            return True
        found = None if named is None or None in member or not target.all_groups else found
    return found


def covers(value: Any, target: Target) -> bool | None:
    """Whether a destination holds the target's address; None where its address, or the destination, is not known."""
    if isinstance(value, (Unresolved, Reference)):
        return None
    text = str(value).lower()
    if text in rule_cover.INSIDE:
        return True
    try:
        wanted = ipaddress.ip_network(text, strict=False)
    except ValueError:
        return False
    if target.networks is None:
        return None
    inside: set[bool | None] = {_inside(each, wanted) for each in target.networks}
    return inside.pop() if len(inside) == 1 else None


def _inside(network: str, wanted: ipaddress.IPv4Network | ipaddress.IPv6Network) -> bool | None:
    try:
        own = ipaddress.ip_network(network, strict=False)
    except ValueError:
        return None
    if own.version != wanted.version or not own.overlaps(wanted):
        return False
    return True if own.prefixlen >= wanted.prefixlen else None


def _ports(rule: View) -> Ranges | None:
    found: list[tuple[int, int]] = []
    for each in rule_cover.values(rule, "port", "ports"):
        if isinstance(each, (Unresolved, Reference)):
            return None
        found.append(open_ports.bounds(str(each)))
    return ranges(found)
