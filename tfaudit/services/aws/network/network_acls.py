"""Network ACLs of Amazon VPC: each rule, inline or on its own, as a `firewall_rule`.

They are a second, stateless layer behind security groups: a rule that opens every port, or the wide range that replies
need, is not judged as an open port.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any, TypeAlias

from msgspec import Struct
from msgspec.structs import replace

from tfaudit.model.asset import Asset, Key
from tfaudit.model.calls import Listing
from tfaudit.model.resources import Resource, Unresolved
from tfaudit.model.settings import Known, NotApplicable, Unknown
from tfaudit.reading.asset import asset, key
from tfaudit.reading.companions import may_be_missing
from tfaudit.reading.fact import Fact, Facts, inapplicable
from tfaudit.reading.inventory import Inventory, same_text
from tfaudit.reading.spelling import NOTHING, Spelling, aws
from tfaudit.reading.states import SETTLE, Absent, Pointer, Reading
from tfaudit.reading.values import as_int
from tfaudit.reading.view import View
from tfaudit.services.aws.network.firewall_rules import (
    Rule,
    effective,
    facts,
    plain,
    ports,
    protocol,
    rule_key,
    stated,
    values,
)
from tfaudit.services.open_ports import bounds, is_world

READS = (
    "aws_network_acl",
    "aws_default_network_acl",
    "aws_network_acl_rule",
    "AWS::EC2::NetworkAclEntry",
    "ec2.describe_network_acls",
)
KINDS = ("firewall_rule",)
CALLS = (
    Listing(
        "ec2",
        "describe_network_acls",
        "NetworkAcls",
        "arn:{partition}:ec2:{region}:{account}:network-acl/{NetworkAclId}",
        sent=("Entries",),
    ),
)

_STATELESS = "a network ACL is stateless, replies need wide ranges: security groups are judged"
# Clients take their ports from ranges of 14,000 and more:
# docs.aws.amazon.com/vpc/latest/userguide/custom-network-acl.html#nacl-ephemeral-ports
_REPLIES = 10_000

ENTRY_WORDS: Spelling = {
    "acl": aws("network_acl_id", "NetworkAclId", NOTHING),
    "number": aws(("rule_no", "rule_number"), "RuleNumber"),
    "egress": aws("egress", "Egress"),
    "protocol": aws("protocol", "Protocol"),
    "action": aws(("action", "rule_action"), "RuleAction"),
    "range": aws("cidr_block", "CidrBlock"),
    "range_v6": aws("ipv6_cidr_block", "Ipv6CidrBlock"),
    "first": aws("from_port", "PortRange.From"),
    "last": aws("to_port", "PortRange.To"),
}
TABLE: Spelling = {
    "id": aws("id", NOTHING, "NetworkAclId"),
    "inbound": aws("ingress", NOTHING, rows=ENTRY_WORDS),
    "outbound": aws("egress", NOTHING, rows=ENTRY_WORDS),
    "entries": aws(NOTHING, NOTHING, "Entries", rows=ENTRY_WORDS),
}
IDENTITY = ("id", "acl", "number", "inbound", "outbound", "entries")

_ACL_KEY = "aws:ec2:network-acl/{}"
_CLOSING = 32767  # the number of the rule that closes a list, which nobody can change


def _flagged(view: View) -> Reading:
    """Return the direction of a rule that says by a flag whether it is one of egress."""
    match view.word("egress"):
        case Known(value=value, resource=resource, path=path):
            return Known("egress" if str(value).lower() == "true" else "ingress", resource, path)
        case Absent():
            return stated(view, "ingress")
        case reading:
            return reading


def _entry(view: View, direction: Callable[[View], Reading]) -> Rule:
    named = protocol(view.word("protocol"))
    action = view.word("action")
    if isinstance(action, Known):
        action = Known(str(action.value).lower(), action.resource, action.path)
    # Terraform refuses a list of ranges here; what is written like that is not to be taken for harmless.
    ranges = list(values(view, "range", "range_v6"))
    open_ = [each for each in ranges if is_world(str(each.value))]
    where = [*open_, *ranges, stated(view, None)][0]
    return Rule(
        direction=direction(view),
        protocol=named,
        action=action,
        ports=ports(view, named),
        sources=Known([each.value for each in ranges], where.resource, where.path),
    )


def _is_wide(port: Any) -> bool:
    """Whether a range is one of those that replies come back through, `1024-65535`, or every port."""
    if not isinstance(port, str):
        return False
    first, last = bounds(port)
    return last - first >= _REPLIES


Siblings: TypeAlias = Callable[[View], tuple[tuple[Any, ...], Callable[[], Iterator[tuple[View, bool]]]]]
"""Returns the access list that a rule is in, and what yields its rules, each with whether it surely is in it."""


class _Others(Struct, frozen=True):
    """The rules of one list that take something away from rules behind them.

    `sure` are there, each with its number, in their order. `unsure` are those of which something is not known, with
    whether they are in this list at all.
    """

    sure: list[tuple[int, Rule]]
    unsure: list[tuple[View, bool]]


def _others(view: View, siblings: Siblings, read: Callable[[View], Rule]) -> _Others:
    """Return what may deny in the list of a rule; worked out once for all rules of it."""
    kept = view.inventory.derived(_kept)
    key, members = siblings(view)
    found = kept.get(key)
    if found is None:
        sure: list[tuple[int, Rule]] = []
        unsure: list[tuple[View, bool]] = []
        for each, same in members():
            rule, number = read(each), each.word("number")
            first = as_int(plain(number))
            if plain(rule.action) == "allow":  # what allows takes nothing away from the rules behind it
                continue
            if not same or may_be_missing(each.resource) or isinstance(number, (Unknown, Pointer)):
                unsure.append((each, same))
            elif first is not None:
                sure.append((first, rule))
        found = kept[key] = _Others(effective(sorted(sure, key=lambda one: one[0])), unsure)
    return found


def _kept(_: Inventory) -> dict[tuple[Any, ...], _Others]:
    return {}


def _is(one: View, other: View) -> bool:
    return one.resource is other.resource and one.base == other.base


def _rule_facts(direction: Callable[[View], Reading], siblings: Siblings) -> dict[str, Fact]:
    def read(view: View) -> Rule:
        kept = view.inventory.derived(_read_rules)
        key = id(view.resource), view.base, direction
        found = kept.get(key)
        if found is None:
            found = kept[key] = _entry(view, direction)
        return found

    def earlier(view: View) -> list[Rule]:
        """Return the rules of the same list that are tried before this one: those with lower numbers."""
        own = view.word("number")
        last = as_int(plain(own))
        others = _others(view, siblings, read)
        if isinstance(own, (Unknown, Pointer)):
            before = [_perhaps(each) for _, each in others.sure]
        else:
            before = [each for number, each in others.sure if last is not None and number < last]
        for each, same in others.unsure:
            number = each.word("number")
            first = as_int(plain(number))
            unclear = any(isinstance(one, (Unknown, Pointer)) for one in (number, own))
            if _is(each, view) or not (unclear or (first is not None and last is not None and first < last)):
                continue
            sure = same and not unclear and may_be_missing(each.resource, view.resource) is None
            before.append(read(each) if sure else _perhaps(read(each)))
        return before

    def unless_wide(fact: Fact) -> Fact:
        def joins(view: View) -> Any:
            rule = read(view)
            if any(_is_wide(each) for each in rule.ports.value):
                return NotApplicable(_STATELESS, rule.ports.resource, rule.ports.path)
            return fact.joins(view) if fact.joins is not None else None

        return replace(fact, joins=joins)

    rule = facts(read, tuple(ENTRY_WORDS), earlier)
    return {
        **rule,
        "rule.opens_admin_port": unless_wide(rule["rule.opens_admin_port"]),
        "rule.opens_data_port": unless_wide(rule["rule.opens_data_port"]),
        "rule.open_to_world": inapplicable(_STATELESS),
        "rule.all_ports": inapplicable(_STATELESS),
        "rule.description": inapplicable("a network ACL's rule has no description"),
        "tags": inapplicable("a network ACL's rule has no tags"),
    }


def _read_rules(_: Inventory) -> dict[Any, Rule]:
    """Return what keeps the rules that were read: each is asked for again by every rule that comes behind it."""
    return {}


def _perhaps(rule: Rule) -> Rule:
    """Return a rule that is perhaps tried before another: where it denies, that is not known."""
    if plain(rule.action) != "deny":
        return rule
    because = "the order of the rules is not known"
    return replace(rule, action=Unknown(because, SETTLE, rule.action.resource, rule.action.path))


def _within(word: str) -> Siblings:
    """Return what tells the list `word` of an ACL."""

    def siblings(view: View) -> tuple[tuple[Any, ...], Callable[[], Iterator[tuple[View, bool]]]]:
        acl = View(view.resource, view.inventory, table=TABLE)
        return (id(view.resource), word), lambda: ((each, True) for each in acl.elements(word))

    return siblings


def _beside(view: View) -> tuple[tuple[Any, ...], Callable[[], Iterator[tuple[View, bool]]]]:
    """Return the ACL that a rule of its own belongs to, and what yields those of it, or that may be."""
    own, inventory = _acl_of(view), view.inventory

    def members() -> Iterator[tuple[View, bool]]:
        for acl, rules in inventory.derived(_by_acl).get(view.resource.type, {}).items():
            same = acl == own and bool(acl.name)
            if same or not (acl.is_known and own.is_known):
                yield from ((View(other, inventory, table=ENTRY_WORDS), same) for other in rules)

    return (view.resource.type, own.name, own.is_known), members


class _Acl(Struct, frozen=True):
    """What rules of one ACL name it by: a text that is the same where the ACL is, though it may not be known."""

    name: str
    is_known: bool


def _by_acl(inventory: Inventory) -> dict[str, dict[_Acl, list[Resource]]]:
    """Return the rules that are resources of their own, by type and by the ACL that they name."""
    found: dict[str, dict[_Acl, list[Resource]]] = {}
    for type_ in _ENTRIES:
        by_acl = found.setdefault(type_, {})
        for each in inventory.of_type(type_):
            by_acl.setdefault(_acl_of(View(each, inventory, table=ENTRY_WORDS)), []).append(each)
    return found


def _acl_of(view: View) -> _Acl:
    match view.word("acl"):
        case Known(value=value):
            return _Acl(str(value), is_known=True)
        case Pointer(reference=reference):
            return _Acl(str(reference), is_known=True)
        case Unknown() | Absent():
            written = view.parts("acl")
            name = same_text(view.resource, written.value[0]) if isinstance(written, Known) else ""
            return _Acl(name, is_known=False)


_INGRESS, _EGRESS = partial(stated, value="ingress"), partial(stated, value="egress")
INBOUND: Facts = _rule_facts(_INGRESS, _within("inbound"))
OUTBOUND: Facts = _rule_facts(_EGRESS, _within("outbound"))
LISTED: Facts = _rule_facts(_flagged, _within("entries"))
BESIDE: Facts = _rule_facts(_flagged, _beside)
_LISTS: dict[str, tuple[Callable[[View], Reading], Facts]] = {
    "inbound": (_INGRESS, INBOUND),
    "outbound": (_EGRESS, OUTBOUND),
    "entries": (_flagged, LISTED),
}
_ENTRIES = ("aws_network_acl_rule", "AWS::EC2::NetworkAclEntry")


def assets(view: View) -> Iterator[Asset]:
    """Yield the rule, or each rule of the ACL but the one that closes it."""
    if view.resource.type in _ENTRIES:
        entry = view.spelled(ENTRY_WORDS)
        yield _rule(entry, _key(entry, key(entry, _ACL_KEY, "acl"), _flagged), BESIDE, "")
        return
    owner = key(view, _ACL_KEY, "id")
    for word, (direction, settings) in _LISTS.items():
        for index, each in enumerate(view.elements(word)):
            if plain(each.word("number")) != _CLOSING:
                part = f"{each.base[0] if each.base else word}[{index}]"
                yield _rule(each, _key(each, owner, direction), settings, part)


def _rule(view: View, known: Key, settings: Facts, part: str) -> Asset:
    match view.parts("number"):
        case Known(value=[number]):
            name = f"rule {number}"
        case _:
            name = "rule without a number"
    return asset("firewall_rule", view, settings, known, name=name, part=part)


def _key(view: View, acl: Key, direction: Callable[[View], Reading]) -> Key:
    number = key(view, "{}", "number")
    if isinstance(acl, Unresolved) or isinstance(number, Unresolved):
        return acl if isinstance(acl, Unresolved) else number
    return rule_key(f"{acl}/{number}", _entry(view, direction))
