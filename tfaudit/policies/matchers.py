r"""Matchers: what a policy may demand of a value, compiled to closures that answer True, False or None (not known).

backup.enabled: true                          equals
version: {version_from: "15"}                 by its numbers; "latest" is newer than any
engine: {one_of: [postgres, mysql]}           none_of
backup.retention_days: {at_least: $days}      at_most
rule.sources: {none_of: ["0.0.0.0/0"]}        on lists: no element is
audit.events: {contains: connections}         or a list: holds all of them
image.registry: {matches: "registry\\\\.example"} a regular expression, found anywhere
subset_of, any, all, not, exists
"""

from __future__ import annotations

import math
import re
import warnings
from collections.abc import Callable, Mapping
from functools import cached_property
from typing import Any, TypeAlias

from tfaudit.errors import PolicyError
from tfaudit.model.resources import Reference, Unresolved
from tfaudit.model.vocabulary.types import SettingType

Test: TypeAlias = Callable[[Any], bool | None]

_NOT_TOLD = (Unresolved, Reference)


def compile_matcher(matcher: Any, kind: SettingType) -> Test:
    """Return the closure for `matcher` over values of type `kind`.

    Raises `PolicyError` for a word that is no matcher or an operand of the wrong type.
    """
    if (isinstance(matcher, Mapping) and kind != "map") or (
        isinstance(matcher, Mapping) and matcher.keys() <= _BUILD.keys()
    ):
        if not matcher:
            raise PolicyError("an empty matcher; give a value or one of " + ", ".join(_BUILD))
        tests = [_named(name, operand, kind) for name, operand in matcher.items()]
        return tests[0] if len(tests) == 1 else _all(tests)
    return _equals(matcher, kind)


def _named(name: str, operand: Any, kind: SettingType) -> Test:
    if name not in _BUILD:
        from tfaudit.errors import did_you_mean

        raise PolicyError(f'unknown matcher "{name}"{did_you_mean(str(name), _BUILD)}')
    return _BUILD[name](operand, kind)


def _equals(operand: Any, kind: SettingType) -> Test:
    if kind == "bool" and not isinstance(operand, bool):
        raise PolicyError(f"a bool is compared with {operand!r}; write true or false")
    if kind in ("int", "number"):
        number = _finite(operand, "it needs")
        return lambda value: bool(value == number)
    if kind != "map":
        _listed(operand, "a value is compared with")
    if isinstance(operand, bool):
        return lambda value: value is operand
    if kind in ("list", "set"):
        wanted = sorted(map(str, operand if isinstance(operand, list) else [operand]))
        return lambda value: None if _not_known(value) else sorted(map(str, value)) == wanted
    text = str(operand).lower()
    return lambda value: str(value).lower() == text


def _finite(operand: Any, what: str) -> float:
    """Return a number; `PolicyError`, which begins with `what`, for anything else, infinity and "nan" included."""
    try:
        number = math.nan if isinstance(operand, bool) else float(operand)
    except (TypeError, ValueError):
        number = math.nan
    if not math.isfinite(number):
        raise PolicyError(f"{what} a number, not {operand!r}")
    return number


def _listed(operand: Any, what: str) -> list[Any]:
    """Return one value or a list of them as a list; `PolicyError`, which begins with `what`, for anything else."""
    values = operand if isinstance(operand, list) else [operand]
    for each in values:
        if each is None or isinstance(each, (Mapping, list)):
            raise PolicyError(f"{what} {operand!r}; write a value, or a list of values")
    return values


def _not_known(value: Any) -> bool:
    return isinstance(value, list) and any(isinstance(each, _NOT_TOLD) for each in value)


def _ordered(operand: Any, kind: SettingType) -> float:
    if kind not in ("int", "number", "tls"):
        raise PolicyError(f"at_least and at_most need a number, not {operand!r} for a {kind}")
    return _finite(operand, "at_least and at_most need")


def _number(value: Any) -> float:
    # Every SSL is older than TLS 1.0.
    return 0.0 if str(value).startswith("SSL") else float(value)


def _at_least(operand: Any, kind: SettingType) -> Test:
    bound = _ordered(operand, kind)
    return lambda value: _number(value) >= bound


def _at_most(operand: Any, kind: SettingType) -> Test:
    bound = _ordered(operand, kind)
    return lambda value: _number(value) <= bound


_VERSION = re.compile(r"\d+(?:\.\d+)*")


def _version(value: Any) -> tuple[int, ...] | None:
    """Return the numbers that a version begins with, None for what begins with none."""
    found = _VERSION.match(str(value))
    return tuple(map(int, found[0].split("."))) if found else None


def _version_from(operand: Any, kind: SettingType) -> Test:
    least = _version(operand)
    if least is None:
        raise PolicyError(f'version_from needs a version such as "1.34", not {operand!r}')

    def test(value: Any) -> bool | None:
        if str(value).lower() == "latest":
            return True
        version = _version(value)
        return None if version is None else version >= least[: len(version)]

    return test


def _words(operand: Any) -> frozenset[str]:
    return frozenset(str(each).lower() for each in _listed(operand, "it is compared with"))


def _elements(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _one_of(operand: Any, kind: SettingType) -> Test:
    words = _words(operand)
    if kind in ("list", "set"):
        return _some(lambda each: str(each).lower() in words)
    return lambda value: str(value).lower() in words


def _none_of(operand: Any, kind: SettingType) -> Test:
    words = _words(operand)
    return _every(lambda each: str(each).lower() not in words)


def _subset_of(operand: Any, kind: SettingType) -> Test:
    words = _words(operand)
    return _every(lambda each: str(each).lower() in words)


def _contains(operand: Any, kind: SettingType) -> Test:
    wanted = [str(each).lower() for each in _listed(operand, "contains is given")]

    def test(value: Any) -> bool | None:
        if isinstance(value, dict):
            present = {str(name).lower() for name in value}
        else:
            present = {str(each).lower() for each in _elements(value) if not isinstance(each, _NOT_TOLD)}
        if all(word in present for word in wanted):
            return True
        return None if _not_known(value) else False

    return test


def _matches(operand: Any, kind: SettingType) -> Test:
    if not isinstance(operand, str):
        raise PolicyError(f"matches is given {operand!r}; write a regular expression in quotes")
    try:
        with warnings.catch_warnings(action="ignore", category=FutureWarning):  # it means what it means today
            pattern = re.compile(operand)
    except (re.error, RecursionError, OverflowError) as error:
        raise PolicyError(f"{operand!r} is not a regular expression: {error}") from error
    if kind in ("list", "set"):
        return _every(lambda each: pattern.search(str(each)) is not None)
    return lambda value: pattern.search(str(value)) is not None


def _every(test: Callable[[Any], bool | None]) -> Test:
    def every(value: Any) -> bool | None:
        stated: bool | None = True
        for each in _elements(value):
            result = None if isinstance(each, _NOT_TOLD) else test(each)
            if result is False:
                return False
            if result is None:
                stated = None
        return stated

    return every


def _some(test: Callable[[Any], bool | None]) -> Test:
    def some(value: Any) -> bool | None:
        stated: bool | None = False
        for each in _elements(value):
            result = None if isinstance(each, _NOT_TOLD) else test(each)
            if result:
                return True
            if result is None:
                stated = None
        return stated

    return some


def _any_element(operand: Any, kind: SettingType) -> Test:
    return _some(compile_matcher(operand, "str"))


def _all_elements(operand: Any, kind: SettingType) -> Test:
    return _every(compile_matcher(operand, "str"))


def _negated(operand: Any, kind: SettingType) -> Test:
    inner = compile_matcher(operand, kind)

    def negated(value: Any) -> bool | None:
        result = inner(value)
        return None if result is None else not result

    return negated


def _has_value(operand: Any, kind: SettingType) -> Test:
    if not isinstance(operand, bool):
        raise PolicyError(f"exists is given {operand!r}; write true or false")
    return lambda value: (value not in ("", [], {})) is bool(operand)


def _all(tests: list[Test]) -> Test:
    def conjunction(value: Any) -> bool | None:
        stated: bool | None = True
        for test in tests:
            result = test(value)
            if result is False:
                return False
            if result is None:
                stated = None
        return stated

    return conjunction


_BUILD: Mapping[str, Callable[[Any, SettingType], Test]] = {
    "at_least": _at_least,
    "at_most": _at_most,
    "version_from": _version_from,
    "one_of": _one_of,
    "none_of": _none_of,
    "subset_of": _subset_of,
    "contains": _contains,
    "matches": _matches,
    "any": _any_element,
    "all": _all_elements,
    "not": _negated,
    "exists": _has_value,
}

_SAYS = {
    "at_least": "at least {}",
    "at_most": "at most {}",
    "version_from": "version {} or newer",
    "one_of": "one of {}",
    "none_of": "none of {}",
    "subset_of": "only {}",
    "contains": "hold {}",
    "matches": "match {}",
    "any": "with an element {}",
    "all": "with every element {}",
    "not": "not {}",
    "exists": "set",
}


class Wanted:
    """What a matcher demands, in words. They are made once: thousands of findings say the same."""

    def __init__(self, matcher: Any) -> None:
        """Make the words of `matcher` when somebody asks for them."""
        self._matcher = matcher

    @cached_property
    def says(self) -> str:
        """The words that follow "is": `at least 7`."""
        return says(self._matcher)

    @cached_property
    def demands(self) -> str:
        """The end of a sentence: `must be at least 7`, `must hold "audit"`."""
        return _demands(self._matcher)


def _demands(matcher: Any) -> str:
    first = next(iter(matcher), "") if isinstance(matcher, Mapping) else ""
    return f"{'must' if first in ('contains', 'matches') else 'must be'} {says(matcher)}"


def says(matcher: Any) -> str:
    """Return what `matcher` demands, to follow "must be": `at least 7`, `true`, `none of 0.0.0.0/0`."""
    match matcher:
        case {"subset_of": []}:
            return "empty"
        case {"all": {"not": {"matches": pattern, **others}}, **beside} if not others:
            without = f"without one that matches {pattern}"
            return f"{says(beside)} and {without}" if beside else without
        case {"not": {"subset_of": [_, *_] as listed, **more}} if not more:
            return f"anything beside {says(listed)}"
    if isinstance(matcher, Mapping) and matcher.keys() <= _SAYS.keys():
        return " and ".join(_SAYS[name].format(says(operand)) for name, operand in matcher.items())
    if isinstance(matcher, bool):
        return "true" if matcher else "false"
    if isinstance(matcher, list):
        return ", ".join(map(str, matcher)) or "nothing"
    return str(matcher)
