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
                "api.public": True,
                "api.allowed_sources": ["203.0.113.0/24"],
                "network.private_endpoint": True,
                "secrets_encrypted": True,
                "encryption.customer_managed_key": True,
                "control_plane_logs": ["api", "audit"],
                "audit.enabled": True,
            },
        ),
        (
            "node_pool",
            {
                "remote_access_open": True,
                "labels": {"tier": "web"},
                "taints": [],
                "autoscaling.min": 1,
                "autoscaling.max": 3,
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
    expected = {"secrets_encrypted": told, "encryption.customer_managed_key": False}
    assert values(cluster, expected) == expected


def test_a_private_endpoint_lets_nobody_in_from_outside() -> None:
    private = {
        "endpointPublicAccess": False,
        "endpointPrivateAccess": True,
        "publicAccessCidrs": ["0.0.0.0/0"],
    }
    (cluster,) = of("cluster", from_api("eks.list_clusters", live(resourcesVpcConfig=private)))
    expected = {"api.public": False, "api.allowed_sources": []}
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
