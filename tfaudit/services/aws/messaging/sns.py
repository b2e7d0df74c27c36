"""Amazon SNS topics, as `queue` assets. Their policies are assets of their own (`resource_policies`)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tfaudit.model.asset import Asset
from tfaudit.model.calls import Detail, Listing
from tfaudit.reading.asset import asset, key
from tfaudit.reading.documented import Documented
from tfaudit.reading.fact import Fact, Facts, inapplicable, stated
from tfaudit.reading.spelling import Spelling, aws
from tfaudit.services.aws.keys.customer_keys import describe_key, keys_owner
from tfaudit.services.aws.messaging.signed import SIGNED
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
            Detail("get_topic_attributes", {"TopicArn": "TopicArn"}, sent=("Attributes.TopicArn",)),
            Detail("list_tags_for_resource", {"ResourceArn": "TopicArn"}),
            describe_key("get_topic_attributes.Attributes.KmsMasterKeyId"),
        ),
    ),
)

_SSE = "docs.aws.amazon.com/sns/latest/dg/sns-server-side-encryption.html"

TABLE: Spelling = {
    # word, then its path in Terraform, CloudFormation, the API
    "name": aws("name", "TopicName", "TopicArn"),
    "key": aws("kms_master_key_id", "KmsMasterKeyId", "get_topic_attributes/Attributes.KmsMasterKeyId"),
    "key_manager": aws(None, None, "describe_key/KeyMetadata.KeyManager"),
    "tags": aws("tags", "Tags", "list_tags_for_resource/Tags"),
}
IDENTITY = ("name",)

FACTS: Facts = {
    "encryption.at_rest": stated("key", default=Documented(False, _SSE)),
    "encryption.customer_managed_key": Fact(
        joins=keys_owner(), of=("key", "key_manager"), default=Documented(False, _SSE)
    ),
    "dead_letter": inapplicable("each subscription has a dead-letter queue of its own"),
    "logs.enabled": inapplicable("CloudTrail records its calls, where the account's trail asks for them"),
    "tags": TAGS,
    **SIGNED,
}


def assets(view: View) -> Iterator[Asset]:
    """Yield the one `queue` that the resource declares or reports."""
    named = key(view, "{}", "name")
    if isinstance(named, str):  # the last part of an ARN, by which an account reports its topics
        named = f"aws:sns:topic/{named.rpartition(':')[2]}"
    yield asset("queue", view, FACTS, named)
