"""Amazon CloudWatch log groups, as `log_store` assets.

A group without a retention keeps its events for ever. That is told as `FOREVER_DAYS`, a hundred years: it meets every
minimum and fails every maximum, as it should.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tfaudit.model.asset import Asset
from tfaudit.model.calls import Detail, Listing
from tfaudit.model.settings import NotApplicable
from tfaudit.reading.asset import asset, key
from tfaudit.reading.documented import Documented
from tfaudit.reading.facts import Fact, spelled
from tfaudit.reading.values import as_int
from tfaudit.services.aws.keys.customer_keys import customer_key, describe_key
from tfaudit.services.aws.tags import tagged

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tfaudit.reading.view import View

READS = ("aws_cloudwatch_log_group", "AWS::Logs::LogGroup", "logs.describe_log_groups")
KINDS = ("log_store",)
CALLS = (
    Listing(
        "logs",
        "describe_log_groups",
        "logGroups",
        "logGroupArn",
        name="logGroupName",
        details=(
            describe_key("kmsKeyId"),
            Detail(
                "list_tags_for_resource",
                {"resourceArn": "logGroupArn"},
                permission="logs:ListTagsForResource",
            ),
        ),
    ),
)

FOREVER_DAYS = 36_500

_RETENTION = "docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html"
_ENCRYPTION = "docs.aws.amazon.com/AmazonCloudWatch/latest/logs/encrypt-log-data-kms.html"
_PROTECTION = "docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_CreateLogGroup.html"
_DELIVERY_CLASS = "a group of the DELIVERY class keeps events for a day or two, on their way to another store"


def _retention(view: View) -> Any:
    if (view.get("log_group_class") or view.get("LogGroupClass") or view.get("logGroupClass")) == "DELIVERY":
        return NotApplicable(_DELIVERY_CLASS, view.resource, view.base)
    return view.first("retention_in_days", "RetentionInDays", "retentionInDays")


def _days(value: Any) -> int | None:
    days = as_int(value)
    return FOREVER_DAYS if days == 0 else days  # Terraform's word for "never expire"


_KEPT = Fact(
    **spelled(_retention, _retention),
    using=_days,
    default=Documented(FOREVER_DAYS, f"{_RETENTION}: for ever"),
)
FACTS = {
    "encryption.at_rest": Fact(always=Documented(True, _ENCRYPTION)),
    "encryption.customer_managed_key": Fact(
        **customer_key("kms_key_id", "KmsKeyId", "kmsKeyId"), default=Documented(False, _ENCRYPTION)
    ),
    "logs.enabled": Fact(always=Documented(True, _RETENTION)),
    "logs.retention_days": _KEPT,
    "audit.retention_days": _KEPT,
    "deletion_protection": Fact(
        cloudformation="DeletionProtectionEnabled",
        terraform="deletion_protection_enabled",
        api="deletionProtectionEnabled",
        default=Documented(False, _PROTECTION),
    ),
    "tags": tagged("list_tags_for_resource/tags"),
}


def assets(view: View) -> Iterator[Asset]:
    """Yield the one `log_store` that the resource declares or reports."""
    path = {"terraform": "name", "cloudformation": "LogGroupName", "api": "logGroupName"}[view.dialect]
    name = str(view.get(path) or "")  # whole: its slashes are part of it
    yield asset("log_store", view, FACTS, key(view, "aws:logs:group/{}", path), name)
