"""EC2 security groups, as `firewall` assets, and each of their rules, inline or on its own, as a `firewall_rule`.

A rule is known by its group, direction, protocol and ports: the API keeps one entry for these, whatever number of
sources they have. The default group of a VPC exists whether it is declared or not.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

from tfaudit.enclosed import replaced, text_of
from tfaudit.model.asset import Asset, Key
from tfaudit.model.calls import Listing
from tfaudit.model.resources import Reference, Unresolved
from tfaudit.model.settings import Known, NotApplicable, Unknown
from tfaudit.reading.asset import asset, key
from tfaudit.reading.documented import Documented
from tfaudit.reading.fact import Fact, Facts, always
from tfaudit.reading.spelling import NOTHING, Spelling, aws
from tfaudit.reading.states import Absent, Reading
from tfaudit.reading.view import Some, View
from tfaudit.services.aws.network.firewall_rules import (
    DESCRIBED,
    Rule,
    by_itself,
    facts,
    plain,
    ports,
    protocol,
    rule_key,
    stated,
    values,
)
from tfaudit.services.aws.network.prefix_lists import ranges
from tfaudit.services.aws.tags import TAGS
from tfaudit.services.contents import holds
from tfaudit.services.open_ports import is_world

READS = (
    "aws_security_group",
    "aws_default_security_group",
    "aws_security_group_rule",
    "aws_vpc_security_group_ingress_rule",
    "aws_vpc_security_group_egress_rule",
    "aws_vpc",
    "AWS::EC2::SecurityGroup",
    "AWS::EC2::SecurityGroupIngress",
    "AWS::EC2::SecurityGroupEgress",
    "ec2.describe_security_groups",
)
KINDS = ("firewall", "firewall_rule")
COMPANIONS = {
    "aws_default_security_group": "vpc_id",
    "aws_security_group_rule": "security_group_id",
    "aws_vpc_security_group_ingress_rule": "security_group_id",
    "aws_vpc_security_group_egress_rule": "security_group_id",
}
NAMES = ("id",)
CALLS = (
    Listing(
        "ec2",
        "describe_security_groups",
        "SecurityGroups",
        "arn:{partition}:ec2:{region}:{account}:security-group/{GroupId}",
        name="GroupName",
        sent=("GroupName", "IpPermissions", "IpPermissionsEgress"),
    ),
)

_DEFAULT_GROUP = "docs.aws.amazon.com/vpc/latest/userguide/default-security-group.html"


def _listed(path: str) -> Spelling:
    """Return the words of one source in an entry of the API, which holds several, each with a description."""
    return {"value": aws(NOTHING, NOTHING, path), "description": aws(NOTHING, NOTHING, "Description")}


RULE_WORDS: Spelling = {
    # word, then its path in Terraform, CloudFormation, the API
    "group": aws("security_group_id", ("GroupId", "GroupName"), NOTHING),
    "direction": aws("type", NOTHING),
    "protocol": aws(("protocol", "ip_protocol"), "IpProtocol"),
    "first": aws("from_port", "FromPort"),
    "last": aws("to_port", "ToPort"),
    "range": aws(("cidr_blocks", "cidr_ipv4"), "CidrIp", NOTHING),
    "range_v6": aws(("ipv6_cidr_blocks", "cidr_ipv6"), "CidrIpv6", NOTHING),
    "ranges": aws(NOTHING, NOTHING, "IpRanges", rows=_listed("CidrIp")),
    "ranges_v6": aws(NOTHING, NOTHING, "Ipv6Ranges", rows=_listed("CidrIpv6")),
    "peer": aws(
        ("security_groups", "source_security_group_id", "referenced_security_group_id"),
        ("SourceSecurityGroupId", "DestinationSecurityGroupId"),
        NOTHING,
    ),
    "peer_name": aws(NOTHING, "SourceSecurityGroupName", NOTHING),
    "peers": aws(NOTHING, NOTHING, "UserIdGroupPairs", rows=_listed("GroupId")),
    "prefix": aws(
        ("prefix_list_ids", "prefix_list_id"), ("SourcePrefixListId", "DestinationPrefixListId"), NOTHING
    ),
    "prefixes": aws(NOTHING, NOTHING, "PrefixListIds", rows=_listed("PrefixListId")),
    "self": aws("self", NOTHING),
    "description": aws("description", "Description", NOTHING),
    "tags": aws("tags", NOTHING, None),
}
TABLE: Spelling = {
    "name": aws("name", "GroupName"),
    "id": aws(NOTHING, NOTHING, "GroupId"),
    "given_name": aws(NOTHING, "GroupName"),
    "reported_name": aws(NOTHING, NOTHING, "GroupName"),
    "description": aws("description", "GroupDescription", "Description"),
    "ingress": aws("ingress", "SecurityGroupIngress", "IpPermissions", rows=RULE_WORDS),
    "egress": aws("egress", "SecurityGroupEgress", "IpPermissionsEgress", rows=RULE_WORDS),
    "tags": aws("tags", "Tags"),
}
NETWORK_WORDS: Spelling = {
    "own_group": aws("aws_default_security_group/vpc_id", NOTHING),
}
IDENTITY = ("name", "id", "given_name", "group", "ingress", "egress")

_LIVE = "ec2.describe_security_groups"
_RANGES = ("range", "range_v6", "ranges", "ranges_v6")
_PEERS = ("peer", "peer_name", "peers")
_PREFIXES = ("prefix", "prefixes")
_DESCRIBED_ROWS = ("ranges", "ranges_v6", "prefixes", "peers")
_BESIDE = {
    **{type_: attribute for type_, attribute in COMPANIONS.items() if attribute == "security_group_id"},
    "AWS::EC2::SecurityGroupIngress": "GroupId",
    "AWS::EC2::SecurityGroupEgress": "GroupId",
}
# What these give as an address range is their own, never the whole internet.
_OWN_RANGE = re.compile(
    r"(data\.)?aws_(default_)?(vpc|subnet|eip|instance|nat_gateway|network_interface|ec2_\w+)\b"
)
_NAMED_TYPES = frozenset({"AWS::EC2::VPC", "AWS::EC2::Subnet", "AWS::EC2::EIP", "AWS::EC2::Instance"})


def _range(value: Any, view: View) -> Any:
    """Return a source as text where so much is known: an own range of the network, or a range of a narrow mask."""
    if isinstance(value, Reference):
        if _OWN_RANGE.match(value.address):
            return str(value)
        types = {each.type for each in view.inventory.at(value.address)}
        return str(value) if types & _NAMED_TYPES else value
    if isinstance(value, Unresolved):
        mask = re.search(r"\}/(\d{1,3})$", text_of(value.expression))
        return value.expression if mask and int(mask[1]) >= 8 else value
    return str(value)


def _sources(view: View) -> Known:
    if isinstance(view.body, (Unresolved, Reference)):
        return stated(view, [view.body])
    found: list[Any] = []
    shown: Known | None = None
    for each in values(view, *_RANGES):
        value = _range(each.value, view)
        if shown is None or _is_open(value):
            shown = each
        found.append(value)
    for each in values(view, *_PEERS):
        shown = shown or each
        found.append(f"group:{_group_name(each.value, view)}")
    for each in values(view, *_PREFIXES):
        inside = [_range(one, view) for one in ranges(each.value, view)]
        if shown is None or any(map(_is_open, inside)):
            shown = each
        found += inside
    own = view.word("self")
    if isinstance(own, Known) and own.value is True:
        shown = shown or own
        found.append("self")
    where = shown or stated(view, None)
    return Known(found, where.resource, where.path)


def _is_open(source: Any) -> bool:
    return isinstance(source, str) and is_world(source)


def _group_name(value: Any, view: View) -> str:
    """Return the name of the group that a rule names by a reference or by its id, or else what is written."""
    targets = (
        view.inventory.at(value.address)
        if isinstance(value, Reference)
        else view.inventory.named(_LIVE, "GroupId", str(value))
    )
    for each in targets:
        name = plain(View(each, view.inventory, table=TABLE).word("name"))
        if isinstance(name, str):
            return name
    return str(value)


def _rule(view: View, direction: Callable[[View], Reading]) -> Rule:
    named = protocol(view.word("protocol"))
    return Rule(
        direction=direction(view),
        protocol=named,
        action=stated(view, "allow"),
        ports=ports(view, named),
        sources=_sources(view),
    )


def _description(view: View) -> Reading | NotApplicable:
    """Return the description of a rule.

    An entry of the API holds several sources, each with a description: the emptiest is what a reader meets.
    """
    if plain(View(view.resource, view.inventory, table=TABLE).word("reported_name")) == "default":
        return NotApplicable("a default group is to have no rules", view.resource, view.base)
    own = view.word("description")
    if isinstance(own, Unknown) and replaced(text_of(own.expression), "${", "}").strip():
        return Known(
            text_of(own.expression), own.resource, own.path
        )  # whatever is filled in, it is not empty
    if not isinstance(own, Absent):
        return own
    emptiest: Known | None = None
    unclear: Reading | None = None
    for each in (each for word in _DESCRIBED_ROWS for each in view.elements(word)):
        match each.word("description"):
            case Known() | Absent() as found:
                text = Known(plain(found) or "", found.resource, found.path)
                if emptiest is None or str(text.value) < str(emptiest.value):
                    emptiest = text
            case reading:
                unclear = unclear or reading
    if unclear is not None and (emptiest is None or emptiest.value):
        return unclear
    return emptiest or own


def _facts(direction: Callable[[View], Reading]) -> dict[str, Fact]:
    """Return the facts of the rules that have this direction."""
    words = ("description", *_DESCRIBED_ROWS)
    return {
        **facts(partial(_rule, direction=direction), tuple(RULE_WORDS)),
        "rule.description": Fact(joins=_description, of=words, default=DESCRIBED),
        "tags": TAGS,
    }


_INGRESS, _EGRESS = partial(stated, value="ingress"), partial(stated, value="egress")


def _by_type(view: View) -> Reading:
    return view.word("direction")


INGRESS: Facts = _facts(_INGRESS)
EGRESS: Facts = _facts(_EGRESS)
EITHER: Facts = _facts(_by_type)
_INLINE: dict[str, tuple[Callable[[View], Reading], Facts]] = {
    "ingress": (_INGRESS, INGRESS),
    "egress": (_EGRESS, EGRESS),
}
_ALONE: dict[str, tuple[Callable[[View], Reading], Facts]] = {
    "aws_security_group_rule": (_by_type, EITHER),
    "aws_vpc_security_group_ingress_rule": (_INGRESS, INGRESS),
    "aws_vpc_security_group_egress_rule": (_EGRESS, EGRESS),
    "AWS::EC2::SecurityGroupIngress": (_INGRESS, INGRESS),
    "AWS::EC2::SecurityGroupEgress": (_EGRESS, EGRESS),
}


def _closed(view: View) -> Known | Unknown:
    """Return whether the group holds no rule at all, inline or beside it."""
    unclear: Unknown | None = None
    for word in _INLINE:
        match view.parts(word):
            case Known(value=rules) as listed:
                filled = holds(rules)
                if isinstance(filled, Unresolved):
                    because = Unknown(filled.because, filled.settle_with, listed.resource, listed.path)
                    unclear = unclear or because
                elif filled:
                    return Known(False, listed.resource, listed.path)
            case Absent():
                pass
    group = View(view.resource, view.inventory, _BESIDE, NAMES)
    for type_ in _BESIDE:
        beside = group.companions(type_)
        if beside.views:
            return Known(False, beside.views[0].resource)
        if isinstance(beside, Some):
            unclear = unclear or beside.more
    return unclear or Known(True, view.resource, view.base)


def _is_default(name: Any) -> bool:
    return bool(name == "default")


GROUP: Facts = {
    "is_default": Fact(_is_default, of=("given_name",)),
    "closed": Fact(joins=_closed, of=("ingress", "egress")),
    "tags": TAGS,
}
DEFAULT_GROUP: Facts = {
    **GROUP,
    "is_default": by_itself(True),
}
UNDECLARED: Facts = {
    "is_default": always(True, _DEFAULT_GROUP),
    "closed": Fact("own_group", default=Documented(False, _DEFAULT_GROUP)),
    "tags": always({}, _DEFAULT_GROUP),
}
_ONLY_AN_ID = Unresolved("a default group has only its id", "scan the live account")


def group_key(view: View) -> Key:
    """Return the key of a group: its name, which a VPC holds unique; by id where several VPCs have the name."""
    if plain(view.word("reported_name")) == "default":
        return key(view, "aws:ec2:security-group/{}", "id")
    name, id_ = plain(view.word("name")), plain(view.word("id"))
    if isinstance(name, str) and isinstance(id_, str):
        region = view.resource.context.get("region")
        live = view.inventory.named(_LIVE, "GroupName", name)
        same = [each for each in live if each.context.get("region") == region]
        return f"aws:ec2:security-group/{id_ if len(same) > 1 else name}"
    return key(view, "aws:ec2:security-group/{}", "name")


def _owner_key(view: View) -> Key:
    """Return the key of the group that a rule of its own type belongs to."""
    for target in view.leads_to("group"):
        return group_key(target.spelled(TABLE))
    return key(view, "aws:ec2:security-group/{}", "group")


def assets(view: View) -> Iterator[Asset]:
    """Yield the group and each rule that stands in it, or the one rule that the resource is."""
    type_ = view.resource.type
    if type_ == "aws_vpc":
        yield from _undeclared(view.spelled(NETWORK_WORDS))
    elif type_ in _ALONE:
        rule = view.spelled(RULE_WORDS)
        yield _rule_asset(rule, _ALONE[type_], _owner_key(rule), "")
    elif type_ == "aws_default_security_group":
        yield from _group(view, DEFAULT_GROUP, _ONLY_AN_ID)
    else:
        yield from _group(view, GROUP, group_key(view))


def _undeclared(view: View) -> Iterator[Asset]:
    if not view.companions("aws_default_security_group").views:
        yield asset("firewall", view, UNDECLARED, _ONLY_AN_ID, name="default", part="default_security_group")


def _group(view: View, settings: Facts, known: Key) -> Iterator[Asset]:
    name = plain(view.word("given_name"))
    yield asset("firewall", view, settings, known, name=name if isinstance(name, str) else "")
    for word, directed in _INLINE.items():
        for index, rule in enumerate(view.elements(word)):
            part = f"{rule.base[0] if rule.base else word}[{index}]"
            yield _rule_asset(rule, directed, known, part)


def _rule_asset(
    view: View, directed: tuple[Callable[[View], Reading], Facts], group: Key, part: str
) -> Asset:
    direction, settings = directed
    known = rule_key(group, _rule(view, direction))
    name = known.removeprefix("aws:ec2:security-group/") if isinstance(known, str) else view.resource.address
    return asset("firewall_rule", view, settings, known, name=name, part=part)
