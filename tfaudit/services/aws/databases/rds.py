"""Amazon RDS instances and Aurora clusters, as `database` assets.

An instance that is a member of an Aurora cluster has its storage, backups and logs from the cluster: those
settings are not applicable to it, and the cluster is judged instead. A read replica has its encryption from its
source, and its source's backups are the ones that count.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tfaudit.model.asset import Asset
from tfaudit.model.calls import Listing
from tfaudit.model.resources import Reference, Unresolved
from tfaudit.model.settings import Default, NotApplicable
from tfaudit.reading.asset import asset, key
from tfaudit.reading.documented import Documented
from tfaudit.reading.facts import Fact, spelled
from tfaudit.reading.inventory import ABSENT
from tfaudit.reading.values import as_bool, as_int
from tfaudit.reading.view import Reading, View
from tfaudit.services.aws.databases.rds_oracle import OPTIONS
from tfaudit.services.aws.databases.rds_parameters import (
    CLUSTER_PARAMETERS,
    DB_PARAMETERS,
    tls_minimum,
    tls_required,
)
from tfaudit.services.aws.databases.rds_placement import cluster_public, cluster_zones, public
from tfaudit.services.aws.databases.rds_sources import SOURCES, sources
from tfaudit.services.aws.keys.credentials import not_shown, written_down
from tfaudit.services.aws.keys.customer_keys import declared_key, describe_key, reported_key
from tfaudit.services.aws.tags import TAGS
from tfaudit.services.contents import filled

if TYPE_CHECKING:
    from collections.abc import Iterator

READS = (
    "aws_db_instance",
    "aws_rds_cluster",
    "aws_rds_cluster_instance",
    "AWS::RDS::DBInstance",
    "AWS::RDS::DBCluster",
    "rds.describe_db_instances",
    "rds.describe_db_clusters",
)
KINDS = ("database",)
COMPANIONS = {
    "aws_rds_cluster_instance": "cluster_identifier",
    "AWS::RDS::DBInstance": "DBClusterIdentifier",
    "aws_db_instance_automated_backups_replication": "source_db_instance_arn",
}
NAMES = ("cluster_identifier", "DBClusterIdentifier")
_DETAILS = (DB_PARAMETERS, OPTIONS, describe_key("KmsKeyId"))
_CLUSTER_DETAILS = (CLUSTER_PARAMETERS, describe_key("KmsKeyId"))
CALLS = (
    Listing("rds", "describe_db_instances", "DBInstances", "DBInstanceArn", details=_DETAILS),
    Listing("rds", "describe_db_clusters", "DBClusters", "DBClusterArn", details=_CLUSTER_DETAILS),
)

_API = "docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBInstance.html"
_CLUSTER_API = "docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBCluster.html"
_TERRAFORM = "hashicorp/aws/6.0.0/docs/resources/db_instance"
_AURORA_ENCRYPTION = (
    "docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/Overview.Encryption.html: "
    "clusters created since 18 February 2026"
)

_SERVERLESS = (
    "docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/aurora-serverless.html: storage of Aurora Serverless v1 "
    "is encrypted always"
)

# What each exported log tells of, after docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_LogAccess.html.
_LOG_EVENTS = {
    "audit": {"connections", "statements"},
    "postgresql": {"connections"},
    "general": {"connections", "statements"},
    "error": {"admin"},
    "alert": {"admin"},
    "trace": {"admin"},
    "listener": {"connections"},
    "slowquery": {"statements"},
    "upgrade": {"admin"},
    "agent": {"admin"},
    "iam-db-auth-error": {"connections"},
}
_SNAPSHOTS = (
    "snapshot_identifier",
    "DBSnapshotIdentifier",
    "SnapshotIdentifier",
    "DBClusterSnapshotIdentifier",
    "restore_to_point_in_time",
    "s3_import",
)
_NOTHING: tuple[Any, ...] = (ABSENT, "", [], {})
_REPLICA = "it is a read replica: the backups of its source are judged"


def _encrypted(view: View) -> Any:
    """Return whether storage is encrypted; a replica or a restored copy has it from where its data come from."""
    reading = view.first("storage_encrypted", "StorageEncrypted")
    if str(view.first("engine_mode", "EngineMode").value).lower() == "serverless":
        return Default(True, _SERVERLESS, view.resource, view.base)
    if view.dialect == "api":
        # The newer field also tells of encryption by a key that AWS owns.
        type_ = view.first("StorageEncryptionType")
        return Reading(type_.value != "none", type_.resource, type_.path) if type_.known else reading
    if not reading.absent and as_bool(reading.value) is not False:
        return reading
    source = view.first(*SOURCES)
    if source.value not in _NOTHING:
        for origin in sources(view):
            found = _encrypted(origin)
            return found if not found.absent else _default_reading(origin)
        return _from_elsewhere(source, "replicated")
    copy = next((each for name in _SNAPSHOTS if (each := view.read(name)).value not in _NOTHING), None)
    return reading if copy is None or reading.known else _from_elsewhere(copy, "restored")


def _customer_key(view: View) -> Any:
    """Return whether the key is the customer's; a replica that names none has its source's."""
    reading = declared_key(view, ("kms_key_id", "KmsKeyId"))
    replicated = view.first(*SOURCES)
    if not reading.absent or replicated.absent:
        return reading
    for origin in sources(view):
        return _customer_key(origin)
    return _from_elsewhere(replicated, "replicated")


def _from_elsewhere(source: Reading, how: str) -> Reading:
    named = source.value if isinstance(source.value, (str, Reference)) else "a copy"
    why = Unresolved(f"its data are {how} from {named}, whose encryption holds", "scan the live account")
    return Reading(why, source.resource, source.path)


def _default_reading(origin: View) -> Any:
    default = _default_encryption(origin)
    return Default(default.value, default.source, origin.resource)


def _default_encryption(view: View) -> Documented:
    engine = str(view.get("engine") or view.get("Engine") or "")
    if engine.startswith("aurora") and view.dialect != "api":
        return Documented(True, _AURORA_ENCRYPTION)
    return _off(view)


def _retention(view: View) -> Any:
    reading = view.first("backup_retention_period", "BackupRetentionPeriod")
    if reading.known and (as_int(reading.value) or 0) > 0:
        return reading
    return _unless_replica(view, reading, _REPLICA)


def _unless_replica(view: View, reading: Reading, because: str) -> Reading | NotApplicable:
    """Return `reading` of a database that is no replica; what may be one has no known setting."""
    source = view.first(*SOURCES)
    if source.absent:
        return reading
    if isinstance(source.value, Unresolved):
        why = Unresolved(f"it may be a read replica: {source.value.because}", source.value.settle_with)
        return Reading(why, source.resource, source.path)
    return NotApplicable(because, view.resource, view.base)


def _backup(view: View) -> Any:
    reading = _retention(view)
    if isinstance(reading, Reading) and reading.known and (days := as_int(reading.value)) is not None:
        return Reading(days > 0, reading.resource, reading.path)
    return reading


def _zones(view: View) -> Any:
    reading = view.first("multi_az", "MultiAZ")
    if reading.known and as_bool(reading.value) is True:
        return reading
    return _unless_replica(view, reading, "it is a read replica: the standby of its source is judged")


def _copied(view: View) -> Any:
    reading = view.first(
        "aws_db_instance_automated_backups_replication/source_db_instance_arn"
        if view.dialect == "terraform"
        else "AutomaticBackupReplicationRegion",
        "DBInstanceAutomatedBackupsReplications",
    )
    return reading if not reading.absent else _unless_replica(view, reading, _REPLICA)


def _off(view: View) -> Documented:
    """Return the default of what has to be switched on."""
    return Documented(False, _CLUSTER_API if _is_cluster(view) else _API)


def _is_cluster(view: View) -> bool:
    return view.resource.type in ("aws_rds_cluster", "AWS::RDS::DBCluster", "rds.describe_db_clusters")


def _default_retention(view: View) -> Documented:
    # Terraform's provider sends 0 unless told otherwise; the API and CloudFormation default to 1.
    if view.resource.type == "aws_db_instance":
        return Documented(0, _TERRAFORM)
    return Documented(1, _CLUSTER_API if _is_cluster(view) else _API)


def _default_backup(view: View) -> Documented:
    days = _default_retention(view)
    return Documented(days.value > 0, days.source)


def _exported_logs(view: View) -> Reading:
    return view.first(
        "enabled_cloudwatch_logs_exports", "EnableCloudwatchLogsExports", "EnabledCloudwatchLogsExports"
    )


def _exporting(view: View) -> Reading:
    return filled(_exported_logs(view))


def _events(exports: Any) -> list[Any]:
    events: set[str] = set()
    for name in exports if isinstance(exports, list) else []:
        if isinstance(name, (Unresolved, Reference)):
            return [*sorted(events), name]
        events |= _LOG_EVENTS.get(str(name), set())
    return sorted(events)


def _iam(view: View) -> Any:
    # docs.aws.amazon.com/AmazonRDS/latest/UserGuide/UsingWithRDS.IAMDBAuth.html names the engines that can.
    engine = str(view.get("engine") or view.get("Engine") or "").lower()
    if engine.startswith(("oracle", "custom-oracle", "sqlserver", "custom-sqlserver", "db2")):
        return NotApplicable(f"{engine} has no IAM authentication", view.resource, view.base)
    return view.first(
        "iam_database_authentication_enabled",
        "EnableIAMDatabaseAuthentication",
        "IAMDatabaseAuthenticationEnabled",
    )


_password = written_down(
    "password", "password_wo", "master_password", "master_password_wo", "MasterUserPassword"
)
_exports = spelled(_exported_logs, _exported_logs)

_REPLICATED = "docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_ReplicateBackups.html"
INSTANCE = {
    "engine": Fact(**spelled("engine", "Engine")),
    "version": Fact(**spelled("engine_version", "EngineVersion")),
    "encryption.at_rest": Fact(**spelled(_encrypted, _encrypted), default=_default_encryption),
    "encryption.customer_managed_key": Fact(
        terraform=_customer_key,
        cloudformation=_customer_key,
        api=lambda view: reported_key(view, ("KmsKeyId",)),
        default=_off,
    ),
    "tls.required": Fact(**spelled(tls_required, tls_required)),
    "tls.min_version": Fact(**spelled(tls_minimum, tls_minimum)),
    "network.public": Fact(**spelled(public, public)),
    "network.allowed_sources": Fact(not_applicable="its security groups say who gets in, and are judged"),
    "backup.enabled": Fact(**spelled(_backup, _backup), default=_default_backup),
    "backup.retention_days": Fact(**spelled(_retention, _retention), default=_default_retention),
    "backup.pitr": Fact(**spelled(_backup, _backup), default=_default_backup),
    "backup.cross_region": Fact(
        **spelled(_copied, _copied),
        set_means=True,
        default=Documented(False, _REPLICATED),
    ),
    "audit.events": Fact(**_exports, using=_events, default=Documented([], _API)),
    "logs.enabled": Fact(**spelled(_exporting, _exporting), default=_off),
    "ha.multi_zone": Fact(**spelled(_zones, _zones), default=_off),
    "deletion_protection": Fact(**spelled("deletion_protection", "DeletionProtection"), default=_off),
    "auth.iam": Fact(**spelled(_iam, _iam), default=_off),
    "inline_secrets": Fact(terraform=_password, cloudformation=_password, api=not_shown),
    "auto_minor_upgrade": Fact(
        **spelled("auto_minor_version_upgrade", "AutoMinorVersionUpgrade"), default=Documented(True, _API)
    ),
    "tags": TAGS,
}

_AURORA = Fact(not_applicable="an Aurora cluster has no address of its own: its instances are judged")
CLUSTER = {
    **INSTANCE,
    "backup.cross_region": Fact(
        not_applicable="RDS copies no automated backups of a cluster to another region"
    ),
    "network.public": _AURORA,
    "ha.multi_zone": Fact(**spelled(cluster_zones, cluster_zones)),
}
MULTI_AZ_CLUSTER = {**CLUSTER, "network.public": Fact(**spelled(cluster_public, cluster_public))}

_MEMBER = "storage, backups and logs of an Aurora member are its cluster's"
_OF_ITS_OWN = ("engine", "version", "network.public", "auto_minor_upgrade", "tags")
MEMBER = {
    name: fact if name in _OF_ITS_OWN else Fact(not_applicable=_MEMBER) for name, fact in INSTANCE.items()
}


def _cluster(view: View) -> Reading:
    return view.first("DBClusterIdentifier")


# Whether storage, backups and logs are its own or a cluster's is not known.
PERHAPS_MEMBER = {
    name: fact if name in _OF_ITS_OWN else Fact(terraform=_cluster, cloudformation=_cluster, api=_cluster)
    for name, fact in INSTANCE.items()
}


def assets(view: View) -> Iterator[Asset]:
    """Yield the one `database` that the resource declares or reports."""
    type_ = view.resource.type
    if _is_cluster(view):
        name = key(view, "aws:rds:cluster/{}", "cluster_identifier", "DBClusterIdentifier")
        of_instances = view.first("db_cluster_instance_class", "DBClusterInstanceClass").absent
        yield asset("database", view, CLUSTER if of_instances else MULTI_AZ_CLUSTER, name)
        return
    cluster = view.first("DBClusterIdentifier")
    member = type_ == "aws_rds_cluster_instance" or not cluster.absent
    facts = MEMBER if member else INSTANCE
    if isinstance(cluster.value, Unresolved):
        facts = PERHAPS_MEMBER
    name = key(view, "aws:rds:db/{}", "identifier", "DBInstanceIdentifier")
    yield asset("database", view, facts, name)
