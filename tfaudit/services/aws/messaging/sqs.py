"""Amazon SQS queues, as `queue` assets. Their policies are assets of their own (`resource_policies`)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tfaudit.model.asset import Asset
from tfaudit.model.calls import Call, Detail, Listing
from tfaudit.model.resources import Unresolved
from tfaudit.reading.asset import asset, key
from tfaudit.reading.documented import Documented
from tfaudit.reading.facts import Fact, Facts, spelled
from tfaudit.reading.values import as_bool
from tfaudit.reading.view import Reading
from tfaudit.services.aws.keys.customer_keys import customer_key, describe_key
from tfaudit.services.aws.tags import TAGS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tfaudit.reading.view import View


def _attributes(call: Call, item: Mapping[str, Any]) -> Any:
    return call("get_queue_attributes", QueueUrl=item["value"], AttributeNames=["All"])


READS = ("aws_sqs_queue", "AWS::SQS::Queue", "sqs.list_queues")
KINDS = ("queue",)
COMPANIONS = {"aws_sqs_queue_redrive_policy": "queue_url"}
CALLS = (
    Listing(
        "sqs",
        "list_queues",
        "QueueUrls",
        "value",
        parameters={"MaxResults": 1000},  # without it there is no second page
        details=(
            Detail("get_queue_attributes", {"QueueUrl": "value"}, fetch=_attributes),
            describe_key("get_queue_attributes.Attributes.KmsMasterKeyId"),
        ),
    ),
)

_SSE = (
    "docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-configure-sqs-sse-queue.html: "
    "queues created since October 2022"
)
_REDRIVE = "docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-dead-letter-queues.html"
_ATTRIBUTES = "get_queue_attributes/Attributes"


def _encrypted(view: View) -> Reading:
    """Return whether messages are encrypted: by a KMS key, or by SQS's own where that is not switched off."""
    named = view.first("kms_master_key_id", "KmsMasterKeyId")
    own = view.first("sqs_managed_sse_enabled", "SqsManagedSseEnabled")
    return _either(named, own)


def _reported(view: View) -> Reading:
    answer = view.read(_ATTRIBUTES)
    if not answer.known:
        return answer
    found = _either(
        view.read(f"{_ATTRIBUTES}.KmsMasterKeyId"), view.read(f"{_ATTRIBUTES}.SqsManagedSseEnabled")
    )
    return Reading(False, answer.resource, answer.path) if found.absent else found


def _either(named: Reading, own: Reading) -> Reading:
    if isinstance(named.value, Unresolved):
        # A key that turns out as none leaves SQS's own encryption.
        return own if own.absent or as_bool(own.value) is True else named
    if not named.absent and named.value != "":
        return Reading(True, named.resource, named.path)
    return own


FACTS: Facts = {
    "encryption.at_rest": Fact(**spelled(_encrypted, _encrypted, _reported), default=Documented(True, _SSE)),
    "encryption.customer_managed_key": Fact(
        **customer_key("kms_master_key_id", "KmsMasterKeyId", f"{_ATTRIBUTES}.KmsMasterKeyId"),
        default=Documented(False, _SSE),
    ),
    "dead_letter": Fact(
        terraform=("redrive_policy", "aws_sqs_queue_redrive_policy/redrive_policy"),
        cloudformation="RedrivePolicy",
        api=f"{_ATTRIBUTES}.RedrivePolicy",
        set_means=True,
        default=Documented(False, _REDRIVE),
    ),
    "tags": TAGS,
}


def assets(view: View) -> Iterator[Asset]:
    """Yield the one `queue` that the resource declares or reports."""
    if view.dialect == "api":
        name = str(view.get("value") or "").rpartition("/")[2]
        yield asset("queue", view, FACTS, f"aws:sqs:queue/{name}")
        return
    yield asset("queue", view, FACTS, key(view, "aws:sqs:queue/{}", "name", "QueueName"))
