"""Answers of AWS as plain data: times as ISO 8601, no binary content, and what stands at a dotted path of one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from tfaudit.model.calls import UNSENT
from tfaudit.model.resources import Unresolved

_FIELD = re.compile(r"\{([\w.]+)\}")


def plain(value: Any) -> Any:
    """Return an answer as JSON-able data; binary content and the transport's own metadata are left out."""
    if isinstance(value, dict):
        return {
            name: plain(inner)
            for name, inner in value.items()
            if (name != "ResponseMetadata" and isinstance(inner, (str, int, float, list, dict, date)))
            or inner is None
        }
    if isinstance(value, (list, tuple)):
        return [plain(each) for each in value if isinstance(each, (str, int, float, list, dict, date))]
    if isinstance(value, datetime):
        return value.isoformat()
    return value.isoformat() if isinstance(value, date) else value


def dig(value: Any, path: str) -> Any:
    """Return what stands at the dotted `path`, None where nothing does; a list on the way is flattened."""
    return _dig(value, [step for step in path.split(".") if step])


def _dig(value: Any, steps: list[str]) -> Any:
    for position, step in enumerate(steps):
        if isinstance(value, Unresolved):
            return value
        if isinstance(value, list) and not step.isdecimal():
            found: list[Any] = []
            for each in value:
                inner = _dig(each, steps[position:])
                if isinstance(inner, list):
                    found += inner
                elif inner is not None:
                    found.append(inner)
            return found
        if isinstance(value, list):
            value = value[int(step)] if int(step) < len(value) else None
        else:
            value = value.get(step) if isinstance(value, Mapping) else None
    return value


def unsent(value: Any, sent: Iterable[str]) -> list[str]:
    """Return which of the dotted paths `sent` do not stand in an answer, or an element of one; `UNSENT` then does."""
    missing: dict[str, None] = {}
    for each in value if isinstance(value, list) else [value]:
        for path in sent:
            if isinstance(each, dict) and _unsent(each, path.split(".")):
                missing[path] = None
    return list(missing)


def _unsent(body: dict[str, Any], steps: list[str]) -> bool:
    """Whether nothing stands at `steps`, or `UNSENT` does, which takes the place of the first that is missing."""
    inner: Any = body
    for step in steps:
        if not isinstance(inner, dict):
            return inner is UNSENT
        if inner.get(step) is None:
            inner[step] = UNSENT
        inner = inner[step]
    return inner is UNSENT


def filled(pattern: str, *bodies: Mapping[str, Any]) -> str:
    """Return `pattern` with each `{dotted.path}` replaced by what stands there in the first body that has it."""
    return _FIELD.sub(lambda found: _first(found[1], bodies), pattern)


def _first(path: str, bodies: Iterable[Mapping[str, Any]]) -> str:
    for body in bodies:
        value = dig(body, path)
        if value is not None:
            return str(value)
    return ""


def parameters_of(
    written: Mapping[str, str], item: Mapping[str, Any], outer: Mapping[str, Any], context: Mapping[str, str]
) -> dict[str, Any] | Unresolved | None:
    """Return a detail's parameters as `tfaudit.model.calls.Detail` describes them.

    None where a path leads nowhere, `Unresolved` where it leads to what another call should have answered and did not.
    """
    found: dict[str, Any] = {}
    for name, path in written.items():
        if path.startswith("="):
            found[name] = filled(path[1:], context)
            continue
        filter_name, _, filter_path = path[1:].partition("=") if path.startswith("?") else ("", "", path)
        bare = filter_path.strip("[]")
        value = dig(outer, bare[1:]) if bare.startswith("^") else dig(item, bare)
        if value in (None, "", []):
            return None
        for each in value if isinstance(value, list) else [value]:
            if isinstance(each, Unresolved):
                return each
        if filter_name:
            found[name] = [{"Name": filter_name, "Values": value if isinstance(value, list) else [value]}]
        else:
            found[name] = [value] if filter_path.startswith("[") else value
    return found
