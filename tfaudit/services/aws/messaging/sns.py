"""Amazon SNS topics, as `queue` assets. Their policies are assets of their own (`resource_policies`)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tfaudit.model.asset import Asset
from tfaudit.model.calls import Detail, Listing
from tfaudit.reading.asset import asset, key
from tfaudit.reading.documented import Documented
from tfaudit.reading.facts import Fact, Facts
from tfaudit.services.aws.keys.customer_keys import customer_key, describe_key
from tfaudit.services.aws.tags import TAGS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tfaudit.reading.view import View

READS = ("aws_sns_topic", "AWS::SNS::Topic", "sns.list_topics")
KINDS = ("queue",)
CALLS = (
    Listing(
        "sns",
        "list_topics",
        "Topics",
        "TopicArn",
        details=(
            Detail("get_topic_attributes", {"TopicArn": "TopicArn"}),
            describe_key("get_topic_attributes.Attributes.KmsMasterKeyId"),
        ),
    ),
)

_SSE = "docs.aws.amazon.com/sns/latest/dg/sns-server-side-encryption.html"
_KEY = "get_topic_attributes/Attributes.KmsMasterKeyId"

FACTS: Facts = {
    "encryption.at_rest": Fact(
        terraform="kms_master_key_id",
        cloudformation="KmsMasterKeyId",
        api=_KEY,
        set_means=True,
        default=Documented(False, _SSE),
    ),
    "encryption.customer_managed_key": Fact(
        **customer_key("kms_master_key_id", "KmsMasterKeyId", _KEY), default=Documented(False, _SSE)
    ),
    "dead_letter": Fact(not_applicable="each subscription has a dead-letter queue of its own"),
    "tags": TAGS,
}


def assets(view: View) -> Iterator[Asset]:
    """Yield the one `queue` that the resource declares or reports."""
    if view.dialect == "api":
        name = str(view.get("TopicArn") or "").rpartition(":")[2]
        yield asset("queue", view, FACTS, f"aws:sns:topic/{name}")
        return
    yield asset("queue", view, FACTS, key(view, "aws:sns:topic/{}", "name", "TopicName"))
