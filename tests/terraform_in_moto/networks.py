"""Networks, disks and load balancers."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from tests.terraform_in_moto.account import (
    Account,
    Attributes,
    Body,
    Maker,
    first,
    listed,
    stated,
    tag_specifications,
)

# Networks


def _vpc(account: Account, body: Body) -> Attributes:
    ec2 = account.client("ec2")
    made = ec2.create_vpc(**stated(body, CidrBlock="cidr_block"), **tag_specifications("vpc", body))["Vpc"][
        "VpcId"
    ]
    return {"id": made}


def _default_group(account: Account, body: Body) -> Attributes:
    ec2 = account.client("ec2")
    named = [{"Name": "vpc-id", "Values": [body["vpc_id"]]}, {"Name": "group-name", "Values": ["default"]}]
    group = ec2.describe_security_groups(Filters=named)["SecurityGroups"][0]
    # Terraform takes every rule that it does not declare away.
    for rules, revoke in (
        (group["IpPermissions"], ec2.revoke_security_group_ingress),
        (group["IpPermissionsEgress"], ec2.revoke_security_group_egress),
    ):
        if rules:
            revoke(GroupId=group["GroupId"], IpPermissions=rules)
    _inline_rules(ec2, group["GroupId"], body)
    return {"id": group["GroupId"]}


def _group(account: Account, body: Body) -> Attributes:
    ec2 = account.client("ec2")
    names = stated(body, GroupName="name", Description="description", VpcId="vpc_id")
    group = ec2.create_security_group(**names, **tag_specifications("security-group", body))["GroupId"]
    # Terraform also takes away the rule that lets everything out.
    everything = [{"IpProtocol": "-1", "IpRanges": [{"CidrIp": "0.0.0.0/0"}]}]
    ec2.revoke_security_group_egress(GroupId=group, IpPermissions=everything)
    _inline_rules(ec2, group, body)
    return {"id": group}


def _inline_rules(ec2: Any, group: str, body: Body) -> None:
    for block, authorize in (
        ("ingress", ec2.authorize_security_group_ingress),
        ("egress", ec2.authorize_security_group_egress),
    ):
        for rule in body.get(block) or ():
            authorize(GroupId=group, IpPermissions=[_permission(rule, rule["protocol"])])


def _permission(rule: Body, protocol: str) -> dict[str, Any]:
    described = stated(rule, Description="description")
    return {
        "IpProtocol": protocol,
        **stated(rule, FromPort="from_port", ToPort="to_port"),
        "IpRanges": [{"CidrIp": each, **described} for each in rule.get("cidr_blocks") or ()],
        "UserIdGroupPairs": [{"GroupId": each, **described} for each in rule.get("security_groups") or ()],
    }


def _group_rule(direction: str) -> Callable[[Account, Body], Attributes]:
    def make(account: Account, body: Body) -> Attributes:
        as_inline = {
            **body,
            "cidr_blocks": [body["cidr_ipv4"]] if body.get("cidr_ipv4") else [],
            "security_groups": listed(body.get("referenced_security_group_id") or []),
        }
        authorize = getattr(account.client("ec2"), f"authorize_security_group_{direction}")
        permission = _permission(as_inline, body["ip_protocol"])
        made = authorize(GroupId=body["security_group_id"], IpPermissions=[permission])
        return {"id": made["SecurityGroupRules"][0]["SecurityGroupRuleId"]}

    return make


def _subnet(account: Account, body: Body) -> Attributes:
    ec2 = account.client("ec2")
    names = stated(body, VpcId="vpc_id", AvailabilityZone="availability_zone", CidrBlock="cidr_block")
    subnet = ec2.create_subnet(**names, **tag_specifications("subnet", body))["Subnet"]["SubnetId"]
    public = bool(body.get("map_public_ip_on_launch"))
    ec2.modify_subnet_attribute(SubnetId=subnet, MapPublicIpOnLaunch={"Value": public})
    return {"id": subnet}


def _gateway(account: Account, body: Body) -> Attributes:
    ec2 = account.client("ec2")
    made = ec2.create_internet_gateway()["InternetGateway"]["InternetGatewayId"]
    ec2.attach_internet_gateway(InternetGatewayId=made, VpcId=body["vpc_id"])
    return {"id": made}


def _address(account: Account, body: Body) -> Attributes:
    return {"id": account.client("ec2").allocate_address(Domain="vpc")["AllocationId"]}


def _nat(account: Account, body: Body) -> Attributes:
    names = stated(body, AllocationId="allocation_id", SubnetId="subnet_id")
    return {"id": account.client("ec2").create_nat_gateway(**names)["NatGateway"]["NatGatewayId"]}


def _route_table(account: Account, body: Body) -> Attributes:
    ec2 = account.client("ec2")
    made = ec2.create_route_table(VpcId=body["vpc_id"])["RouteTable"]["RouteTableId"]
    for route in body.get("route") or ():
        names = {
            "DestinationCidrBlock": "cidr_block",
            "GatewayId": "gateway_id",
            "NatGatewayId": "nat_gateway_id",
        }
        ec2.create_route(RouteTableId=made, **stated(route, **names))
    return {"id": made}


def _route_table_association(account: Account, body: Body) -> Attributes:
    names = stated(body, SubnetId="subnet_id", RouteTableId="route_table_id")
    return {"id": account.client("ec2").associate_route_table(**names)["AssociationId"]}


def _flow_log(account: Account, body: Body) -> Attributes:
    made = account.client("ec2").create_flow_logs(
        ResourceType="VPC",
        ResourceIds=[body["vpc_id"]],
        **stated(
            body,
            TrafficType="traffic_type",
            LogDestinationType="log_destination_type",
            LogDestination="log_destination",
            DeliverLogsPermissionArn="iam_role_arn",
        ),
    )
    assert not made["Unsuccessful"], made
    return {"id": made["FlowLogIds"][0]}


# Disks


def _encrypt_disks(account: Account, body: Body) -> Attributes:
    if body.get("enabled", True):
        account.client("ec2").enable_ebs_encryption_by_default()
    return {"id": "ebs"}


def _volume(account: Account, body: Body) -> Attributes:
    made = account.client("ec2").create_volume(
        **stated(
            body,
            AvailabilityZone="availability_zone",
            Size="size",
            VolumeType="type",
            Encrypted="encrypted",
            KmsKeyId="kms_key_id",
        ),
        **tag_specifications("volume", body),
    )
    return {"id": made["VolumeId"]}


def _snapshot(account: Account, body: Body) -> Attributes:
    made = account.client("ec2").create_snapshot(
        **stated(body, VolumeId="volume_id", Description="description"),
        **tag_specifications("snapshot", body),
    )
    return {"id": made["SnapshotId"]}


def _shared_snapshot(account: Account, body: Body) -> Attributes:
    to = {"GroupNames": ["all"]} if body["account_id"] == "all" else {"UserIds": [body["account_id"]]}
    account.client("ec2").modify_snapshot_attribute(
        SnapshotId=body["snapshot_id"], Attribute="createVolumePermission", OperationType="add", **to
    )
    return {"id": body["snapshot_id"]}


def _launch_template(account: Account, body: Body) -> Attributes:
    made = account.client("ec2").create_launch_template(
        LaunchTemplateName=body["name"], LaunchTemplateData={}
    )
    return {"id": made["LaunchTemplate"]["LaunchTemplateId"], "latest_version": 1}


# Load balancers


def _balancer(account: Account, body: Body) -> Attributes:
    elb = account.client("elbv2")
    made = elb.create_load_balancer(
        **stated(
            body, Name="name", Type="load_balancer_type", Subnets="subnets", SecurityGroups="security_groups"
        ),
        Scheme="internal" if body.get("internal") else "internet-facing",
    )["LoadBalancers"][0]["LoadBalancerArn"]
    logs = first(body, "access_logs")
    attributes = {
        "access_logs.s3.enabled": logs.get("enabled"),
        "access_logs.s3.bucket": logs.get("bucket"),
        "access_logs.s3.prefix": logs.get("prefix"),
        "deletion_protection.enabled": body.get("enable_deletion_protection"),
        "routing.http.drop_invalid_header_fields.enabled": body.get("drop_invalid_header_fields"),
    }
    named = [{"Key": key, "Value": _word(value)} for key, value in attributes.items() if value is not None]
    elb.modify_load_balancer_attributes(LoadBalancerArn=made, Attributes=named)
    return {"id": made, "arn": made, "arn_suffix": made.partition("loadbalancer/")[2]}


def _word(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _target_group(account: Account, body: Body) -> Attributes:
    check = first(body, "health_check")
    made = account.client("elbv2").create_target_group(
        **stated(
            body, Name="name", Port="port", Protocol="protocol", TargetType="target_type", VpcId="vpc_id"
        ),
        **stated(
            check,
            HealthCheckPath="path",
            HealthCheckProtocol="protocol",
            HealthCheckIntervalSeconds="interval",
        ),
    )
    return {"arn": made["TargetGroups"][0]["TargetGroupArn"]}


def _listener(account: Account, body: Body) -> Attributes:
    actions = []
    for action in body["default_action"]:
        names = stated(action, Type="type", TargetGroupArn="target_group_arn")
        if action.get("redirect"):
            redirect = first(action, "redirect")
            names["RedirectConfig"] = stated(
                redirect, Protocol="protocol", Port="port", StatusCode="status_code"
            )
        actions.append(names)
    certificates = [{"CertificateArn": body["certificate_arn"]}] if body.get("certificate_arn") else []
    made = account.client("elbv2").create_listener(
        **stated(
            body,
            LoadBalancerArn="load_balancer_arn",
            Port="port",
            Protocol="protocol",
            SslPolicy="ssl_policy",
        ),
        Certificates=_known(account, certificates),
        DefaultActions=actions,
    )
    return {"arn": made["Listeners"][0]["ListenerArn"]}


def _known(account: Account, certificates: list[dict[str, str]]) -> list[dict[str, str]]:
    """Return the certificates under the ARNs of new ones: the estate's own is made outside of it."""
    acm = account.client("acm")
    return [
        {"CertificateArn": acm.request_certificate(DomainName="directory.example.com")["CertificateArn"]}
        for _ in certificates
    ]


def _web_acl(account: Account, body: Body) -> Attributes:
    metric = {"SampledRequestsEnabled": True, "CloudWatchMetricsEnabled": True, "MetricName": "public"}
    made = account.client("wafv2").create_web_acl(
        Name=body["name"], Scope=body["scope"], DefaultAction={"Allow": {}}, Rules=[], VisibilityConfig=metric
    )
    return {"arn": made["Summary"]["ARN"]}


def _web_acl_association(account: Account, body: Body) -> Attributes:
    account.client("wafv2").associate_web_acl(WebACLArn=body["web_acl_arn"], ResourceArn=body["resource_arn"])
    return {}


MAKERS: Mapping[str, Maker] = {
    "aws_vpc": _vpc,
    "aws_default_security_group": _default_group,
    "aws_security_group": _group,
    "aws_vpc_security_group_ingress_rule": _group_rule("ingress"),
    "aws_vpc_security_group_egress_rule": _group_rule("egress"),
    "aws_subnet": _subnet,
    "aws_internet_gateway": _gateway,
    "aws_eip": _address,
    "aws_nat_gateway": _nat,
    "aws_route_table": _route_table,
    "aws_route_table_association": _route_table_association,
    "aws_flow_log": _flow_log,
    "aws_ebs_encryption_by_default": _encrypt_disks,
    "aws_ebs_volume": _volume,
    "aws_ebs_snapshot": _snapshot,
    "aws_snapshot_create_volume_permission": _shared_snapshot,
    "aws_launch_template": _launch_template,
    "aws_lb": _balancer,
    "aws_lb_target_group": _target_group,
    "aws_lb_listener": _listener,
    "aws_wafv2_web_acl": _web_acl,
    "aws_wafv2_web_acl_association": _web_acl_association,
}
