"""Whose access logs a bucket receives: those of other buckets, and those of load balancers.

Who delivers is found by what it names, so these are attributes of others, not words of the bucket.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TYPE_CHECKING

from tfaudit.model.resources import Unresolved
from tfaudit.model.settings import Known, Unknown
from tfaudit.reading.companions import may_be_missing
from tfaudit.reading.inventory import without_index

if TYPE_CHECKING:
    from tfaudit.model.resources import Resource
    from tfaudit.reading.inventory import Inventory
    from tfaudit.reading.view import View

_BUCKETS = {
    "aws_s3_bucket_logging": "target_bucket",
    "aws_s3_bucket": "logging.target_bucket",
    "AWS::S3::Bucket": "LoggingConfiguration.DestinationBucketName",
    "s3.list_buckets": "get_bucket_logging.LoggingEnabled.TargetBucket",
}
# docs.aws.amazon.com/AmazonS3/latest/userguide/enable-server-access-logging.html,
# docs.aws.amazon.com/elasticloadbalancing/latest/application/enable-access-logging.html
_BALANCERS = {
    "aws_lb": "access_logs.bucket",
    "aws_alb": "access_logs.bucket",
    "aws_elb": "access_logs.bucket",
    "AWS::ElasticLoadBalancing::LoadBalancer": "AccessLoggingPolicy.S3BucketName",
}


# Who delivers logs, and the group that older buckets let in: docs.aws.amazon.com/AmazonS3/latest/userguide/
# enable-server-access-logging.html#grant-log-delivery-permissions-general
_DELIVERY = {"get_bucket_policy": "logging.s3.amazonaws.com", "get_bucket_acl": "/groups/s3/LogDelivery"}


def receives_logs(view: View) -> bool | Unknown:
    """Return whether another bucket delivers its access logs to it.

    Where an account does not report where another bucket's logs go, they may go to each bucket that lets them in.
    """
    named = _surely(view, (each for each in naming(view, _BUCKETS) if each is not view.resource))
    if named is not False:
        return named
    unclear = view.inventory.derived(_unclear)
    unclear = [each for each in unclear if each is not view.resource][:1]
    if not unclear or not _lets_logs_in(view.resource):
        return False
    why = unclear[0].body["get_bucket_logging"]
    because = f"it is not known where the access logs of {unclear[0].body['Name']} go: {why.because}"
    return Unknown(because, why.settle_with, view.resource, view.base)


def _unclear(inventory: Inventory) -> list[Resource]:
    """Return two of the buckets whose logs may go anywhere: one of them is another than any that asks."""
    found = (
        each
        for each in inventory.of_type("s3.list_buckets")
        if isinstance(each.body.get("get_bucket_logging"), Unresolved)
    )
    return list(islice(found, 2))


def _lets_logs_in(bucket: Resource) -> bool:
    """Whether the policy or the list of a bucket names who delivers logs, or may do so."""
    answers = {operation: bucket.body.get(operation) for operation in _DELIVERY}
    return any(
        isinstance(answer, Unresolved) or _DELIVERY[operation] in str(answer)
        for operation, answer in answers.items()
    )


def receives_requests(view: View) -> bool | Unknown:
    """Return whether a load balancer delivers its access logs to it; those of the network keep to no such rule."""
    named = naming(view, _BALANCERS)
    return _surely(
        view, (each for each in named if each.body.get("load_balancer_type") in (None, "application"))
    )


def _surely(view: View, senders: Iterable[Resource]) -> bool | Unknown:
    """Return whether one of `senders` is there with the bucket, and why that is not known."""
    unsure: Unknown | None = None
    for each in senders:
        doubt = may_be_missing(each, view.resource)
        if doubt is None:
            return True
        unsure = unsure or Unknown(doubt.because, doubt.settle_with, each)
    return unsure or False


def naming(view: View, attributes: dict[str, str]) -> Iterator[Resource]:
    """Yield the resources that name the bucket at one of `attributes`, by type."""
    words = {view.resource.address, without_index(view.resource.address)}
    name = view.word("name")
    if isinstance(name, Known):
        words.add(str(name.value))
    for type_, attribute in attributes.items():
        for word in sorted(words):
            yield from view.inventory.named(type_, attribute, word)
