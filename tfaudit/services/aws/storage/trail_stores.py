"""S3 buckets to which a trail of CloudTrail delivers its records, as `trail_store` assets beside their `object_store`.

A bucket is one where a trail that is scanned with it names it, or where its policy lets CloudTrail write: without that
nothing is delivered, and the trail itself is often in another account. Where neither is known, it is judged as any
other bucket alone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tfaudit.model.asset import Asset
from tfaudit.reading.asset import asset, key
from tfaudit.reading.fact import Facts
from tfaudit.services.aws.identity.attached_policies import policies_of
from tfaudit.services.aws.identity.policy_coverage import all_true, any_true
from tfaudit.services.aws.identity.policy_documents import Statement
from tfaudit.services.aws.identity.policy_questions import allows, is_true, some
from tfaudit.services.aws.storage import s3
from tfaudit.services.aws.storage.s3_logs import naming

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tfaudit.reading.view import View

READS = ("aws_s3_bucket", "AWS::S3::Bucket", "s3.list_buckets")
KINDS = ("trail_store",)
COMPANIONS = {
    "aws_s3_account_public_access_block": "",
    "aws_s3_bucket_acl": "bucket",
    "aws_s3_bucket_lifecycle_configuration": "bucket",
    "aws_s3_bucket_logging": "bucket",
    "aws_s3_bucket_object_lock_configuration": "bucket",
    "aws_s3_bucket_ownership_controls": "bucket",
    "aws_s3_bucket_policy": "bucket",
    "aws_s3_bucket_public_access_block": "bucket",
    "aws_s3_bucket_server_side_encryption_configuration": "bucket",
    "aws_s3_bucket_versioning": "bucket",
    "AWS::S3::BucketPolicy": "Bucket",
}
NAMES = ("bucket", "BucketName")
CALLS = s3.CALLS
TABLE = s3.TABLE
IDENTITY = ("name", "policy")  # the policy tells that it is one

# docs.aws.amazon.com/awscloudtrail/latest/userguide/create-s3-bucket-policy-for-cloudtrail.html
_WRITER = "cloudtrail.amazonaws.com"
_TRAILS = {
    "aws_cloudtrail": "s3_bucket_name",
    "AWS::CloudTrail::Trail": "S3BucketName",
    "cloudtrail.describe_trails": "S3BucketName",
}

FACTS: Facts = {
    name: s3.FACTS[name]
    for name in (
        "public_access_blocked",
        "public_acl",
        "policy.public",
        "versioning",
        "object_lock",
        "access_logged",
        "tags",
    )
}


def _lets_trails_write(statement: Statement) -> bool | None:
    named = any_true(
        type_ == "Service" and value == _WRITER if isinstance(value, str) else False
        for type_, value in statement.principals
    )
    return all_true((allows(statement), named))


def _receives(view: View) -> bool:
    if next(naming(view, _TRAILS), None) is not None:
        return True
    return is_true(some(policies_of(view, "policy"), _lets_trails_write))


def assets(view: View) -> Iterator[Asset]:
    """Yield the `trail_store` that a bucket is, where a trail delivers to it."""
    if _receives(view):
        yield asset("trail_store", view, FACTS, key(view, "aws:s3:bucket/{}", "name"))
