"""JSON text into a plain value; its lines are only looked for when a place is asked for."""

from __future__ import annotations

import json
import re
from typing import Any

from tfaudit.model.resources import Limits, Place, Unread
from tfaudit.sources.text.document import COLUMNS, Document, Duplicate, Spots
from tfaudit.sources.text.encoding import NotText, decoded
from tfaudit.sources.text.json_places import JsonSpots

_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|[{}\[\]:,]|\n|[^\s{}\[\]:,"]+', re.DOTALL)
# What may be left of an escape, a word or a number where a text was cut off.
_PART = re.compile(r"\s*|\\?u[\da-fA-F]{0,4}|\\|-|\.|[eE][+-]?|t|tr|tru|f|fa|fal|fals|n|nu|nul")


def document(data: bytes, origin: str, limits: Limits) -> Document | Unread:
    """Return the document in `data`, or why it is none: no JSON, no text, too deep or too many values."""
    try:
        text = decoded(data).decode()
        value = json.loads(text)
    except NotText as error:
        return Unread(Place(origin, error.line), f"not JSON: {error.because}", "save it as UTF-8 text")
    except json.JSONDecodeError as error:
        place = Place(origin, error.lineno, error.colno)
        if _cut_off(error):
            return Unread(
                place, "not JSON: it ends in the middle, as if it were cut off", "write it again, whole"
            )
        return Unread(place, f"not JSON: {error.msg}", "mend it there")
    except (RecursionError, ValueError) as error:
        because = "it is nested too deep" if isinstance(error, RecursionError) else f"not JSON: {error}"
        return Unread(Place(origin, 1), because, "scan its parts by themselves")
    too_large, keys = measured(value, limits)
    if too_large:
        return Unread(Place(origin, 1), too_large, "scan its parts by themselves")
    if not _may_repeat(text, keys) or not _repeats(text):
        return Document(value, origin, 1, 0, lambda: JsonSpots(text, value, lambda: spots(text, value)))
    duplicates: list[Duplicate] = []
    found = spots(text, value, duplicates)
    return Document(value, origin, 1, 0, found, tuple(duplicates))


def _cut_off(error: json.JSONDecodeError) -> bool:
    """Whether what is wrong with a text is that it ends: nothing but a part of a token stands behind the fault."""
    if error.msg.startswith("Unterminated string"):
        return True
    return _PART.fullmatch(error.doc, error.pos) is not None


def _may_repeat(text: str, keys: int) -> bool:
    """Whether a key may stand twice in an object: where the value has as many `keys` as the text, none does."""
    return text.count('":') != keys or any(each in text for each in (" :", "\t:", "\n:", "\r:"))


def _repeats(text: str) -> bool:
    """Whether a key does stand twice in an object: that is sure, and much faster than to look where."""
    found = False

    def seen(pairs: list[tuple[str, Any]]) -> None:
        nonlocal found
        found = found or len(dict(pairs)) != len(pairs)

    json.loads(text, object_pairs_hook=seen)
    return found


def measured(value: Any, limits: Limits) -> tuple[str, int]:
    """Return how `value` breaks the limits on depth and number of values, or "", and how many keys it has."""
    level = [value]
    nodes = depth = keys = 0
    while level:
        depth += 1
        below: list[Any] = []
        for each in level:
            if isinstance(each, dict):
                keys += len(each)
                below += each.values()
            elif isinstance(each, list):
                nodes += len(each)
                below += each
        if depth > limits.depth + 1:
            return f"it is nested deeper than {limits.depth}", keys
        if nodes + keys > limits.nodes:
            return f"it holds more than {limits.nodes} values", keys
        level = [each for each in below if isinstance(each, (dict, list))]
    return "", keys


def spots(text: str, value: Any, duplicates: list[Duplicate] | None = None) -> Spots:
    """Return where the members of `value`, which was read from `text`, stand in it; add keys that stand twice."""
    found: Spots = {}
    stack: list[tuple[Any, Any]] = []
    node: Any = [value]
    here: Any = []
    key: Any = None
    line = start = 0
    for token in _TOKEN.finditer(text):
        word = token[0]
        if word == "\n":
            line, start = line + 1, token.end()
        elif word in "}]":
            node, here = stack.pop()
            key = None
        elif word in ",:":
            continue
        elif isinstance(node, dict) and key is None:
            key = json.loads(word) if "\\" in word else word[1:-1]
            if duplicates is not None and key in here:
                duplicates.append(Duplicate(node, key, line + 1, here[key] // COLUMNS + 1))
            here[key] = line * COLUMNS + token.start() - start
        else:
            if isinstance(node, list):
                here.append(line * COLUMNS + token.start() - start)
            if word in "{[":
                stack.append((node, here))
                node, here = _child(node, key if isinstance(node, dict) else len(here) - 1, word)
                if node:  # An empty one has no members, and may be a stand-in that does not last.
                    found[id(node)] = here
            key = None
    return found


def _child(node: Any, step: Any, bracket: str) -> tuple[Any, Any]:
    """Return the container that opens at `step`, and an empty one for the places of its members.

    Of a key that stands twice only the last value is there: the first one's members go nowhere.
    """
    kind: type = dict if bracket == "{" else list
    child = node.get(step) if isinstance(node, dict) else node[step] if step < len(node) else None
    return child if isinstance(child, kind) else kind(), kind()
