"""Amazon DynamoDB tables, as `database` assets.

A table has no server of its own: what others set on one (address, zones, connections) is the service's for every table.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tfaudit.assets.asset import Asset, asset, key
from tfaudit.assets.facts import Documented, Fact, Facts, spelled
from tfaudit.assets.values import as_bool
from tfaudit.assets.view import Reading
from tfaudit.calls import Detail, Listing
from tfaudit.services.aws.customer_keys import customer_key, describe_key
from tfaudit.services.aws.tags import tagged

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tfaudit.assets.view import View

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
            Detail("describe_table", _TABLE),
            Detail("describe_continuous_backups", _TABLE),
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


def _recovery(view: View) -> Reading:
    """Return whether point-in-time recovery is on."""
    if view.dialect == "api":
        return view.read(f"{_DESCRIBED}.PointInTimeRecoveryStatus")
    if view.dialect == "terraform":
        return view.read("point_in_time_recovery.enabled")
    # A global table says it of each replica.
    enabled = f"{_SPECIFIED}.PointInTimeRecoveryEnabled"
    return view.first(enabled, f"Replicas.0.{enabled}")


def _retention(view: View) -> Any:
    enabled = _recovery(view)
    if not enabled.known:
        return enabled
    if as_bool(enabled.value) is not True:
        return Reading(0, enabled.resource, enabled.path)
    if view.dialect == "api":
        days = view.read(f"{_DESCRIBED}.RecoveryPeriodInDays")
    else:
        own = f"{_SPECIFIED}.RecoveryPeriodInDays"
        days = view.first("point_in_time_recovery.recovery_period_in_days", own, f"Replicas.0.{own}")
    return Reading(_LONGEST_DAYS, enabled.resource, enabled.path) if days.absent else days


def _protected(view: View) -> Reading:
    if view.resource.type == "AWS::DynamoDB::GlobalTable":
        return view.read("Replicas.0.DeletionProtectionEnabled")
    return view.first("deletion_protection_enabled", "DeletionProtectionEnabled")


_RECOVERED = spelled(_recovery, _recovery)
_KEPT = spelled(_retention, _retention)
_NO_SERVER = Fact(
    not_applicable="a table has no server of its own: it is reached by signed calls to the region's endpoint"
)
_KEYS = customer_key(
    "server_side_encryption.kms_key_arn",
    ("SSESpecification.KMSMasterKeyId", "Replicas.0.SSESpecification.KMSMasterKeyId"),
    "describe_table/Table.SSEDescription.KMSMasterKeyArn",
)
FACTS: Facts = {
    "engine": Fact(always=Documented("dynamodb", _CREATE)),
    "encryption.at_rest": Fact(always=Documented(True, _ENCRYPTION)),
    "encryption.customer_managed_key": Fact(**_KEYS, default=Documented(False, _ENCRYPTION)),
    "backup.enabled": Fact(**_RECOVERED, default=Documented(False, _PITR)),
    "backup.pitr": Fact(**_RECOVERED, default=Documented(False, _PITR)),
    "backup.retention_days": Fact(**_KEPT, default=Documented(0, _PITR)),
    "backup.cross_region": Fact(
        not_applicable="recovery works within a region; global tables are replicated"
    ),
    "deletion_protection": Fact(
        terraform=_protected,
        cloudformation=_protected,
        api="describe_table/Table.DeletionProtectionEnabled",
        default=Documented(False, _CREATE),
    ),
    "ha.multi_zone": Fact(always=Documented(True, _ZONES)),
    "auth.iam": Fact(always=Documented(True, _SIGNED)),
    "inline_secrets": Fact(always=Documented(False, f"{_SIGNED}: a table has no password")),
    "tls.required": _NO_SERVER,
    "tls.min_version": _NO_SERVER,
    "network.public": _NO_SERVER,
    "network.allowed_sources": _NO_SERVER,
    "logs.enabled": Fact(not_applicable="a table writes no logs: CloudTrail records the calls to it"),
    "audit.events": Fact(not_applicable="a table writes no logs: CloudTrail records the calls to it"),
    "tags": tagged("list_tags_of_resource/Tags"),
}


def assets(view: View) -> Iterator[Asset]:
    """Yield the one `database` that the resource declares or reports."""
    name = {"terraform": "name", "cloudformation": "TableName", "api": "value"}[view.dialect]
    yield asset("database", view, FACTS, key(view, "aws:dynamodb:table/{}", name))
