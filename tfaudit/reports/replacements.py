"""Fixes that a tool can apply: where a value stands literally on one line, the columns to replace, and by what."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from tfaudit.model.settings import Known
from tfaudit.reports import fixes

if TYPE_CHECKING:
    from tfaudit.model.resources import Place
    from tfaudit.model.verdicts import Verdict
    from tfaudit.reports.frames import Quotes

# `name = 1`, `name: 1`, `"name": 1,` with a scalar that holds no expression.
_LITERAL = r"(?P<value>true|false|-?\d+(?:\.\d+)?|\"[^\"$\\]*\"|'[^'$\\]*'|[A-Za-z][\w.-]*(?=\s*(?:#|$)))"


class Replacement(Struct, frozen=True):
    """What to put on a line of `origin` from column `start` up to `end` (from 1, `end` not included)."""

    origin: str
    line: int
    start: int
    end: int
    text: str


def replacements(verdict: Verdict, quotes: Quotes) -> list[Replacement]:
    """Return the edits that are the whole fix of `verdict`; [] unless each attribute stands there as a literal."""
    wanted = fixes.values(verdict)
    if not wanted or not isinstance(verdict.asset.settings[verdict.setting], Known):
        return []
    found: list[Replacement] = []
    for name, value in wanted.items():
        edits = (_edit(place, name, value, quotes) for place in verdict.places)
        edit = next((each for each in edits if each is not None), None)
        if edit is None:
            return []
        found.append(edit)
    return found


def _edit(place: Place, attribute: str, value: Any, quotes: Quotes) -> Replacement | None:
    if not place.line or not isinstance(value, (bool, int, float, str)):
        return None
    name = attribute.rpartition(".")[2]
    is_hcl = place.origin.endswith(".tf")
    line = quotes.source_line(place.origin, place.line)
    match = re.match(
        rf"^\s*(?:- )?[\"']?{re.escape(name)}[\"']?\s*{'=' if is_hcl else ':'}\s*{_LITERAL}", line
    )
    if match is None or (is_hcl and match["value"][:1].isalpha() and match["value"] not in ("true", "false")):
        return None
    return Replacement(
        place.origin, place.line, match.start("value") + 1, match.end("value") + 1, json.dumps(value)
    )
