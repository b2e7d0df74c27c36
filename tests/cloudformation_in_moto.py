"""The example estate's CloudFormation stacks, made in moto resource by resource.

moto's own CloudFormation leaves out most properties (attributes of load balancers, descriptions of rules, settings of
databases and buckets). CloudFormation's property names are the API's, so each resource is a call or a few.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeAlias

from tests.servers.aws import REGION
from tfaudit.model.resources import Limits, Reference, Resource, Unresolved
from tfaudit.pipeline.claimed import read
from tfaudit.sources.registry import sources
from tfaudit.sources.tree.files import InputFile, Tree, discover

if TYPE_CHECKING:
    from pathlib import Path

    from tests.servers.aws import Aws

Body: TypeAlias = Mapping[str, Any]

KNOWN = (("AWS::Region", REGION), ("AWS::AccountId", "123456789012"))
EXPORTED = {
    "directory-production-data-subnets": ["DataSubnetA", "DataSubnetB"],
    "directory-production-data-group": "DataGroup",
}
"""What `network.yaml` exports, by the logical ids that stand behind it."""

SAID_BY_WHOEVER_DEPLOYS = {"DocumentsVersioning": "Suspended"}
"""Values of the parameters without a default."""


@dataclass
class Stack:
    """An account that is being filled, with the attributes of what is made; "" is what Ref gives."""

    aws: Aws
    made: dict[str, dict[str, Any]] = field(default_factory=dict)

    def value(self, value: Any) -> Any:
        """Return `value` with everything in it that only a deployment tells."""
        if isinstance(value, Reference):
            return self.made[value.address][value.attribute]
        if isinstance(value, Unresolved):
            return self._told(value)
        if isinstance(value, Mapping):
            return {name: self.value(each) for name, each in value.items()}
        if isinstance(value, list):
            return [self.value(each) for each in value]
        return value

    def _told(self, value: Unresolved) -> Any:
        exported = re.search(r"exported by another stack as ([\w-]+)", value.because)
        if exported:
            names = EXPORTED[exported[1]]
            return self.made[names][""] if isinstance(names, str) else [self.made[each][""] for each in names]
        if "zones of a region" in value.because:
            return f"{REGION}a"
        parameter = re.match(r"the parameter (\w+) has no value", value.because)
        if parameter:
            return SAID_BY_WHOEVER_DEPLOYS[parameter[1]]

        def followed(part: re.Match[str]) -> str:
            name, _, attribute = part[1].partition(".")
            return str(self.made[name][attribute])

        return re.sub(r"\$\{([^{}:]+)\}", followed, value.expression)


def deploy(folder: Path, aws: Aws) -> None:
    """Make what the templates in `folder` declare: the network first, then what stands in it."""
    aws.client("s3").create_bucket(
        Bucket="directory-access-logs", CreateBucketConfiguration={"LocationConstraint": REGION}
    )
    stack = Stack(aws)
    waiting = sorted(_resources(folder), key=lambda each: each.place.origin != "network.yaml")
    while waiting:
        again: list[Resource] = []
        for resource in waiting:
            try:
                body = stack.value({k: v for k, v in resource.body.items() if not k.startswith("@")})
            except KeyError:
                again.append(resource)
                continue
            attributes = MAKERS[resource.type](aws.client, body)
            stack.made[resource.address] = {"": attributes.get("Arn"), **attributes}
        assert len(again) < len(waiting), f"nobody makes what {[each.address for each in again]} wait for"
        waiting = again


def _resources(folder: Path) -> Iterator[Resource]:
    files = [each for each in discover(folder, folder, Limits()) if isinstance(each, InputFile)]
    for each in read(files, Tree(folder, parameters=KNOWN), sources(f.name for f in files), []):
        assert isinstance(each, Resource), each
        yield each


Client: TypeAlias = Callable[[str], Any]


def _without(body: Body, *names: str) -> dict[str, Any]:
    return {name: value for name, value in body.items() if name not in names}


def _network(client: Client, body: Body) -> Body:
    return {"": client("ec2").create_vpc(CidrBlock=body["CidrBlock"])["Vpc"]["VpcId"]}


def _subnet(client: Client, body: Body) -> Body:
    made = client("ec2").create_subnet(**_without(body, "MapPublicIpOnLaunch"))["Subnet"]["SubnetId"]
    client("ec2").modify_subnet_attribute(
        SubnetId=made, MapPublicIpOnLaunch={"Value": body["MapPublicIpOnLaunch"]}
    )
    return {"": made}


def _permission(rule: Body) -> dict[str, Any]:
    range_ = {"CidrIp": rule["CidrIp"], "Description": rule["Description"]}
    return {
        "IpProtocol": rule["IpProtocol"],
        "FromPort": rule["FromPort"],
        "ToPort": rule["ToPort"],
        "IpRanges": [range_],
    }


def _group(client: Client, body: Body) -> Body:
    ec2 = client("ec2")
    made = ec2.create_security_group(
        GroupName=body["GroupName"], Description=body["GroupDescription"], VpcId=body["VpcId"]
    )["GroupId"]
    everything = [{"IpProtocol": "-1", "IpRanges": [{"CidrIp": "0.0.0.0/0"}]}]
    ec2.revoke_security_group_egress(GroupId=made, IpPermissions=everything)
    for rule in body.get("SecurityGroupIngress", ()):
        ec2.authorize_security_group_ingress(GroupId=made, IpPermissions=[_permission(rule)])
    for rule in body.get("SecurityGroupEgress", ()):
        ec2.authorize_security_group_egress(GroupId=made, IpPermissions=[_permission(rule)])
    return {"": made, "GroupId": made}


def _group_rule(client: Client, body: Body) -> Body:
    client("ec2").authorize_security_group_ingress(GroupId=body["GroupId"], IpPermissions=[_permission(body)])
    return {}


def _flow_log(client: Client, body: Body) -> Body:
    made = client("ec2").create_flow_logs(**_without(body, "ResourceId"), ResourceIds=[body["ResourceId"]])
    assert not made["Unsuccessful"], made
    return {}


def _volume(client: Client, body: Body) -> Body:
    return {"": client("ec2").create_volume(**body)["VolumeId"]}


def _key(client: Client, body: Body) -> Body:
    made = client("kms").create_key(Description=body["Description"], Policy=json.dumps(body["KeyPolicy"]))
    key = made["KeyMetadata"]
    if body["EnableKeyRotation"]:
        client("kms").enable_key_rotation(KeyId=key["KeyId"])
    return {"": key["KeyId"], "Arn": key["Arn"]}


def _alias(client: Client, body: Body) -> Body:
    client("kms").create_alias(**body)
    return {}


def _log_group(client: Client, body: Body) -> Body:
    name = body["LogGroupName"]
    key = {"kmsKeyId": body["KmsKeyId"]} if "KmsKeyId" in body else {}
    client("logs").create_log_group(logGroupName=name, **key)
    client("logs").put_retention_policy(logGroupName=name, retentionInDays=body["RetentionInDays"])
    return {"": name, "Arn": f"arn:aws:logs:{REGION}:123456789012:log-group:{name}:*"}


def _role(client: Client, body: Body) -> Body:
    trust = json.dumps(body["AssumeRolePolicyDocument"])
    made = client("iam").create_role(RoleName=body["RoleName"], AssumeRolePolicyDocument=trust)
    for policy in body.get("Policies", ()):
        client("iam").put_role_policy(
            RoleName=body["RoleName"],
            PolicyName=policy["PolicyName"],
            PolicyDocument=json.dumps(policy["PolicyDocument"]),
        )
    return {"": body["RoleName"], "Arn": made["Role"]["Arn"]}


def _balancer(client: Client, body: Body) -> Body:
    elb = client("elbv2")
    made = elb.create_load_balancer(**_without(body, "LoadBalancerAttributes"))["LoadBalancers"][0]
    elb.modify_load_balancer_attributes(
        LoadBalancerArn=made["LoadBalancerArn"], Attributes=body["LoadBalancerAttributes"]
    )
    return {"": made["LoadBalancerArn"]}


def _target_group(client: Client, body: Body) -> Body:
    return {"": client("elbv2").create_target_group(**body)["TargetGroups"][0]["TargetGroupArn"]}


def _listener(client: Client, body: Body) -> Body:
    if "Certificates" in body:
        made = client("acm").request_certificate(DomainName="directory.example.com")
        body = {**body, "Certificates": [{"CertificateArn": made["CertificateArn"]}]}
    client("elbv2").create_listener(**body)
    return {}


def _web_acl(client: Client, body: Body) -> Body:
    return {"Arn": client("wafv2").create_web_acl(**body)["Summary"]["ARN"]}


def _web_acl_association(client: Client, body: Body) -> Body:
    client("wafv2").associate_web_acl(**body)
    return {}


def _database_subnets(client: Client, body: Body) -> Body:
    client("rds").create_db_subnet_group(**body)
    return {"": body["DBSubnetGroupName"]}


def _database_parameters(client: Client, body: Body) -> Body:
    name = body["DBParameterGroupName"]
    client("rds").create_db_parameter_group(
        DBParameterGroupName=name, DBParameterGroupFamily=body["Family"], Description=body["Description"]
    )
    values = [
        {"ParameterName": key, "ParameterValue": value, "ApplyMethod": "pending-reboot"}
        for key, value in body["Parameters"].items()
    ]
    client("rds").modify_db_parameter_group(DBParameterGroupName=name, Parameters=values)
    return {"": name}


def _database(client: Client, body: Body) -> Body:
    copied = ("AutomaticBackupReplicationRegion", "AutomaticBackupReplicationKmsKeyId")
    asked = _without(body, "VPCSecurityGroups", "MasterUserPassword", *copied)
    asked["AllocatedStorage"] = int(body["AllocatedStorage"])
    asked["VpcSecurityGroupIds"] = body["VPCSecurityGroups"]
    if "MasterUserPassword" in body:  # tfaudit never hands on what it was
        asked["MasterUserPassword"] = "made-by-the-test"
    client("rds").create_db_instance(**asked)
    return {"": body["DBInstanceIdentifier"]}


def _cache(client: Client, body: Body) -> Body:
    token = {"AuthToken": "made-by-the-test-0123456789"} if "AuthToken" in body else {}
    client("elasticache").create_replication_group(**{**body, **token})
    return {"": body["ReplicationGroupId"]}


def _secret(client: Client, body: Body) -> Body:
    asked = _without(body, "GenerateSecretString", "SecretString")
    return {"": client("secretsmanager").create_secret(**asked, SecretString="made by the test")["ARN"]}


def _rotation(client: Client, body: Body) -> Body:
    trust = {"Effect": "Allow", "Principal": {"Service": "lambda.amazonaws.com"}, "Action": "sts:AssumeRole"}
    document = json.dumps({"Version": "2012-10-17", "Statement": [trust]})
    role = client("iam").create_role(RoleName="rotation", AssumeRolePolicyDocument=document)["Role"]["Arn"]
    client("lambda").create_function(
        FunctionName=body["RotationLambdaARN"].rpartition(":")[2],
        Runtime="python3.13",
        Role=role,
        Handler="x.handler",
        Code={"ZipFile": b"moto keeps it and does not run it"},
    )
    client("secretsmanager").rotate_secret(**body, RotateImmediately=False)
    return {}


def _bucket(client: Client, body: Body) -> Body:
    s3, name = client("s3"), body["BucketName"]
    s3.create_bucket(Bucket=name, CreateBucketConfiguration={"LocationConstraint": REGION})
    rules = [
        {"ApplyServerSideEncryptionByDefault": each["ServerSideEncryptionByDefault"]}
        for each in body["BucketEncryption"]["ServerSideEncryptionConfiguration"]
    ]
    s3.put_bucket_encryption(Bucket=name, ServerSideEncryptionConfiguration={"Rules": rules})
    s3.put_bucket_ownership_controls(Bucket=name, OwnershipControls=body["OwnershipControls"])
    if "LifecycleConfiguration" in body:
        ends = [_end(each) for each in body["LifecycleConfiguration"]["Rules"]]
        s3.put_bucket_lifecycle_configuration(Bucket=name, LifecycleConfiguration={"Rules": ends})
    s3.put_public_access_block(
        Bucket=name, PublicAccessBlockConfiguration=body["PublicAccessBlockConfiguration"]
    )
    s3.put_bucket_versioning(Bucket=name, VersioningConfiguration=body["VersioningConfiguration"])
    if "LoggingConfiguration" in body:
        logging = body["LoggingConfiguration"]
        target = logging["DestinationBucketName"]
        s3.put_bucket_acl(Bucket=target, ACL="log-delivery-write")
        enabled = {"TargetBucket": target, "TargetPrefix": logging["LogFilePrefix"]}
        s3.put_bucket_logging(Bucket=name, BucketLoggingStatus={"LoggingEnabled": enabled})
    return {"": name, "Arn": f"arn:aws:s3:::{name}"}


def _end(rule: Body) -> Body:
    """Return a lifecycle rule as the API takes it: it has the days of an end a level deeper."""
    made = {name: value for name, value in rule.items() if name not in ("Id", "ExpirationInDays")}
    if "ExpirationInDays" in rule:
        made["Expiration"] = {"Days": rule["ExpirationInDays"]}
    return {"ID": rule["Id"], "Filter": {}, **made}


def _bucket_policy(client: Client, body: Body) -> Body:
    client("s3").put_bucket_policy(Bucket=body["Bucket"], Policy=json.dumps(body["PolicyDocument"]))
    return {}


MAKERS: Mapping[str, Callable[[Client, Body], Body]] = {
    "AWS::EC2::VPC": _network,
    "AWS::EC2::Subnet": _subnet,
    "AWS::EC2::SecurityGroup": _group,
    "AWS::EC2::SecurityGroupIngress": _group_rule,
    "AWS::EC2::FlowLog": _flow_log,
    "AWS::EC2::Volume": _volume,
    "AWS::KMS::Key": _key,
    "AWS::KMS::Alias": _alias,
    "AWS::Logs::LogGroup": _log_group,
    "AWS::IAM::Role": _role,
    "AWS::ElasticLoadBalancingV2::LoadBalancer": _balancer,
    "AWS::ElasticLoadBalancingV2::TargetGroup": _target_group,
    "AWS::ElasticLoadBalancingV2::Listener": _listener,
    "AWS::WAFv2::WebACL": _web_acl,
    "AWS::WAFv2::WebACLAssociation": _web_acl_association,
    "AWS::RDS::DBSubnetGroup": _database_subnets,
    "AWS::RDS::DBParameterGroup": _database_parameters,
    "AWS::RDS::DBInstance": _database,
    "AWS::ElastiCache::ReplicationGroup": _cache,
    "AWS::SecretsManager::Secret": _secret,
    "AWS::SecretsManager::RotationSchedule": _rotation,
    "AWS::S3::Bucket": _bucket,
    "AWS::S3::BucketPolicy": _bucket_policy,
}
