"""Amazon VPC: networks, subnets and the rules of network ACLs, as `network`, `subnet` and `firewall_rule` assets.

A network has flow logs when it, or each of its subnets, has one. The rules of a network ACL are a second, stateless
layer behind security groups: one that opens every port, or the wide range that replies need, is not judged as an open
port.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from msgspec.structs import replace

from tfaudit.model.asset import Asset, Key
from tfaudit.model.calls import Detail, Listing
from tfaudit.model.resources import Resource, Unresolved
from tfaudit.model.settings import NotApplicable
from tfaudit.reading.asset import asset, key
from tfaudit.reading.documented import Documented
from tfaudit.reading.facts import Fact, spelled
from tfaudit.reading.inventory import ABSENT, Inventory
from tfaudit.reading.values import as_int
from tfaudit.reading.view import Reading, View
from tfaudit.services.aws.network.firewall_rules import Rule, facts, ports, protocol, rule_key, word
from tfaudit.services.aws.tags import TAGS
from tfaudit.services.contents import filled
from tfaudit.services.open_ports import bounds

READS = (
    "aws_vpc",
    "aws_default_vpc",
    "aws_subnet",
    "aws_default_subnet",
    "aws_network_acl",
    "aws_default_network_acl",
    "aws_network_acl_rule",
    "AWS::EC2::VPC",
    "AWS::EC2::Subnet",
    "AWS::EC2::NetworkAclEntry",
    "ec2.describe_vpcs",
    "ec2.describe_subnets",
    "ec2.describe_network_acls",
)
KINDS = ("network", "subnet", "firewall_rule")
COMPANIONS = {"aws_flow_log": "vpc_id", "AWS::EC2::FlowLog": "ResourceId"}
NAMES = ("id",)

_VPC_LOGS = Detail(
    "describe_flow_logs", {"Filter": "?resource-id=VpcId"}, "ec2:DescribeFlowLogs", items="FlowLogs"
)
_SUBNET_LOGS = Detail(
    "describe_flow_logs", {"Filter": "?resource-id=SubnetId"}, "ec2:DescribeFlowLogs", items="FlowLogs"
)
SUBNETS = Listing(
    "ec2", "describe_subnets", "Subnets", "arn:{partition}:ec2:{region}:{account}:subnet/{SubnetId}"
)
CALLS = (
    Listing(
        "ec2",
        "describe_vpcs",
        "Vpcs",
        "arn:{partition}:ec2:{region}:{account}:vpc/{VpcId}",
        details=(_VPC_LOGS,),
    ),
    replace(SUBNETS, details=(_SUBNET_LOGS,)),
    Listing(
        "ec2",
        "describe_network_acls",
        "NetworkAcls",
        "arn:{partition}:ec2:{region}:{account}:network-acl/{NetworkAclId}",
    ),
)

_SHIELD = "docs.aws.amazon.com/waf/latest/developerguide/ddos-standard-summary.html"
_FLOW_LOGS = "docs.aws.amazon.com/vpc/latest/userguide/flow-logs.html"
_DEFAULT_VPC = "docs.aws.amazon.com/vpc/latest/userguide/default-vpc.html"
_SUBNET = "docs.aws.amazon.com/vpc/latest/userguide/subnet-public-ip.html"

_STATELESS = "a network ACL is stateless, replies need wide ranges: security groups are judged"
# Clients take their ports from ranges of 14,000 and more:
# docs.aws.amazon.com/vpc/latest/userguide/custom-network-acl.html#nacl-ephemeral-ports
_REPLIES = 10_000

_NETWORKS = frozenset({"aws_vpc", "aws_default_vpc", "AWS::EC2::VPC", "ec2.describe_vpcs"})
_SUBNETS = ("aws_subnet", "AWS::EC2::Subnet", "ec2.describe_subnets")
_DEFAULTS = frozenset({"aws_default_vpc", "aws_default_subnet"})


def _own_logs(view: View) -> Reading:
    """Return the flow log of a network or subnet by itself: something, nothing, or why that cannot be told."""
    if view.dialect == "api":
        reading = view.read("describe_flow_logs/")
        return Reading(ABSENT, reading.resource) if reading.value == [] else _perhaps(reading)
    if view.dialect == "cloudformation":
        return view.read("AWS::EC2::FlowLog/ResourceId")
    if view.resource.type in _NETWORKS:
        return view.read("aws_flow_log/vpc_id")
    found, unsure = view.inventory.pointing_at(view.resource, [], "aws_flow_log", "subnet_id")
    if found:
        return Reading(True, found[0])
    if unsure:
        why = Unresolved(f"{unsure[0].address} may log it: its subnet_id is not known", "scan the plan")
        return Reading(why, view.resource)
    return Reading(ABSENT, view.resource)


def _perhaps(reading: Reading) -> Reading:
    found = filled(reading)
    return found if isinstance(found.value, Unresolved) else reading


def _is_logged(reading: Reading) -> bool | None:
    if isinstance(reading.value, Unresolved):
        # A log whose subject is the network or subnet is there; only what else it says may not be known.
        return True if reading.resource.type in ("aws_flow_log", "AWS::EC2::FlowLog") else None
    return not reading.absent


def _flow_logs(view: View) -> Any:
    own = _own_logs(view)
    told = _is_logged(own)
    if told or view.resource.type not in _NETWORKS:
        return _answer(own, told, view)
    subnets = [View(each, view.inventory, COMPANIONS, NAMES) for each in _subnets_of(view)]
    logged = [_is_logged(_own_logs(each)) for each in subnets]
    if logged and all(logged):
        return Reading(True, view.resource, view.base)
    return _answer(own, None if None in (told, *logged) else False, view)


def _answer(own: Reading, told: bool | None, view: View) -> Reading:
    if told is None:
        return (
            own
            if isinstance(own.value, Unresolved)
            else Reading(
                Unresolved("the flow logs of a subnet are not known", "scan the plan or the live account"),
                view.resource,
            )
        )
    return Reading(True, own.resource, own.path) if told else Reading(ABSENT, view.resource, view.base)


def _subnets_of(view: View) -> Iterator[Resource]:
    resource = view.resource
    for type_ in _SUBNETS:
        attribute = "vpc_id" if type_ == "aws_subnet" else "VpcId"
        names = [str(name) for name in (view.get("VpcId"), view.get("id")) if name]
        yield from view.inventory.pointing_at(resource, names, type_, attribute)[0]


def _is_default(view: View) -> Any:
    if view.resource.type in _DEFAULTS:
        return True
    return view.first("IsDefault", "DefaultForAz") if view.dialect == "api" else ABSENT


NETWORK = {
    "flow_logs": Fact(
        terraform=_flow_logs, cloudformation=_flow_logs, api=_flow_logs, default=Documented(False, _FLOW_LOGS)
    ),
    "logs.enabled": Fact(
        terraform=_flow_logs, cloudformation=_flow_logs, api=_flow_logs, default=Documented(False, _FLOW_LOGS)
    ),
    "is_default": Fact(
        terraform=_is_default,
        cloudformation=_is_default,
        api=_is_default,
        default=Documented(False, _DEFAULT_VPC),
    ),
    "ddos_protection": Fact(always=Documented(True, _SHIELD)),
    "default_deny": Fact(not_applicable="the security groups of what runs in it say what gets in"),
    "tags": TAGS,
}


def _default_public(view: View) -> Documented:
    return Documented(view.resource.type == "aws_default_subnet", _SUBNET)


SUBNET = {
    "assigns_public_ip": Fact(
        **spelled("map_public_ip_on_launch", "MapPublicIpOnLaunch"), default=_default_public
    ),
    "flow_logs": Fact(
        terraform=_flow_logs, cloudformation=_flow_logs, api=_flow_logs, default=Documented(False, _FLOW_LOGS)
    ),
    "network_security_group": Fact(
        not_applicable="AWS attaches security groups to interfaces, not to subnets"
    ),
    "tags": TAGS,
}


def _direction(view: View) -> Reading:
    if view.base and view.base[0] in ("ingress", "egress"):
        return word(view, str(view.base[0]))
    reading = view.first("egress", "Egress")
    if reading.absent:
        return word(view, "ingress")
    if isinstance(reading.value, Unresolved):
        return reading
    out = str(reading.value).lower() == "true"
    return Reading("egress" if out else "ingress", reading.resource, reading.path)


def _acl_rule(view: View) -> Rule:
    named = protocol(view.first("protocol", "Protocol"))
    action = view.first("rule_action", "action", "RuleAction")
    source = view.first("cidr_block", "CidrBlock", "ipv6_cidr_block", "Ipv6CidrBlock")
    # Terraform refuses a list here; what is written like that is not to be taken for harmless.
    sources = [] if source.absent else source.value if isinstance(source.value, list) else [source.value]
    return Rule(
        direction=_direction(view),
        protocol=named,
        ports=ports(named, view.first("from_port", "PortRange.From"), view.first("to_port", "PortRange.To")),
        sources=Reading(sources, source.resource, source.path),
        action=action
        if not action.known
        else Reading(str(action.value).lower(), action.resource, action.path),
    )


def _is_wide(port: Any) -> bool:
    """Whether a range is one of those that replies come back through, `1024-65535`, or every port."""
    if not isinstance(port, str):
        return False
    first, last = bounds(port)
    return last - first >= _REPLIES


def _unless_wide(fact: Fact) -> Fact:
    def read(view: View) -> Any:
        rule = _acl_rule(view)
        if any(_is_wide(each) for each in rule.ports.value):
            return NotApplicable(_STATELESS, rule.ports.resource, rule.ports.path)
        return fact.terraform(view) if callable(fact.terraform) else ABSENT

    return Fact(terraform=read, cloudformation=read, api=read)


def _earlier(view: View) -> list[Rule]:
    """Return the rules of the same list that are tried before the one that `view` shows: those with lower numbers."""
    own = as_int(_number(view).value)
    found: list[Rule] = []
    for each in _siblings(view):
        number = _number(each)
        unclear = isinstance(number.value, Unresolved) or isinstance(_number(view).value, Unresolved)
        other = as_int(number.value)
        if unclear or (own is not None and other is not None and other < own):
            rule = _acl_rule(each)
            found.append(replace(rule, action=replace(rule.action, value=_LATER)) if unclear else rule)
    return found


_LATER = Unresolved("the order of the rules is not known", "scan the plan or the live account")
_BESIDE = {"aws_network_acl_rule": "network_acl_id", "AWS::EC2::NetworkAclEntry": "NetworkAclId"}


def _number(view: View) -> Reading:
    return view.first("rule_no", "rule_number", "RuleNumber")


def _siblings(view: View) -> Iterator[View]:
    """Yield the other rules of the access list."""
    resource = view.resource
    if resource.type not in _BESIDE:
        whole = View(resource, view.inventory)
        yield from (each for each in whole.each(str(view.base[0])) if each.base != view.base)
        return
    own = repr(view.read(_BESIDE[resource.type]).value)
    for other in view.inventory.derived(_by_list).get((resource.type, own), ()):
        if other is not resource:
            yield View(other, view.inventory)


def _by_list(inventory: Inventory) -> dict[tuple[str, str], list[Resource]]:
    """Return the rules that are resources of their own, by the access list that they name."""
    found: dict[tuple[str, str], list[Resource]] = {}
    for type_, attribute in _BESIDE.items():
        for each in inventory.of_type(type_):
            found.setdefault((type_, repr(each.body.get(attribute))), []).append(each)
    return found


_RULE = facts(_acl_rule, _earlier)
ACL_RULE = {
    **_RULE,
    "rule.opens_admin_port": _unless_wide(_RULE["rule.opens_admin_port"]),
    "rule.opens_data_port": _unless_wide(_RULE["rule.opens_data_port"]),
    "rule.open_to_world": Fact(not_applicable=_STATELESS),
    "rule.all_ports": Fact(not_applicable=_STATELESS),
    "rule.description": Fact(not_applicable="a network ACL's rule has no description"),
    "tags": Fact(not_applicable="a network ACL's rule has no tags"),
}


def _acl_key(view: View) -> Key:
    named = view.get("NetworkAclId") if view.dialect == "api" else None
    if isinstance(named, str):
        return f"aws:ec2:network-acl/{named}"
    return key(view, "aws:ec2:network-acl/{}", "id", "network_acl_id", "NetworkAclId")


def assets(view: View) -> Iterator[Asset]:
    """Yield the network, the subnet, or each rule of the ACL; a default ACL's own rules are left out."""
    type_ = view.resource.type
    if type_ in _NETWORKS:
        yield asset("network", view, NETWORK, key(view, "aws:ec2:vpc/{}", "id", "VpcId"), name=_name(view))
    elif type_ in (*_SUBNETS, "aws_default_subnet"):
        yield asset(
            "subnet", view, SUBNET, key(view, "aws:ec2:subnet/{}", "id", "SubnetId"), name=_name(view)
        )
    elif type_ in ("aws_network_acl_rule", "AWS::EC2::NetworkAclEntry"):
        yield _acl_asset(view, _acl_key(view), "")
    elif view.get("IsDefault") is not True:
        for attribute in ("ingress", "egress", "Entries"):
            for index, rule in enumerate(view.each(attribute)):
                if rule.get("RuleNumber") != 32767:  # the closing rule that nobody can change
                    yield _acl_asset(rule, _acl_key(view), f"{attribute}[{index}]")


def _acl_asset(view: View, acl: Key, part: str) -> Asset:
    number = _number(view)
    rule = _acl_rule(view)
    known = rule_key(f"{acl}/{number.value}", rule) if isinstance(acl, str) and number.known else acl
    return asset("firewall_rule", view, ACL_RULE, known, name=f"rule {number.value}", part=part)


def _name(view: View) -> str:
    """Return the Name tag, which is what people call a network by."""
    tags = TAGS.read(view, "map")
    value = getattr(tags, "value", {}).get("Name")
    return value if isinstance(value, str) else view.resource.address.rpartition(".")[2]
