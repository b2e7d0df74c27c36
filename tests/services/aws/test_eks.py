"""EKS clusters and node groups on every plane."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.parity import UNKNOWN, assert_same, denied, from_api, from_cloudformation, from_terraform, values

if TYPE_CHECKING:
    from tfaudit.model.asset import Asset

TERRAFORM = """
resource "aws_eks_cluster" "main" {
  name                      = "main"
  role_arn                  = "arn:aws:iam::123456789012:role/cluster"
  version                   = "1.30"
  enabled_cluster_log_types = ["api", "audit"]
  vpc_config {
    subnet_ids              = ["subnet-1", "subnet-2"]
    endpoint_private_access = true
    public_access_cidrs     = ["203.0.113.0/24"]
  }
  encryption_config {
    resources = ["secrets"]
    provider {
      key_arn = "arn:aws:kms:eu-west-1:123456789012:key/1"
    }
  }
}
resource "aws_eks_node_group" "main" {
  cluster_name    = aws_eks_cluster.main.name
  node_group_name = "workers"
  node_role_arn   = "arn:aws:iam::123456789012:role/node"
  subnet_ids      = ["subnet-1", "subnet-2"]
  labels          = { tier = "web" }
  scaling_config {
    desired_size = 2
    min_size     = 1
    max_size     = 3
  }
  remote_access {
    ec2_ssh_key = "ops"
  }
}
"""
CLOUDFORMATION = """
Resources:
  Main:
    Type: AWS::EKS::Cluster
    Properties:
      Name: main
      Version: "1.30"
      RoleArn: arn:aws:iam::123456789012:role/cluster
      Logging: {ClusterLogging: {EnabledTypes: [{Type: api}, {Type: audit}]}}
      ResourcesVpcConfig:
        SubnetIds: [subnet-1, subnet-2]
        EndpointPrivateAccess: true
        PublicAccessCidrs: [203.0.113.0/24]
      EncryptionConfig:
        - {Resources: [secrets], Provider: {KeyArn: "arn:aws:kms:eu-west-1:123456789012:key/1"}}
  Workers:
    Type: AWS::EKS::Nodegroup
    Properties:
      ClusterName: !Ref Main
      NodegroupName: workers
      NodeRole: arn:aws:iam::123456789012:role/node
      Subnets: [subnet-1, subnet-2]
      Labels: {tier: web}
      ScalingConfig: {MinSize: 1, MaxSize: 3, DesiredSize: 2}
      RemoteAccess: {Ec2SshKey: ops}
"""
CLUSTER: dict[str, Any] = {
    "name": "main",
    "version": "1.30",
    "logging": {
        "clusterLogging": [
            {"types": ["api", "audit"], "enabled": True},
            {"types": ["scheduler"], "enabled": False},
        ]
    },
    "resourcesVpcConfig": {
        "endpointPublicAccess": True,
        "endpointPrivateAccess": True,
        "publicAccessCidrs": ["203.0.113.0/24"],
    },
    "encryptionConfig": [
        {"resources": ["secrets"], "provider": {"keyArn": "arn:aws:kms:eu-west-1:123456789012:key/1"}}
    ],
}
GROUP = {
    "nodegroupName": "workers",
    "clusterName": "main",
    "subnets": ["subnet-1", "subnet-2"],
    "labels": {"tier": "web"},
    "scalingConfig": {"minSize": 1, "maxSize": 3, "desiredSize": 2},
    "remoteAccess": {"ec2SshKey": "ops"},
}


def live(cluster: Any = None, **changed: Any) -> dict[str, Any]:
    return {
        "value": "main",
        "describe_cluster": {"cluster": {**CLUSTER, **changed}} if cluster is None else cluster,
        "list_nodegroups": [{"value": "workers", "describe_nodegroup": {"nodegroup": GROUP}}],
    }


def of(kind: str, found: list[Asset]) -> list[Asset]:
    return [each for each in found if each.kind == kind]


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        (
            "cluster",
            {
                "version": "1.30",
                "api.allowed_sources": ["203.0.113.0/24"],
                "secrets_encrypted": True,
                "control_plane_logs": ["api", "audit"],
                "audit.enabled": True,
            },
        ),
        (
            "node_pool",
            {
                "remote_access_open": True,
                "ha.multi_zone": True,
                "public_ip": UNKNOWN,
            },
        ),
    ],
)
def test_a_cluster_and_its_nodes_are_the_same_on_every_plane(kind: str, expected: dict[str, Any]) -> None:
    assert_same(
        expected,
        terraform=of(kind, from_terraform(TERRAFORM)),
        cloudformation=of(kind, from_cloudformation(CLOUDFORMATION)),
        api=of(kind, from_api("eks.list_clusters", live())),
    )


@pytest.mark.parametrize(("version", "told"), [("1.27", False), ("1.28", True), ("1.33", True)])
def test_secrets_are_encrypted_by_default_since_1_28(version: str, told: bool) -> None:
    (cluster,) = of("cluster", from_api("eks.list_clusters", live(version=version, encryptionConfig=None)))
    expected = {"secrets_encrypted": told}
    assert values(cluster, expected) == expected


def test_a_private_endpoint_lets_nobody_in_from_outside() -> None:
    private = {
        "endpointPublicAccess": False,
        "endpointPrivateAccess": True,
        "publicAccessCidrs": ["0.0.0.0/0"],
    }
    (cluster,) = of("cluster", from_api("eks.list_clusters", live(resourcesVpcConfig=private)))
    expected: dict[str, list[str]] = {"api.allowed_sources": []}
    assert values(cluster, expected) == expected


def test_a_cluster_that_may_not_be_described_is_unknown() -> None:
    (cluster,) = of("cluster", from_api("eks.list_clusters", live(denied("eks:DescribeCluster"))))
    names = (
        "api.allowed_sources",
        "secrets_encrypted",
        "control_plane_logs",
        "version",
        "deletion_protection",
    )
    assert values(cluster, names) == dict.fromkeys(names, UNKNOWN)
    assert cluster.key == "aws:eks:cluster/main"


def test_nodes_have_public_addresses_where_a_subnet_gives_them() -> None:
    subnets = [
        ("ec2.describe_subnets", {"SubnetId": f"subnet-{number}", "MapPublicIpOnLaunch": number == 2})
        for number in (1, 2)
    ]
    (group,) = of("node_pool", from_api("eks.list_clusters", live(), also=subnets))
    assert values(group, ["public_ip"]) == {"public_ip": True}
    (group,) = of("node_pool", from_api("eks.list_clusters", live(), also=subnets[:1]))
    assert values(group, ["public_ip"]) == {"public_ip": UNKNOWN}


CLOSED_TERRAFORM = """
resource "aws_eks_cluster" "main" {
  name                = "main"
  role_arn            = "arn:aws:iam::123456789012:role/cluster"
  deletion_protection = true
  tags                = { team = "shop" }
  vpc_config {
    subnet_ids             = ["subnet-1"]
    endpoint_public_access = false
  }
}
resource "aws_eks_node_group" "main" {
  cluster_name    = "main"
  node_group_name = "workers"
  node_role_arn   = "arn:aws:iam::123456789012:role/node"
  subnet_ids      = ["subnet-1"]
  tags            = { team = "shop" }
  scaling_config {
    desired_size = 2
    min_size     = 1
    max_size     = 3
  }
  remote_access {
    ec2_ssh_key               = "ops"
    source_security_group_ids = ["sg-1"]
  }
  taint {
    key    = "dedicated"
    effect = "NO_SCHEDULE"
  }
}
"""
CLOSED_CLOUDFORMATION = """
Resources:
  Main:
    Type: AWS::EKS::Cluster
    Properties:
      Name: main
      RoleArn: arn:aws:iam::123456789012:role/cluster
      DeletionProtection: true
      ResourcesVpcConfig: {SubnetIds: [subnet-1], EndpointPublicAccess: false}
      Tags: [{Key: team, Value: shop}]
  Workers:
    Type: AWS::EKS::Nodegroup
    Properties:
      ClusterName: main
      NodegroupName: workers
      NodeRole: arn:aws:iam::123456789012:role/node
      Subnets: [subnet-1]
      RemoteAccess: {Ec2SshKey: ops, SourceSecurityGroups: [sg-1]}
      Taints: [{Key: dedicated, Effect: NO_SCHEDULE}]
      Tags: {team: shop}
"""
CLOSED = {
    "name": "main",
    "version": "1.33",
    "deletionProtection": True,
    "resourcesVpcConfig": {"endpointPublicAccess": False, "publicAccessCidrs": ["0.0.0.0/0"]},
    "tags": {"team": "shop"},
}
CLOSED_GROUP = {
    "nodegroupName": "workers",
    "clusterName": "main",
    "subnets": ["subnet-1"],
    "remoteAccess": {"ec2SshKey": "ops", "sourceSecurityGroups": ["sg-1"]},
    "taints": [{"key": "dedicated", "effect": "NO_SCHEDULE"}],
    "tags": {"team": "shop"},
}


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        (
            "cluster",
            {
                "api.allowed_sources": [],
                "secrets_encrypted": True,
                "control_plane_logs": [],
                "audit.enabled": False,
                "deletion_protection": True,
                "tags": {"team": "shop"},
            },
        ),
        (
            "node_pool",
            {
                "remote_access_open": False,
                "ha.multi_zone": False,
                "tags": {"team": "shop"},
            },
        ),
    ],
)
def test_a_closed_cluster_is_the_same_on_every_plane(kind: str, expected: dict[str, Any]) -> None:
    body = {
        "value": "main",
        "describe_cluster": {"cluster": CLOSED},
        "list_nodegroups": [{"value": "workers", "describe_nodegroup": {"nodegroup": CLOSED_GROUP}}],
    }
    assert_same(
        expected,
        terraform=of(kind, from_terraform(CLOSED_TERRAFORM)),
        cloudformation=of(kind, from_cloudformation(CLOSED_CLOUDFORMATION)),
        api=of(kind, from_api("eks.list_clusters", body)),
    )


def test_groups_that_may_not_be_listed_or_described_are_unknown() -> None:
    refused = denied("eks:ListNodegroups")
    for groups in (refused, [{"value": "workers", "describe_nodegroup": refused}]):
        (group,) = of("node_pool", from_api("eks.list_clusters", {**live(), "list_nodegroups": groups}))
        names = ("remote_access_open", "public_ip", "ha.multi_zone", "tags")
        assert values(group, names) == dict.fromkeys(names, UNKNOWN)
        assert group.address.endswith("#list_nodegroups[0]")


@pytest.mark.parametrize(
    ("public", "allowed", "expected"),
    [
        ("var.given", '["203.0.113.0/24"]', ["203.0.113.0/24"]),
        ("var.given", '["0.0.0.0/0"]', UNKNOWN),
        ("var.given", "[]", UNKNOWN),
        ("true", "[]", ["0.0.0.0/0"]),
        ("false", "var.given", []),
    ],
)
def test_who_reaches_an_endpoint_that_may_be_private(public: str, allowed: str, expected: object) -> None:
    (cluster,) = from_terraform(
        f"""
        variable "given" {{}}
        resource "aws_eks_cluster" "main" {{
          name = "main"
          vpc_config {{
            endpoint_public_access = {public}
            public_access_cidrs    = {allowed}
          }}
        }}
        """
    )
    assert values(cluster, ["api.allowed_sources"]) == {"api.allowed_sources": expected}


@pytest.mark.parametrize(
    ("logs", "audited"),
    [
        ("{EnabledTypes: [{Type: audit}, {Type: !Ref Given}]}", True),
        ("{EnabledTypes: [{Type: !Ref Given}]}", UNKNOWN),
        ("{EnabledTypes: [{Type: api}]}", False),
        ("{EnabledTypes: []}", False),
    ],
)
def test_one_type_of_log_that_is_not_known_leaves_the_others_known(logs: str, audited: object) -> None:
    (cluster,) = from_cloudformation(
        f"""
Parameters: {{Given: {{Type: String}}}}
Resources:
  Main: {{Type: AWS::EKS::Cluster, Properties: {{Name: main, Logging: {{ClusterLogging: {logs}}}}}}}
"""
    )
    expected = {"audit.enabled": audited}
    assert values(cluster, expected) == expected


@pytest.mark.parametrize(
    ("subnet", "public"),
    [
        ('resource "aws_subnet" "a" {}', False),
        ('resource "aws_subnet" "a" { map_public_ip_on_launch = true }', True),
        ('resource "aws_subnet" "a" { map_public_ip_on_launch = var.given }', UNKNOWN),
        ('resource "aws_default_subnet" "a" {}', True),
        ('data "aws_subnet" "a" {}', UNKNOWN),
    ],
)
def test_a_subnet_that_is_looked_up_does_not_tell_of_addresses(subnet: str, public: object) -> None:
    """One that is only looked up was taken for one without public addresses, and so was a default one."""
    kind, type_ = subnet.split('"', maxsplit=1)[0].strip(), subnet.split('"')[1]
    address = f"data.{type_}.a.id" if kind == "data" else f"{type_}.a.id"
    found = from_terraform(
        f"""
        variable "given" {{}}
        {subnet}
        resource "aws_eks_node_group" "main" {{
          cluster_name = "main"
          subnet_ids   = [{address}]
        }}
        """
    )
    (group,) = of("node_pool", found)
    assert values(group, ["public_ip"]) == {"public_ip": public}


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ("ec2_ssh_key = aws_key_pair.k.key_name", True),
        ('ec2_ssh_key = "k"\n source_security_group_ids = [aws_security_group.s.id]', False),
        ('ec2_ssh_key = "k"\n source_security_group_ids = [var.given]', UNKNOWN),
        ('ec2_ssh_key = "k"\n source_security_group_ids = var.given', UNKNOWN),
        ('ec2_ssh_key = "k"\n source_security_group_ids = []', True),
        ("ec2_ssh_key = var.given", UNKNOWN),
        ('source_security_group_ids = ["sg-1"]', False),
    ],
)
def test_remote_access_is_open_where_no_group_may_use_it(lines: str, expected: object) -> None:
    found = from_terraform(
        f"""
        variable "given" {{}}
        resource "aws_key_pair" "k" {{ public_key = "k" }}
        resource "aws_security_group" "s" {{}}
        resource "aws_eks_node_group" "main" {{
          cluster_name = "main"
          remote_access {{
            {lines}
          }}
        }}
        """
    )
    (group,) = of("node_pool", found)
    assert values(group, ["remote_access_open"]) == {"remote_access_open": expected}
