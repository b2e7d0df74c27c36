"""Amazon CloudWatch log groups, as `log_store` assets.

A group without a retention keeps its events for ever. That is reported as `FOREVER_DAYS`, a hundred years: it meets
every minimum and fails every maximum, as it should.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tfaudit.model.asset import Asset
from tfaudit.model.calls import Detail, Listing
from tfaudit.model.settings import Known
from tfaudit.reading.answers import Said
from tfaudit.reading.asset import asset, key
from tfaudit.reading.documented import Documented, Inapplicable
from tfaudit.reading.fact import Fact, Facts, inapplicable
from tfaudit.reading.spelling import Spelling, aws
from tfaudit.reading.values import as_int
from tfaudit.services.aws.keys.customer_keys import describe_key, keys_owner
from tfaudit.services.aws.tags import TAGS

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
_DELIVERED = "a group of the DELIVERY class keeps events for a day or two, on their way to another store"


TABLE: Spelling = {
    # word, then its path in Terraform, CloudFormation, the API
    "name": aws("name", "LogGroupName", "logGroupName"),
    "class": aws("log_group_class", "LogGroupClass", "logGroupClass"),
    "days": aws("retention_in_days", "RetentionInDays", "retentionInDays"),
    "key": aws("kms_key_id", "KmsKeyId", "kmsKeyId"),
    "key_manager": aws(None, None, "describe_key/KeyMetadata.KeyManager"),
    "tags": aws("tags", "Tags", "list_tags_for_resource/tags"),
}
IDENTITY = ("name",)


def _kept(days: Any, class_: Any) -> Any:
    """Return how many days the events are kept; 0 is Terraform's word for "never expire"."""
    if class_ == "DELIVERY":
        return Inapplicable(_DELIVERED)
    if days is None:
        return Said(None, by="days")
    return FOREVER_DAYS if as_int(days) == 0 else days


_KEPT = Fact(_kept, of=("days", "class"), default=Documented(FOREVER_DAYS, f"{_RETENTION}: for ever"))
_SIGNED = "a log group takes calls of AWS's own API alone, which identities sign"
FACTS: Facts = {
    "encryption.customer_managed_key": Fact(
        joins=keys_owner(), of=("key", "key_manager"), default=Documented(False, _ENCRYPTION)
    ),
    "logs.retention_days": _KEPT,
    "network.public": inapplicable(_SIGNED),
    "shared_key_access": inapplicable(_SIGNED),
    "tags": TAGS,
}


def assets(view: View) -> Iterator[Asset]:
    """Yield the one `log_store` that the resource declares or reports."""
    named = view.word("name")
    name = str(named.value) if isinstance(named, Known) else ""  # whole: its slashes are part of it
    yield asset("log_store", view, FACTS, key(view, "aws:logs:group/{}", "name"), name)
