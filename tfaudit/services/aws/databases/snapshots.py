"""Snapshots of EBS volumes and RDS databases, as `snapshot` assets."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from msgspec.structs import replace

from tfaudit.model.asset import Asset, Key
from tfaudit.model.calls import Detail, Listing
from tfaudit.model.resources import Unresolved
from tfaudit.model.settings import Known, Unknown
from tfaudit.reading.asset import asset, key
from tfaudit.reading.documented import Documented
from tfaudit.reading.fact import Fact, Facts
from tfaudit.reading.spelling import NOTHING, Spelling, aws
from tfaudit.reading.states import Absent, Pointer, Reading
from tfaudit.reading.view import Some, View
from tfaudit.services.aws.keys.customer_keys import describe_key, keys_owner
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
        details=(
            Detail("describe_snapshot_attribute", _SHARED, sent=("CreateVolumePermissions",)),
            describe_key("KmsKeyId"),
        ),
        sent=("Encrypted",),
    ),
    Listing(
        "rds",
        "describe_db_snapshots",
        "DBSnapshots",
        "DBSnapshotArn",
        details=(
            Detail(
                "describe_db_snapshot_attributes",
                {"DBSnapshotIdentifier": "DBSnapshotIdentifier"},
                sent=("DBSnapshotAttributesResult.DBSnapshotAttributes",),
            ),
            describe_key("KmsKeyId"),
        ),
        sent=("Encrypted",),
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
                sent=("DBClusterSnapshotAttributesResult.DBClusterSnapshotAttributes",),
            ),
            describe_key("KmsKeyId"),
        ),
        sent=("StorageEncrypted",),
    ),
)

_PRIVATE = Documented(
    False, "docs.aws.amazon.com/ebs/latest/userguide/ebs-modifying-snapshot-permissions.html"
)
_RDS_PRIVATE = Documented(False, "docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_ShareSnapshot.html")
_ENCRYPTION = "docs.aws.amazon.com/ebs/latest/userguide/ebs-encryption.html"
_RDS_ENCRYPTION = "docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Overview.Encryption.html"
_ALLOWED: Spelling = {"group": aws(NOTHING, NOTHING, "Group")}
_ATTRIBUTE: Spelling = {
    "name": aws(NOTHING, NOTHING, "AttributeName"),
    "values": aws(NOTHING, NOTHING, "AttributeValues"),
}


_ATTRIBUTES = "describe_db_snapshot_attributes/DBSnapshotAttributesResult.DBSnapshotAttributes"
_CLUSTER_ATTRIBUTES = (
    "describe_db_cluster_snapshot_attributes/DBClusterSnapshotAttributesResult.DBClusterSnapshotAttributes"
)
_ALL: Spelling = {
    "encrypted": aws("encrypted", NOTHING, "Encrypted"),
    "key": aws("kms_key_id", NOTHING, "KmsKeyId"),
    "key_manager": aws(None, None, "describe_key/KeyMetadata.KeyManager"),
    "tags": aws("tags", NOTHING, ("Tags", "TagList")),
}
VOLUMES: Spelling = {
    **_ALL,
    "name": aws(NOTHING, NOTHING, "SnapshotId"),
    # An API's answer states encryption itself, so neither the key nor what the snapshot is taken of is asked.
    "key_given": aws("kms_key_id", NOTHING),
    "taken_of": aws("volume_id", NOTHING),
    "permissions": aws(
        NOTHING, NOTHING, "describe_snapshot_attribute/CreateVolumePermissions", rows=_ALLOWED
    ),
}
VOLUME_COPIES: Spelling = {**VOLUMES, "key_given": aws(NOTHING, NOTHING), "taken_of": aws(NOTHING, NOTHING)}
INSTANCES: Spelling = {
    **_ALL,
    "name": aws("db_snapshot_identifier", NOTHING, "DBSnapshotIdentifier"),
    "key_given": aws("kms_key_id", NOTHING),
    "taken_of": aws("db_instance_identifier", NOTHING),
    "accounts": aws("shared_accounts", NOTHING),
    "attributes": aws(NOTHING, NOTHING, _ATTRIBUTES, rows=_ATTRIBUTE),
}
INSTANCE_COPIES: Spelling = {
    **INSTANCES,
    "name": aws("target_db_snapshot_identifier", NOTHING),
    "taken_of": aws("source_db_snapshot_identifier", NOTHING),
}
CLUSTERS: Spelling = {
    **INSTANCES,
    "name": aws("db_cluster_snapshot_identifier", NOTHING, "DBClusterSnapshotIdentifier"),
    "encrypted": aws("storage_encrypted", NOTHING, "StorageEncrypted"),
    "taken_of": aws("db_cluster_identifier", NOTHING),
    "attributes": aws(NOTHING, NOTHING, _CLUSTER_ATTRIBUTES, rows=_ATTRIBUTE),
}
_TABLES: dict[str, Spelling] = {
    "aws_ebs_snapshot": VOLUMES,
    "aws_ebs_snapshot_copy": VOLUME_COPIES,
    "ec2.describe_snapshots": VOLUMES,
    "aws_db_snapshot": INSTANCES,
    "aws_db_snapshot_copy": INSTANCE_COPIES,
    "rds.describe_db_snapshots": INSTANCES,
    "aws_db_cluster_snapshot": CLUSTERS,
    "rds.describe_db_cluster_snapshots": CLUSTERS,
}
_OF_VOLUMES = ("aws_ebs_snapshot", "aws_ebs_snapshot_copy", "ec2.describe_snapshots")
IDENTITY = ("name",)

# What a snapshot may be taken of.
_SOURCES: dict[str, Spelling] = {
    "aws_ebs_volume": {"encrypted": aws("encrypted", NOTHING)},
    "aws_db_instance": {"encrypted": aws("storage_encrypted", NOTHING)},
    "aws_rds_cluster": {"encrypted": aws("storage_encrypted", NOTHING)},
}
# An Aurora cluster that says nothing is encrypted or not by its age.
_BY_AGE = ("aws_rds_cluster",)
_PERMISSION: Spelling = {"account": aws("account_id", NOTHING)}


def _encrypted(view: View) -> Reading:
    """Return whether it is encrypted: stated for a copy, otherwise as what it is taken of."""
    stated = view.word("encrypted")
    if not isinstance(stated, Absent):
        return stated
    named = view.word("key_given")
    if isinstance(named, Unknown):
        return named
    if not isinstance(named, Absent):
        return Known(True, view.resource, view.base)
    source = view.word("taken_of")
    if isinstance(source, Absent):
        return stated
    for target in view.leads_to("taken_of", *_SOURCES):
        found = target.spelled(_SOURCES[target.resource.type]).word("encrypted")
        if target.resource.type not in _BY_AGE or not isinstance(found, Absent):
            return found
    if isinstance(source, Unknown):
        because = f"it is encrypted if what it is taken of is, which is not known: {source.because}"
    else:
        name = source.value if isinstance(source, Known) else source.reference
        because = f"it is encrypted if {name} is, which is not known here"
    return Unknown(because, "scan the live account", source.resource, source.path)


def _volume_shared(view: View) -> Reading:
    """Return whether everyone may make a volume from it."""
    answer, allowed = view.word("permissions"), view.rows("permissions")
    if isinstance(allowed, Unknown):
        return allowed
    if isinstance(allowed, list):
        groups = [each.word("group") for each in allowed]
        everyone = any(isinstance(each, Known) and each.value == "all" for each in groups)
        unclear = next((each for each in groups if isinstance(each, Unknown)), None)
        return Known(everyone, answer.resource, answer.path) if everyone or not unclear else unclear
    permissions = view.companions("aws_snapshot_create_volume_permission")
    accounts = [each.spelled(_PERMISSION).word("account") for each in permissions.views]
    for account in accounts:
        if isinstance(account, Known) and account.value == "all":
            return Known(True, account.resource)
    if isinstance(permissions, Some):
        return permissions.more
    open_ = next((each for each in accounts if isinstance(each, Unknown)), None)
    return open_ or answer


def _database_shared(view: View) -> Reading:
    """Return whether everyone may restore a database from it."""
    accounts = view.word("accounts")
    if not isinstance(accounts, Absent):
        return _all_accounts(accounts)
    at, attributes = view.word("attributes"), view.rows("attributes")
    if not isinstance(attributes, list):
        return attributes
    unclear: Unknown | None = None
    for attribute in attributes:
        name = attribute.word("name")
        if isinstance(name, (Unknown, Pointer)):
            unclear = unclear or (name if isinstance(name, Unknown) else name.unknown)
        elif isinstance(name, Known) and name.value == "restore":
            values = attribute.word("values")
            if isinstance(values, Absent):
                return Known(False, at.resource, at.path)
            return replace(_all_accounts(values), path=at.path)
    return unclear or Absent(at.resource, at.path)


def _all_accounts(shared: Reading) -> Reading:
    if not isinstance(shared, Known) or not isinstance(shared.value, list):
        return shared
    everyone: Any = "all" in shared.value or not_known(shared.value) or False
    return Known(everyone, shared.resource, shared.path)


_FROM = ("encrypted", "key_given", "taken_of")
_owner = keys_owner()


def _own_key(view: View) -> Reading:
    """Return whether its key is the customer's: one that is named, otherwise that of what it is taken of."""
    own = _owner(view)
    source = view.word("taken_of")
    if not isinstance(own, Absent) or isinstance(source, Absent):
        return own
    for target in view.leads_to("taken_of", *_SOURCES):
        return _owner(target.spelled(_KEYS))
    named = source.because if isinstance(source, Unknown) else "what it is taken of is not declared here"
    because = f"its key is that of what it is taken of, which is not known: {named}"
    return Unknown(because, "scan the live account", source.resource, source.path)


_KEYS: Spelling = {"key": aws("kms_key_id", NOTHING), "key_manager": aws(None, None)}
_KEY = Fact(joins=_own_key, of=("key", "key_manager", "taken_of"), default=Documented(False, _ENCRYPTION))
VOLUME: Facts = {
    "encryption.at_rest": Fact(joins=_encrypted, of=_FROM, default=Documented(False, _ENCRYPTION)),
    "encryption.customer_managed_key": _KEY,
    "network.public": Fact(joins=_volume_shared, of=("permissions",), default=_PRIVATE),
    "tags": TAGS,
}
DATABASE: Facts = {
    **VOLUME,
    "encryption.at_rest": Fact(joins=_encrypted, of=_FROM, default=Documented(False, _RDS_ENCRYPTION)),
    "network.public": Fact(joins=_database_shared, of=("accounts", "attributes"), default=_RDS_PRIVATE),
}


def assets(view: View) -> Iterator[Asset]:
    """Yield the one `snapshot` that the resource declares or reports."""
    snapshot = view.spelled(_TABLES[view.resource.type])
    if view.resource.type in _OF_VOLUMES:
        yield asset("snapshot", snapshot, VOLUME, _volume_key(snapshot))
    else:
        sort = "cluster-" if snapshot.table is CLUSTERS else ""
        yield asset("snapshot", snapshot, DATABASE, key(snapshot, f"aws:rds:{sort}snapshot/{{}}", "name"))


def _volume_key(view: View) -> Key:
    name = view.word("name")
    if isinstance(name, Known):
        return f"aws:ec2:snapshot/{name.value}"
    return Unresolved("EC2 makes the snapshot's id up", "scan the plan's state or the live account")
