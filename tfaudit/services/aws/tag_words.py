"""Tags of AWS resources, by the word `tags`: a map in Terraform, a list of Key and Value everywhere else."""

from __future__ import annotations

from typing import Any

from tfaudit.reading.documented import Documented
from tfaudit.reading.fact import Fact


def _as_map(tags: Any) -> dict[str, Any] | None:
    if tags is None or isinstance(tags, dict):
        return tags
    return {
        str(each.get("Key") or each.get("TagKey") or ""): each.get("Value", each.get("TagValue"))
        for each in (tags if isinstance(tags, list) else [])
        if isinstance(each, dict)
    }


TAGS = Fact(_as_map, of=("tags",), default=Documented({}, "nothing is tagged by itself"))
