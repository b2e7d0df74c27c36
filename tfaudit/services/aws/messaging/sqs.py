"""Amazon SQS queues, as `queue` assets. Their policies are assets of their own (`resource_policies`)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from tfaudit.model.asset import Asset
from tfaudit.model.calls import Call, Detail, Listing
from tfaudit.model.resources import Reference, Unresolved
from tfaudit.model.settings import Default, Known, Unknown
from tfaudit.reading.asset import asset, key
from tfaudit.reading.companions import may_be_missing
from tfaudit.reading.documented import Documented, Inapplicable
from tfaudit.reading.fact import Fact, Facts, inapplicable, stated
from tfaudit.reading.inventory import without_index
from tfaudit.reading.spelling import Spelling, aws
from tfaudit.reading.states import Absent, Pointer, Reading
from tfaudit.reading.values import as_bool
from tfaudit.services.aws.keys.customer_keys import describe_key, keys_owner
from tfaudit.services.aws.messaging.signed import SIGNED
from tfaudit.services.aws.tags import TAGS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tfaudit.model.resources import Resource
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
        left_out=True,
        details=(
            Detail(
                "get_queue_attributes",
                {"QueueUrl": "value"},
                fetch=_attributes,
                sent=("Attributes.QueueArn",),
            ),
            Detail("list_queue_tags", {"QueueUrl": "value"}),
            describe_key("get_queue_attributes.Attributes.KmsMasterKeyId"),
        ),
    ),
)

_SSE = (
    "docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-configure-sqs-sse-queue.html: "
    "queues created since October 2022"
)
_REPORTED = (
    "docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_GetQueueAttributes.html: "
    "neither a key nor SQS's own encryption is reported"
)
_REDRIVE = "docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-dead-letter-queues.html"
_ATTRIBUTES = "get_queue_attributes/Attributes"

TABLE: Spelling = {
    # word, then its path in Terraform, CloudFormation, the API
    "name": aws("name", "QueueName", "value"),
    "key": aws("kms_master_key_id", "KmsMasterKeyId", f"{_ATTRIBUTES}.KmsMasterKeyId"),
    "key_manager": aws(None, None, "describe_key/KeyMetadata.KeyManager"),
    "own_encryption": aws(
        "sqs_managed_sse_enabled", "SqsManagedSseEnabled", f"{_ATTRIBUTES}.SqsManagedSseEnabled"
    ),
    "redrive": aws(
        ("redrive_policy", "aws_sqs_queue_redrive_policy/redrive_policy"),
        "RedrivePolicy",
        f"{_ATTRIBUTES}.RedrivePolicy",
    ),
    "tags": aws("tags", "Tags", "list_queue_tags/Tags"),
}
IDENTITY = ("name",)


def _encrypted(view: View) -> Reading:
    """Return whether messages are encrypted: by a KMS key, or by SQS's own where that is not switched off."""
    named, own = view.word("key"), view.word("own_encryption")
    match named:
        case Absent() | Known(value=""):
            return own
        case Known() | Pointer():
            return Known(True, named.resource, named.path)
        case Unknown():
            # A key that turns out as none leaves SQS's own encryption.
            on = isinstance(own, Absent) or (isinstance(own, Known) and as_bool(own.value) is True)
            return own if on else named


_REDRIVEN = stated("redrive", default=Documented(False, _REDRIVE))
_SENDERS = {
    "aws_sqs_queue": "redrive_policy",
    "aws_sqs_queue_redrive_policy": "redrive_policy",
    "AWS::SQS::Queue": "RedrivePolicy",
    "sqs.list_queues": "get_queue_attributes",
}


def _kept_apart(view: View) -> Any:
    """Return whether messages that fail are kept apart; a queue that others keep theirs in needs no further one."""
    own = _REDRIVEN.read(view, "bool")
    if not isinstance(own, Default):
        return own
    senders = [(each, may_be_missing(each, view.resource)) for each in _senders(view)]
    if any(doubt is None for _, doubt in senders):
        return Inapplicable("other queues keep apart in it what they cannot handle")
    for sender, doubt in senders:
        if doubt is not None:
            return Unknown(doubt.because, doubt.settle_with, sender)
    return own


def _senders(view: View) -> Iterator[Resource]:
    """Yield the other queues whose policy names it: by a reference, or by its name at the end of an ARN."""
    address = without_index(view.resource.address)
    name = view.word("name")
    ending = f":{str(name.value).rpartition('/')[2]}" if isinstance(name, Known) else ""
    for type_, attribute in _SENDERS.items():
        for each in view.inventory.of_type(type_):
            if each is not view.resource and _named_in(each.body.get(attribute), address, ending):
                yield each


def _named_in(value: Any, address: str, ending: str) -> bool:
    match value:
        case Reference():
            return without_index(value.address) == address
        case Unresolved():
            return f"{address}." in value.expression
        case str():
            return bool(ending) and re.search(re.escape(ending) + r"(?![\w-])", value) is not None
        case dict():
            return any(_named_in(each, address, ending) for each in value.values())
        case list():
            return any(_named_in(each, address, ending) for each in value)
        case _:
            return False


FACTS: Facts = {
    "encryption.at_rest": Fact(
        joins=_encrypted,
        of=("key", "own_encryption"),
        default=Documented(True, _SSE),
        reported=Documented(False, _REPORTED),
    ),
    "encryption.customer_managed_key": Fact(
        joins=keys_owner(), of=("key", "key_manager"), default=Documented(False, _SSE)
    ),
    "dead_letter": Fact(joins=_kept_apart, of=("redrive",), default=Documented(False, _REDRIVE)),
    "logs.enabled": inapplicable("CloudTrail records its calls, where the account's trail asks for them"),
    "tags": TAGS,
    **SIGNED,
}


def assets(view: View) -> Iterator[Asset]:
    """Yield the one `queue` that the resource declares or reports."""
    named = key(view, "{}", "name")
    if isinstance(named, str):  # the last part of a URL, by which an account reports its queues
        named = f"aws:sqs:queue/{named.rpartition('/')[2]}"
    yield asset("queue", view, FACTS, named)
