"""One run of libyaml's parser over a YAML stream: its events become values that know their places.

Scalars become what PyYAML's `CSafeLoader` makes of them (YAML 1.1), but for those that it stumbles over (`=`, a date
that does not exist): these stay text. Anchors, aliases and merge keys are followed by sharing, never by copying, so an
alias bomb costs nothing and is refused by its count. Only scalars, lists and dicts are made; a tag that is not YAML's
own goes to the caller's hook.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import yaml
from yaml import events

from tfaudit.model.resources import Limits
from tfaudit.sources.text.document import COLUMNS, Document, Duplicate, Spots

TagHook = Callable[[str, Any], Any]
"""Gets a tag as written, `!Ref`, and its value (a scalar as text); returns what to take for it."""

_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_SCALARS_KEPT = 200_000
_PREFIX = "tag:yaml.org,2002:"
_SCALAR_TAGS = frozenset(_PREFIX + name for name in ("null", "bool", "int", "float", "binary", "timestamp"))
# Bytes of a number. A longer one stays text: making it takes time that grows with its square, and no one can mean it.
_LONGEST_NUMBER = 100
_NUMBERS = frozenset(_PREFIX + name for name in ("int", "float"))
_CONTAINERS: frozenset[type] = frozenset((dict, list))


class _Mark:
    """A value that no document holds, told by identity."""

    __slots__ = ()


_MERGE = _Mark()  # the key `<<`
_NO_KEY = _Mark()  # a mapping waits for its next key
_NEW = _Mark()  # a scalar not met before
_OPEN = _Mark()  # the anchor of a value that is not complete


class Refused(Exception):
    """A document that is well formed and still not taken: where, why, and what to do."""

    def __init__(self, mark: Any, because: str, settle_with: str) -> None:
        super().__init__(because)
        self.mark = mark
        self.because = because
        self.settle_with = settle_with


class Stream:
    """One run of the parser over a stream, up to its end or its first error."""

    def __init__(  # noqa: PLR0913 - what is read, and how
        self,
        data: bytes,
        origin: str,
        skipped: int,
        limits: Limits,
        tag: TagHook | None,
        scalars: dict[str, Any] | None = None,
    ) -> None:
        self.data = data
        self.origin = origin
        self.skipped = skipped
        self.limits = limits
        self.tag = tag
        self.start = 0
        self.loader: Any = None
        self.scalars: dict[str, Any] = {} if scalars is None else scalars

    def documents(self) -> Iterator[Document]:
        """Yield the documents that hold something; raises `Refused` and PyYAML's errors."""
        self.loader = _LOADER(self.data)  # It reads ahead at once: text that is not UTF-8 may end here.
        get = self.loader.get_event
        event = get()
        while event is not None:
            if event.__class__ is events.DocumentStartEvent:
                start: Any = event
                self.start = start.start_mark.line
                builder = _Builder(self)
                value = builder.build(get)
                if value is not None:
                    yield builder.document(value)
            event = get()

    def scalar(self, text: str) -> Any:
        """Return what a plain scalar stands for that is no merge key."""
        found = self.scalars.get(text, _NEW)
        if found is _NEW:
            self.loader = self.loader or _LOADER(b"")
            found = self.plain(text, False)
        return found

    def plain(self, text: str, is_key: bool) -> Any:
        """Return what a plain scalar stands for."""
        tag = self.loader.resolve(yaml.ScalarNode, text, (True, False))
        if tag == _PREFIX + "merge":
            return _MERGE if is_key else text
        if len(self.scalars) > _SCALARS_KEPT:
            self.scalars.clear()
        value = self.scalars[text] = self.tagged(tag, text)
        return value

    def tagged(self, tag: str, text: str) -> Any:
        """Return what `text` is under `tag`; text where it is no value of that tag."""
        if tag in _SCALAR_TAGS:
            if tag in _NUMBERS and len(text) > _LONGEST_NUMBER:
                return text
            try:
                return self.loader.yaml_constructors[tag](self.loader, yaml.ScalarNode(tag, text))
            except (yaml.YAMLError, ValueError, OverflowError, KeyError, IndexError, AttributeError):
                return text
        return self.hooked(tag, text)

    def hooked(self, tag: str | None, value: Any) -> Any:
        """Return what the caller makes of a tag of its own."""
        if self.tag is None or tag is None or tag == "!" or tag.startswith(_PREFIX):
            return value
        return self.tag(tag, value)


class _Builder:
    """Builds the value of one document, and notes where its members stand."""

    def __init__(self, stream: Stream) -> None:
        self.stream = stream
        self.line = 0
        self.spots: Spots = {}
        self.made: list[Any] = []
        self.duplicates: list[Duplicate] = []
        self.kept: list[Any] = []
        self.anchors: dict[str, Any] = {}
        self.extents: dict[int, tuple[int, int]] = {}
        self.merges: dict[int, list[Any]] = {}
        self.nodes = 0

    def document(self, value: Any) -> Document:
        """Return the finished document."""
        stream = self.stream
        line = stream.skipped + self.line + 1
        duplicates, kept = tuple(self.duplicates), tuple(self.kept)
        found = Document(value, stream.origin, line, stream.skipped, self.spots, duplicates, kept)
        found.nodes = self.made
        found.separator = stream.skipped + stream.start + 1
        return found

    # One loop, without a call on its usual way: a large input spends its time here.
    def build(self, get: Callable[[], Any]) -> Any:  # noqa: C901, PLR0912, PLR0915
        """Return the value of the document whose start was the last event."""
        spots, made, scalars = self.spots, self.made, self.stream.scalars
        scalar_event, alias_event = events.ScalarEvent, events.AliasEvent
        mapping_start, sequence_start = events.MappingStartEvent, events.SequenceStartEvent
        depth, nodes = self.stream.limits.depth, self.stream.limits.nodes
        root: list[Any] = []
        first: list[int] = []
        node: Any = root
        here: Any = first
        key: Any = _NO_KEY
        is_map = False
        stack: list[tuple[Any, Any, Any, bool, Any]] = []
        while True:
            event = get()
            kind = event.__class__
            if kind is scalar_event:
                if event.style or event.tag is not None:
                    value = event.value if event.tag is None else self.stream.tagged(event.tag, event.value)
                else:
                    value = scalars.get(event.value, _NEW)
                    if value is _NEW:
                        value = self.stream.plain(event.value, is_map and key is _NO_KEY)
                if event.anchor is not None:
                    self.anchors[event.anchor] = value
            elif kind is mapping_start or kind is sequence_start:
                special = (
                    self.begin(event, len(stack))
                    if event.anchor or event.tag or len(stack) >= depth
                    else None
                )
                mark = event.start_mark
                if not is_map:
                    here.append(mark.line * COLUMNS + mark.column)
                stack.append((node, here, key, is_map, special))
                is_map = kind is mapping_start
                node, here, key = ({}, {}, _NO_KEY) if is_map else ([], [], _NO_KEY)
                spots[id(node)] = here
                made.append(node)
                continue
            elif kind is alias_event:
                value = self.alias(event, len(stack))
            else:
                if is_map and _MERGE in node:
                    self.merge(event.start_mark, node, here)
                value = node
                self.nodes += len(node)
                if self.nodes > nodes:
                    self.count(event.start_mark, 0)
                node, here, key, is_map, special = stack.pop()
                if special is not None:
                    value = self.close(special, value)
            if is_map:
                if key is not _NO_KEY:
                    node[key] = value
                    key = _NO_KEY
                    continue
                mark = event.start_mark
                if value.__class__ in _CONTAINERS:
                    raise Refused(
                        mark,
                        "a mapping or list stands as a key",
                        "quote it; a template must be rendered first",
                    )
                if value in here:
                    self.duplicate(node, here, value, mark)
                here[value] = mark.line * COLUMNS + mark.column
                key = value
                continue
            if kind is scalar_event or kind is alias_event:
                mark = event.start_mark
                here.append(mark.line * COLUMNS + mark.column)
            node.append(value)
            if not stack:
                self.line = first[0] // COLUMNS
                return root[0]

    def begin(self, event: Any, depth: int) -> Any:
        """Return the start of a container that has an anchor or a tag; refuses one that stands too deep."""
        limit = self.stream.limits.depth
        if depth >= limit:
            raise Refused(event.start_mark, f"it is nested deeper than {limit}", "flatten it")
        if event.anchor:
            self.anchors[event.anchor] = _OPEN
        return event

    def close(self, start: Any, value: Any) -> Any:
        """Return the value of a complete container that has an anchor or a tag."""
        if start.tag:
            hooked = self.stream.hooked(start.tag, value)
            if hooked is not value:
                self.kept.append(value)
                value = hooked
        if start.anchor:
            self.anchors[start.anchor] = value
        return value

    def alias(self, event: Any, depth: int) -> Any:
        """Return the value of an anchor; refuses one that holds itself or makes the document too large."""
        mark = event.start_mark
        value = self.anchors.get(event.anchor, _NEW)
        if value is _NEW:
            raise yaml.MarkedYAMLError(problem="there is no anchor of this name", problem_mark=mark)
        if value is _OPEN:
            raise Refused(mark, "the anchor holds itself", "take the alias out")
        nodes, height = self.extent(value)
        self.count(mark, nodes)
        if depth + height > self.stream.limits.depth:
            raise Refused(
                mark, f"with its aliases it is nested deeper than {self.stream.limits.depth}", "flatten it"
            )
        return value

    def count(self, mark: Any, nodes: int) -> None:
        """Refuse the document when `nodes` more values are too many, each alias counted in full."""
        self.nodes += nodes
        if self.nodes > self.stream.limits.nodes:
            raise Refused(
                mark,
                f"with its aliases it holds more than {self.stream.limits.nodes} values",
                "scan its parts by themselves",
            )

    def extent(self, value: Any) -> tuple[int, int]:
        """Return how many values a value holds, and how deep; each container is counted once."""
        known = self.extents.get(id(value)) if value.__class__ in _CONTAINERS else (0, 0)
        if known is None:
            below = [self.extent(each) for each in (value.values() if isinstance(value, dict) else value)]
            known = (
                len(value) + sum(nodes for nodes, _ in below),
                1 + max((height for _, height in below), default=0),
            )
            self.extents[id(value)] = known
        return known

    def duplicate(self, node: Any, here: Any, key: Any, mark: Any) -> None:
        """Note a key that stands twice; several merge keys are followed one after the other."""
        if key is _MERGE:
            self.merges.setdefault(id(node), []).append(node[_MERGE])
            return
        self.kept.append(node[key])  # or its id, under which places are noted, may be given to another value
        skipped = self.stream.skipped
        self.duplicates.append(
            Duplicate(node, key, skipped + mark.line + 1, skipped + here[key] // COLUMNS + 1)
        )

    def merge(self, mark: Any, node: dict[Any, Any], here: dict[Any, Any]) -> None:
        """Put what `<<` names below the mapping's own keys; in a list the first wins, of several `<<` the last."""
        named = [*self.merges.pop(id(node), ()), node.pop(_MERGE)]
        here.pop(_MERGE)
        own, own_places = dict(node), dict(here)
        node.clear()
        here.clear()
        for each in [
            each for group in named for each in reversed(group if isinstance(group, list) else [group])
        ]:
            if not isinstance(each, dict):
                raise yaml.MarkedYAMLError(problem="<< names no mapping", problem_mark=mark)
            self.count(mark, len(each))
            node.update(each)
            here.update(self.spots.get(id(each), {}))
        node.update(own)
        here.update(own_places)
