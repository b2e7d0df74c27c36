"""What a real endpoint answers about networks, load balancers, clusters and IAM becomes the same settings."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from tests.parity import UNKNOWN, from_account, values

if TYPE_CHECKING:
    from tests.servers.aws import Aws

TRUST = {
    "Statement": [
        {"Effect": "Allow", "Action": "sts:AssumeRole", "Principal": {"Service": "eks.amazonaws.com"}}
    ]
}
EVERYTHING = {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "*", "Resource": "*"}]}


@pytest.fixture(autouse=True)
def credentials(aws: Aws, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in aws.environment.items():
        monkeypatch.setenv(name, value)


def _told(aws: Aws, kind: str, *names: str) -> dict[str, dict[str, Any]]:
    return {str(each.key): values(each, names) for each in from_account(aws, kind)}


def _network(aws: Aws) -> tuple[str, list[str]]:
    ec2 = aws.client("ec2")
    vpc = ec2.create_vpc(CidrBlock="10.0.0.0/16")["Vpc"]["VpcId"]
    subnets = [
        ec2.create_subnet(VpcId=vpc, CidrBlock=f"10.0.{index}.0/24", AvailabilityZone=f"eu-west-1{zone}")
        for index, zone in enumerate("ab")
    ]
    return vpc, [each["Subnet"]["SubnetId"] for each in subnets]


def test_networks_and_subnets(aws: Aws) -> None:
    ec2 = aws.client("ec2")
    vpc, subnets = _network(aws)
    ec2.modify_subnet_attribute(SubnetId=subnets[0], MapPublicIpOnLaunch={"Value": True})
    aws.client("s3").create_bucket(
        Bucket="flows", CreateBucketConfiguration={"LocationConstraint": "eu-west-1"}
    )
    ec2.create_flow_logs(
        ResourceIds=[vpc],
        ResourceType="VPC",
        TrafficType="ALL",
        LogDestinationType="s3",
        LogDestination="arn:aws:s3:::flows",
    )
    networks = _told(aws, "network", "flow_logs")
    assert networks[f"aws:ec2:vpc/{vpc}"] == {"flow_logs": True}
    # The account comes with a default network of its own, which nobody logs.
    assert {"flow_logs": False} in networks.values()
    told = _told(aws, "subnet", "assigns_public_ip")
    assert told[f"aws:ec2:subnet/{subnets[0]}"] == {"assigns_public_ip": True}
    assert told[f"aws:ec2:subnet/{subnets[1]}"] == {"assigns_public_ip": False}


def test_security_groups(aws: Aws) -> None:
    ec2 = aws.client("ec2")
    vpc, _ = _network(aws)
    group = ec2.create_security_group(GroupName="web", Description="The web tier", VpcId=vpc)["GroupId"]
    ec2.authorize_security_group_ingress(
        GroupId=group,
        IpPermissions=[
            {
                "IpProtocol": "tcp",
                "FromPort": 22,
                "ToPort": 22,
                "IpRanges": [{"CidrIp": "0.0.0.0/0", "Description": "SSH"}],
            },
            {"IpProtocol": "tcp", "FromPort": 443, "ToPort": 443, "IpRanges": [{"CidrIp": "10.0.0.0/8"}]},
        ],
    )
    told = _told(aws, "firewall_rule", "rule.opens_admin_port", "rule.open_to_world", "rule.description")
    assert told["aws:ec2:security-group/web/ingress/tcp/22"] == {
        "rule.opens_admin_port": True,
        "rule.open_to_world": True,
        "rule.description": "SSH",
    }
    assert told["aws:ec2:security-group/web/ingress/tcp/443"] == {
        "rule.opens_admin_port": False,
        "rule.open_to_world": False,
        "rule.description": "",
    }
    groups = _told(aws, "firewall", "is_default", "closed")
    assert groups["aws:ec2:security-group/web"] == {"is_default": False, "closed": False}
    assert {"is_default": True, "closed": False} in groups.values()


def test_load_balancers(aws: Aws) -> None:
    elb = aws.client("elbv2")
    vpc, subnets = _network(aws)
    arn = elb.create_load_balancer(Name="web", Subnets=subnets)["LoadBalancers"][0]["LoadBalancerArn"]
    group = elb.create_target_group(Name="web", Protocol="HTTP", Port=80, VpcId=vpc)["TargetGroups"][0]
    elb.modify_load_balancer_attributes(
        LoadBalancerArn=arn, Attributes=[{"Key": "deletion_protection.enabled", "Value": "true"}]
    )
    to_https = {"Type": "redirect", "RedirectConfig": {"Protocol": "HTTPS", "StatusCode": "HTTP_301"}}
    for port, action in (
        (80, to_https),
        (8080, {"Type": "forward", "TargetGroupArn": group["TargetGroupArn"]}),
    ):
        elb.create_listener(LoadBalancerArn=arn, Protocol="HTTP", Port=port, DefaultActions=[action])
    told = _told(aws, "load_balancer", "network.public", "deletion_protection", "logs.enabled", "waf")
    assert told == {
        "aws:elbv2:loadbalancer/web": {
            "network.public": True,
            "deletion_protection": True,
            "logs.enabled": False,
            "waf": False,
        }
    }
    assert _told(aws, "listener", "https_only") == {
        "aws:elbv2:listener/web/80": {"https_only": True},
        "aws:elbv2:listener/web/8080": {"https_only": False},
    }


def test_clusters(aws: Aws) -> None:
    eks = aws.client("eks")
    _, subnets = _network(aws)
    role = "arn:aws:iam::123456789012:role/cluster"
    eks.create_cluster(
        name="main",
        version="1.27",
        roleArn=role,
        resourcesVpcConfig={
            "subnetIds": subnets,
            "endpointPublicAccess": False,
            "endpointPrivateAccess": True,
        },
        logging={"clusterLogging": [{"types": ["api", "audit"], "enabled": True}]},
    )
    eks.create_nodegroup(
        clusterName="main",
        nodegroupName="workers",
        subnets=subnets,
        nodeRole=role,
        remoteAccess={"ec2SshKey": "ops"},
    )
    told = _told(aws, "cluster", "version", "control_plane_logs", "secrets_encrypted")
    assert told == {
        "aws:eks:cluster/main": {
            "version": "1.27",
            "control_plane_logs": ["api", "audit"],
            "secrets_encrypted": False,
        }
    }
    assert _told(aws, "node_pool", "remote_access_open") == {
        "aws:eks:cluster/main/nodegroup/workers": {"remote_access_open": True}
    }


def test_users_roles_and_policies(aws: Aws) -> None:
    iam = aws.client("iam")
    iam.create_user(UserName="person")
    iam.create_login_profile(UserName="person", Password="Secret-1234567")
    iam.create_access_key(UserName="person")
    iam.put_user_policy(UserName="person", PolicyName="own", PolicyDocument=json.dumps(EVERYTHING))
    iam.create_role(RoleName="worker", AssumeRolePolicyDocument=json.dumps(TRUST))
    iam.create_policy(PolicyName="work", PolicyDocument=json.dumps(EVERYTHING))
    people = _told(aws, "identity", "is_root", "mfa", "console_access", "access_keys", "direct_policies")
    assert people["aws:iam:user/person"] == {
        "is_root": False,
        "mfa": False,
        "console_access": True,
        "access_keys": 1,
        "direct_policies": True,
    }
    assert people["aws:iam:root"]["is_root"] is True
    assert UNKNOWN not in people["aws:iam:root"].values()
    assert _told(aws, "role", "public_principal")["aws:iam:role/worker"] == {"public_principal": False}
    policies = _told(aws, "access_policy", "admin")
    assert policies["aws:iam:policy/work"] == {"admin": True}
    assert policies["aws:iam:user/person/policy/own"] == {"admin": True}


def test_the_accounts_password_policy(aws: Aws) -> None:
    assert _told(aws, "password_policy", "min_length") == {"aws:iam:password-policy": {"min_length": 8}}
    aws.client("iam").update_account_password_policy(MinimumPasswordLength=14)
    assert _told(aws, "password_policy", "min_length") == {"aws:iam:password-policy": {"min_length": 14}}


def test_policies_of_topics_queues_and_repositories(aws: Aws) -> None:
    sns, ecr, sqs = aws.client("sns"), aws.client("ecr"), aws.client("sqs")
    send = {
        "Statement": [{"Effect": "Allow", "Principal": "*", "Action": "sqs:SendMessage", "Resource": "*"}]
    }
    sqs.create_queue(QueueName="jobs", Attributes={"Policy": json.dumps(send)})
    sqs.create_queue(QueueName="bare")
    open_ = {"Statement": [{"Effect": "Allow", "Principal": "*", "Action": "ecr:BatchGetImage"}]}
    sns.create_topic(Name="orders")
    ecr.create_repository(repositoryName="web")
    ecr.set_repository_policy(repositoryName="web", policyText=json.dumps(open_))
    ecr.create_repository(repositoryName="quiet")
    assert _told(aws, "access_policy", "public_principal") == {
        # A new topic's policy names everyone, for its owner's account only.
        "aws:sns:topic/orders/policy": {"public_principal": False},
        "aws:ecr:repository/web/policy": {"public_principal": True},
        "aws:sqs:queue/jobs/policy": {"public_principal": True},
    }
