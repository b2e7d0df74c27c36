"""Amazon RDS instances and Aurora clusters, as `database` assets.

An instance that is a member of an Aurora cluster has its storage, backups and logs from the cluster: those settings are not
applicable to it, and the cluster is judged instead.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tfaudit.assets.asset import Asset, asset, key
from tfaudit.assets.facts import Documented, Fact, spelled
from tfaudit.assets.inventory import ABSENT
from tfaudit.assets.settings import Known
from tfaudit.assets.view import Reading, View
from tfaudit.calls import Detail, Listing
from tfaudit.resources import Reference, Unresolved
from tfaudit.services.aws.tags import TAGS

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

_API = "docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBInstance.html"
_CLUSTER_API = "docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBCluster.html"
_CFN = "docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-rds-dbinstance.html"
_TERRAFORM = "registry.terraform.io/providers/hashicorp/aws/6.0.0/docs/resources/db_instance"
_FORCE_SSL = "docs.aws.amazon.com/AmazonRDS/latest/UserGuide/PostgreSQL.Concepts.General.SSL.html"
_MYSQL_SSL = "docs.aws.amazon.com/AmazonRDS/latest/UserGuide/mysql-ssl-connections.html"

_PARAMETERS = Detail(
    "describe_db_parameters",
    {"DBParameterGroupName": "DBParameterGroups.0.DBParameterGroupName"},
    permission="rds:DescribeDBParameters",
    items="Parameters",
)
_CLUSTER_PARAMETERS = Detail(
    "describe_db_cluster_parameters",
    {"DBClusterParameterGroupName": "DBClusterParameterGroup"},
    permission="rds:DescribeDBClusterParameters",
    items="Parameters",
)
CALLS = (
    Listing("rds", "describe_db_instances", "DBInstances", "DBInstanceArn", details=(_PARAMETERS,)),
    Listing("rds", "describe_db_clusters", "DBClusters", "DBClusterArn", details=(_CLUSTER_PARAMETERS,)),
)

_TLS_PARAMETERS = ("rds.force_ssl", "require_secure_transport")
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
}


def _default_backup(view: View) -> Documented:
    # Terraform's provider sends 0 unless told otherwise; the API and CloudFormation default to 1.
    if view.resource.type == "aws_db_instance":
        return Documented(0, _TERRAFORM)
    return Documented(1, _API if "instance" in view.resource.type.lower() else _CLUSTER_API)


def _parameters(view: View, *groups: str) -> Reading:
    """Return the parameters of the group that `view` names, as a list of name and value maps, or `ABSENT`."""
    if view.dialect == "api":
        return view.first("describe_db_parameters/", "describe_db_cluster_parameters/")
    for path in groups:
        reading = view.read(path)
        if reading.absent:
            continue
        for target in view.targets(path):
            return target.first("parameter", "Parameters")
        if isinstance(reading.value, (Reference, Unresolved)) or not str(reading.value).startswith("default."):
            why = f"its parameter group {reading.value} is not declared here"
            return Reading(Unresolved(why, "scan the live account"), reading.resource, reading.path)
    return Reading(ABSENT, view.resource, view.base)


def _tls_required(view: View) -> Any:
    reading = _parameters(
        view, "parameter_group_name", "DBParameterGroupName", "db_cluster_parameter_group_name", "DBClusterParameterGroupName"
    )
    if isinstance(reading.value, (Unresolved, Reference)):
        return reading
    found = _parameter(reading)
    return ABSENT if found is None else found


def _parameter(reading: Reading) -> Reading | None:
    value = reading.value
    if isinstance(value, dict) and not {"name", "ParameterName"} & value.keys():  # CloudFormation: a map
        for name in _TLS_PARAMETERS:
            if name in value:
                return Reading(value[name], reading.resource, (*reading.path, name))
        return None
    items = value if isinstance(value, list) else [value] if isinstance(value, dict) else []
    for index, item in enumerate(items):
        if isinstance(item, dict) and (item.get("name") or item.get("ParameterName")) in _TLS_PARAMETERS:
            for field in ("value", "ParameterValue"):
                if item.get(field) is not None:
                    where = (*reading.path, index) if isinstance(value, list) else reading.path
                    return Reading(item[field], reading.resource, (*where, field))
    return None


def _default_tls(view: View) -> Documented | None:
    engine = str(view.get("engine") or view.get("Engine") or "")
    version = str(view.get("engine_version") or view.get("EngineVersion") or "")
    if "postgres" in engine:
        major = version.split(".")[0]
        if not major.isdigit():
            return None
        return Documented(int(major) >= 15, _FORCE_SSL)
    if engine in ("mysql", "mariadb", "aurora-mysql"):
        return Documented(False, _MYSQL_SSL)
    return None


def _exported_logs(view: View) -> Reading:
    return view.first("enabled_cloudwatch_logs_exports", "EnableCloudwatchLogsExports", "EnabledCloudwatchLogsExports")


def _events(exports: Any) -> list[Any]:
    events: set[str] = set()
    for name in exports if isinstance(exports, list) else []:
        if isinstance(name, (Unresolved, Reference)):
            return [*sorted(events), name]
        events |= _LOG_EVENTS.get(str(name), set())
    return sorted(events)


def _inline_password(view: View) -> Any:
    reading = view.first("password", "master_password", "MasterUserPassword")
    if reading.absent:
        return False
    if isinstance(reading.value, Reference):
        return Known(False, reading.resource, reading.path)
    if isinstance(reading.value, Unresolved):
        # A value that comes from a variable or a lookup is not written down here.
        return Known(False, reading.resource, reading.path)
    return Known(not str(reading.value).startswith("{{resolve:"), reading.resource, reading.path)


def _zones(view: View) -> Any:
    return view.first("multi_az", "MultiAZ")


_MEMBER = "storage, backups and logs of an Aurora member are its cluster's"
_OF_CLUSTER = (
    "encryption.at_rest",
    "encryption.customer_managed_key",
    "backup.enabled",
    "backup.retention_days",
    "audit.events",
    "logs.enabled",
    "deletion_protection",
    "tls.required",
    "ha.multi_zone",
    "auth.iam",
    "inline_secrets",
)

INSTANCE = {
    "engine": Fact(**spelled("engine", "Engine")),
    "version": Fact(**spelled("engine_version", "EngineVersion")),
    "encryption.at_rest": Fact(**spelled("storage_encrypted", "StorageEncrypted"), default=Documented(False, _API)),
    "encryption.customer_managed_key": Fact(
        **spelled("kms_key_id", "KmsKeyId"), set_means=True, default=Documented(False, _API)
    ),
    "network.public": Fact(
        **spelled("publicly_accessible", "PubliclyAccessible"), default=Documented(False, _TERRAFORM)
    ),
    "backup.enabled": Fact(
        **spelled("backup_retention_period", "BackupRetentionPeriod"),
        using=lambda days: int(days) > 0,
        default=lambda view: Documented(_default_backup(view).value > 0, _default_backup(view).source),
    ),
    "backup.retention_days": Fact(
        **spelled("backup_retention_period", "BackupRetentionPeriod"), default=_default_backup
    ),
    "tls.required": Fact(terraform=_tls_required, cloudformation=_tls_required, api=_tls_required, default=_default_tls),
    "audit.events": Fact(
        terraform=_exported_logs, cloudformation=_exported_logs, api=_exported_logs, using=_events,
        default=Documented([], _API),
    ),
    "logs.enabled": Fact(
        terraform=_exported_logs, cloudformation=_exported_logs, api=_exported_logs, using=bool,
        default=Documented(False, _API),
    ),
    "ha.multi_zone": Fact(terraform=_zones, cloudformation=_zones, api=_zones, default=Documented(False, _API)),
    "deletion_protection": Fact(
        **spelled("deletion_protection", "DeletionProtection"), default=Documented(False, _API)
    ),
    "auth.iam": Fact(
        **spelled(
            "iam_database_authentication_enabled",
            "EnableIAMDatabaseAuthentication",
            "IAMDatabaseAuthenticationEnabled",
        ),
        default=Documented(False, _API),
    ),
    "inline_secrets": Fact(
        terraform=_inline_password, cloudformation=_inline_password, default=Documented(False, "an API never returns it"),
    ),
    "auto_minor_upgrade": Fact(
        **spelled("auto_minor_version_upgrade", "AutoMinorVersionUpgrade"), default=Documented(True, _API)
    ),
    "tags": TAGS,
}

CLUSTER = {
    **INSTANCE,
    "network.public": Fact(not_applicable="a cluster has no address of its own: its instances are judged"),
    "ha.multi_zone": Fact(
        **spelled("availability_zones", "AvailabilityZones"),
        using=lambda zones: len(zones) > 1,
        default=Documented(True, "docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/Concepts.AuroraHighAvailability.html"),
    ),
}
MEMBER = {**INSTANCE, **{name: Fact(not_applicable=_MEMBER) for name in _OF_CLUSTER}}


def assets(view: View) -> Iterator[Asset]:
    """Yield the one `database` that the resource declares or reports."""
    type_ = view.resource.type
    if type_ in ("aws_rds_cluster", "AWS::RDS::DBCluster", "rds.describe_db_clusters"):
        name = key(view, "aws:rds:cluster/{}", "cluster_identifier", "DBClusterIdentifier")
        yield asset("database", view, CLUSTER, name)
        return
    member = type_ == "aws_rds_cluster_instance" or not view.first("DBClusterIdentifier").absent
    name = key(view, "aws:rds:db/{}", "identifier", "DBInstanceIdentifier")
    yield asset("database", view, MEMBER if member else INSTANCE, name)
