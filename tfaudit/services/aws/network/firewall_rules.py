"""The settings of one `firewall_rule`, whichever AWS resource the rule stands in.

A service reads its own words into a `Rule`; `facts` makes the settings of it, computed ones included.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Any, TypeAlias

from msgspec import Struct
from msgspec.structs import replace

from tfaudit.model.asset import Key
from tfaudit.model.resources import Reference, Unresolved
from tfaudit.model.settings import Known, NotApplicable, Unknown
from tfaudit.reading.documented import Documented
from tfaudit.reading.fact import Fact
from tfaudit.reading.states import SETTLE, Absent, Pointer, Reading
from tfaudit.reading.view import View
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
_LATER = Unresolved("it is known only after apply", SETTLE)

Answer: TypeAlias = Known | NotApplicable
"""What a setting that is computed of a rule comes to; its value is `Unresolved` where that is not known."""


class Rule(Struct, frozen=True):
    """One rule as read; `ports` and `sources` are lists, of which a part that is not known is `Unresolved`."""

    direction: Reading
    protocol: Reading
    action: Reading
    ports: Known
    sources: Known


def by_itself(value: Any) -> Fact:
    """Return the fact that the type of the resource, or the list that the rule is in, states by itself."""
    return Fact(joins=lambda view: stated(view, value))


def stated(view: View, value: Any) -> Known:
    """Return a value that the type of the resource, or the list that the rule is in, states by itself."""
    return Known(value, view.resource, view.base)


def protocol(reading: Reading) -> Reading:
    """Return tcp, udp, icmp, icmpv6, all, or another protocol's number, for a word or a number."""
    if not isinstance(reading, Known):
        return reading
    word = str(reading.value).lower()
    return Known(_PROTOCOLS.get(word, word), reading.resource, reading.path)


def ports(view: View, named: Reading) -> Known:
    """Return the ports of a rule as a list; the protocol `all` has all of them, ICMP none.

    The words are `protocol`, of which `named` is the value, `first` and `last`.
    """
    if isinstance(named, Known) and named.value == "all":
        return Known(["all"], named.resource, named.path)
    if isinstance(named, Known) and named.value in _WITHOUT_PORTS:
        return Known([], named.resource, named.path)
    first = view.parts("first")
    value = port_range(_as_written(first), _as_written(view.parts("last")))
    if isinstance(named, (Unknown, Pointer)) and value != "all":
        value = why([_as_written(view.parts("protocol"))])
    where = named if isinstance(first, Absent) else first
    return Known([value], where.resource, where.path)


def _as_written(parts: Known | Absent) -> Any:
    """Return the one part of what is no list: what is not known with its text."""
    match parts:
        case Known(value=[only]):
            return only
        case Known(value=several):
            return several
        case Absent():
            return None


def plain(reading: Reading) -> Any:
    """Return a value, None for what is absent, and what `open_ports` takes for what is not known."""
    match reading:
        case Known(value=value):
            return value
        case Absent():
            return None
        case Pointer(reference=reference):
            return reference
        case Unknown(because=because, settle_with=settle_with):
            return Unresolved(because, settle_with)


def values(view: View, *words: str) -> Iterator[Known]:
    """Yield each part of the lists that `words` are, in the place of its list; of rows, the word `value` of each."""
    for word in words:
        match view.parts(word):
            case Known(value=parts) as listed:
                of_rows = view.table[word].rows is not None
                for part in parts:
                    value = part.get("value") if of_rows and isinstance(part, dict) else part
                    if value is not None and value != "":
                        yield Known(value, listed.resource, listed.path)
            case Absent():
                pass


def rule_key(group: Key, rule: Rule) -> Key:
    """Return the key of a rule of `group`: direction, protocol and ports, or why it is not known yet."""
    if isinstance(group, Unresolved):
        return group
    words = [plain(rule.direction), plain(rule.protocol), *(rule.ports.value or ["any"])]
    for each in words:
        if each is None or isinstance(each, (Unresolved, Reference)):
            return Unresolved(f"a part of the rule is {each or 'not set'}", SETTLE)
    return "/".join([group, *map(str, words)])


def facts(
    read: Callable[[View], Rule],
    of: Sequence[str],
    earlier: Callable[[View], Sequence[Rule]] = lambda _: (),
) -> dict[str, Fact]:
    """Return the facts of a rule that `read` makes of the words `of`; `earlier` gives the rules tried before it."""
    # All facts of a rule are read one after the other; a rule is put together once for them.
    read, earlier = lru_cache(maxsize=64)(read), lru_cache(maxsize=64)(earlier)

    def fact(part: Callable[[View], Reading | Answer]) -> Fact:
        return Fact(joins=part, of=tuple(of))

    return {
        "rule.direction": fact(lambda view: read(view).direction),
        "rule.action": fact(lambda view: read(view).action),
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


def _shown_ports(rule: Rule) -> Answer:
    return rule.ports if rule.ports.value else _without_ports(rule)


def _without_ports(rule: Rule) -> NotApplicable:
    return NotApplicable("ICMP has no ports", rule.protocol.resource, rule.protocol.path)


def _lets_nothing_in(rule: Rule) -> NotApplicable | None:
    """Return why a rule of egress, or one that denies, opens nothing; None where it may."""
    if plain(rule.direction) == "egress":
        return NotApplicable("an egress rule lets nothing in", rule.direction.resource, rule.direction.path)
    if plain(rule.action) == "deny":
        return NotApplicable("a rule that denies opens nothing", rule.action.resource, rule.action.path)
    return None


def _opens(rule: Rule, wanted: Sequence[int], by_udp: Sequence[int], earlier: Sequence[Rule]) -> Answer:
    if nothing := _lets_nothing_in(rule):
        return nothing
    if not rule.ports.value:
        return _without_ports(rule)
    word = plain(rule.protocol)
    if isinstance(word, str) and word not in ("tcp", "all"):
        wanted = by_udp if word == "udp" else ()
    perhaps: Sequence[int] = wanted
    for each in earlier:
        wanted, perhaps = _after(each, rule, wanted, perhaps)
    opens = both(covers(rule.ports.value, wanted), from_world(rule.sources.value))
    if opens and both(covers(rule.ports.value, perhaps), True) is False:
        because = "a rule that is tried before it may deny the same: a part of that is not known"
        return replace(rule.sources, value=Unresolved(because, SETTLE))
    return _inwards(rule, opens)


def _admin_ports(rule: Rule, earlier: Sequence[Rule]) -> Answer:
    """Return the ports of administration that it opens to the internet."""
    found: list[Any] = []
    for port in ADMIN_PORTS:
        opens = _opens(rule, (port,), (), earlier)
        if isinstance(opens, NotApplicable):
            return opens
        if opens.value is not False:
            found.append(str(port) if opens.value is True else opens.value)
    return replace(rule.sources, value=found)


_JUDGED = (*ADMIN_PORTS, *DATA_PORTS)


def effective(denials: Iterable[tuple[int, Rule]]) -> list[tuple[int, Rule]]:
    """Return those of `denials`, in their order, that close a judged port which none like them has closed before.

    So there are few of them, whatever is in a list: each rule that allows is held against them.
    """
    closed: dict[tuple[Any, ...], set[int]] = {}
    found: list[tuple[int, Rule]] = []
    for number, rule in denials:
        ranges, sources = rule.ports.value or ["all"], rule.sources.value
        like: list[Any] = [plain(each) for each in (rule.direction, rule.action, rule.protocol)]
        if any(isinstance(each, (Unresolved, Reference)) for each in (*like, *ranges, *sources)):
            found.append((number, rule))
            continue
        world = frozenset(each for each in sources if is_world(str(each)))
        before = closed.setdefault((*like, world), set())
        new = set(_JUDGED) - set(without(_JUDGED, ranges)) - before
        if world and new:
            before |= new
            found.append((number, rule))
    return found


def _after(
    earlier: Rule, rule: Rule, wanted: Sequence[int], perhaps: Sequence[int]
) -> tuple[Sequence[int], Sequence[int]]:
    """Return the ports that are left once `earlier` was tried: for certain, and where all that may be denied is."""
    denied = _denies(earlier, rule)
    if denied is False:
        return wanted, perhaps
    closed = [each for each in earlier.ports.value or ["all"] if isinstance(each, str)]
    unclear = len(closed) < len(earlier.ports.value)
    return (without(wanted, closed) if denied else wanted), () if unclear else without(perhaps, closed)


def _denies(earlier: Rule, rule: Rule) -> bool | None:
    """Whether `earlier` denies, of any ports, what `rule` lets in from the world."""
    denied: bool | None = True
    its, direction = plain(earlier.action), plain(rule.direction)
    for mine, other in ((its, "deny"), (plain(earlier.direction), direction)):
        if isinstance(mine, (Unresolved, Reference)) or isinstance(other, (Unresolved, Reference)):
            denied = None
        elif mine != other:
            return False
    word = plain(earlier.protocol)
    if isinstance(word, (Unresolved, Reference)):
        denied = None
    elif word not in ("all", plain(rule.protocol)):
        return False
    for source in rule.sources.value:
        if isinstance(source, str) and is_world(source):
            same = any(each == source for each in earlier.sources.value)
            if not same and any(isinstance(each, (Unresolved, Reference)) for each in earlier.sources.value):
                denied = None
            elif not same:
                return False
    return denied


def _open(rule: Rule) -> Answer:
    return _lets_nothing_in(rule) or _inwards(rule, from_world(rule.sources.value))


def _all_ports(rule: Rule) -> Answer:
    if not rule.ports.value:
        return _without_ports(rule)
    every = every_port(rule.ports.value)
    return replace(rule.ports, value=why(rule.ports.value) if every is None else every)


def _inwards(rule: Rule, answer: bool | None) -> Known:
    """Return `answer`, which holds of a rule that lets something in: one of which that is not known may not."""
    if answer is None:
        unclear = from_world(rule.sources.value) is None
        return replace(rule.sources, value=why(rule.sources.value if unclear else rule.ports.value))
    for each in (rule.direction, rule.action):
        if answer and isinstance(each, (Pointer, Unknown)):
            return Known(why([plain(each)]), each.resource, each.path)
    return replace(rule.sources, value=answer)


def why(parts: Sequence[Any]) -> Unresolved:
    """Return why the first part that is not known is not."""
    for each in parts:
        if isinstance(each, Unresolved):
            return each
        if isinstance(each, Reference):
            return Unresolved(f"it is taken from {each}", SETTLE, str(each))
    return _LATER
