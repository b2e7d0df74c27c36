"""The settings of one `firewall_rule`, whichever AWS resource the rule stands in.

A service reads its own spelling into a `Rule`; `facts` makes the settings of it, computed ones included.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from tfaudit.model.asset import Key
from tfaudit.model.resources import Reference, Unresolved
from tfaudit.model.settings import NotApplicable, Setting
from tfaudit.reading.documented import Documented
from tfaudit.reading.facts import Fact
from tfaudit.reading.inventory import ABSENT
from tfaudit.reading.view import Reading, View
from tfaudit.services.open_ports import (
    ADMIN_PORTS,
    DATA_PORTS,
    UDP_DATA_PORTS,
    both,
    covers,
    every_port,
    from_world,
    is_world,
    port_range,
    without,
)

_PROTOCOLS = {"-1": "all", "all": "all", "1": "icmp", "6": "tcp", "17": "udp", "58": "icmpv6"}
_WITHOUT_PORTS = frozenset({"icmp", "icmpv6"})
_SETTLE = "scan the plan or the live account"
_LATER = Unresolved("it is known only after apply", _SETTLE)


class Rule(Struct, frozen=True):
    """One rule as read: `protocol`, `direction` and `action` are words, `ports` and `sources` lists."""

    direction: Reading
    protocol: Reading
    ports: Reading
    sources: Reading
    action: Reading


def protocol(reading: Reading) -> Reading:
    """Return tcp, udp, icmp, icmpv6, all, or another protocol's number, for a word or a number."""
    if not reading.known:
        return reading
    word = str(reading.value).lower()
    return replace(reading, value=_PROTOCOLS.get(word, word))


def ports(named: Reading, first: Reading, last: Reading) -> Reading:
    """Return the ports of a rule as a list; the protocol `all` has all of them, ICMP none."""
    if named.value == "all":
        return replace(named, value=["all"])
    if named.value in _WITHOUT_PORTS:
        return replace(named, value=[])
    low = None if first.absent else first.value
    value = port_range(low, None if last.absent else last.value)
    if isinstance(named.value, (Unresolved, Reference)) and value != "all":
        value = named.value if isinstance(named.value, Unresolved) else _LATER
    return replace(named if first.absent else first, value=[value])


def rule_key(group: Key, rule: Rule) -> Key:
    """Return the key of a rule of `group`: direction, protocol and ports, or why it is not known yet."""
    if isinstance(group, Unresolved):
        return group
    words = [rule.direction.value, rule.protocol.value, *(rule.ports.value or ["any"])]
    for each in words:
        if isinstance(each, (Unresolved, Reference)):
            return Unresolved(f"a part of the rule is {each}", _SETTLE)
    return "/".join([group, *map(str, words)])


def facts(
    read: Callable[[View], Rule], earlier: Callable[[View], Sequence[Rule]] = lambda _: ()
) -> dict[str, Fact]:
    """Return the facts of a rule that `read` takes out of a view; `earlier` gives the rules tried before it."""
    # All facts of a rule are read one after the other; a rule is put together once for them.
    read = lru_cache(maxsize=64)(read)

    def fact(part: Callable[[View], Any]) -> Fact:
        return Fact(terraform=part, cloudformation=part, api=part)

    return {
        "rule.direction": fact(lambda view: read(view).direction),
        "rule.action": fact(lambda view: read(view).action),
        "rule.protocol": fact(lambda view: read(view).protocol),
        "rule.ports": fact(lambda view: _shown_ports(read(view))),
        "rule.sources": fact(lambda view: read(view).sources),
        "rule.opens_admin_port": fact(lambda view: _opens(read(view), ADMIN_PORTS, (), earlier(view))),
        "rule.admin_ports": fact(lambda view: _admin_ports(read(view), earlier(view))),
        "rule.opens_data_port": fact(
            lambda view: _opens(read(view), DATA_PORTS, UDP_DATA_PORTS, earlier(view))
        ),
        "rule.open_to_world": fact(lambda view: _open(read(view))),
        "rule.all_ports": fact(lambda view: _all_ports(read(view))),
    }


DESCRIBED = Documented("", "docs.aws.amazon.com/AWSEC2/latest/APIReference/API_IpRange.html")


def _shown_ports(rule: Rule) -> Reading | Setting:
    return rule.ports if rule.ports.value else _without_ports(rule)


def _without_ports(rule: Rule) -> NotApplicable:
    return NotApplicable("ICMP has no ports", rule.protocol.resource, rule.protocol.path)


def lets_nothing_in(rule: Rule) -> NotApplicable | None:
    """Return why a rule of egress, or one that denies, opens nothing; None where it may."""
    if rule.direction.value == "egress":
        return NotApplicable("an egress rule lets nothing in", rule.direction.resource, rule.direction.path)
    if rule.action.value == "deny":
        return NotApplicable("a rule that denies opens nothing", rule.action.resource, rule.action.path)
    return None


def _opens(
    rule: Rule, wanted: Sequence[int], by_udp: Sequence[int], earlier: Sequence[Rule]
) -> Reading | Setting:
    if nothing := lets_nothing_in(rule):
        return nothing
    if not rule.ports.value:
        return _without_ports(rule)
    word = rule.protocol.value
    if isinstance(word, str) and word not in ("tcp", "all"):
        wanted = by_udp if word == "udp" else ()
    perhaps: Sequence[int] = wanted
    for each in earlier:
        wanted, perhaps = _after(each, rule, wanted, perhaps)
    told = both(covers(rule.ports.value, wanted), from_world(rule.sources.value))
    if told and both(covers(rule.ports.value, perhaps), True) is False:
        because = "a rule that is tried before it may deny the same: a part of that is not known"
        return replace(rule.sources, value=Unresolved(because, _SETTLE))
    return _told(rule, told)


def _admin_ports(rule: Rule, earlier: Sequence[Rule]) -> Reading | Setting:
    """Return the ports of administration that it opens to the internet."""
    found: list[Any] = []
    for port in ADMIN_PORTS:
        told = _opens(rule, (port,), (), earlier)
        if isinstance(told, NotApplicable):
            return told
        value = getattr(told, "value", None)
        if value is not False:
            found.append(str(port) if value is True else value)
    return replace(rule.sources, value=found)


def _after(
    earlier: Rule, rule: Rule, wanted: Sequence[int], perhaps: Sequence[int]
) -> tuple[Sequence[int], Sequence[int]]:
    """Return the ports that are left once `earlier` was tried: for certain, and where all that may be denied is."""
    told = _denies(earlier, rule)
    if told is False:
        return wanted, perhaps
    closed = [each for each in earlier.ports.value or ["all"] if isinstance(each, str)]
    unclear = len(closed) < len(earlier.ports.value)
    return (without(wanted, closed) if told else wanted), () if unclear else without(perhaps, closed)


def _denies(earlier: Rule, rule: Rule) -> bool | None:
    """Whether `earlier` denies, of any ports, what `rule` lets in from the world."""
    told: bool | None = True
    for mine, its in ((earlier.action.value, "deny"), (earlier.direction.value, rule.direction.value)):
        if isinstance(mine, (Unresolved, Reference)) or isinstance(its, (Unresolved, Reference)):
            told = None
        elif mine != its:
            return False
    word = earlier.protocol.value
    if isinstance(word, (Unresolved, Reference)):
        told = None
    elif word not in ("all", rule.protocol.value):
        return False
    for source in rule.sources.value:
        if isinstance(source, str) and is_world(source):
            same = any(each == source for each in earlier.sources.value)
            if not same and any(isinstance(each, (Unresolved, Reference)) for each in earlier.sources.value):
                told = None
            elif not same:
                return False
    return told


def _open(rule: Rule) -> Reading | Setting:
    return lets_nothing_in(rule) or _told(rule, from_world(rule.sources.value))


def _all_ports(rule: Rule) -> Reading | Setting:
    if not rule.ports.value:
        return _without_ports(rule)
    told = every_port(rule.ports.value)
    return replace(rule.ports, value=why(rule.ports.value) if told is None else told)


def _told(rule: Rule, answer: bool | None) -> Reading:
    if answer is not None:
        return replace(rule.sources, value=answer)
    unclear = from_world(rule.sources.value) is None
    return replace(rule.sources, value=why(rule.sources.value if unclear else rule.ports.value))


def why(parts: Sequence[Any]) -> Unresolved:
    """Return why the first part that is not known is not."""
    for each in parts:
        if isinstance(each, Unresolved):
            return each
        if isinstance(each, Reference):
            return Unresolved(f"it is taken from {each}", _SETTLE, str(each))
    return _LATER


def word(view: View, value: str) -> Reading:
    """Return a value that the resource's type or the place of the rule says by itself."""
    return Reading(value, view.resource, view.base)


def absent(view: View) -> Reading:
    """Return the reading of nothing."""
    return Reading(ABSENT, view.resource, view.base)
