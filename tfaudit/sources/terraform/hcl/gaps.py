"""JSON templates of which a part is unknown, as the document with the unknown parts in their places."""

from __future__ import annotations

import json
import re
from typing import Any

from tfaudit.sources.terraform.hcl.syntax import source_text
from tfaudit.sources.terraform.hcl.values import Document, document, is_known, made_from, text_of

_ESCAPED = re.compile(r"\\.")


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
            whole = isinstance(value, Document) and not _inside_text(text)
            gaps[mark] = (value.value if whole else value, "${" + source_text(part) + "}")
            # What `jsonencode` wrote, and only that, is one value for certain where no quotes are around it.
            text += f'"{mark}"' if whole else mark
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        return None
    return document(_filled(found, gaps), "")


def _inside_text(written: str) -> bool:
    """Whether a JSON text that breaks off here breaks off within quotes."""
    return _ESCAPED.sub("", written).count('"') % 2 == 1


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
