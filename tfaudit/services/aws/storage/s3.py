"""Amazon S3 buckets with everything that other resources add to them, as `object_store` assets.

In Terraform a bucket's encryption, versioning, logging and the rest are resources of their own that name it; a
bucket without one has S3's default. CloudFormation and the API keep them with the bucket, but for its policy.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tfaudit.model.asset import Asset
from tfaudit.model.calls import Detail, Listing
from tfaudit.model.settings import Known, Unknown
from tfaudit.reading.asset import asset, key
from tfaudit.reading.documented import Documented, Inapplicable
from tfaudit.reading.fact import Fact, Facts, always, inapplicable
from tfaudit.reading.spelling import NOTHING, Spelling, aws
from tfaudit.reading.states import Absent, Pointer, Reading
from tfaudit.reading.view import Some
from tfaudit.services.aws.keys.customer_keys import describe_key, keys_owner
from tfaudit.services.aws.storage.s3_access import ACCESS, ACCESS_FACTS
from tfaudit.services.aws.storage.s3_logs import receives_logs, receives_requests
from tfaudit.services.aws.tags import TAGS
from tfaudit.services.contents import holds
from tfaudit.services.expiry import FOR_EVER, fewest_days

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tfaudit.reading.view import View

READS = ("aws_s3_bucket", "AWS::S3::Bucket", "s3.list_buckets")
KINDS = ("object_store",)
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

_RULE = "ServerSideEncryptionConfiguration.Rules.0.ApplyServerSideEncryptionByDefault"
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
        parameters={"MaxBuckets": 10_000},  # as many as a page can have; without it there is no second page
        region_at="BucketRegion, get_bucket_location/LocationConstraint",
        details=(
            Detail("get_bucket_location", _BUCKET),
            Detail(
                "get_bucket_encryption",
                _BUCKET,
                permission="s3:GetEncryptionConfiguration",
                absent=("ServerSideEncryptionConfigurationNotFoundError",),
                sent=("ServerSideEncryptionConfiguration.Rules",),
            ),
            describe_key(f"get_bucket_encryption.{_RULE}.KMSMasterKeyID"),
            Detail("get_bucket_versioning", _BUCKET),
            Detail("get_bucket_logging", _BUCKET),
            Detail("get_bucket_acl", _BUCKET, sent=("Grants",)),
            Detail("get_bucket_policy", _BUCKET, absent=("NoSuchBucketPolicy",), sent=("Policy",)),
            Detail(
                "get_public_access_block",
                _BUCKET,
                permission="s3:GetBucketPublicAccessBlock",
                absent=("NoSuchPublicAccessBlockConfiguration",),
                sent=("PublicAccessBlockConfiguration",),
            ),
            Detail(
                "get_public_access_block",
                {"AccountId": "={account}"},
                name="account_public_access_block",
                client="s3control",
                absent=("NoSuchPublicAccessBlockConfiguration",),
                sent=("PublicAccessBlockConfiguration",),
            ),
            Detail(
                "get_bucket_ownership_controls",
                _BUCKET,
                absent=("OwnershipControlsNotFoundError",),
                sent=("OwnershipControls.Rules",),
            ),
            Detail(
                "get_object_lock_configuration",
                _BUCKET,
                permission="s3:GetBucketObjectLockConfiguration",
                absent=("ObjectLockConfigurationNotFoundError",),
                sent=("ObjectLockConfiguration.ObjectLockEnabled",),
            ),
            Detail(
                "get_bucket_lifecycle_configuration",
                _BUCKET,
                permission="s3:GetLifecycleConfiguration",
                absent=("NoSuchLifecycleConfiguration",),
                sent=("Rules",),
            ),
            Detail("get_bucket_tagging", _BUCKET, absent=("NoSuchTagSet",)),
        ),
    ),
)

_ENCRYPTION = "docs.aws.amazon.com/AmazonS3/latest/userguide/default-encryption-faq.html: since January 2023"
_VERSIONING = "docs.aws.amazon.com/AmazonS3/latest/userguide/Versioning.html"
_LOGGING = "docs.aws.amazon.com/AmazonS3/latest/userguide/ServerLogs.html"
_LOCK = "docs.aws.amazon.com/AmazonS3/latest/userguide/object-lock.html"
_EXPIRES = "docs.aws.amazon.com/AmazonS3/latest/userguide/lifecycle-expire-general-considerations.html"
_ZONES = "docs.aws.amazon.com/AmazonS3/latest/userguide/DataDurability.html"

_REPORTED = "docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketEncryption.html: none is reported"
_INFRASTRUCTURE = "docs.aws.amazon.com/AmazonS3/latest/userguide/network-isolation.html"

_SSE = "server_side_encryption_configuration"
_CFN_RULE = "BucketEncryption.ServerSideEncryptionConfiguration.0.ServerSideEncryptionByDefault"


def _beside(companion: str, path: str, inside: str) -> tuple[str, str]:
    """Return the paths of what stands in a resource of its own, and before the provider's version 4 in the bucket."""
    return f"aws_s3_bucket_{companion}/{path}", inside


def _rule(name: str) -> tuple[str, str]:
    path = f"rule.apply_server_side_encryption_by_default.{name}"
    return _beside(_SSE, path, f"{_SSE}.{path}")


TABLE: Spelling = {
    # word, then its path in Terraform, CloudFormation, the API
    "name": aws("bucket", "BucketName", "Name"),
    # S3 itself always reports a default encryption; what imitates it may not.
    "encryption_rules": aws(
        NOTHING, NOTHING, "get_bucket_encryption/ServerSideEncryptionConfiguration.Rules"
    ),
    "algorithm": aws(
        _rule("sse_algorithm"), f"{_CFN_RULE}.SSEAlgorithm", f"get_bucket_encryption/{_RULE}.SSEAlgorithm"
    ),
    "key": aws(
        _rule("kms_master_key_id"),
        f"{_CFN_RULE}.KMSMasterKeyID",
        f"get_bucket_encryption/{_RULE}.KMSMasterKeyID",
    ),
    "key_manager": aws(None, None, "describe_key/KeyMetadata.KeyManager"),
    "versions": aws(
        _beside("versioning", "versioning_configuration.status", "versioning.enabled"),
        "VersioningConfiguration.Status",
        "get_bucket_versioning/Status",
    ),
    "mfa_delete": aws(
        _beside("versioning", "versioning_configuration.mfa_delete", "versioning.mfa_delete"),
        NOTHING,
        "get_bucket_versioning/MFADelete",
    ),
    # In a template with a prefix alone, the bucket logs to itself.
    "logging": aws(
        _beside("logging", "target_bucket", "logging.target_bucket"),
        "LoggingConfiguration",
        "get_bucket_logging/LoggingEnabled.TargetBucket",
    ),
    "lock": aws(
        ("object_lock_enabled", "object_lock_configuration.object_lock_enabled"),
        "ObjectLockEnabled",
        "get_object_lock_configuration/ObjectLockConfiguration.ObjectLockEnabled",
    ),
    "lifecycle": aws(
        "aws_s3_bucket_lifecycle_configuration/rule",
        "LifecycleConfiguration.Rules",
        "get_bucket_lifecycle_configuration/Rules",
        rows={
            "days": aws("expiration.days", "ExpirationInDays", "Expiration.Days"),
            "status": aws("status", "Status"),
        },
    ),
    "tags": aws("tags", "Tags", "get_bucket_tagging/TagSet"),
    **ACCESS,
}
IDENTITY = ("name",)

_owner = keys_owner()


def _customer_key(view: View) -> Reading:
    """Return whether the key is the customer's; only the KMS algorithms use one."""
    algorithm, owner = view.word("algorithm"), _owner(view)
    match algorithm:
        case Known(value=value) if not str(value).startswith("aws:kms"):
            return Known(False, algorithm.resource, algorithm.path)
        case Known() | Absent():
            return owner
        case Pointer() | Unknown():
            return algorithm if isinstance(owner, Known) and owner.value is True else owner


def _own_key(view: View) -> Any:
    """Return whether the key is the customer's; a bucket that logs are delivered to can have S3's own only."""
    found = _customer_key(view)
    if isinstance(found, Known) and found.value is True:
        return found
    received = (receives_requests(view), receives_logs(view))
    if True in received:
        return Inapplicable(_DELIVERED)
    return next((each for each in received if isinstance(each, Unknown)), found)


_DELIVERED = "access logs are delivered to it, which S3 and load balancers do only with S3's own encryption"


def _logged(view: View) -> Any:
    """Return whether access is logged; a bucket that receives other buckets' logs is not asked to log itself."""
    target = view.word("logging")
    match target:
        case Absent():
            received = receives_logs(view)
            if isinstance(received, Unknown):
                return received
            return Inapplicable("it is where other buckets' access logs go") if received else target
        case Pointer():
            return Known(True, target.resource, target.path)
        case Known(value=dict(parts)):  # what is not known of it may be nothing
            return Known(holds(parts.values()), target.resource, target.path)
        case Known(value=value):
            return Known(bool(value), target.resource, target.path)
        case Unknown():
            return target


def _enabled(value: Any) -> bool | None:
    return None if value is None else str(value).lower() in ("enabled", "true")


def _locked(view: View) -> Reading:
    """Return whether objects are locked; a resource that configures the lock can only have it enabled."""
    beside = view.companions("aws_s3_bucket_object_lock_configuration")
    if beside.views:
        return Known(True, beside.views[0].resource)
    own = view.word("lock")
    match own:
        case Known(value=value):
            return Known(_enabled(value), own.resource, own.path)
        case Absent():
            return beside.more if isinstance(beside, Some) else own
        case Pointer() | Unknown():
            return own


def _versioned(view: View) -> Any:
    """Return whether versions are kept; S3 does so by itself in a bucket with Object Lock."""
    kept = view.word("versions")
    if isinstance(kept, Known):
        return Known(_enabled(kept.value), kept.resource, kept.path)
    if not isinstance(kept, Absent):
        return kept
    locked = _locked(view)
    match locked:
        case Known(value=True):
            return Documented(True, f"{_LOCK}: S3 versions a bucket with Object Lock by itself")
        case Known() | Absent():
            return kept
        case Pointer() | Unknown():
            return locked


def _encrypted(rules: Any) -> bool | None:
    return None if rules is None else bool(rules)


def _fewest_days(view: View) -> Reading:
    return fewest_days(view, "lifecycle", _enabled)


FACTS: Facts = {
    "encryption.at_rest": Fact(
        _encrypted,
        of=("encryption_rules",),
        default=Documented(True, _ENCRYPTION),
        reported=Documented(False, _REPORTED),
    ),
    "encryption.algorithm": Fact("algorithm", default=Documented("AES256", _ENCRYPTION)),
    "encryption.customer_managed_key": Fact(
        joins=_own_key,
        of=("algorithm", "key", "key_manager", "logging", "policy", "grants"),
        default=Documented(False, _ENCRYPTION),
    ),
    **ACCESS_FACTS,
    "versioning": Fact(joins=_versioned, of=("versions", "lock"), default=Documented(False, _VERSIONING)),
    "network.private_endpoint": inapplicable("an endpoint for S3 belongs to a network, and not to a bucket"),
    "network.published": inapplicable("its policy says who gets in, whatever asks"),
    "network.published_by": inapplicable("its policy says who gets in, whatever asks"),
    "mfa_delete": Fact(_enabled, of=("mfa_delete",), default=Documented(False, _VERSIONING)),
    # Who may deliver logs to it stands in its policy and its list.
    "access_logged": Fact(
        joins=_logged, of=("logging", "policy", "grants"), default=Documented(False, _LOGGING)
    ),
    "object_lock": Fact(joins=_locked, of=("lock",), default=Documented(False, _LOCK)),
    "lifecycle_days": Fact(
        joins=_fewest_days, of=("lifecycle",), default=Documented(FOR_EVER, f"{_EXPIRES}: nothing expires")
    ),
    "ha.multi_zone": always(True, _ZONES),
    "shared_key_access": inapplicable("S3 has no account-wide shared key"),
    "shared_key_days": inapplicable("S3 has no account-wide shared key"),
    "sas_expires": inapplicable("a signed address of S3 ends by itself, after a week at most"),
    "ha.multi_region": inapplicable("S3 copies by rules of a bucket's own to buckets elsewhere"),
    "copies_from_anywhere": inapplicable("who writes to it says what is copied into it"),
    "directory_by_default": inapplicable("S3 signs in by IAM alone"),
    "network.trusted_services": inapplicable("services of AWS are let in by its policy"),
    "cross_tenant_copies": inapplicable("its replication rules name where it is copied to"),
    "encrypted_twice": inapplicable("a second layer is asked for object by object"),
    "local_users": inapplicable("a bucket has no users of its own"),
    "tls.min_version": always("1.2", _INFRASTRUCTURE),
    "network.allowed_sources": inapplicable("S3 has no firewall: its policy says who gets in from where"),
    "containers_kept_days": inapplicable("a bucket can be deleted only while it is empty"),
    "soft_delete_days": inapplicable("S3 keeps what is deleted by versioning, which is judged"),
    "tags": TAGS,
}


def assets(view: View) -> Iterator[Asset]:
    """Yield the one `object_store` that the resource declares or reports."""
    yield asset("object_store", view, FACTS, key(view, "aws:s3:bucket/{}", "name"))
