"""Whether a policy, with the parameters in force, asks for as much as a control that it is linked to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from tfaudit.model.verdicts import Link, Policy


def shortfall(policy: Policy, link: Link) -> str:
    """Return what `policy` asks for less than the floor of `link`, as part of a sentence; "" where it asks enough.

    A parameter under `at_least` may not lie below the floor and one under `at_most` not above it. A list of what is
    demanded has to hold all of the floor, and one of what is allowed nothing beside it. Anything else has to be equal.
    """
    if not link.floor:
        return ""
    values = {parameter.name: parameter for parameter in policy.parameters}
    stated = []
    for name, floor in link.floor.items():
        parameter = values.get(name)
        if parameter is None or not _reaches(parameter.value, floor, _matcher(policy, name)):
            asked = "nothing" if parameter is None else _shown(parameter.value)
            unit = f" {parameter.unit}" if parameter is not None and parameter.unit else ""
            stated.append(f"{name} is {asked} and the control asks for {_shown(floor)}{unit}")
    return "; ".join(stated)


def _reaches(value: Any, floor: Any, matcher: str) -> bool:
    if isinstance(floor, list):
        asked, named = set(map(str, value if isinstance(value, list) else [value])), set(map(str, floor))
        return asked <= named if matcher in ("one_of", "subset_of") else named <= asked
    if matcher in ("at_least", "at_most", "version_from"):
        mine, least = _number(value), _number(floor)
        if mine is None or least is None:
            return False
        return mine <= least if matcher == "at_most" else mine >= least
    return bool(value == floor)


def _number(value: Any) -> tuple[int, ...] | None:
    """Return a number or a version such as "1.2" in a form that compares; None for anything else."""
    parts = str(value).split(".")
    return tuple(map(int, parts)) if all(part.isdecimal() for part in parts) else None


def _matcher(policy: Policy, parameter: str) -> str:
    """Return the word under which a policy asks for its parameter, "" where it stands alone or not at all."""
    return next(_words({**policy.when, **policy.require}, f"${parameter}", ""), "")


def _words(matcher: Any, wanted: str, under: str) -> Iterator[str]:
    if matcher == wanted:
        yield under
    elif isinstance(matcher, Mapping):
        for word, inner in matcher.items():
            yield from _words(inner, wanted, word)
    elif isinstance(matcher, list):
        for inner in matcher:
            yield from _words(inner, wanted, under)


def _shown(value: Any) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)
