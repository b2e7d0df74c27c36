"""Buckets, keys, secrets, queues and topics."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from tests.terraform_in_moto.account import (
    ACCOUNT,
    Account,
    Attributes,
    Body,
    Maker,
    document,
    first,
    stated,
    tags_of,
)

# S3


def _bucket(account: Account, body: Body) -> Attributes:
    name = body["bucket"]
    account.client("s3").create_bucket(
        Bucket=name,
        CreateBucketConfiguration={"LocationConstraint": "eu-west-1"},
        **stated(body, ObjectLockEnabledForBucket="object_lock_enabled"),
    )
    # What AWS does by itself for every new bucket, and moto does not.
    default = {"Rules": [{"ApplyServerSideEncryptionByDefault": {"SSEAlgorithm": "AES256"}}]}
    account.client("s3").put_bucket_encryption(Bucket=name, ServerSideEncryptionConfiguration=default)
    return {"id": name, "bucket": name, "arn": f"arn:aws:s3:::{name}"}


def _bucket_part(
    call: str, argument: str, content: Callable[[Body], Any]
) -> Callable[[Account, Body], Attributes]:
    """Return the maker of one of a bucket's companions, which is one call with one structure."""

    def make(account: Account, body: Body) -> Attributes:
        getattr(account.client("s3"), call)(Bucket=body["bucket"], **{argument: content(body)})
        return {"id": body["bucket"]}

    return make


def _encryption(body: Body) -> Any:
    rules = []
    for rule in body["rule"]:
        default = first(rule, "apply_server_side_encryption_by_default")
        names = stated(default, SSEAlgorithm="sse_algorithm", KMSMasterKeyID="kms_master_key_id")
        rules.append({"ApplyServerSideEncryptionByDefault": names})
    return {"Rules": rules}


def _lifecycle(body: Body) -> Any:
    rules = []
    for rule in body["rule"]:
        expiration = stated(first(rule, "expiration"), Days="days")
        noncurrent = stated(first(rule, "noncurrent_version_expiration"), NoncurrentDays="noncurrent_days")
        incomplete = stated(
            first(rule, "abort_incomplete_multipart_upload"), DaysAfterInitiation="days_after_initiation"
        )
        parts = {
            "Expiration": expiration,
            "NoncurrentVersionExpiration": noncurrent,
            "AbortIncompleteMultipartUpload": incomplete,
        }
        kept = {name: part for name, part in parts.items() if part}
        rules.append({"ID": rule["id"], "Status": rule["status"], "Filter": {"Prefix": ""}, **kept})
    return {"Rules": rules}


def _block(body: Body) -> Any:
    return stated(
        body,
        BlockPublicAcls="block_public_acls",
        BlockPublicPolicy="block_public_policy",
        IgnorePublicAcls="ignore_public_acls",
        RestrictPublicBuckets="restrict_public_buckets",
    )


def _object_lock(body: Body) -> Any:
    retention = first(first(body, "rule"), "default_retention")
    rule = {"DefaultRetention": stated(retention, Mode="mode", Days="days")}
    return {"ObjectLockEnabled": "Enabled", "Rule": rule}


def _bucket_logging(body: Body) -> Any:
    return {"LoggingEnabled": {"TargetBucket": body["target_bucket"], "TargetPrefix": body["target_prefix"]}}


def _account_block(account: Account, body: Body) -> Attributes:
    account.client("s3control").put_public_access_block(
        AccountId=ACCOUNT, PublicAccessBlockConfiguration=_block(body)
    )
    return {"id": ACCOUNT}


# EFS


def _file_system(account: Account, body: Body) -> Attributes:
    made = account.client("efs").create_file_system(
        **stated(
            body,
            CreationToken="creation_token",
            Encrypted="encrypted",
            KmsKeyId="kms_key_id",
            PerformanceMode="performance_mode",
        ),
        Tags=tags_of(body),
    )
    return {"id": made["FileSystemId"], "arn": made["FileSystemArn"]}


def _file_system_policy(account: Account, body: Body) -> Attributes:
    account.client("efs").put_file_system_policy(
        FileSystemId=body["file_system_id"], Policy=document(body["policy"])
    )
    return {"id": body["file_system_id"]}


# KMS and Secrets Manager


def _key(account: Account, body: Body) -> Attributes:
    kms = account.client("kms")
    key = kms.create_key(Description=body["description"], **stated(body, Policy="policy"))["KeyMetadata"]
    if body.get("enable_key_rotation"):
        kms.enable_key_rotation(KeyId=key["KeyId"])
    return {"id": key["KeyId"], "key_id": key["KeyId"], "arn": key["Arn"]}


def _alias(account: Account, body: Body) -> Attributes:
    account.client("kms").create_alias(AliasName=body["name"], TargetKeyId=body["target_key_id"])
    return {"id": body["name"], "name": body["name"]}


def _secret(account: Account, body: Body) -> Attributes:
    names = stated(body, Name="name", Description="description", KmsKeyId="kms_key_id")
    made = account.client("secretsmanager").create_secret(**names)
    return {"id": made["ARN"], "arn": made["ARN"], "name": made["Name"]}


def _rotation(account: Account, body: Body) -> Attributes:
    rules = first(body, "rotation_rules")
    function = _rotating_function(account, body["rotation_lambda_arn"])
    secrets = account.client("secretsmanager")
    secrets.put_secret_value(SecretId=body["secret_id"], SecretString="made by the test")
    secrets.rotate_secret(
        SecretId=body["secret_id"],
        RotationLambdaARN=function,
        RotationRules=stated(rules, AutomaticallyAfterDays="automatically_after_days"),
        RotateImmediately=False,
    )
    return {"id": body["secret_id"]}


_FOR_LAMBDA = """{"Version": "2012-10-17", "Statement": [
    {"Effect": "Allow", "Principal": {"Service": "lambda.amazonaws.com"}, "Action": "sts:AssumeRole"}]}"""


def _rotating_function(account: Account, arn: str) -> str:
    role = account.client("iam").create_role(RoleName="rotation", AssumeRolePolicyDocument=_FOR_LAMBDA)[
        "Role"
    ]["Arn"]
    account.client("lambda").create_function(
        FunctionName=arn.rpartition(":")[2],
        Runtime="python3.13",
        Role=role,
        Handler="x.handler",
        Code={"ZipFile": b"moto keeps it and does not run it"},
    )
    return arn


def _secret_policy(account: Account, body: Body) -> Attributes:
    account.client("secretsmanager").put_resource_policy(
        SecretId=body["secret_arn"], ResourcePolicy=body["policy"]
    )
    return {"id": body["secret_arn"]}


def _secret_version(account: Account, body: Body) -> Attributes:
    account.client("secretsmanager").put_secret_value(
        SecretId=body["secret_id"], SecretString="made by the test"
    )
    return {"id": body["secret_id"]}


# Queues and topics


def _queue(account: Account, body: Body) -> Attributes:
    names = {
        "KmsMasterKeyId": "kms_master_key_id",
        "MessageRetentionPeriod": "message_retention_seconds",
        "SqsManagedSseEnabled": "sqs_managed_sse_enabled",
    }
    attributes = {name: str(value) for name, value in stated(body, **names).items()}
    if body.get("redrive_policy"):
        attributes["RedrivePolicy"] = document(body["redrive_policy"])
    if body.get("policy"):
        attributes["Policy"] = document(body["policy"])
    url = account.client("sqs").create_queue(QueueName=body["name"], Attributes=attributes)["QueueUrl"]
    return {"id": url, "url": url, "arn": f"arn:aws:sqs:eu-west-1:{ACCOUNT}:{body['name']}"}


def _queue_policy(account: Account, body: Body) -> Attributes:
    attributes = {"Policy": document(body["policy"])}
    account.client("sqs").set_queue_attributes(QueueUrl=body["queue_url"], Attributes=attributes)
    return {"id": body["queue_url"]}


def _topic(account: Account, body: Body) -> Attributes:
    attributes = {
        name: str(value) for name, value in stated(body, KmsMasterKeyId="kms_master_key_id").items()
    }
    return {"arn": account.client("sns").create_topic(Name=body["name"], Attributes=attributes)["TopicArn"]}


MAKERS: Mapping[str, Maker] = {
    "aws_s3_bucket": _bucket,
    "aws_s3_bucket_server_side_encryption_configuration": _bucket_part(
        "put_bucket_encryption", "ServerSideEncryptionConfiguration", _encryption
    ),
    "aws_s3_bucket_versioning": _bucket_part(
        "put_bucket_versioning",
        "VersioningConfiguration",
        lambda body: {"Status": first(body, "versioning_configuration")["status"]},
    ),
    "aws_s3_bucket_public_access_block": _bucket_part(
        "put_public_access_block", "PublicAccessBlockConfiguration", _block
    ),
    "aws_s3_account_public_access_block": _account_block,
    "aws_s3_bucket_ownership_controls": _bucket_part(
        "put_bucket_ownership_controls",
        "OwnershipControls",
        lambda body: {"Rules": [{"ObjectOwnership": first(body, "rule")["object_ownership"]}]},
    ),
    "aws_s3_bucket_lifecycle_configuration": _bucket_part(
        "put_bucket_lifecycle_configuration", "LifecycleConfiguration", _lifecycle
    ),
    "aws_s3_bucket_logging": _bucket_part("put_bucket_logging", "BucketLoggingStatus", _bucket_logging),
    "aws_s3_bucket_object_lock_configuration": _bucket_part(
        "put_object_lock_configuration", "ObjectLockConfiguration", _object_lock
    ),
    "aws_s3_bucket_policy": _bucket_part(
        "put_bucket_policy", "Policy", lambda body: document(body["policy"])
    ),
    "aws_s3_bucket_acl": _bucket_part("put_bucket_acl", "ACL", lambda body: body["acl"]),
    "aws_efs_file_system": _file_system,
    "aws_efs_file_system_policy": _file_system_policy,
    "aws_kms_key": _key,
    "aws_kms_alias": _alias,
    "aws_secretsmanager_secret": _secret,
    "aws_secretsmanager_secret_rotation": _rotation,
    "aws_secretsmanager_secret_policy": _secret_policy,
    "aws_secretsmanager_secret_version": _secret_version,
    "aws_sqs_queue": _queue,
    "aws_sqs_queue_policy": _queue_policy,
    "aws_sns_topic": _topic,
}
