"""Amazon DynamoDB tables, as `database` assets.

A table has no server of its own: what others set on one (address, zones, connections) is the service's for every table.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tfaudit.model.asset import Asset
from tfaudit.model.calls import Detail, Listing
from tfaudit.reading.asset import asset, key
from tfaudit.reading.documented import Documented
from tfaudit.reading.fact import Fact, Facts, always, inapplicable
from tfaudit.reading.spelling import Spelling, aws
from tfaudit.reading.values import as_bool
from tfaudit.services.aws.keys.customer_keys import describe_key, keys_owner
from tfaudit.services.aws.tags import TAGS
from tfaudit.services.databases_idle import NO_SESSIONS
from tfaudit.services.databases_seldom import SELDOM

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tfaudit.reading.view import View

READS = ("aws_dynamodb_table", "AWS::DynamoDB::Table", "AWS::DynamoDB::GlobalTable", "dynamodb.list_tables")
KINDS = ("database",)
_TABLE = {"TableName": "value"}
_ARN = "describe_table.Table.TableArn"
CALLS = (
    Listing(
        "dynamodb",
        "list_tables",
        "TableNames",
        "arn:{partition}:dynamodb:{region}:{account}:table/{value}",
        name="value",
        details=(
            Detail("describe_table", _TABLE, sent=("Table.DeletionProtectionEnabled",)),
            Detail(
                "describe_continuous_backups",
                _TABLE,
                sent=(
                    "ContinuousBackupsDescription.PointInTimeRecoveryDescription.PointInTimeRecoveryStatus",
                ),
            ),
            Detail("list_tags_of_resource", {"ResourceArn": _ARN}),
            describe_key("describe_table.Table.SSEDescription.KMSMasterKeyArn"),
        ),
    ),
)

_ENCRYPTION = "docs.aws.amazon.com/amazondynamodb/latest/developerguide/EncryptionAtRest.html"
_PITR = "docs.aws.amazon.com/amazondynamodb/latest/developerguide/PointInTimeRecovery.html"
_CREATE = "docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_CreateTable.html"
_ZONES = "docs.aws.amazon.com/amazondynamodb/latest/developerguide/disaster-recovery-resiliency.html"
_SIGNED = "docs.aws.amazon.com/amazondynamodb/latest/developerguide/security-iam.html"
_LONGEST_DAYS = 35  # how far back recovery reaches unless a shorter period is set (_PITR)

_DESCRIBED = "describe_continuous_backups/ContinuousBackupsDescription.PointInTimeRecoveryDescription"
_SPECIFIED = "PointInTimeRecoverySpecification"
_TABLE_ANSWER = "describe_table/Table"


def _replica(path: str) -> tuple[str, str]:
    """Return the paths of what a global table says of each replica."""
    return path, f"Replicas.0.{path}"


TABLE: Spelling = {
    # word, then its path in Terraform, CloudFormation, the API
    "name": aws("name", "TableName", "value"),
    "deletion": aws(
        "deletion_protection_enabled",
        _replica("DeletionProtectionEnabled"),
        f"{_TABLE_ANSWER}.DeletionProtectionEnabled",
    ),
    "key": aws(
        "server_side_encryption.kms_key_arn",
        _replica("SSESpecification.KMSMasterKeyId"),
        f"{_TABLE_ANSWER}.SSEDescription.KMSMasterKeyArn",
    ),
    "key_manager": aws(None, None, "describe_key/KeyMetadata.KeyManager"),
    "recovery": aws(
        "point_in_time_recovery.enabled",
        _replica(f"{_SPECIFIED}.PointInTimeRecoveryEnabled"),
        f"{_DESCRIBED}.PointInTimeRecoveryStatus",
    ),
    "recovery_days": aws(
        "point_in_time_recovery.recovery_period_in_days",
        _replica(f"{_SPECIFIED}.RecoveryPeriodInDays"),
        f"{_DESCRIBED}.RecoveryPeriodInDays",
    ),
    "tags": aws("tags", "Tags", "list_tags_of_resource/Tags"),
}
IDENTITY = ("name",)


def _kept(recovery: Any, days: Any) -> Any:
    """Return how many days recovery reaches back."""
    if recovery is None:
        return None
    return 0 if as_bool(recovery) is not True else _LONGEST_DAYS if days is None else days


_RECOVERED = Fact("recovery", default=Documented(False, _PITR))
_NO_SERVER = inapplicable(
    "a table has no server of its own: it is reached by signed calls to the region's endpoint"
)
_NO_LOGS = inapplicable("a table writes no logs: CloudTrail records the calls to it")
_OF_ACCOUNT = inapplicable("GuardDuty and Inspector watch the account as a whole")
_NO_VERSION = inapplicable("a table has no version: AWS keeps the service itself up to date")
FACTS: Facts = {
    **SELDOM,
    "engine": always("dynamodb", _CREATE),
    "session.idle_minutes": NO_SESSIONS,
    "encryption.at_rest": always(True, _ENCRYPTION),
    "encryption.customer_managed_key": Fact(
        joins=keys_owner(), of=("key", "key_manager"), default=Documented(False, _ENCRYPTION)
    ),
    "backup.enabled": _RECOVERED,
    "backup.retention_days": Fact(_kept, of=("recovery", "recovery_days"), default=Documented(0, _PITR)),
    "backup.cross_region": inapplicable("recovery works within a region; global tables are replicated"),
    "deletion_protection": Fact("deletion", default=Documented(False, _CREATE)),
    "ha.multi_zone": always(True, _ZONES),
    "auth.iam": always(True, _SIGNED),
    "auth.passwords": inapplicable("a table has no password"),
    "inline_secrets": always(False, f"{_SIGNED}: a table has no password"),
    "tls.required": _NO_SERVER,
    "tls.min_version": _NO_SERVER,
    "network.public": _NO_SERVER,
    "network.private_endpoint": _NO_SERVER,
    "network.published": _NO_SERVER,
    "network.published_by": _NO_SERVER,
    "network.allowed_sources": _NO_SERVER,
    "logs.enabled": _NO_LOGS,
    "audit.events": _NO_LOGS,
    "threat_detection": _OF_ACCOUNT,
    "vulnerability_assessment": _OF_ACCOUNT,
    "backup.long_term": inapplicable("AWS Backup keeps long-term copies by plans of its own"),
    "audit.retention_days": _NO_LOGS,
    "version": _NO_VERSION,
    "auto_minor_upgrade": _NO_VERSION,
    "tags": TAGS,
}


def assets(view: View) -> Iterator[Asset]:
    """Yield the one `database` that the resource declares or reports."""
    yield asset("database", view, FACTS, key(view, "aws:dynamodb:table/{}", "name"))
