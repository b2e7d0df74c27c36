"""Amazon RDS instances and Aurora clusters, as `database` assets.

An instance that is a member of an Aurora cluster has its storage, backups and logs from the cluster: those
settings are not applicable to it, and the cluster is judged instead. A read replica has its encryption from its
source, and its source's backups are the ones that count.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tfaudit.model.asset import Asset
from tfaudit.model.calls import Listing
from tfaudit.model.settings import Known
from tfaudit.reading.asset import asset, key
from tfaudit.reading.documented import ByPlane, Documented, Inapplicable
from tfaudit.reading.fact import Fact, Facts, inapplicable
from tfaudit.reading.spelling import Spelling
from tfaudit.reading.states import Absent, Pointer, Reading, Unknown
from tfaudit.reading.values import as_bool
from tfaudit.services.aws.databases import (
    rds_backups,
    rds_logs,
    rds_parameters,
    rds_placement,
    rds_sessions,
    rds_storage,
)
from tfaudit.services.aws.databases.rds_oracle import OPTIONS
from tfaudit.services.aws.databases.rds_parameters import CLUSTER_PARAMETERS, DB_PARAMETERS
from tfaudit.services.aws.databases.rds_sources import own_or_origins
from tfaudit.services.aws.databases.rds_words import CLUSTERS, INSTANCES, TABLES, empty
from tfaudit.services.aws.keys.customer_keys import describe_key
from tfaudit.services.aws.tags import TAGS
from tfaudit.services.credentials import written_down
from tfaudit.services.databases_seldom import SELDOM

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tfaudit.reading.view import View

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
    "AWS::EC2::VPCGatewayAttachment": "",
}
NAMES = ("cluster_identifier", "DBClusterIdentifier")
_DETAILS = (DB_PARAMETERS, OPTIONS, describe_key("KmsKeyId"))
_SENT = ("BackupRetentionPeriod", "DeletionProtection", "Engine", "StorageEncrypted")
_CLUSTER_DETAILS = (CLUSTER_PARAMETERS, describe_key("KmsKeyId"))
CALLS = (
    Listing(
        "rds",
        "describe_db_instances",
        "DBInstances",
        "DBInstanceArn",
        details=_DETAILS,
        sent=(
            *_SENT,
            "AutoMinorVersionUpgrade",
            "IAMDatabaseAuthenticationEnabled",
            "MultiAZ",
            "PubliclyAccessible",
        ),
    ),
    Listing(
        "rds", "describe_db_clusters", "DBClusters", "DBClusterArn", details=_CLUSTER_DETAILS, sent=_SENT
    ),
)

_API = "docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBInstance.html"
_CLUSTER_API = "docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBCluster.html"
_TERRAFORM = "hashicorp/aws/6.0.0/docs/resources/db_instance"
_REPLICATED = "docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_ReplicateBackups.html"
TABLE: Spelling = INSTANCES
IDENTITY = ("identifier", "cluster", "instance_class")

# The other engines have it: docs.aws.amazon.com/AmazonRDS/latest/UserGuide/UsingWithRDS.IAMDBAuth.html
_WITHOUT_IAM = ("oracle", "custom-oracle", "sqlserver", "custom-sqlserver", "db2")


def _iam(view: View) -> Reading | Inapplicable:
    """Return whether clients may authenticate by IAM."""
    stated, engine = view.word("iam"), view.word("engine")
    match engine:
        case Known(value=name) if str(name).lower().startswith(_WITHOUT_IAM):
            return Inapplicable(f"{str(name).lower()} has no IAM authentication")
        case Unknown() | Pointer():
            on = isinstance(stated, Known) and as_bool(stated.value) is True
            return stated if on else engine
        case Known() | Absent():
            return stated


def _facts(page: str, days: Documented | ByPlane) -> dict[str, Fact]:
    """Return what instances and clusters have alike; `page` documents their defaults, `days` how long backups last."""
    off = Documented(False, page)
    return {
        **SELDOM,
        "logs.sessions": Fact(joins=rds_sessions.logged, of=rds_parameters.WORDS),
        "engine": own_or_origins("engine"),
        "version": own_or_origins("version"),
        "encryption.at_rest": Fact(joins=rds_storage.encrypted, of=rds_storage.ENCRYPTION, default=off),
        "encryption.customer_managed_key": Fact(
            joins=rds_storage.customers_key, of=rds_storage.KEY, default=off
        ),
        "tls.required": Fact(joins=rds_parameters.tls_required, of=rds_parameters.WORDS),
        "tls.min_version": Fact(joins=rds_parameters.tls_minimum, of=rds_parameters.WORDS),
        "threat_detection": inapplicable("GuardDuty watches the account as a whole"),
        "vulnerability_assessment": inapplicable("AWS assesses no database by itself"),
        "backup.long_term": inapplicable("AWS Backup keeps long-term copies by plans of its own"),
        "audit.retention_days": inapplicable(
            "the group that its logs are sent to says how long they are kept"
        ),
        "network.private_endpoint": inapplicable("it stands in a network itself"),
        "network.published": inapplicable("ways through balancers and proxies are followed in Azure alone"),
        "network.published_by": inapplicable(
            "ways through balancers and proxies are followed in Azure alone"
        ),
        "session.idle_minutes": Fact(joins=rds_sessions.idle_minutes, of=rds_parameters.WORDS),
        "network.allowed_sources": inapplicable("its security groups say who gets in, and are judged"),
        "backup.retention_days": Fact(
            joins=rds_backups.retention, of=("retention", "replicates"), default=days
        ),
        "audit.events": Fact(joins=rds_logs.events, of=("exports",), default=Documented([], _API)),
        "logs.enabled": Fact(joins=rds_logs.exporting, of=("exports",), default=off),
        "deletion_protection": Fact("deletion", default=off),
        "auth.passwords": inapplicable("passwords stand beside IAM, and no switch takes them away"),
        "auth.iam": Fact(joins=_iam, of=("iam", "engine"), default=off),
        "inline_secrets": written_down("password", "password_once"),
        "auto_minor_upgrade": Fact("minor", default=Documented(True, _API)),
        "tags": TAGS,
    }


_KEPT = Documented(1, _API)
_BACKED_UP = Documented(True, _API)
_BACKUP = Fact(
    joins=rds_backups.backed_up,
    of=("retention", "replicates"),
    default=ByPlane(terraform=Documented(False, _TERRAFORM), cloudformation=_BACKED_UP, api=_BACKED_UP),
)
INSTANCE: Facts = {
    # Terraform's provider sends 0 where nothing is set; the API and CloudFormation default to 1.
    **_facts(_API, ByPlane(terraform=Documented(0, _TERRAFORM), cloudformation=_KEPT, api=_KEPT)),
    "network.public": Fact(
        joins=rds_placement.public, of=("public", "subnet_group"), default=rds_placement.NOT_PUBLIC
    ),
    "backup.enabled": _BACKUP,
    "backup.cross_region": Fact(
        joins=rds_backups.copied, of=("copies", "replicates"), default=Documented(False, _REPLICATED)
    ),
    "ha.multi_zone": Fact(
        joins=rds_backups.standby, of=("standby", "replicates"), default=Documented(False, _API)
    ),
}

_CLUSTER_BACKUP = Fact(
    joins=rds_backups.backed_up,
    of=("retention", "replicates"),
    default=Documented(True, _CLUSTER_API),
)
CLUSTER: Facts = {
    **_facts(_CLUSTER_API, Documented(1, _CLUSTER_API)),
    "network.public": inapplicable("an Aurora cluster has no address of its own: its instances are judged"),
    "backup.enabled": _CLUSTER_BACKUP,
    "backup.cross_region": inapplicable("RDS copies no automated backups of a cluster to another region"),
    "ha.multi_zone": Fact(joins=rds_placement.zones, of=("zones", "instance_class")),
}
MULTI_AZ_CLUSTER: Facts = {
    **CLUSTER,
    "network.public": Fact("public", default=rds_placement.CLUSTER_NOT_PUBLIC),
}

_MEMBER = inapplicable("a member of an Aurora cluster has it from its cluster, which is judged")
_OF_ITS_OWN = ("engine", "network.public", "auto_minor_upgrade", "tags")
MEMBER: Facts = {name: fact if name in _OF_ITS_OWN else _MEMBER for name, fact in INSTANCE.items()}
# Whether storage, backups and logs are its own or a cluster's is not known.
PERHAPS_MEMBER: Facts = {
    name: fact if name in _OF_ITS_OWN else Fact("cluster") for name, fact in INSTANCE.items()
}
_ALWAYS_MEMBERS = ("aws_rds_cluster_instance",)


def assets(view: View) -> Iterator[Asset]:
    """Yield the one `database` that the resource declares or reports."""
    spelled = view.spelled(TABLES[view.resource.type])
    if spelled.table is CLUSTERS:
        of_instances = empty(spelled.word("instance_class"))
        name = key(spelled, "aws:rds:cluster/{}", "identifier")
        yield asset("database", spelled, CLUSTER if of_instances else MULTI_AZ_CLUSTER, name)
    else:
        yield asset("database", spelled, _of_instance(spelled), key(spelled, "aws:rds:db/{}", "identifier"))


def _of_instance(view: View) -> Facts:
    """Return what is read of an instance, which may be a member of a cluster."""
    if view.resource.type in _ALWAYS_MEMBERS:
        return MEMBER
    cluster = view.word("cluster")
    if empty(cluster):
        return INSTANCE
    return PERHAPS_MEMBER if isinstance(cluster, Unknown) else MEMBER
