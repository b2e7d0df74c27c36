"""Whose access logs a bucket receives: those of other buckets, and those of load balancers.

Who delivers is found by what it names, so these are attributes of others, not words of the bucket.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from tfaudit.model.settings import Known
from tfaudit.reading.inventory import without_index

if TYPE_CHECKING:
    from tfaudit.model.resources import Resource
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


def receives_logs(view: View) -> bool:
    """Whether another bucket delivers its access logs to it."""
    return any(each is not view.resource for each in _naming(view, _BUCKETS))


def receives_requests(view: View) -> bool:
    """Whether a load balancer delivers its access logs to it; those of the network keep to no such rule."""
    return any(
        each.body.get("load_balancer_type") in (None, "application") for each in _naming(view, _BALANCERS)
    )


def _naming(view: View, attributes: dict[str, str]) -> Iterator[Resource]:
    """Yield the resources that name the bucket at one of `attributes`, by type."""
    words = {view.resource.address, without_index(view.resource.address)}
    name = view.word("name")
    if isinstance(name, Known):
        words.add(str(name.value))
    for type_, attribute in attributes.items():
        for word in sorted(words):
            yield from view.inventory.named(type_, attribute, word)
