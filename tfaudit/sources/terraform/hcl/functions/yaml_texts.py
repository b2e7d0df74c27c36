"""`yamldecode` and `yamlencode`, after go-cty-yaml, over PyYAML's events: no tag makes an object, no alias a bomb."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from tfaudit.model.resources import Unresolved
from tfaudit.sources.terraform.hcl.arithmetic import is_number, parsed
from tfaudit.sources.terraform.hcl.arithmetic import text as number_text
from tfaudit.sources.terraform.hcl.functions.encodings import MAX_DEPTH
from tfaudit.sources.terraform.hcl.functions.signature import Function, Refused, Unknown, known, too_large
from tfaudit.sources.terraform.hcl.values import SETTLE_APPLY, heavier

_MAX_PARTS = 50_000
_PREFIX = "tag:yaml.org,2002:"
_WORDS: dict[str, Any] = {
    **dict.fromkeys(("y", "Y", "yes", "Yes", "YES", "true", "True", "TRUE", "on", "On", "ON"), True),
    **dict.fromkeys(("n", "N", "no", "No", "NO", "false", "False", "FALSE", "off", "Off", "OFF"), False),
    **dict.fromkeys(("", "~", "null", "Null", "NULL"), None),
}
_INTEGER = re.compile(r"[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+", re.ASCII)
_FLOAT = re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?", re.ASCII)
_CLOCK = r"(\d\d?):(\d\d?):(\d\d?)(?:[.,]\d+)?"
_TIME = re.compile(rf"(\d{{4}})-(\d\d?)-(\d\d?)(?:[Tt]{_CLOCK}(Z|[+-]\d\d:\d\d)| {_CLOCK})?", re.ASCII)
_ODD = frozenset({".inf", ".Inf", ".INF", "+.inf", "+.Inf", "+.INF", "-.inf", "-.Inf", "-.INF"})


class _Reading:
    """Turns events into a value, with a bound on its parts."""

    def __init__(self, events: Iterator[Any]) -> None:
        self.events = events
        self.anchors: dict[str, Any] = {}
        self.parts = 0

    def value(self, event: Any, depth: int = 0) -> Any:
        self.parts += 1
        if self.parts > _MAX_PARTS or depth > MAX_DEPTH:
            raise too_large()
        kind = type(event).__name__
        if kind == "AliasEvent":
            if event.anchor not in self.anchors:
                raise Refused("an alias names nothing")
            return self.anchors[event.anchor]
        if kind == "ScalarEvent":
            found: Any = _scalar(event)
        elif kind == "MappingStartEvent":
            found = self._mapping(event, depth)
        elif kind == "SequenceStartEvent":
            found = self._sequence(event, depth)
        else:
            raise Refused("it holds no value")
        if event.anchor:
            self.anchors[event.anchor] = found
        return found

    def _sequence(self, event: Any, depth: int) -> list[Any]:
        if event.tag not in (None, f"{_PREFIX}seq"):
            raise Refused("a tag is not supported")
        found = []
        while type(inner := next(self.events)).__name__ != "SequenceEndEvent":
            found.append(self.value(inner, depth + 1))
        return found

    def _mapping(self, event: Any, depth: int) -> dict[str, Any]:
        if event.tag not in (None, f"{_PREFIX}map"):
            raise Refused("a tag is not supported")
        found: dict[str, Any] = {}
        while type(inner := next(self.events)).__name__ != "MappingEndEvent":
            if type(inner).__name__ != "ScalarEvent":
                raise Refused("a key is no text")
            value = self.value(next(self.events), depth + 1)
            if inner.value == "<<" and inner.tag is None and inner.implicit[0]:
                if not isinstance(value, dict):
                    raise Refused("what is merged is no mapping")
                found.update(value)
                continue
            key = _scalar(inner)
            if key is None:
                raise Refused("a key is null")
            found[_key(key)] = value
        return found


def _key(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return number_text(value) if is_number(value) else str(value)


def _scalar(event: Any) -> Any:
    text, tag = event.value, event.tag
    if tag is not None and not tag.startswith(_PREFIX):
        raise Refused("a tag is not supported")
    short = (tag or "").removeprefix(_PREFIX)
    if event.style in ("'", '"') or short in ("str", "binary") or (not short and not event.implicit[0]):
        return text
    return _tagged(short, text) if short else _resolved(text)


def _tagged(short: str, text: str) -> Any:
    found = _resolved(text)
    fits = {
        "bool": isinstance(found, bool),
        "null": found is None,
        "int": is_number(found),
        "float": is_number(found),
    }
    if not fits.get(short, False):
        because = "a value has a tag that is not followed here"
        raise Unknown(Unresolved(because, SETTLE_APPLY))
    return found


def _resolved(text: str) -> Any:
    if text in _WORDS:
        return _WORDS[text]
    if text in _ODD:
        raise Unknown(Unresolved("it holds an infinite number", SETTLE_APPLY))
    if text in (".nan", ".NaN", ".NAN"):
        raise Refused("it holds what is no number")
    found = _TIME.fullmatch(text)
    if found is not None:
        return _time(found) or text
    if _INTEGER.fullmatch(text):
        if text[:2] in ("0o", "0x"):
            return int(text, 0)
        return parsed(text)
    return parsed(text) if _FLOAT.fullmatch(text) else text


def _time(found: re.Match[str]) -> str | None:
    """Return a time as RFC 3339 has it, None where there is no such time."""
    from datetime import datetime

    clock = found.group(4, 5, 6) if found[4] else found.group(8, 9, 10)
    hour, minute, second = (int(each or 0) for each in clock)
    try:
        moment = datetime(int(found[1]), int(found[2]), int(found[3]), hour, minute, second)  # noqa: DTZ001
    except ValueError:
        return None
    zone = found[7] or "Z"
    return f"{moment.isoformat(timespec='seconds')}{'Z' if zone[1:] == '00:00' else zone}"


def _decoded(text: str) -> Any:
    import yaml

    events = iter(yaml.parse(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader)))
    try:
        next(events)
        if type(next(events)).__name__ != "DocumentStartEvent":
            raise Refused("it holds no document")
        found = _Reading(events).value(next(events))
        next(events)
        if type(next(events)).__name__ != "StreamEndEvent":
            raise Refused("it holds more than one document")
    except yaml.YAMLError as error:
        raise Refused("it is no YAML") from error
    except RecursionError as error:
        raise too_large() from error
    if heavier(found, _MAX_PARTS):
        raise too_large()
    return found


def _encoded(value: Any) -> str:
    import yaml

    if heavier(value, _MAX_PARTS):
        raise too_large()
    events = [yaml.StreamStartEvent(encoding=None), yaml.DocumentStartEvent(explicit=False), *_events(value)]
    events += [yaml.DocumentEndEvent(explicit=False), yaml.StreamEndEvent()]
    emitter = getattr(yaml, "CSafeDumper", None)
    if emitter is None:
        raise Unknown(Unresolved("libyaml is not there, which writes YAML as Terraform does", SETTLE_APPLY))
    text: str = yaml.emit(events, Dumper=emitter, allow_unicode=True)
    # go-yaml's emitter ends a document of one plain scalar openly; newer ones of libyaml do not.
    open_ended = not isinstance(value, (str, list, dict)) and not text.endswith("...\n")
    return f"{text}...\n" if open_ended else text


def _events(value: Any, depth: int = 0) -> Iterator[Any]:
    import yaml

    if depth > MAX_DEPTH:
        raise too_large()
    if isinstance(value, dict):
        yield yaml.MappingStartEvent(None, None, True, flow_style=False)
        for key in sorted(value):
            yield from _events(key, depth + 1)
            yield from _events(value[key], depth + 1)
        yield yaml.MappingEndEvent()
    elif isinstance(value, list):
        yield yaml.SequenceStartEvent(None, None, True, flow_style=False)
        for each in value:
            yield from _events(each, depth + 1)
        yield yaml.SequenceEndEvent()
    elif isinstance(value, str):
        yield yaml.ScalarEvent(None, None, (True, True), value, style="|" if "\n" in value else '"')
    else:
        text = {None: "null", True: "true", False: "false"}.get(value) if not is_number(value) else None
        yield yaml.ScalarEvent(None, None, (True, True), text or number_text(value))


FUNCTIONS: dict[str, Function] = {
    "yamldecode": known(_decoded, "s"),
    "yamlencode": known(_encoded, "a?"),
}
