"""Tags of AWS resources: a map in Terraform, a list of Key and Value in CloudFormation and the API."""

from __future__ import annotations

from collections.abc import Callable

from tfaudit.model.resources import Reference, Unresolved
from tfaudit.reading.documented import Documented
from tfaudit.reading.facts import Fact
from tfaudit.reading.inventory import ABSENT
from tfaudit.reading.view import Reading, View


def tags_of(*paths: str) -> Callable[[View], Reading]:
    """Return the spelling that reads tags from the first of `paths` that is set."""
    return lambda view: _as_map(view.first(*paths))


def _as_map(reading: Reading) -> Reading:
    value = reading.value
    if value is ABSENT or isinstance(value, (dict, Unresolved, Reference)):
        return reading
    tags = {}
    for item in value if isinstance(value, list) else []:
        if isinstance(item, dict):
            tags[str(item.get("Key") or item.get("TagKey") or "")] = item.get("Value", item.get("TagValue"))
    return Reading(tags, reading.resource, reading.path)


_tags = tags_of("tags", "Tags", "TagList", "TagSet")
TAGS = Fact(
    terraform=_tags, cloudformation=_tags, api=_tags, default=Documented({}, "nothing is tagged by itself")
)


def tagged(answer: str) -> Fact:
    """Return the fact for tags that the API tells by a call of their own, `get_bucket_tagging/TagSet`."""
    return Fact(terraform=_tags, cloudformation=_tags, api=tags_of(answer), default=TAGS.default)
