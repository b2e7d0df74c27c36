"""Calls a function of plain values where some of them are not known, and tells whether that decides it.

What is not known may be null, or a value. So the function is called in each of these worlds: with None, and with a
`Veil`, which stands for a value that nobody knows and raises `Undecided` as soon as somebody looks at it. Where all
worlds give the same, the function is decided without what is not known; else the answer is not known either. A service
cannot get this wrong: its functions know nothing of it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import product
from typing import Any, NoReturn, TypeAlias

from msgspec.structs import replace

from tfaudit.model.resources import Reference, Unresolved
from tfaudit.model.settings import Known, Unknown
from tfaudit.reading.answers import Said
from tfaudit.reading.states import SETTLE, Absent, Pointer, Reading

Steps: TypeAlias = tuple[int | str, ...]

_MANY = 4
"""So many unknown words are tried in all combinations; of more, all together as None and all together as veils."""


class Open(Unresolved, frozen=True):
    """Why a function is undecided; `at` is the argument that it looked at, by its position, and steps inside of it."""

    at: Steps = ()


class Undecided(Exception):
    """A function looked at a value that is not known; `because` is its reason."""

    def __init__(self, because: Unresolved, at: Steps = ()) -> None:
        """Hold the reason, and where the value stands."""
        super().__init__(because.because)
        self.because = because
        self.at = at


def _look(self: Any, *_: Any, **__: Any) -> NoReturn:
    raise Undecided(object.__getattribute__(self, "_because"), object.__getattribute__(self, "_at"))


class Veil:
    """A value that is not null and not known: whatever one does with it but pass it on raises `Undecided`."""

    __slots__ = ("_at", "_because", "_may_be_null")

    def __init__(self, because: Unresolved, at: Steps = (), *, may_be_null: bool = True) -> None:
        """Stand for the value that is not known for that reason, `at` that place of the arguments."""
        object.__setattr__(self, "_because", because)
        object.__setattr__(self, "_at", at)
        object.__setattr__(self, "_may_be_null", may_be_null)

    __getattribute__ = _look
    __bool__ = __eq__ = __ne__ = __lt__ = __le__ = __gt__ = __ge__ = __hash__ = _look
    __len__ = __iter__ = __contains__ = __getitem__ = __call__ = __str__ = __repr__ = __format__ = _look
    __int__ = __float__ = __index__ = __add__ = __radd__ = __sub__ = __rsub__ = __mul__ = __rmul__ = _look
    __floordiv__ = __truediv__ = __mod__ = __neg__ = __abs__ = __or__ = __ror__ = __and__ = __rand__ = _look


def behind(veil: Veil) -> Unresolved:
    """Return why the value behind a veil is not known."""
    because: Unresolved = object.__getattribute__(veil, "_because")
    return because


def may_be_null(veil: Veil) -> bool:
    """Whether what stands behind a veil may turn out as nothing; what is taken from another resource may not."""
    found: bool = object.__getattribute__(veil, "_may_be_null")
    return found


def lifted(function: Callable[..., Any], readings: Sequence[Reading], words: Sequence[str] = ()) -> Any:
    """Return `function` of the values that `readings` come to, None for what is absent; `Unresolved` where undecided.

    A list in the answer may hold `Unresolved` elements; what stands inside a value and is not known is veiled as well.
    `words` are the names of the readings, by which an answer says where it stands: at what is known, if it can.
    """
    named = dict(zip(words, readings, strict=False))
    agreed: Any = _DIFFER
    for number, world in enumerate(_worlds(readings)):
        try:
            answer = _unveiled(function(*world))
        except Undecided as undecided:
            return _open(undecided.because, undecided.at)
        except TypeError:
            # What is written in C looks at a value's type without asking the value: `",".join([veil])`.
            why = next(_reasons(readings), None)
            if why is None:
                raise
            return why
        agreed = _agreed(agreed, answer, named) if number else answer
        if agreed is _DIFFER:
            return next(_reasons(readings))
    return agreed


def _worlds(readings: Sequence[Reading]) -> Iterator[list[Any]]:
    """Yield the arguments of each world: one where all is known; the last has nothing wherever nothing may be."""
    choices: list[tuple[Any, ...]] = []
    inner = False
    for number, each in enumerate(readings):
        match each:
            case Known(value=value):
                if holds_unknown(value):
                    inner = True
                    choices.append((veiled(value, at=(number,)), veiled(value, null=True, at=(number,))))
                else:
                    choices.append((value,))
            case Absent():
                choices.append((None,))
            case Pointer():
                choices.append((Veil(_unresolved(each.unknown), (number,), may_be_null=False),))
            case Unknown():
                inner = True
                choices.append((Veil(_unresolved(each), (number,)), None))
    if not inner:
        yield [choice[0] for choice in choices]
    elif sum(len(choice) > 1 for choice in choices) <= _MANY:
        yield from map(list, product(*choices))
    else:
        yield [choice[0] for choice in choices]
        yield [choice[-1] for choice in choices]


def _open(because: Unresolved, at: Steps) -> Open:
    return Open(because.because, because.settle_with, because.expression, because.literal, at)


def _reasons(readings: Sequence[Reading]) -> Iterator[Open]:
    """Yield why each part of `readings` that is not known is not."""
    for number, each in enumerate(readings):
        match each:
            case Unknown():
                yield _open(_unresolved(each), (number,))
            case Pointer():
                yield _open(_unresolved(each.unknown), (number,))
            case Known(value=value):
                yield from _inside(value, (number,))
            case Absent():
                pass


def _inside(value: Any, at: Steps) -> Iterator[Open]:
    if isinstance(value, Unresolved):
        yield _open(value, at)
    elif isinstance(value, Reference):
        yield _open(_pointed(value), at)
    elif isinstance(value, (dict, list)):
        for step, each in value.items() if isinstance(value, dict) else enumerate(value):
            yield from _inside(each, (*at, step))


def _unresolved(unknown: Unknown) -> Unresolved:
    return Unresolved(unknown.because, unknown.settle_with)


SCALARS = frozenset({str, int, bool, float, type(None)})


def holds_unknown(value: Any) -> bool:
    """Whether a raw value is not known, or a part of it is not."""
    kind = value.__class__
    if kind in SCALARS:
        return False
    if kind is dict or kind is list:
        for each in value.values() if kind is dict else value:
            if each.__class__ not in SCALARS and holds_unknown(each):
                return True
        return False
    return isinstance(value, (Unresolved, Reference))


def veiled(value: Any, *, null: bool = False, at: Steps = ()) -> Any:
    """Return a raw value with veils where something is not known; with `null`, None for what may be null.

    An element of a list is there, whatever it is, and what a resource is named by is not null: those stay veiled.
    """
    if isinstance(value, dict):
        return {
            key: None if null and isinstance(each, Unresolved) else veiled(each, null=null, at=(*at, key))
            for key, each in value.items()
        }
    if isinstance(value, list):
        return [veiled(each, null=null, at=(*at, number)) for number, each in enumerate(value)]
    if isinstance(value, Unresolved):
        return Veil(value, at)
    if isinstance(value, Reference):
        return Veil(_pointed(value), at, may_be_null=False)
    return value


def _pointed(reference: Reference) -> Unresolved:
    return Unresolved(f"it is taken from {reference}", SETTLE)


def _unveiled(answer: Any) -> Any:
    if type(answer) is Veil:
        return behind(answer)
    if type(answer) is list:
        return [_unveiled(each) for each in answer]
    if type(answer) is dict:
        return {key: _unveiled(each) for key, each in answer.items()}
    if type(answer) is Said:
        return replace(answer, value=_unveiled(answer.value))
    return answer


_DIFFER = object()


def _agreed(one: Any, other: Any, named: Mapping[str, Reading]) -> Any:
    """Return what two worlds answer alike, or `_DIFFER`."""
    if type(one) is Said and type(other) is Said:
        value = _agreed(one.value, other.value, named)
        return _DIFFER if value is _DIFFER else replace(other if _at_open(one, named) else one, value=value)
    if type(one) is list and type(other) is list and len(one) == len(other):
        # An element that is not known in one world is not known.
        elements = [
            left
            if isinstance(left, Unresolved)
            else right
            if isinstance(right, Unresolved) or _same(left, right)
            else _DIFFER
            for left, right in zip(one, other, strict=True)
        ]
        return _DIFFER if any(each is _DIFFER for each in elements) else elements
    return other if _same(one, other) else _DIFFER


def _at_open(said: Said, named: Mapping[str, Reading]) -> bool:
    """Whether the place that an answer names is not known itself."""
    reading = named.get(said.by)
    if not isinstance(reading, Known):
        return isinstance(reading, Unknown)
    part = reading.value
    for step in said.inside:
        if isinstance(part, dict):
            part = part.get(step)
        elif isinstance(part, list) and isinstance(step, int):
            part = part[step]
    return holds_unknown(part)


def _same(one: Any, other: Any) -> bool:
    return type(one) is type(other) and bool(one == other)
