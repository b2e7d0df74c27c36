"""Amazon S3 buckets with everything that other resources add to them, as `object_store` assets.

In Terraform a bucket's encryption, versioning, logging and the rest are resources of their own that name it; a
bucket without one has S3's default. CloudFormation and the API keep them with the bucket, but for its policy.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tfaudit.model.asset import Asset
from tfaudit.model.calls import Detail, Listing
from tfaudit.model.resources import Reference, Unresolved
from tfaudit.model.settings import NotApplicable
from tfaudit.reading.asset import asset, key
from tfaudit.reading.documented import Documented
from tfaudit.reading.facts import Fact, spelled
from tfaudit.reading.inventory import ABSENT, without_index
from tfaudit.reading.values import as_int
from tfaudit.reading.view import Reading, View
from tfaudit.services.aws.keys.customer_keys import declared_key, describe_key, reported_key
from tfaudit.services.aws.storage.s3_access import (
    access_blocked,
    default_blocked,
    default_lists_disabled,
    lists_disabled,
    missing_blocks,
    ownership,
    public,
    public_list,
    public_policy,
    public_rights,
    tls_required,
)
from tfaudit.services.aws.tags import tagged
from tfaudit.services.contents import filled, not_known

if TYPE_CHECKING:
    from collections.abc import Iterator

READS = ("aws_s3_bucket", "AWS::S3::Bucket", "s3.list_buckets")
KINDS = ("object_store",)
COMPANIONS = {
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

_RULE = "ServerSideEncryptionConfiguration.Rules.0.ApplyServerSideEncryptionByDefault"
_API_RULE = f"get_bucket_encryption/{_RULE}"
_BUCKET = {"Bucket": "Name"}
CALLS = (
    Listing(
        "s3",
        "list_buckets",
        "Buckets",
        "arn:{partition}:s3:::{Name}",
        name="Name",
        permission="s3:ListAllMyBuckets",
        per_region=False,
        parameters={"MaxBuckets": 1000},
        region_at="BucketRegion, get_bucket_location/LocationConstraint",
        details=(
            Detail("get_bucket_location", _BUCKET),
            Detail(
                "get_bucket_encryption",
                _BUCKET,
                permission="s3:GetEncryptionConfiguration",
                absent=("ServerSideEncryptionConfigurationNotFoundError",),
            ),
            describe_key(f"get_bucket_encryption.{_RULE}.KMSMasterKeyID"),
            Detail("get_bucket_versioning", _BUCKET),
            # Whose logs a bucket receives decides about its key, too.
            Detail(
                "get_bucket_logging",
                _BUCKET,
                settings=("access_logged", "encryption.customer_managed_key"),
            ),
            Detail("get_bucket_acl", _BUCKET),
            Detail("get_bucket_policy", _BUCKET, absent=("NoSuchBucketPolicy",)),
            Detail(
                "get_public_access_block",
                _BUCKET,
                permission="s3:GetBucketPublicAccessBlock",
                absent=("NoSuchPublicAccessBlockConfiguration",),
            ),
            Detail(
                "get_public_access_block",
                {"AccountId": "={account}"},
                name="account_public_access_block",
                client="s3control",
                absent=("NoSuchPublicAccessBlockConfiguration",),
            ),
            Detail("get_bucket_ownership_controls", _BUCKET, absent=("OwnershipControlsNotFoundError",)),
            Detail(
                "get_object_lock_configuration",
                _BUCKET,
                permission="s3:GetBucketObjectLockConfiguration",
                absent=("ObjectLockConfigurationNotFoundError",),
            ),
            Detail(
                "get_bucket_lifecycle_configuration",
                _BUCKET,
                permission="s3:GetLifecycleConfiguration",
                absent=("NoSuchLifecycleConfiguration",),
            ),
            Detail("get_bucket_tagging", _BUCKET, absent=("NoSuchTagSet",)),
        ),
    ),
)

_ENCRYPTION = "docs.aws.amazon.com/AmazonS3/latest/userguide/default-encryption-faq.html: since January 2023"
_VERSIONING = "docs.aws.amazon.com/AmazonS3/latest/userguide/Versioning.html"
_LOGGING = "docs.aws.amazon.com/AmazonS3/latest/userguide/ServerLogs.html"
_LOCK = "docs.aws.amazon.com/AmazonS3/latest/userguide/object-lock.html"
_LISTS = "docs.aws.amazon.com/AmazonS3/latest/userguide/acl-overview.html"
_POLICIES = "docs.aws.amazon.com/AmazonS3/latest/userguide/security-best-practices.html"
_NO_POLICY = (
    "docs.aws.amazon.com/AmazonS3/latest/userguide/access-management.html: buckets are private by default"
)
_ZONES = "docs.aws.amazon.com/AmazonS3/latest/userguide/DataDurability.html"

_TF_RULE = "rule.apply_server_side_encryption_by_default"
_SSE = "aws_s3_bucket_server_side_encryption_configuration"
_ALGORITHM = (
    f"{_SSE}/{_TF_RULE}.sse_algorithm",
    f"server_side_encryption_configuration.{_TF_RULE}.sse_algorithm",
)
_KEY = (
    f"{_SSE}/{_TF_RULE}.kms_master_key_id",
    f"server_side_encryption_configuration.{_TF_RULE}.kms_master_key_id",
)
_CFN_RULE = "BucketEncryption.ServerSideEncryptionConfiguration.0.ServerSideEncryptionByDefault"


def _encrypted(view: View) -> Any:
    """Return whether the account reports a default encryption; S3 itself always does, what imitates it may not."""
    answer = filled(view.read("get_bucket_encryption/ServerSideEncryptionConfiguration.Rules"))
    return Reading(False, answer.resource, answer.path) if answer.absent else answer


def _customer_key(view: View) -> Any:
    """Return whether the key is the customer's; only the KMS algorithms use one."""
    if view.dialect == "api":
        algorithm = view.read(f"{_API_RULE}.SSEAlgorithm")
        named = reported_key(view, (f"{_API_RULE}.KMSMasterKeyID",))
    elif view.dialect == "cloudformation":
        algorithm = view.read(f"{_CFN_RULE}.SSEAlgorithm")
        named = declared_key(view, (f"{_CFN_RULE}.KMSMasterKeyID",))
    else:
        algorithm = view.first(*_ALGORITHM)
        named = declared_key(view, _KEY)
    if algorithm.known and not str(algorithm.value).startswith("aws:kms"):
        return Reading(False, algorithm.resource, algorithm.path)
    return algorithm if isinstance(algorithm.value, Unresolved) and named.value is True else named


def _own_key(view: View) -> Any:
    """Return whether the key is the customer's; a bucket that logs are delivered to can have S3's own only."""
    told = _customer_key(view)
    if told.value is True or not (_receives_logs(view) or _receives_requests(view)):
        return told
    return NotApplicable(_DELIVERED, view.resource, view.base)


def _enabled(value: Any) -> bool:
    return str(value).lower() in ("enabled", "true")


def _logged(view: View) -> Any:
    """Return whether access is logged; a bucket that receives other buckets' logs is not asked to log itself."""
    if view.dialect == "terraform":
        reading = view.first("aws_s3_bucket_logging/target_bucket", "logging.target_bucket")
    elif view.dialect == "cloudformation":
        reading = view.read("LoggingConfiguration")
        if isinstance(reading.value, dict) and not_known(reading.value.values()):
            # With a prefix alone, the bucket logs to itself; what is not known may be nothing.
            reading = filled(Reading(list(reading.value.values()), reading.resource, reading.path))
    else:
        reading = view.read("get_bucket_logging/LoggingEnabled.TargetBucket")
    if reading.absent and _receives_logs(view):
        return NotApplicable("it is where other buckets' access logs go", view.resource, view.base)
    if reading.absent or not (reading.known or isinstance(reading.value, Reference)):
        return reading
    return Reading(bool(reading.value), reading.resource, reading.path)


_DELIVERED = "access logs are delivered to it, which S3 and load balancers do only with S3's own encryption"
# docs.aws.amazon.com/AmazonS3/latest/userguide/enable-server-access-logging.html,
# docs.aws.amazon.com/elasticloadbalancing/latest/application/enable-access-logging.html
_REQUESTS = {
    "aws_lb": "access_logs.bucket",
    "aws_alb": "access_logs.bucket",
    "aws_elb": "access_logs.bucket",
    "AWS::ElasticLoadBalancing::LoadBalancer": "AccessLoggingPolicy.S3BucketName",
}


def _receives_requests(view: View) -> bool:
    """Whether a load balancer delivers its access logs to it; those of the network keep to no such rule."""
    names = [str(name) for each in (*NAMES, "Name") if (name := view.get_top(each)) is not None]
    for type_, attribute in _REQUESTS.items():
        found, _ = view.inventory.pointing_at(view.resource, names, type_, attribute)
        if any(each.body.get("load_balancer_type") in (None, "application") for each in found):
            return True
    return False


_LOG_TARGETS = {
    "aws_s3_bucket_logging": ("target_bucket",),
    "aws_s3_bucket": ("logging", 0, "target_bucket"),
    "AWS::S3::Bucket": ("LoggingConfiguration", "DestinationBucketName"),
    "s3.list_buckets": ("get_bucket_logging", "LoggingEnabled", "TargetBucket"),
}


def _receives_logs(view: View) -> bool:
    names = {view.resource.address, without_index(view.resource.address)}
    names |= {str(name) for each in (*NAMES, "Name") if (name := view.get_top(each)) is not None}
    for type_, steps in _LOG_TARGETS.items():
        attribute = ".".join(str(step) for step in steps if step != 0)
        found, _ = view.inventory.pointing_at(view.resource, names, type_, attribute)
        if any(each is not view.resource for each in found):
            return True
    return False


def _locked(view: View) -> Reading:
    if view.dialect == "cloudformation":
        return view.read("ObjectLockEnabled")
    if view.dialect == "api":
        return view.read("get_object_lock_configuration/ObjectLockConfiguration.ObjectLockEnabled")
    own = view.first("object_lock_enabled", "object_lock_configuration.object_lock_enabled")
    if not own.absent:
        return own
    found, unsure = view.companions("aws_s3_bucket_object_lock_configuration")
    if found:  # its object_lock_enabled can only be "Enabled", and is by default
        return Reading(True, found[0].resource)
    return Reading(unsure or ABSENT, view.resource)


def _default_versioning(view: View) -> Documented:
    locked = _locked(view)
    if locked.known and _enabled(locked.value):
        return Documented(True, f"{_LOCK}: S3 versions a bucket with Object Lock by itself")
    return Documented(False, _VERSIONING)


def _lifecycle(view: View) -> Reading:
    """Return the fewest days after which an enabled rule expires objects."""
    if view.dialect == "api":
        rules, days, status = "get_bucket_lifecycle_configuration/Rules", "Expiration.Days", "Status"
    elif view.dialect == "cloudformation":
        rules, days, status = "LifecycleConfiguration.Rules", "ExpirationInDays", "Status"
    else:
        rules, days, status = "aws_s3_bucket_lifecycle_configuration/rule", "expiration.days", "status"
    reading = view.read(rules)
    if not reading.known and not reading.absent:
        return reading
    shortest: Reading | None = None
    for rule in view.each(rules):
        found = rule.read(days)
        number = as_int(found.value)
        if number is None or not _enabled(rule.get(status)):
            continue
        if shortest is None or number < shortest.value:
            shortest = Reading(number, found.resource, found.path)
    return shortest or Reading(ABSENT, view.resource, view.base)


_INFRASTRUCTURE = "docs.aws.amazon.com/AmazonS3/latest/userguide/network-isolation.html"

FACTS = {
    "encryption.at_rest": Fact(api=_encrypted, default=Documented(True, _ENCRYPTION)),
    "encryption.algorithm": Fact(
        terraform=_ALGORITHM,
        cloudformation=f"{_CFN_RULE}.SSEAlgorithm",
        api=f"{_API_RULE}.SSEAlgorithm",
        default=Documented("AES256", _ENCRYPTION),
    ),
    "encryption.customer_managed_key": Fact(
        **spelled(_own_key, _own_key), default=Documented(False, _ENCRYPTION)
    ),
    "tls.required": Fact(**spelled(tls_required, tls_required), default=Documented(False, _POLICIES)),
    "public_access_blocked": Fact(**spelled(access_blocked, access_blocked), default=default_blocked),
    "public_access_blocked.missing": Fact(**spelled(missing_blocks, missing_blocks)),
    "public_acl.rights": Fact(**spelled(public_rights, public_rights)),
    "public_acl": Fact(**spelled(public_list, public_list), default=Documented(False, _LISTS)),
    "policy.public": Fact(**spelled(public_policy, public_policy), default=Documented(False, _NO_POLICY)),
    "network.public": Fact(**spelled(public, public), default=Documented(False, _NO_POLICY)),
    "acl_disabled": Fact(
        **spelled(ownership, ownership), using=lists_disabled, default=default_lists_disabled
    ),
    "versioning": Fact(
        terraform=("aws_s3_bucket_versioning/versioning_configuration.status", "versioning.enabled"),
        cloudformation="VersioningConfiguration.Status",
        api="get_bucket_versioning/Status",
        using=_enabled,
        default=_default_versioning,
    ),
    "mfa_delete": Fact(
        terraform=("aws_s3_bucket_versioning/versioning_configuration.mfa_delete", "versioning.mfa_delete"),
        api="get_bucket_versioning/MFADelete",
        using=_enabled,
        default=Documented(False, _VERSIONING),
    ),
    "access_logged": Fact(**spelled(_logged, _logged), default=Documented(False, _LOGGING)),
    "object_lock": Fact(**spelled(_locked, _locked), using=_enabled, default=Documented(False, _LOCK)),
    "lifecycle_days": Fact(**spelled(_lifecycle, _lifecycle)),
    "ha.multi_zone": Fact(always=Documented(True, _ZONES)),
    "shared_key_access": Fact(not_applicable="S3 has no account-wide shared key"),
    "tls.min_version": Fact(always=Documented("1.2", _INFRASTRUCTURE)),
    "network.allowed_sources": Fact(
        not_applicable="S3 has no firewall: its policy says who gets in from where"
    ),
    "soft_delete_days": Fact(not_applicable="S3 keeps what is deleted by versioning, which is judged"),
    "tags": tagged("get_bucket_tagging/TagSet"),
}


def assets(view: View) -> Iterator[Asset]:
    """Yield the one `object_store` that the resource declares or reports."""
    name = "Name" if view.dialect == "api" else "BucketName" if view.dialect == "cloudformation" else "bucket"
    yield asset("object_store", view, FACTS, key(view, "aws:s3:bucket/{}", name))
