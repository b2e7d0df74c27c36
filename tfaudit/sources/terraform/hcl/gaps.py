"""JSON templates of which a part is unknown, as the document with the unknown parts in their places."""

from __future__ import annotations

import json
from typing import Any

from tfaudit.sources.terraform.hcl.syntax import source_text
from tfaudit.sources.terraform.hcl.values import document, is_known, made_from, text_of


def json_with_gaps(parts: list[Any], values: list[Any]) -> Any:
    """Return the document of a JSON template with the unknown parts put in, None where it is no JSON document."""
    if not isinstance(parts[0], str) or parts[0].lstrip()[:1] not in ("{", "["):
        return None
    gaps: dict[str, tuple[Any, str]] = {}
    text = ""
    for part, value in zip(parts, values, strict=True):
        if is_known(value) and not isinstance(value, (dict, list)):
            text += text_of(value)
        else:
            mark = f"\ue000{len(gaps)}\ue001"
            gaps[mark] = (value, "${" + source_text(part) + "}")
            text += mark
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        return None
    return document(_filled(found, gaps), "")


def _filled(value: Any, gaps: dict[str, tuple[Any, str]]) -> Any:
    if isinstance(value, dict):
        return {_filled_text(key, gaps): _filled(inner, gaps) for key, inner in value.items()}
    if isinstance(value, list):
        return [_filled(inner, gaps) for inner in value]
    if not isinstance(value, str) or "\ue000" not in value:
        return value
    if value in gaps:
        return gaps[value][0]
    inside = [found for mark, (found, _) in gaps.items() if mark in value]
    return made_from(inside, _filled_text(value, gaps))


def _filled_text(text: str, gaps: dict[str, tuple[Any, str]]) -> str:
    for mark, (_, written) in gaps.items():
        text = text.replace(mark, written)
    return text
