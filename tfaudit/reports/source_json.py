"""A JSON text as names and values with their spans."""

from __future__ import annotations

import json
import re

from tfaudit.reports.source_tree import Chunk, Many, Map, Node, Spans, Text

_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|[{}\[\]:,]|[^\s{}\[\]:,"]+', re.DOTALL)
_LITERALS = frozenset({"true", "false", "null"})


def chunk(text: str) -> Chunk | None:
    """Return what `text` says; None where it is no JSON."""
    try:
        json.loads(text)
    except (ValueError, RecursionError):
        return None
    marks: Spans = []
    root = Many()
    stack: list[Many | Map] = [root]
    key: str | None = None
    for token in _TOKEN.finditer(text):
        word = token[0]
        node = stack[-1]
        if word in "}]":
            stack.pop()
        if word in "{}[]:,":
            marks.append(token.span())
            if word in "{[":
                child: Many | Map = Map() if word == "{" else Many()
                _put(node, key, child)
                stack.append(child)
            if word in "{[,":
                key = None
        elif isinstance(node, Map) and key is None:
            key = str(json.loads(word, strict=False))
            marks.append(token.span())
        else:
            _put(node, key, _scalar(word, *token.span()))
    return Chunk(1, text, root, marks)


def _put(node: Many | Map, key: str | None, child: Node) -> None:
    if isinstance(node, Map):
        node.entries.append((key, child))
    else:
        node.items.append(child)


def _scalar(word: str, start: int, end: int) -> Text:
    if word[0] != '"':
        return Text(start, end, word, is_literal=word in _LITERALS, is_number=word not in _LITERALS)
    return Text(start, end, str(json.loads(word, strict=False)))
