"""EC2 security groups, as `firewall` assets, and each of their rules, inline or on its own, as a `firewall_rule`.

A rule is known by its group, direction, protocol and ports: the API keeps one entry for these, whatever number of
sources they have. The default group of a VPC exists whether it is declared or not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from tfaudit.model.asset import Asset, Key
from tfaudit.model.calls import Listing
from tfaudit.model.resources import Reference, Resource, Unresolved
from tfaudit.model.settings import Known, NotApplicable
from tfaudit.reading.asset import asset, key
from tfaudit.reading.documented import Documented
from tfaudit.reading.facts import Fact, spelled
from tfaudit.reading.view import Reading, View
from tfaudit.services.aws.network.firewall_rules import (
    DESCRIBED,
    Rule,
    absent,
    facts,
    ports,
    protocol,
    rule_key,
    word,
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
    ),
)

_LIVE = "ec2.describe_security_groups"
_DEFAULT_GROUP = "docs.aws.amazon.com/vpc/latest/userguide/default-security-group.html"
_PROVIDER = "hashicorp/aws/6.0.0/docs/resources/security_group"
_NEW_GROUP = "docs.aws.amazon.com/vpc/latest/userguide/creating-security-groups.html"

_INLINE = (
    ("ingress", "ingress"),
    ("egress", "egress"),
    ("SecurityGroupIngress", "ingress"),
    ("SecurityGroupEgress", "egress"),
    ("IpPermissions", "ingress"),
    ("IpPermissionsEgress", "egress"),
)
_DIRECTION = dict(_INLINE)
_RULES_BESIDE = (
    "aws_security_group_rule",
    "aws_vpc_security_group_ingress_rule",
    "aws_vpc_security_group_egress_rule",
)
_RULE_TYPES = {
    "aws_vpc_security_group_ingress_rule": "ingress",
    "aws_vpc_security_group_egress_rule": "egress",
    "AWS::EC2::SecurityGroupIngress": "ingress",
    "AWS::EC2::SecurityGroupEgress": "egress",
}
# Lists of maps of the API go by "list/field".
_RANGES = (
    "cidr_blocks", "ipv6_cidr_blocks", "cidr_ipv4", "cidr_ipv6", "CidrIp", "CidrIpv6", "IpRanges/CidrIp",
    "Ipv6Ranges/CidrIpv6",
)  # fmt: skip
_GROUPS = (
    "security_groups", "source_security_group_id", "referenced_security_group_id", "SourceSecurityGroupId",
    "SourceSecurityGroupName", "DestinationSecurityGroupId", "UserIdGroupPairs/GroupId",
)  # fmt: skip
_PREFIXES = (
    "prefix_list_ids", "prefix_list_id", "SourcePrefixListId", "DestinationPrefixListId", "PrefixListIds/PrefixListId",
)  # fmt: skip
# What these give as an address range is their own, never the whole internet.
_OWN_RANGE = re.compile(
    r"(data\.)?aws_(default_)?(vpc|subnet|eip|instance|nat_gateway|network_interface|ec2_\w+)\b"
)
_NAMED_TYPES = frozenset({"AWS::EC2::VPC", "AWS::EC2::Subnet", "AWS::EC2::EIP", "AWS::EC2::Instance"})


def _direction(view: View) -> Reading:
    if view.resource.type == "aws_security_group_rule":
        return view.read("type")
    stated = _RULE_TYPES.get(view.resource.type) or _DIRECTION[str(view.base[0])]
    return word(view, stated)


def _values(view: View, names: tuple[str, ...]) -> Iterator[Reading]:
    """Yield each value at `names`; lists are opened."""
    for name in names:
        outer, _, inner = name.partition("/")
        reading = view.read(outer)
        if reading.absent:
            continue
        items = reading.value if isinstance(reading.value, list) else [reading.value]
        for item in items:
            value = item.get(inner) if inner and isinstance(item, dict) else item
            if value is not None and value != "":
                yield Reading(value, reading.resource, reading.path)


def _range(value: Any, view: View) -> Any:
    """Return a source as text where it is told that far: an own range of the network, or a range of a narrow mask."""
    if isinstance(value, Reference):
        if _OWN_RANGE.match(value.address):
            return str(value)
        types = {each.type for each in view.inventory.at(value.address)}
        return str(value) if types & _NAMED_TYPES else value
    if isinstance(value, Unresolved):
        mask = re.search(r"\}/(\d{1,3})\"?$", value.expression)
        return value.expression if mask and int(mask[1]) >= 8 else value
    return str(value)


def _sources(view: View) -> Reading:
    found: list[Any] = []
    shown: Reading | None = None
    for reading in _values(view, _RANGES):
        value = _range(reading.value, view)
        if shown is None or (isinstance(value, str) and is_world(value)):
            shown = reading
        found.append(value)
    for reading in _values(view, _GROUPS):
        shown = shown or reading
        found.append(f"group:{_group_name(reading.value, view)}")
    for reading in _values(view, _PREFIXES):
        inside = [_range(each, view) for each in ranges(reading.value, view)]
        if shown is None or any(isinstance(each, str) and is_world(each) for each in inside):
            shown = reading
        found += inside
    own = view.read("self")
    if own.value is True:
        shown = shown or own
        found.append("self")
    where = shown or absent(view)
    if not found and isinstance(view.body, (Unresolved, Reference)):
        found.append(view.body)
    return Reading(found, where.resource, where.path)


def _group_name(value: Any, view: View) -> str:
    if isinstance(value, Reference):
        for each in view.inventory.at(value.address):
            name = each.body.get("name") or each.body.get("GroupName")
            if isinstance(name, str):
                return name
    for each in _live_groups(view, "GroupId", str(value)):
        return str(each.body.get("GroupName"))
    return str(value)


def _live_groups(view: View, attribute: str, value: str) -> list[Resource]:
    """Return the groups of the live account whose `attribute` is `value`, by the inventory's index."""
    if view.dialect != "api":
        return []
    found, _ = view.inventory.pointing_at(view.resource, [value], _LIVE, attribute)
    return [each for each in found if each.body.get(attribute) == value]


def _rule(view: View) -> Rule:
    named = protocol(view.first("protocol", "ip_protocol", "IpProtocol"))
    return Rule(
        direction=_direction(view),
        protocol=named,
        ports=ports(named, view.first("from_port", "FromPort"), view.first("to_port", "ToPort")),
        sources=_sources(view),
        action=word(view, "allow"),
    )


def _description(view: View) -> Reading | NotApplicable:
    if view.dialect != "api":
        return view.first("description", "Description")
    if view.get_top("GroupName") == "default":
        return NotApplicable("a default group is to have no rules", view.resource, view.base)
    # One entry of the API holds several sources, each with a description: the emptiest is what a reader meets.
    texts = [
        each.read("Description")
        for name in ("IpRanges", "Ipv6Ranges", "PrefixListIds", "UserIdGroupPairs")
        for each in view.each(name)
    ]
    known = [each for each in texts if not isinstance(each.value, Unresolved)]
    emptiest = min(
        known, key=lambda each: str(each.value or ""), default=Reading("", view.resource, view.base)
    )
    unclear = next((each for each in texts if isinstance(each.value, Unresolved)), None)
    if unclear is not None and (emptiest.value or not known):
        return unclear
    return Reading(emptiest.value or "", emptiest.resource, emptiest.path)


RULE = {
    **facts(_rule),
    "rule.description": Fact(
        terraform=_description, cloudformation=_description, api=_description, default=DESCRIBED
    ),
    "tags": TAGS,
}


def _is_default(view: View) -> Any:
    named = view.read("GroupName")
    if isinstance(named.value, Unresolved):
        return named
    return view.resource.type == "aws_default_security_group" or named.value == "default"


def _closed(view: View) -> Any:
    """Whether the group holds no rule at all, inline or beside it."""
    unclear: Reading | None = None
    for name, _ in _INLINE:
        reading = view.read(name)
        filled = holds(reading.value) if isinstance(reading.value, list) else reading.value
        if isinstance(filled, Unresolved):
            unclear = unclear or Reading(filled, reading.resource, reading.path)
        elif not reading.absent and filled:
            return Reading(False, reading.resource, reading.path)
    for type_ in _RULES_BESIDE if view.dialect == "terraform" else ():
        found, unsure = view.companions(type_)
        if found:
            return Reading(False, found[0].resource)
        if unsure:
            unclear = unclear or Reading(unsure, view.resource, view.base)
    return unclear or Known(True, view.resource, view.base)


_DESCRIBED = {
    "aws_security_group": Documented("Managed by Terraform", _PROVIDER),
    "aws_default_security_group": Documented("default VPC security group", _DEFAULT_GROUP),
}
GROUP = {
    "is_default": Fact(terraform=_is_default, cloudformation=_is_default, api=_is_default),
    "default_deny": Fact(always=Documented(True, _NEW_GROUP)),
    "closed": Fact(terraform=_closed, cloudformation=_closed, api=_closed),
    "description": Fact(
        **spelled("description", "GroupDescription", "Description"),
        default=lambda view: _DESCRIBED.get(view.resource.type) or Documented("", _NEW_GROUP),
    ),
    "tags": TAGS,
}
UNDECLARED = {
    "is_default": Fact(always=Documented(True, _DEFAULT_GROUP)),
    "default_deny": Fact(always=Documented(True, _NEW_GROUP)),
    "closed": Fact(
        terraform="aws_default_security_group/vpc_id",
        default=Documented(False, _DEFAULT_GROUP),
    ),
    "description": Fact(always=Documented("default VPC security group", _DEFAULT_GROUP)),
    "tags": Fact(always=Documented({}, _DEFAULT_GROUP)),
}


def group_key(view: View) -> Key:
    """Return the key of a group: its name, which a VPC holds unique; by id where several VPCs have the name."""
    name = view.get("GroupName") if view.dialect == "api" else None
    if name is None:
        return key(view, "aws:ec2:security-group/{}", "name", "GroupName")
    region = view.resource.context.get("region")
    same = [
        each for each in _live_groups(view, "GroupName", str(name)) if each.context.get("region") == region
    ]
    return f"aws:ec2:security-group/{view.get('GroupId') if name == 'default' or len(same) > 1 else name}"


def _owner_key(view: View) -> Key:
    """Return the key of the group that a rule of its own type belongs to."""
    for target in view.targets("security_group_id") or view.targets("GroupId"):
        return group_key(target)
    return key(view, "aws:ec2:security-group/{}", "security_group_id", "GroupId", "GroupName")


def assets(view: View) -> Iterator[Asset]:
    """Yield the group and each rule that stands in it, or the one rule that the resource is."""
    type_ = view.resource.type
    if type_ == "aws_vpc":
        yield from _undeclared(view)
        return
    if type_ == "aws_security_group_rule" or type_ in _RULE_TYPES:
        yield _rule_asset(view, _owner_key(view), "")
        return
    group = (
        Unresolved("a default group has only its id", "scan the live account")
        if type_ == ("aws_default_security_group")
        else group_key(view)
    )
    name = str(view.get("GroupName") or "") if view.dialect == "api" else ""
    yield asset("firewall", view, GROUP, group, name=name)
    for attribute, _ in _INLINE:
        for index, rule in enumerate(view.each(attribute)):
            yield _rule_asset(rule, group, f"{attribute}[{index}]")


def _undeclared(view: View) -> Iterator[Asset]:
    found, _ = view.companions("aws_default_security_group")
    if not found:
        unknown = Unresolved("a default group has only its id", "scan the live account")
        yield asset("firewall", view, UNDECLARED, unknown, name="default", part="default_security_group")


def _rule_asset(view: View, group: Key, part: str) -> Asset:
    known = rule_key(group, _rule(view))
    name = known.removeprefix("aws:ec2:security-group/") if isinstance(known, str) else view.resource.address
    return asset("firewall_rule", view, RULE, known, name=name, part=part)
