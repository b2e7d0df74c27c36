"""Snapshots of EBS volumes and RDS databases, as `snapshot` assets."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tfaudit.model.asset import Asset, Key
from tfaudit.model.calls import Detail, Listing
from tfaudit.model.resources import Reference, Unresolved
from tfaudit.reading.asset import asset, key
from tfaudit.reading.documented import Documented
from tfaudit.reading.facts import Fact, Facts, spelled
from tfaudit.reading.inventory import ABSENT
from tfaudit.reading.view import Reading, View
from tfaudit.services.aws.keys.customer_keys import customer_key, describe_key
from tfaudit.services.aws.tags import TAGS
from tfaudit.services.contents import not_known

if TYPE_CHECKING:
    from collections.abc import Iterator

READS = (
    "aws_ebs_snapshot",
    "aws_ebs_snapshot_copy",
    "aws_db_snapshot",
    "aws_db_snapshot_copy",
    "aws_db_cluster_snapshot",
    "ec2.describe_snapshots",
    "rds.describe_db_snapshots",
    "rds.describe_db_cluster_snapshots",
)
KINDS = ("snapshot",)
COMPANIONS = {"aws_snapshot_create_volume_permission": "snapshot_id"}

_SHARED = {"SnapshotId": "SnapshotId", "Attribute": "=createVolumePermission"}
CALLS = (
    Listing(
        "ec2",
        "describe_snapshots",
        "Snapshots",
        "arn:{partition}:ec2:{region}:{account}:snapshot/{SnapshotId}",
        name="SnapshotId",
        parameters={"OwnerIds": ["self"]},
        details=(Detail("describe_snapshot_attribute", _SHARED), describe_key("KmsKeyId")),
    ),
    Listing(
        "rds",
        "describe_db_snapshots",
        "DBSnapshots",
        "DBSnapshotArn",
        details=(
            Detail("describe_db_snapshot_attributes", {"DBSnapshotIdentifier": "DBSnapshotIdentifier"}),
            describe_key("KmsKeyId"),
        ),
    ),
    Listing(
        "rds",
        "describe_db_cluster_snapshots",
        "DBClusterSnapshots",
        "DBClusterSnapshotArn",
        details=(
            Detail(
                "describe_db_cluster_snapshot_attributes",
                {"DBClusterSnapshotIdentifier": "DBClusterSnapshotIdentifier"},
            ),
            describe_key("KmsKeyId"),
        ),
    ),
)

_PRIVATE = Documented(
    False, "docs.aws.amazon.com/ebs/latest/userguide/ebs-modifying-snapshot-permissions.html"
)
_RDS_PRIVATE = Documented(False, "docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_ShareSnapshot.html")
_ENCRYPTION = "docs.aws.amazon.com/ebs/latest/userguide/ebs-encryption.html"
_RDS_ENCRYPTION = "docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Overview.Encryption.html"
_TAKEN_OF = ("volume_id", "db_instance_identifier", "db_cluster_identifier", "source_db_snapshot_identifier")
_STATING = ("aws_ebs_volume", "aws_db_instance")
_TYPES = (*_STATING, "aws_rds_cluster")


def _encrypted(view: View) -> Any:
    """Return whether it is encrypted: stated for a copy, otherwise as what it is taken of."""
    reading = view.first("encrypted", "Encrypted", "StorageEncrypted")
    if not reading.absent or view.dialect == "api" or view.resource.type == "aws_ebs_snapshot_copy":
        return reading
    named = view.first("kms_key_id")
    if named.known or isinstance(named.value, Reference):
        return True
    if not named.absent:
        return named
    source = view.first(*_TAKEN_OF)
    if source.absent:
        return reading
    for path in _TAKEN_OF:
        for target in view.targets(path, *_TYPES):
            stated = target.first("encrypted", "storage_encrypted")
            # An Aurora cluster that says nothing is encrypted or not by its age.
            if target.resource.type in _STATING or not stated.absent:
                return stated
    why = Unresolved(f"it is encrypted if {source.value} is, which is not told here", "scan the live account")
    return Reading(why, source.resource, source.path)


def _volume_shared(view: View) -> Any:
    """Return whether everyone may make a volume from it."""
    if view.dialect == "api":
        answer = view.read("describe_snapshot_attribute/CreateVolumePermissions")
        if isinstance(answer.value, list):
            groups = [each.get("Group") if isinstance(each, dict) else each for each in answer.value]
            everyone = "all" in groups or not_known(groups) or False
            return Reading(everyone, answer.resource, answer.path)
        return answer
    found, unsure = view.companions("aws_snapshot_create_volume_permission")
    for permission in found:
        if permission.get("account_id") == "all":
            return Reading(True, permission.resource)
    return Reading(unsure or ABSENT, view.resource)


def _database_shared(view: View) -> Any:
    """Return whether everyone may restore a database from it."""
    if view.dialect != "api":
        return _all_accounts(view.read("shared_accounts"))
    for path in _ATTRIBUTES:
        answer = view.read(path)
        if isinstance(answer.value, Unresolved):
            return answer
        unclear: Reading | None = None
        for item in view.each(path):
            name = item.read("AttributeName")
            if isinstance(name.value, Unresolved):
                unclear = unclear or name
            elif name.value == "restore":
                values = item.read("AttributeValues")
                return _all_accounts(Reading(values.value or [], values.resource, answer.path))
        if unclear is not None:
            return unclear
    return ABSENT


_ATTRIBUTES = (
    "describe_db_snapshot_attributes/DBSnapshotAttributesResult.DBSnapshotAttributes",
    "describe_db_cluster_snapshot_attributes/DBClusterSnapshotAttributesResult.DBClusterSnapshotAttributes",
)


def _all_accounts(shared: Reading) -> Reading:
    if not isinstance(shared.value, list):
        return shared
    if "all" in shared.value:
        return Reading(True, shared.resource, shared.path)
    untold = next((each for each in shared.value if isinstance(each, Unresolved)), None)
    return Reading(untold or False, shared.resource, shared.path)


_KEYS = customer_key("kms_key_id", "KmsKeyId")
VOLUME: Facts = {
    "encryption.at_rest": Fact(**spelled(_encrypted, _encrypted), default=Documented(False, _ENCRYPTION)),
    "encryption.customer_managed_key": Fact(**_KEYS, default=Documented(False, _ENCRYPTION)),
    "network.public": Fact(**spelled(_volume_shared, _volume_shared), default=_PRIVATE),
    "tags": TAGS,
}
DATABASE: Facts = {
    **VOLUME,
    "encryption.at_rest": Fact(**spelled(_encrypted, _encrypted), default=Documented(False, _RDS_ENCRYPTION)),
    "network.public": Fact(**spelled(_database_shared, _database_shared), default=_RDS_PRIVATE),
}


def assets(view: View) -> Iterator[Asset]:
    """Yield the one `snapshot` that the resource declares or reports."""
    type_ = view.resource.type
    if type_.startswith(("aws_ebs_", "ec2.")):
        yield asset("snapshot", view, VOLUME, _volume_key(view))
        return
    cluster = "cluster" in type_
    names: tuple[str, ...] = ("db_cluster_snapshot_identifier", "DBClusterSnapshotIdentifier")
    if not cluster:
        names = ("db_snapshot_identifier", "target_db_snapshot_identifier", "DBSnapshotIdentifier")
    yield asset(
        "snapshot", view, DATABASE, key(view, f"aws:rds:{'cluster-' if cluster else ''}snapshot/{{}}", *names)
    )


def _volume_key(view: View) -> Key:
    if view.dialect == "api":
        return key(view, "aws:ec2:snapshot/{}", "SnapshotId")
    return Unresolved("EC2 makes the snapshot's id up", "scan the plan's state or the live account")
