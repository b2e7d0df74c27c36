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
        {"flow_logs": True, "is_default": False, "tags": {"Name": "main"}},
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
        {"assigns_public_ip": True, "flow_logs": False, "tags": {}},
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
    "rule.protocol": "tcp",
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


def test_the_rules_of_a_default_acl_are_not_anybodys() -> None:
    live = {"NetworkAclId": "acl-1", "VpcId": "vpc-1", "IsDefault": True, "Entries": [ENTRY, CLOSING]}
    assert from_api("ec2.describe_network_acls", live) == []


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
