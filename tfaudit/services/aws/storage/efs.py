"""Amazon EFS file systems, as `file_store` assets."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tfaudit.model.asset import Asset
from tfaudit.model.calls import Detail, Listing
from tfaudit.model.settings import Known
from tfaudit.reading.asset import asset, key
from tfaudit.reading.documented import Documented
from tfaudit.reading.fact import Fact, Facts, inapplicable
from tfaudit.reading.spelling import NOTHING, Spelling, aws
from tfaudit.services.aws.identity.policy_documents import policy_of
from tfaudit.services.aws.identity.policy_questions import open_to_everyone, refuses_plain_transport
from tfaudit.services.aws.keys.customer_keys import describe_key, keys_owner
from tfaudit.services.aws.tags import TAGS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tfaudit.reading.states import Reading
    from tfaudit.reading.view import View

READS = ("aws_efs_file_system", "AWS::EFS::FileSystem", "efs.describe_file_systems")
KINDS = ("file_store",)
COMPANIONS = {"aws_efs_backup_policy": "file_system_id", "aws_efs_file_system_policy": "file_system_id"}
_ID = {"FileSystemId": "FileSystemId"}
CALLS = (
    Listing(
        "efs",
        "describe_file_systems",
        "FileSystems",
        "FileSystemArn",
        name="Name",
        permission="elasticfilesystem:DescribeFileSystems",
        sent=("Encrypted",),
        details=(
            Detail(
                "describe_backup_policy",
                _ID,
                permission="elasticfilesystem:DescribeBackupPolicy",
                absent=("PolicyNotFound",),
                sent=("BackupPolicy.Status",),
            ),
            Detail(
                "describe_file_system_policy",
                _ID,
                permission="elasticfilesystem:DescribeFileSystemPolicy",
                absent=("PolicyNotFound",),
                sent=("Policy",),
            ),
            describe_key("KmsKeyId"),
        ),
    ),
)

_CREATE = "docs.aws.amazon.com/efs/latest/ug/API_CreateFileSystem.html"
_TRANSIT = "docs.aws.amazon.com/efs/latest/ug/encryption-in-transit.html"
_POLICY = "docs.aws.amazon.com/efs/latest/ug/iam-access-control-nfs-efs.html"
_ZONES = "docs.aws.amazon.com/efs/latest/ug/storage-classes.html"


TABLE: Spelling = {
    # word, then its path in Terraform, CloudFormation, the API
    "id": aws("id", NOTHING, "FileSystemId"),
    "name": aws(NOTHING, NOTHING, "Name"),
    "encrypted": aws("encrypted", "Encrypted"),
    "key": aws("kms_key_id", "KmsKeyId"),
    "key_manager": aws(None, None, "describe_key/KeyMetadata.KeyManager"),
    "policy": aws(
        "aws_efs_file_system_policy/policy", "FileSystemPolicy", "describe_file_system_policy/Policy"
    ),
    "backups": aws(
        "aws_efs_backup_policy/backup_policy.status",
        "BackupPolicy.Status",
        "describe_backup_policy/BackupPolicy.Status",
    ),
    "zone": aws("availability_zone_name", "AvailabilityZoneName"),
    # What one is made with decides about its backups only where it is declared; an account reports what came of it.
    "made_in_zone": aws("availability_zone_name", "AvailabilityZoneName", NOTHING),
    "tags": aws("tags", "FileSystemTags", "Tags"),
}
IDENTITY = ("id", "name")


def _tls(view: View) -> Reading:
    return refuses_plain_transport(policy_of(view, "policy"))


def _public(view: View) -> Reading:
    return open_to_everyone(policy_of(view, "policy"))


def _in_many_zones(zone: Any) -> bool | None:
    return None if zone is None else False


def _backed_up(status: Any, made_in_zone: Any) -> Any:
    """Return whether it is backed up; EFS does so by itself with a new file system of one zone."""
    if status is not None:
        return str(status).upper() in ("ENABLED", "ENABLING")
    return None if made_in_zone is None else Documented(True, _CREATE)


_NO_POLICY = Documented(
    False, f"{_POLICY}: without a policy every client that reaches a mount target may mount it"
)
FACTS: Facts = {
    "encryption.at_rest": Fact("encrypted", default=Documented(False, _CREATE)),
    "encryption.customer_managed_key": Fact(
        joins=keys_owner(), of=("key", "key_manager"), default=Documented(False, _CREATE)
    ),
    "tls.required": Fact(joins=_tls, of=("policy",), default=Documented(False, _TRANSIT)),
    "policy.public": Fact(joins=_public, of=("policy",), default=_NO_POLICY),
    "backup.enabled": Fact(_backed_up, of=("backups", "made_in_zone"), default=Documented(False, _CREATE)),
    "ha.multi_zone": Fact(_in_many_zones, of=("zone",), default=Documented(True, _ZONES)),
    "soft_delete_days": inapplicable("EFS keeps nothing of what is deleted"),
    "smb.versions": inapplicable("EFS speaks NFS"),
    "smb.ciphers": inapplicable("EFS speaks NFS"),
    "tags": TAGS,
}


def assets(view: View) -> Iterator[Asset]:
    """Yield the one `file_store` that the resource declares or reports."""
    named = view.word("name")
    name = str(named.value) if isinstance(named, Known) else ""
    yield asset("file_store", view, FACTS, key(view, "aws:efs:file-system/{}", "id"), name)
