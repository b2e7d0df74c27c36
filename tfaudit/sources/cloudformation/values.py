"""What CloudFormation's functions may refer to, and texts, comparisons and truth of values, some of them not known."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from msgspec import Struct, field

from tfaudit.model.resources import Reference, Unresolved

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

LIVE = "scan the live account"


class TooLarge(Exception):
    """The template unfolds (by aliases or loops) to more values than the limit."""


class _NoValue:
    """The type of `NO_VALUE`."""

    __slots__ = ()


NO_VALUE = _NoValue()
"""What `AWS::NoValue` gives: the property or element is left out."""


class Scope(Struct):
    """What functions in one template may refer to.

    `parameters` hold final values, or `Unresolved`; `secrets` those of NoEcho parameters, which only
    conditions see. `resources` maps ids to types. `conditions` and `mappings` are sections as written; `macros`
    are the transforms of other people, and `transformed` tells whether any transform may add resources.
    """

    parameters: Mapping[str, Any] = field(default_factory=dict)
    secrets: Mapping[str, Any] = field(default_factory=dict)
    mappings: Mapping[str, Any] = field(default_factory=dict)
    conditions: Mapping[str, Any] = field(default_factory=dict)
    resources: Mapping[str, str] = field(default_factory=dict)
    macros: tuple[str, ...] = ()
    transformed: bool = False


def as_text(value: Any) -> str:
    """Return a scalar as CloudFormation writes it into a text: `true`, `1`, `1.5`."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return "" if value is None else str(value)


def dollar(name: str) -> str:
    """Return how a text refers to `name`."""
    return f"${{{name}}}"


def as_written(value: Any) -> str:
    """Return a value as a text shows it, what is not known as `${...}`."""
    if isinstance(value, Reference):
        return dollar(str(value))
    if isinstance(value, Unresolved):
        return value.expression or "${...}"
    return as_text(value)


def joined(parts: Iterable[Any], delimiter: str) -> Any:
    """Return the text of `parts`; if not all are known, `Unresolved` with the known parts in its expression.

    A single reference stays one.
    """
    parts = list(parts)
    if len(parts) == 1 and isinstance(parts[0], (Reference, Unresolved)):
        return parts[0]
    whole = delimiter.join(as_written(part) for part in parts)
    first = next(pendings(parts), None)
    return whole if first is None else not_told(first, whole)


def not_told(part: Unresolved | Reference, expression: str) -> Unresolved:
    """Return the `Unresolved` for a value of which `part` is not known."""
    if isinstance(part, Reference):
        return Unresolved(f"{part} is known only after deployment", LIVE, expression)
    return Unresolved(part.because, part.settle_with, expression)


def pendings(value: Any) -> Iterator[Unresolved | Reference]:
    """Yield what is not known in `value`."""
    if isinstance(value, (Unresolved, Reference)):
        yield value
    elif isinstance(value, dict):
        for each in value.values():
            yield from pendings(each)
    elif isinstance(value, list):
        for each in value:
            yield from pendings(each)


def equal(first: Any, second: Any) -> bool | Unresolved:
    """Return whether two values are equal as `Fn::Equals` compares them: as texts."""
    for each in (first, second):
        if isinstance(each, (Unresolved, Reference)):
            return not_told(each, "")
    if isinstance(first, list) or isinstance(second, list):
        return bool(first == second)
    return as_text(first) == as_text(second)


def decided(stated: list[bool | Unresolved], by: bool) -> bool | Unresolved:
    """Return `by` if any of `told` is it, else why one is not known, else the opposite.

    That is Kleene's "or" for `by` true and his "and" for false.
    """
    if any(each is by for each in stated):
        return by
    return next((each for each in stated if isinstance(each, Unresolved)), not by)
