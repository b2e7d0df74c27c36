"""Networks, subnets, flow logs and network ACLs, on every plane."""

from __future__ import annotations

from typing import Any

import pytest

from tests.parity import (
    NOT_APPLICABLE,
    UNKNOWN,
    assert_same,
    denied,
    from_api,
    from_cloudformation,
    from_terraform,
    values,
)
from tfaudit.model.resources import Unresolved

FLOW = {"FlowLogId": "fl-1", "TrafficType": "ALL", "ResourceId": "vpc-1"}
VPC = {
    "VpcId": "vpc-1",
    "CidrBlock": "10.0.0.0/16",
    "IsDefault": False,
    "Tags": [{"Key": "Name", "Value": "main"}],
}


def test_a_network_with_flow_logs_is_the_same_on_every_plane() -> None:
    terraform = """
resource "aws_vpc" "main" {
  cidr_block = "10.0.0.0/16"
  tags       = { Name = "main" }
}
resource "aws_flow_log" "main" {
  vpc_id          = aws_vpc.main.id
  traffic_type    = "ALL"
  log_destination = "arn:aws:s3:::logs"
}
"""
    template = """
Resources:
  Main:
    Type: AWS::EC2::VPC
    Properties: {CidrBlock: 10.0.0.0/16, Tags: [{Key: Name, Value: main}]}
  Flow:
    Type: AWS::EC2::FlowLog
    Properties: {ResourceId: !Ref Main, ResourceType: VPC, TrafficType: ALL}
"""
    assert_same(
        {"flow_logs": True, "tags": {"Name": "main"}},
        key=False,
        terraform=[each for each in from_terraform(terraform) if each.kind == "network"],
        cloudformation=from_cloudformation(template),
        api=from_api("ec2.describe_vpcs", {**VPC, "describe_flow_logs": [FLOW]}),
    )


def test_no_flow_log_is_a_fact_and_a_refused_call_is_not() -> None:
    for answer, told in (([], False), (denied("ec2:DescribeFlowLogs"), UNKNOWN)):
        (network,) = from_api("ec2.describe_vpcs", {**VPC, "describe_flow_logs": answer})
        assert values(network, ["flow_logs"]) == {"flow_logs": told}


@pytest.mark.parametrize(("logged", "told"), [((1, 1), True), ((1, 0), False), ((0, 0), False)])
def test_a_network_counts_as_logged_when_each_of_its_subnets_is(logged: tuple[int, int], told: bool) -> None:
    subnets = [
        (
            "ec2.describe_subnets",
            {"SubnetId": f"s-{index}", "VpcId": "vpc-1", "describe_flow_logs": [FLOW] * has},
        )
        for index, has in enumerate(logged)
    ]
    network = from_api("ec2.describe_vpcs", {**VPC, "describe_flow_logs": []}, also=subnets)[0]
    assert values(network, ["flow_logs"]) == {"flow_logs": told}


@pytest.mark.parametrize(("public", "told"), [("true", True), ("false", False), ("var.public", UNKNOWN)])
def test_a_subnet_gives_out_public_addresses(public: str, told: object) -> None:
    text = f"""
variable "public" {{}}
resource "aws_subnet" "app" {{
  vpc_id                  = "vpc-1"
  map_public_ip_on_launch = {public}
}}
"""
    (subnet,) = from_terraform(text)
    assert values(subnet, ["assigns_public_ip"]) == {"assigns_public_ip": told}


def test_a_subnet_is_the_same_on_every_plane() -> None:
    template = """
Resources:
  App:
    Type: AWS::EC2::Subnet
    Properties: {VpcId: vpc-1, MapPublicIpOnLaunch: true}
"""
    assert_same(
        {"assigns_public_ip": True, "tags": {}},
        key=False,
        terraform=from_terraform(
            'resource "aws_subnet" "app" {\n  vpc_id = "vpc-1"\n  map_public_ip_on_launch = true\n}\n'
        ),
        cloudformation=from_cloudformation(template),
        api=from_api(
            "ec2.describe_subnets",
            {"SubnetId": "s-1", "VpcId": "vpc-1", "MapPublicIpOnLaunch": True, "describe_flow_logs": []},
        ),
    )


RULE = {
    "rule.direction": "ingress",
    "rule.action": "allow",
    "rule.ports": ["22"],
    "rule.sources": ["0.0.0.0/0"],
    "rule.opens_admin_port": True,
    "rule.opens_data_port": False,
    "rule.open_to_world": NOT_APPLICABLE,
}
ENTRY = {
    "RuleNumber": 100,
    "Egress": False,
    "Protocol": "6",
    "RuleAction": "allow",
    "CidrBlock": "0.0.0.0/0",
    "PortRange": {"From": 22, "To": 22},
}
CLOSING = {
    "RuleNumber": 32767,
    "Egress": False,
    "Protocol": "-1",
    "RuleAction": "deny",
    "CidrBlock": "0.0.0.0/0",
}


def test_a_rule_of_a_network_acl_is_the_same_on_every_plane() -> None:
    inline = """
resource "aws_network_acl" "edge" {
  vpc_id = "vpc-1"
  ingress {
    rule_no    = 100
    action     = "allow"
    protocol   = "tcp"
    cidr_block = "0.0.0.0/0"
    from_port  = 22
    to_port    = 22
  }
}
"""
    alone = """
resource "aws_network_acl_rule" "ssh" {
  network_acl_id = "acl-1"
  rule_number    = 100
  egress         = false
  protocol       = "6"
  rule_action    = "allow"
  cidr_block     = "0.0.0.0/0"
  from_port      = 22
  to_port        = 22
}
"""
    template = """
Resources:
  Ssh:
    Type: AWS::EC2::NetworkAclEntry
    Properties:
      NetworkAclId: acl-1
      RuleNumber: 100
      Protocol: 6
      RuleAction: allow
      CidrBlock: 0.0.0.0/0
      PortRange: {From: 22, To: 22}
"""
    live = {"NetworkAclId": "acl-1", "VpcId": "vpc-1", "IsDefault": False, "Entries": [ENTRY, CLOSING]}
    assert_same(RULE, key=False, inline=from_terraform(inline))
    assert_same(
        RULE,
        terraform=from_terraform(alone),
        cloudformation=from_cloudformation(template),
        api=from_api("ec2.describe_network_acls", live),
    )


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"Protocol": "-1", "PortRange": None}, NOT_APPLICABLE),
        ({"PortRange": {"From": 1024, "To": 65535}}, NOT_APPLICABLE),
        ({"PortRange": {"From": 3300, "To": 3310}}, True),
    ],
)
def test_what_a_stateless_layer_has_to_open_is_left_to_the_security_groups(
    changed: Any, told: object
) -> None:
    live = {"NetworkAclId": "acl-1", "VpcId": "vpc-1", "IsDefault": False, "Entries": [{**ENTRY, **changed}]}
    (rule,) = from_api("ec2.describe_network_acls", live)
    assert values(rule, ["rule.opens_data_port"]) == {"rule.opens_data_port": told}


def test_what_somebody_adds_to_a_default_acl_is_judged() -> None:
    """Its own rule opens everything, which is left to security groups as in any other ACL."""
    own = {**ENTRY, "Protocol": "-1", "PortRange": None}
    added = {**ENTRY, "RuleNumber": 110}
    live = {"NetworkAclId": "acl-1", "VpcId": "vpc-1", "IsDefault": True, "Entries": [own, added, CLOSING]}
    opens = [values(each, ["rule.opens_admin_port"]) for each in from_api("ec2.describe_network_acls", live)]
    assert opens == [{"rule.opens_admin_port": NOT_APPLICABLE}, {"rule.opens_admin_port": True}]


def test_a_list_where_one_range_is_wanted_is_not_taken_for_harmless() -> None:
    (found,) = from_terraform("""
resource "aws_network_acl_rule" "ssh" {
  network_acl_id = "acl-1"
  rule_number    = 100
  egress         = false
  protocol       = "6"
  rule_action    = "allow"
  cidr_block     = ["0.0.0.0/0"]
  from_port      = 22
  to_port        = 22
}
""")
    assert values(found, ["rule.opens_admin_port"]) == {"rule.opens_admin_port": True}


def test_a_network_is_not_logged_where_a_subnet_that_may_be_its_own_is_not_known() -> None:
    text = """
variable "network" {}
resource "aws_vpc" "main" {
  cidr_block = "10.0.0.0/16"
}
resource "aws_subnet" "sure" {
  vpc_id = aws_vpc.main.id
}
resource "aws_flow_log" "sure" {
  subnet_id = aws_subnet.sure.id
}
"""
    perhaps = 'resource "aws_subnet" "perhaps" {\n  vpc_id = var.network\n}\n'
    for given, told in ((text, True), (text + perhaps, UNKNOWN)):
        (network,) = (each for each in from_terraform(given) if each.kind == "network")
        assert values(network, ["flow_logs"]) == {"flow_logs": told}


def test_the_subnet_that_aws_makes_by_itself_gives_out_addresses() -> None:
    (subnet,) = from_terraform('resource "aws_default_subnet" "d" {\n  availability_zone = "eu-west-1a"\n}\n')
    assert values(subnet, ["assigns_public_ip"]) == {"assigns_public_ip": True}


ALONE = """
variable "acl" {{}}
variable "other" {{}}
resource "aws_network_acl_rule" "ssh" {{
  network_acl_id = {own}
  rule_number    = 200
  protocol       = "6"
  rule_action    = {action}
  cidr_block     = "0.0.0.0/0"
  from_port      = 22
  to_port        = 22
}}
resource "aws_network_acl_rule" "before" {{
  network_acl_id = {other}
  rule_number    = 100
  protocol       = "-1"
  rule_action    = "{before}"
  cidr_block     = "0.0.0.0/0"
}}
"""


@pytest.mark.parametrize(
    ("own", "other", "before", "told"),
    [
        ('"acl-1"', '"acl-1"', "deny", False),
        ('"acl-1"', '"acl-2"', "deny", True),
        ("var.acl", "var.acl", "deny", False),
        ("var.acl", "var.other", "deny", UNKNOWN),
        ('"acl-1"', "var.other", "deny", UNKNOWN),
        ("var.acl", "var.other", "allow", True),
    ],
)
def test_a_rule_of_another_acl_closes_nothing_and_one_that_may_be_of_the_same_is_not_known(
    own: str, other: str, before: str, told: object
) -> None:
    found = from_terraform(ALONE.format(own=own, other=other, before=before, action='"allow"'))
    (rule,) = (each for each in found if each.address.endswith("ssh"))
    assert values(rule, ["rule.opens_admin_port"]) == {"rule.opens_admin_port": told}


def test_a_rule_of_which_the_action_is_not_known_does_not_open_for_certain() -> None:
    found = from_terraform(ALONE.format(own='"acl-1"', other='"acl-2"', before="deny", action="var.acl"))
    (rule,) = (each for each in found if each.address.endswith("ssh"))
    assert values(rule, ["rule.opens_admin_port"]) == {"rule.opens_admin_port": UNKNOWN}


def test_a_range_of_either_family_opens_whatever_the_other_is() -> None:
    (rule,) = from_terraform("""
variable "range" {}
resource "aws_network_acl_rule" "ssh" {
  network_acl_id  = "acl-1"
  rule_number     = 100
  protocol        = "6"
  rule_action     = "allow"
  cidr_block      = var.range
  ipv6_cidr_block = "::/0"
  from_port       = 22
  to_port         = 22
}
""")
    assert values(rule, ["rule.opens_admin_port"]) == {"rule.opens_admin_port": True}
    assert rule.key == "aws:ec2:network-acl/acl-1/100/ingress/tcp/22"


def test_rules_of_which_the_number_is_not_known_have_no_key() -> None:
    (rule,) = from_terraform("""
variable "number" {}
resource "aws_network_acl_rule" "ssh" {
  network_acl_id = "acl-1"
  rule_number    = var.number
  protocol       = "-1"
  rule_action    = "deny"
}
""")
    assert isinstance(rule.key, Unresolved)
    assert rule.name == "rule var.number"
