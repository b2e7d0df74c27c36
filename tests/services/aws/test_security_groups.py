"""Security groups and their rules: the same on every plane, and known only as far as the input goes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.parity import (
    NOT_APPLICABLE,
    UNKNOWN,
    assert_same_assets,
    from_api,
    from_cloudformation,
    from_terraform,
    values,
)
from tfaudit.model.resources import Unresolved

if TYPE_CHECKING:
    from tfaudit.model.asset import Asset

RULE = (
    "rule.direction", "rule.action", "rule.ports", "rule.sources", "rule.opens_admin_port",
    "rule.opens_data_port", "rule.open_to_world", "rule.all_ports", "rule.description",
)  # fmt: skip

TERRAFORM = """
resource "aws_security_group" "web" {
  name        = "web"
  description = "The web tier"
  ingress {
    description = "SSH"
    from_port   = 22
    to_port     = 22
    protocol    = "tcp"
    cidr_blocks = ["0.0.0.0/0"]
  }
  ingress {
    description = "Each other"
    from_port   = 0
    to_port     = 0
    protocol    = "-1"
    cidr_blocks = ["10.0.0.0/8"]
  }
  egress {
    description = "Out"
    from_port   = 0
    to_port     = 0
    protocol    = "-1"
    cidr_blocks = ["0.0.0.0/0"]
  }
}
"""
TERRAFORM_APART = """
resource "aws_security_group" "web" {
  name        = "web"
  description = "The web tier"
}
resource "aws_vpc_security_group_ingress_rule" "ssh" {
  security_group_id = aws_security_group.web.id
  description       = "SSH"
  from_port         = 22
  to_port           = 22
  ip_protocol       = "tcp"
  cidr_ipv4         = "0.0.0.0/0"
}
resource "aws_security_group_rule" "inside" {
  security_group_id = aws_security_group.web.id
  type              = "ingress"
  description       = "Each other"
  from_port         = 0
  to_port           = 0
  protocol          = "all"
  cidr_blocks       = ["10.0.0.0/8"]
}
resource "aws_vpc_security_group_egress_rule" "out" {
  security_group_id = aws_security_group.web.id
  description       = "Out"
  ip_protocol       = "-1"
  cidr_ipv4         = "0.0.0.0/0"
}
"""
CLOUDFORMATION = """
Resources:
  Web:
    Type: AWS::EC2::SecurityGroup
    Properties:
      GroupName: web
      GroupDescription: The web tier
      SecurityGroupIngress:
        - {Description: SSH, IpProtocol: tcp, FromPort: 22, ToPort: 22, CidrIp: 0.0.0.0/0}
  Inside:
    Type: AWS::EC2::SecurityGroupIngress
    Properties: {GroupId: !GetAtt Web.GroupId, Description: Each other, IpProtocol: "-1", CidrIp: 10.0.0.0/8}
  Out:
    Type: AWS::EC2::SecurityGroupEgress
    Properties: {GroupId: !Ref Web, Description: Out, IpProtocol: -1, CidrIp: 0.0.0.0/0}
"""
API = {
    "GroupId": "sg-1",
    "GroupName": "web",
    "Description": "The web tier",
    "IpPermissions": [
        {
            "IpProtocol": "tcp",
            "FromPort": 22,
            "ToPort": 22,
            "IpRanges": [{"CidrIp": "0.0.0.0/0", "Description": "SSH"}],
        },
        {"IpProtocol": "-1", "IpRanges": [{"CidrIp": "10.0.0.0/8", "Description": "Each other"}]},
    ],
    "IpPermissionsEgress": [
        {"IpProtocol": "-1", "IpRanges": [{"CidrIp": "0.0.0.0/0", "Description": "Out"}]},
    ],
}


def rules(found: list[Asset]) -> list[Asset]:
    return [each for each in found if each.kind == "firewall_rule"]


def test_rules_are_the_same_on_every_plane_inline_or_apart() -> None:
    assert_same_assets(
        RULE,
        same_as=rules(from_api("ec2.describe_security_groups", API)),
        inline=rules(from_terraform(TERRAFORM)),
        apart=rules(from_terraform(TERRAFORM_APART)),
        cloudformation=rules(from_cloudformation(CLOUDFORMATION)),
    )


def test_groups_are_the_same_on_every_plane() -> None:
    def groups(found: list[Asset]) -> list[Asset]:
        return [each for each in found if each.kind == "firewall"]

    assert_same_assets(
        ("is_default", "default_deny", "description"),
        same_as=groups(from_api("ec2.describe_security_groups", API)),
        terraform=groups(from_terraform(TERRAFORM)),
        cloudformation=groups(from_cloudformation(CLOUDFORMATION)),
    )


def test_what_a_rule_opens() -> None:
    ssh, inside, out = rules(from_api("ec2.describe_security_groups", API))
    opens = ("rule.opens_admin_port", "rule.opens_data_port", "rule.open_to_world", "rule.all_ports")
    assert values(ssh, opens) == dict(zip(opens, (True, False, True, False), strict=True))
    assert values(inside, opens) == dict(zip(opens, (False, False, False, True), strict=True))
    assert values(out, opens) == dict(zip(opens, (NOT_APPLICABLE,) * 3 + (True,), strict=True))


@pytest.mark.parametrize(
    ("attributes", "open_"),
    [
        ('cidr_blocks = ["10.0.0.0/8", "0.0.0.0/0"]', True),
        ('ipv6_cidr_blocks = ["::/0"]', True),
        ('ipv6_cidr_blocks = ["0:0:0:0:0:0:0:0/0"]', True),
        ('cidr_blocks = ["0.0.0.0/1", "128.0.0.0/1"]', True),
        ('cidr_blocks = ["203.0.113.7/32"]', False),
        ('prefix_list_ids = ["pl-1"]', UNKNOWN),
        ("self = true", False),
        ("cidr_blocks = var.sources", UNKNOWN),
        ("cidr_blocks = [var.office]", UNKNOWN),
        ('cidr_blocks = ["${var.office}/32"]', False),
        ('cidr_blocks = [for each in ["${var.office}/32"] : each]', False),
        ('cidr_blocks = [for each in ["${var.office}/0"] : each]', UNKNOWN),
        ('cidr_blocks = [var.office, "0.0.0.0/0"]', True),
        ("cidr_blocks = [aws_vpc.main.cidr_block]", False),
        ("source_security_group_id = var.office", False),
    ],
)
def test_the_world_is_told_from_networks_groups_and_what_is_not_known(attributes: str, open_: object) -> None:
    text = f"""
variable "sources" {{}}
variable "office" {{}}
variable "block" {{}}
resource "aws_vpc" "main" {{
  cidr_block = var.block
}}
resource "aws_security_group_rule" "r" {{
  security_group_id = "sg-1"
  type              = "ingress"
  from_port         = 443
  to_port           = 443
  protocol          = "tcp"
  {attributes}
}}
"""
    (rule,) = rules(from_terraform(text))
    assert values(rule, ["rule.open_to_world"]) == {"rule.open_to_world": open_}


@pytest.mark.parametrize(
    ("protocol", "first", "last", "admin", "everything"),
    [
        ("tcp", "0", "65535", True, True),
        ("tcp", "3380", "3400", True, False),
        ("udp", "3389", "3389", False, False),
        ("tcp", "443", "443", False, False),
        ("icmp", "8", "0", NOT_APPLICABLE, NOT_APPLICABLE),
        ("-1", "0", "0", True, True),
        ("tcp", "var.port", "65535", UNKNOWN, UNKNOWN),
        ("tcp", "443", "var.port", UNKNOWN, UNKNOWN),
    ],
)
def test_ports_are_ranges_and_icmp_has_none(
    protocol: str, first: str, last: str, admin: object, everything: object
) -> None:
    text = f"""
variable "port" {{}}
resource "aws_security_group_rule" "r" {{
  security_group_id = "sg-1"
  type              = "ingress"
  from_port         = {first}
  to_port           = {last}
  protocol          = "{protocol}"
  cidr_blocks       = ["0.0.0.0/0"]
}}
"""
    (rule,) = rules(from_terraform(text))
    expected: dict[str, Any] = {"rule.opens_admin_port": admin, "rule.all_ports": everything}
    assert values(rule, expected) == expected


def test_groups_of_one_name_in_two_networks_are_kept_apart() -> None:
    found = from_api("ec2.describe_security_groups", API, {**API, "GroupId": "sg-2"})
    assert {each.key for each in found if each.kind == "firewall"} == {
        "aws:ec2:security-group/sg-1",
        "aws:ec2:security-group/sg-2",
    }


def test_a_dynamic_block_over_something_unknown_is_a_rule_that_cannot_be_told() -> None:
    text = """
variable "ports" {}
resource "aws_security_group" "web" {
  name = "web"
  dynamic "ingress" {
    for_each = var.ports
    content {
      from_port   = ingress.value
      to_port     = ingress.value
      protocol    = "tcp"
      cidr_blocks = ["0.0.0.0/0"]
    }
  }
}
"""
    (rule,) = rules(from_terraform(text))
    assert values(rule, ["rule.opens_admin_port"]) == {"rule.opens_admin_port": UNKNOWN}


def test_the_default_group_of_a_network_is_open_until_it_is_taken_over() -> None:
    vpc = 'resource "aws_vpc" "main" {\n  cidr_block = "10.0.0.0/16"\n}\n'
    taken = vpc + 'resource "aws_default_security_group" "main" {\n  vpc_id = aws_vpc.main.id\n}\n'
    for text, closed in ((vpc, False), (taken, True)):
        (group,) = [each for each in from_terraform(text) if each.kind == "firewall"]
        assert values(group, ["is_default", "closed"]) == {"is_default": True, "closed": closed}
    live: dict[str, Any] = {**API, "GroupName": "default", "IpPermissions": [], "IpPermissionsEgress": []}
    (group,) = from_api("ec2.describe_security_groups", live)
    assert values(group, ["is_default", "closed"]) == {"is_default": True, "closed": True}


def test_sources_of_every_kind_are_the_same_on_every_plane() -> None:
    terraform = """
resource "aws_security_group" "web" {
  name = "web"
}
resource "aws_security_group_rule" "list" {
  security_group_id = aws_security_group.web.id
  type              = "ingress"
  description       = "Replicas"
  from_port         = 8080
  to_port           = 8081
  protocol          = "tcp"
  ipv6_cidr_blocks  = ["2001:db8::/64"]
}
resource "aws_vpc_security_group_ingress_rule" "peer" {
  security_group_id            = aws_security_group.web.id
  description                  = "Peers"
  from_port                    = 9000
  to_port                      = 9000
  ip_protocol                  = "17"
  referenced_security_group_id = aws_security_group.web.id
}
"""
    template = """
Resources:
  Web:
    Type: AWS::EC2::SecurityGroup
    Properties: {GroupName: web, GroupDescription: Web}
  List:
    Type: AWS::EC2::SecurityGroupIngress
    Properties:
      GroupId: !Ref Web
      Description: Replicas
      IpProtocol: tcp
      FromPort: 8080
      ToPort: 8081
      CidrIpv6: "2001:db8::/64"
  Peer:
    Type: AWS::EC2::SecurityGroupIngress
    Properties:
      GroupId: !Ref Web
      Description: Peers
      IpProtocol: 17
      FromPort: 9000
      ToPort: 9000
      SourceSecurityGroupId: !Ref Web
"""
    live = {
        "GroupId": "sg-1",
        "GroupName": "web",
        "IpPermissions": [
            {
                "IpProtocol": "tcp",
                "FromPort": 8080,
                "ToPort": 8081,
                "Ipv6Ranges": [{"CidrIpv6": "2001:db8::/64", "Description": "Replicas"}],
            },
            {
                "IpProtocol": "udp",
                "FromPort": 9000,
                "ToPort": 9000,
                "UserIdGroupPairs": [{"GroupId": "sg-1", "Description": "Peers"}],
            },
        ],
        "IpPermissionsEgress": [],
    }
    assert_same_assets(
        RULE,
        same_as=rules(from_api("ec2.describe_security_groups", live)),
        terraform=rules(from_terraform(terraform)),
        cloudformation=rules(from_cloudformation(template)),
    )


def test_a_rule_of_which_the_direction_is_not_known_does_not_open_for_certain() -> None:
    (rule,) = rules(
        from_terraform("""
variable "direction" {}
resource "aws_security_group_rule" "r" {
  security_group_id = "sg-1"
  type              = var.direction
  from_port         = 22
  to_port           = 22
  protocol          = "tcp"
  cidr_blocks       = ["0.0.0.0/0"]
}
""")
    )
    names = ("rule.opens_admin_port", "rule.open_to_world", "rule.direction")
    assert values(rule, names) == dict.fromkeys(names, UNKNOWN)
    assert isinstance(rule.key, Unresolved)


def test_a_group_with_a_rule_beside_it_is_not_closed() -> None:
    template = """
Resources:
  Web:
    Type: AWS::EC2::SecurityGroup
    Properties: {GroupName: web, GroupDescription: Web}
  Out:
    Type: AWS::EC2::SecurityGroupEgress
    Properties: {GroupId: !GetAtt Web.GroupId, IpProtocol: "-1", CidrIp: 10.0.0.0/8}
"""
    for found in (from_terraform(TERRAFORM_APART), from_cloudformation(template)):
        (group,) = (each for each in found if each.kind == "firewall")
        assert values(group, ["closed"]) == {"closed": False}


def test_an_entry_of_the_api_has_the_emptiest_of_its_descriptions() -> None:
    entry = {
        "IpProtocol": "tcp",
        "FromPort": 443,
        "ToPort": 443,
        "IpRanges": [{"CidrIp": "10.0.0.0/8", "Description": "Inside"}, {"CidrIp": "192.0.2.0/24"}],
    }
    live = {**API, "IpPermissions": [entry], "IpPermissionsEgress": []}
    (rule,) = rules(from_api("ec2.describe_security_groups", live))
    assert values(rule, ["rule.description", "tags"]) == {"rule.description": "", "tags": UNKNOWN}


def test_the_place_of_a_finding_is_the_list_of_sources_or_the_ports() -> None:
    text = """
resource "aws_security_group_rule" "r" {
  security_group_id = "sg-1"
  type              = "ingress"
  from_port         = 0
  to_port           = 65535
  protocol          = "tcp"
  cidr_blocks       = ["0.0.0.0/0"]
}
"""
    (rule,) = rules(from_terraform(text))
    assert [rule.settings[name].place.line for name in ("rule.open_to_world", "rule.all_ports")] == [8, 5]


@pytest.mark.parametrize(
    ("entries", "open_"),
    [
        ('entry {\n    cidr = "0.0.0.0/0"\n  }', True),
        ('entry {\n    cidr = "10.0.0.0/8"\n  }', False),
        ("entry {\n    cidr = var.office\n  }", UNKNOWN),
        ('entry {\n    cidr = "${var.office}/32"\n  }', False),
        ("", False),
    ],
)
def test_a_prefix_list_that_is_declared_tells_its_ranges(entries: str, open_: object) -> None:
    text = f"""
variable "office" {{}}
resource "aws_ec2_managed_prefix_list" "l" {{
  name           = "l"
  address_family = "IPv4"
  max_entries    = 1
  {entries}
}}
resource "aws_vpc_security_group_ingress_rule" "r" {{
  security_group_id = "sg-1"
  ip_protocol       = "tcp"
  from_port         = 443
  to_port           = 443
  prefix_list_id    = aws_ec2_managed_prefix_list.l.id
}}
"""
    (rule,) = rules(from_terraform(text))
    assert values(rule, ["rule.open_to_world"]) == {"rule.open_to_world": open_}


def test_an_entry_beside_a_prefix_list_counts_and_one_that_may_be_in_it_too() -> None:
    text = """
variable "list" {}
resource "aws_ec2_managed_prefix_list" "l" {
  name = "l"
}
resource "aws_ec2_managed_prefix_list_entry" "e" {
  cidr           = "10.0.0.0/8"
  prefix_list_id = LIST
}
resource "aws_vpc_security_group_ingress_rule" "r" {
  security_group_id = "sg-1"
  ip_protocol       = "tcp"
  from_port         = 443
  to_port           = 443
  prefix_list_id    = aws_ec2_managed_prefix_list.l.id
}
"""
    for named, open_ in (("aws_ec2_managed_prefix_list.l.id", False), ("var.list", UNKNOWN)):
        (rule,) = rules(from_terraform(text.replace("LIST", named)))
        assert values(rule, ["rule.open_to_world"]) == {"rule.open_to_world": open_}
