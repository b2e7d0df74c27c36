"""YAML text into plain values that know their lines, each document of a stream by itself.

Documents whose lines speak for themselves are read line by line (`yaml_lines`), the others by libyaml's parser
(`yaml_events`): both come to the same. One that is broken costs no other document.
"""

from __future__ import annotations

import re
from collections.abc import Generator, Iterator
from typing import Any

import yaml

from tfaudit.model.resources import Limits, Place, Unread
from tfaudit.sources.text.document import Document
from tfaudit.sources.text.encoding import NotText, decoded
from tfaudit.sources.text.yaml_events import Refused, Stream, TagHook
from tfaudit.sources.text.yaml_lines import Found, Lines, parts

_SEPARATOR = re.compile(rb"^---(?=\s|$)", re.MULTILINE)
_MOST_BROKEN = 100


def documents(
    data: bytes, origin: str, limits: Limits, tag: TagHook | None = None
) -> Iterator[Document | Unread]:
    """Yield each document of a YAML stream; a broken one, or one over a limit, is `Unread`; others are read.

    `origin` names the file in places. Empty documents are left out. `tag` is asked what a tag that is not
    YAML's own stands for; without it such tags are dropped, as Kubernetes does.
    """
    try:
        data = decoded(data)
    except NotText as error:
        yield Unread(Place(origin, error.line), f"not YAML: {error.because}", "save it as UTF-8 text")
        return
    rest = yield from _sound(data, origin, limits, tag)
    if rest is not None:
        yield from by_parser(*rest, origin, limits, tag)


def _sound(
    data: bytes, origin: str, limits: Limits, tag: TagHook | None
) -> Generator[Document, None, tuple[bytes, int] | None]:
    """Yield the documents before the first broken one; return the text from there on, with its line, None for none.

    Each is read by its lines where these speak for themselves, else by the parser.
    """
    first = 0
    plain = Stream(b"", origin, 0, limits, tag)
    lines = Lines(plain.scalar, limits.depth)
    found: list[Document] | None = None
    for first, text in parts(data):
        told = lines.read(text) if len(text) <= limits.nodes else None
        if told is not None:
            found = [] if told.value is None else [_told(told, origin, first)]
        else:
            try:
                found = list(Stream(text.encode(), origin, first, limits, tag, plain.scalars).documents())
            except (Refused, yaml.YAMLError):
                found = None
        if found is None:
            break
        yield from found
    if found is not None:
        return None
    at = 0
    for _ in range(first):
        at = data.find(b"\n", at) + 1
    return data[at:], first


def _told(told: Found, origin: str, first: int) -> Document:
    found = Document(told.value, origin, first + told.line + 1, first, told.spots)
    found.nodes = told.made
    found.separator = first + told.separator + 1
    found.alike = {} if told.plain else None
    return found


def by_parser(
    data: bytes, skipped: int, origin: str, limits: Limits, tag: TagHook | None
) -> Iterator[Document | Unread]:
    """Yield what `documents` does of a text that begins behind so many lines, by the parser alone."""
    for _ in range(_MOST_BROKEN):
        stream = Stream(data, origin, skipped, limits, tag)
        try:
            yield from stream.documents()
            return
        except Refused as refused:
            line, column = refused.mark.line, refused.mark.column
            yield Unread(Place(origin, skipped + line + 1, column + 1), refused.because, refused.settle_with)
        except yaml.MarkedYAMLError as error:
            mark: Any = error.problem_mark or error.context_mark
            line, column = (mark.line, mark.column + 1) if mark is not None else (stream.start, 0)
            yield Unread(
                Place(origin, skipped + line + 1, column), f"not YAML: {error.problem}", "mend it there"
            )
        except (
            yaml.YAMLError,
            UnicodeDecodeError,
        ) as error:  # Not text: nothing behind this point can be read either.
            reason = getattr(error, "reason", "it cannot be decoded")
            line = data.count(b"\n", 0, getattr(error, "position", None) or 0)
            yield Unread(Place(origin, skipped + line + 1), f"not YAML: {reason}", "save it as UTF-8 text")
            return
        # The parser may notice only at the next `---` that the document before it does not end.
        rest = _from_separator(data, line if line > stream.start else line + 1)
        if rest is None:
            return
        data, lines = rest
        skipped += lines
    yield Unread(
        Place(origin, skipped + 1), f"{_MOST_BROKEN} documents before it are broken", "mend these first"
    )


def _from_separator(data: bytes, line: int) -> tuple[bytes, int] | None:
    """Return the stream from the first `---` at or behind `line` (from 0), and its line."""
    at = 0
    for _ in range(line):
        at = data.find(b"\n", at) + 1
        if not at:
            return None
    found = _SEPARATOR.search(data, at)
    return (data[found.start() :], data.count(b"\n", 0, found.start())) if found else None
