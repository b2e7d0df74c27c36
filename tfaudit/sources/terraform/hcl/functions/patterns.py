"""Functions over regular expressions, by RE2: the engine whose syntax Go has, and whose time is linear."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache, partial
from typing import Any

from tfaudit.sources.terraform.hcl.functions.signature import (
    MAX_ITEMS,
    MAX_TEXT,
    Function,
    Refused,
    known,
    too_large,
)
from tfaudit.sources.terraform.hcl.values import List

# Finding all matches looks at the rest of a text once for each: the sum of that is bounded.
_MAX_LOOKED_AT = 100_000_000
_MAX_PATTERN = 10_000
_NAME = re.compile(r"\$(?:\$|\{(\w+)\}|(\w+))", re.ASCII)


@lru_cache(maxsize=256)
def _compiled(pattern: str) -> Any:
    import re2

    if len(pattern) > _MAX_PATTERN:
        raise too_large()
    options = re2.Options()
    options.log_errors = False
    try:
        return re2.compile(pattern, options)
    except re2.error as error:
        raise Refused("the pattern is no valid one") from error


def _matches(pattern: Any, text: str) -> Iterator[Any]:
    """Yield the matches in order; `Unknown` where looking for them takes too long.

    As in Go, an empty match right after another match is none.
    """
    looked_at, last = 0, -1
    for found in pattern.finditer(text):
        looked_at += len(text) - found.start()
        if looked_at > _MAX_LOOKED_AT:
            raise too_large()
        if found.start() == found.end() == last:
            continue
        last = found.end()
        yield found


def _captured(pattern: Any, found: Any) -> Any:
    names = dict(pattern.groupindex)
    if not pattern.groups:
        return found[0]
    if names and len(names) < pattern.groups:
        raise Refused("some groups of the pattern have names, and some have none")
    if names:
        return {name: found[at] for name, at in names.items()}
    return list(found.groups())


def _first(written: str, text: str) -> Any:
    pattern = _compiled(written)
    found = pattern.search(text)
    if found is None:
        raise Refused("the text does not match")
    return _captured(pattern, found)


def _all(written: str, text: str) -> List:
    pattern = _compiled(written)
    result: List = List()
    for found in _matches(pattern, text):
        result.append(_captured(pattern, found))
        if len(result) > MAX_ITEMS:
            raise too_large()
    return result


def replaced(text: str, written: str, new: str) -> str:
    """Return `text` with each match put otherwise; `$1` and `${name}` in `new` stand for groups."""
    pattern = _compiled(written)
    names = dict(pattern.groupindex)
    parts: list[str] = []
    size = at = 0
    for found in _matches(pattern, text):
        put = _NAME.sub(partial(_group, found=found, names=names), new) if "$" in new else new
        parts += (text[at : found.start()], put)
        size += found.start() - at + len(put)
        at = found.end()
        if size > MAX_TEXT:
            raise too_large()
    return "".join((*parts, text[at:]))


def _group(name: re.Match[str], found: Any, names: dict[str, int]) -> str:
    written = name[1] or name[2]
    if written is None:
        return "$"
    if written.isdigit():
        at = int(written[:9])
        return (found[at] or "") if at <= len(found.groups()) else ""
    return (found[names[written]] or "") if written in names else ""


FUNCTIONS: dict[str, Function] = {
    "regex": known(_first, "s s"),
    "regexall": known(_all, "s s"),
}
