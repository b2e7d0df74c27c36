"""Amazon EFS file systems, as `file_store` assets."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tfaudit.model.asset import Asset, Key
from tfaudit.model.calls import Detail, Listing
from tfaudit.model.resources import Unresolved
from tfaudit.reading.asset import asset, key
from tfaudit.reading.documented import Documented
from tfaudit.reading.facts import Fact, Facts, spelled
from tfaudit.reading.view import Reading
from tfaudit.services.aws.identity.policy_documents import read_document
from tfaudit.services.aws.identity.policy_questions import denies_plain_transport, public_principal
from tfaudit.services.aws.keys.customer_keys import customer_key, describe_key
from tfaudit.services.aws.tags import tags_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tfaudit.reading.view import View
    from tfaudit.services.aws.identity.policy_documents import Document

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
        details=(
            Detail(
                "describe_backup_policy",
                _ID,
                permission="elasticfilesystem:DescribeBackupPolicy",
                absent=("PolicyNotFound",),
            ),
            Detail(
                "describe_file_system_policy",
                _ID,
                permission="elasticfilesystem:DescribeFileSystemPolicy",
                absent=("PolicyNotFound",),
            ),
            describe_key("KmsKeyId"),
        ),
    ),
)

_CREATE = "docs.aws.amazon.com/efs/latest/ug/API_CreateFileSystem.html"
_TRANSIT = "docs.aws.amazon.com/efs/latest/ug/encryption-in-transit.html"
_POLICY = "docs.aws.amazon.com/efs/latest/ug/iam-access-control-nfs-efs.html"
_ZONES = "docs.aws.amazon.com/efs/latest/ug/storage-classes.html"


def _policy(view: View) -> Document:
    if view.dialect == "terraform":
        return read_document(view, "aws_efs_file_system_policy/policy")
    if view.dialect == "cloudformation":
        return read_document(view, "FileSystemPolicy")
    return read_document(view, "describe_file_system_policy/Policy")


def _tls(view: View) -> Reading:
    return denies_plain_transport(_policy(view))


def _public(view: View) -> Reading:
    return public_principal(_policy(view))


def _one_zone(view: View) -> Any:
    zone = view.first("availability_zone_name", "AvailabilityZoneName")
    return Reading(False, zone.resource, zone.path) if zone.known else zone


def _backed_up(view: View) -> Documented:
    """Return whether EFS backs a new file system up by itself, as it does in one zone; the API tells what there is."""
    one_zone = view.first("availability_zone_name", "AvailabilityZoneName").known
    return Documented(one_zone and view.dialect != "api", _CREATE)


_NO_POLICY = Documented(
    False, f"{_POLICY}: without a policy every client that reaches a mount target may mount it"
)
FACTS: Facts = {
    "encryption.at_rest": Fact(**spelled("encrypted", "Encrypted"), default=Documented(False, _CREATE)),
    "encryption.customer_managed_key": Fact(
        **customer_key("kms_key_id", "KmsKeyId"), default=Documented(False, _CREATE)
    ),
    "tls.required": Fact(**spelled(_tls, _tls), default=Documented(False, _TRANSIT)),
    "policy.public": Fact(**spelled(_public, _public), default=_NO_POLICY),
    "backup.enabled": Fact(
        terraform="aws_efs_backup_policy/backup_policy.status",
        cloudformation="BackupPolicy.Status",
        api="describe_backup_policy/BackupPolicy.Status",
        using=lambda status: str(status).upper() in ("ENABLED", "ENABLING"),
        default=_backed_up,
    ),
    "ha.multi_zone": Fact(**spelled(_one_zone, _one_zone), default=Documented(True, _ZONES)),
    "network.public": Fact(
        not_applicable="a file system is reached by its mount targets, inside a network only"
    ),
    "deletion_protection": Fact(not_applicable="EFS has no deletion protection"),
    "tags": Fact(
        terraform=tags_of("tags"),
        cloudformation=tags_of("FileSystemTags"),
        api=tags_of("Tags"),
        default=Documented({}, "nothing is tagged by itself"),
    ),
}


def assets(view: View) -> Iterator[Asset]:
    """Yield the one `file_store` that the resource declares or reports."""
    name = str(view.get("Name") or "") if view.dialect == "api" else ""
    yield asset("file_store", view, FACTS, _key(view), name)


def _key(view: View) -> Key:
    if view.dialect == "api":
        return key(view, "aws:efs:file-system/{}", "FileSystemId")
    return Unresolved("EFS makes the file system's id up", "scan the plan's state or the live account")
