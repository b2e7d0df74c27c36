"""A YAML document as names and values with their spans, by way of libyaml's events."""

from __future__ import annotations

import re
from typing import Any

import yaml
from yaml import events

from tfaudit.reports.source_tree import Chunk, Many, Map, Node, Spans, Text

DEPTH = 100
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_LITERALS = re.compile(r"(?i)(?:true|false|yes|no|on|off|null|~|)$")
_REFERENCES = frozenset({"!Ref", "!GetAtt"})
_REFERENCE = re.compile(r"[A-Za-z0-9.:]{1,255}$")
_NUMBER = re.compile(r"[-+]?[0-9][0-9_.]*$")
# What may stand between values: indicators, and the tags of CloudFormation's functions. A comment is none of it.
_BETWEEN = re.compile(
    r"(?:^|(?<=\s))#[^\n]*|(?P<mark>[-:,{}\[\]?]|![A-Z][A-Za-z0-9:]{0,40}(?=\s))", re.MULTILINE
)


class _TooDeep(Exception):
    """A document that is nested deeper than anybody writes."""


def chunk(line: int, text: str) -> Chunk | None:
    """Return what the document or documents in `text` say; None where it is no YAML."""
    reader = _Reader(text)
    try:
        tree = reader.tree()
    except (yaml.YAMLError, _TooDeep, ValueError):
        return None
    return Chunk(line, text, tree, reader.marks)


class _Reader:
    """Builds the tree of a text, and collects the spans of what is no value."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._at = 0  # the end of the last value or name
        self.marks: Spans = []

    def tree(self) -> Node:
        """Return all documents."""
        loader = _LOADER(self._text)
        try:
            root = Many()
            self._get = loader.get_event
            while (event := self._get()) is not None:
                if isinstance(event, (events.ScalarEvent, events.AliasEvent, events.CollectionStartEvent)):
                    root.items.append(self._node(event, 0))
            self._between(len(self._text))
            return root
        finally:
            loader.dispose()

    def _between(self, end: int) -> None:
        """Note the indicators from the end of the last value up to `end`."""
        for found in _BETWEEN.finditer(self._text, self._at, end):
            if found["mark"]:
                self.marks.append(found.span())

    def _span(self, event: Any) -> tuple[int, int]:
        start, end = event.start_mark.index, event.end_mark.index
        self._between(start)
        self._at = end
        return start, end

    def _node(self, event: Any, depth: int) -> Node:
        if depth > DEPTH:
            raise _TooDeep
        if isinstance(event, events.AliasEvent):
            return Text(*self._span(event), value=f"*{event.anchor}")
        if isinstance(event, events.ScalarEvent):
            return self._scalar(event)
        shared = event.anchor is not None
        if isinstance(event, events.SequenceStartEvent):
            many = Many(is_shared=shared)
            while not isinstance(event := self._get(), events.SequenceEndEvent):
                many.items.append(self._node(event, depth + 1))
            return many
        found = Map(is_shared=shared)
        while not isinstance(event := self._get(), events.MappingEndEvent):
            name = self._name(event, depth)
            found.entries.append((name, self._node(self._get(), depth + 1)))
        return found

    def _name(self, event: Any, depth: int) -> str | None:
        if not isinstance(event, events.ScalarEvent):
            self._node(event, depth + 1)
            return None
        start, end = self._span(event)
        if event.anchor is None and "\n" not in self._text[start:end]:
            self.marks.append((start, end))
        return str(event.value)

    def _scalar(self, event: Any) -> Node:
        start, end = self._span(event)
        value = str(event.value)
        if event.style in ("|", ">"):
            header = re.compile(r"[|>][-+0-9]{0,2}").match(self._text, start)
            if header is not None:
                self.marks.append(header.span())
        is_plain = not event.style and event.tag is None and event.anchor is None
        is_reference = event.tag in _REFERENCES and _REFERENCE.match(value) is not None
        text = Text(
            start, end, value, is_reference or (is_plain and _LITERALS.match(value) is not None),
            is_plain and _NUMBER.match(value) is not None,
        )  # fmt: skip
        return Many([text], is_shared=True) if event.anchor is not None else text
