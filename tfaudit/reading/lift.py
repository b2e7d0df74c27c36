"""Calls a function of plain values where some of them are not known, and tells whether that decides it.

What is not known may be null, or a value. So the function is called in each of these worlds: with None, and with a
`Veil`, which stands for a value that nobody knows and raises `Undecided` as soon as somebody looks at it. Where all
worlds give the same, the function is decided without what is not known; else the answer is not known either. A service
cannot get this wrong: its functions know nothing of it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import product
from typing import Any, NoReturn

from tfaudit.model.resources import Reference, Unresolved
from tfaudit.model.settings import Known, Unknown
from tfaudit.reading.states import SETTLE, Absent, Pointer, Reading

_MANY = 4
"""So many unknown words are tried in all combinations; of more, all together as None and all together as veils."""


class Undecided(Exception):
    """A function looked at a value that is not known; `because` is its reason."""

    def __init__(self, because: Unresolved) -> None:
        """Hold the reason."""
        super().__init__(because.because)
        self.because = because


def _look(self: Any, *_: Any, **__: Any) -> NoReturn:
    raise Undecided(object.__getattribute__(self, "_because"))


class Veil:
    """A value that is not null and not known: whatever one does with it but pass it on raises `Undecided`."""

    __slots__ = ("_because",)

    def __init__(self, because: Unresolved) -> None:
        """Stand for the value that is not known for that reason."""
        object.__setattr__(self, "_because", because)

    __getattribute__ = _look
    __bool__ = __eq__ = __ne__ = __lt__ = __le__ = __gt__ = __ge__ = __hash__ = _look
    __len__ = __iter__ = __contains__ = __getitem__ = __call__ = __str__ = __repr__ = __format__ = _look
    __int__ = __float__ = __index__ = __add__ = __radd__ = __sub__ = __rsub__ = __mul__ = __rmul__ = _look
    __floordiv__ = __truediv__ = __mod__ = __neg__ = __abs__ = __or__ = __ror__ = __and__ = __rand__ = _look


def behind(veil: Veil) -> Unresolved:
    """Return why the value behind a veil is not known."""
    because: Unresolved = object.__getattribute__(veil, "_because")
    return because


def lifted(function: Callable[..., Any], readings: Sequence[Reading]) -> Any:
    """Return `function` of the values that `readings` come to, None for what is absent; `Unresolved` where undecided.

    A list in the answer may hold `Unresolved` elements; what stands inside a value and is not known is veiled as well.
    """
    answers: list[Any] = []
    for world in _worlds(readings):
        try:
            answers.append(_unveiled(function(*world)))
        except Undecided as undecided:
            return undecided.because
        except TypeError:
            # What is written in C looks at a value's type without asking the value: `",".join([veil])`.
            why = next((why for each in readings for why in _reasons(each)), None)
            if why is None:
                raise
            return why
    first = answers[0]
    if all(_same(each, first) for each in answers[1:]):
        return first
    return next(why for each in readings for why in _reasons(each))


def _worlds(readings: Sequence[Reading]) -> Iterator[list[Any]]:
    """Yield the arguments of each world: one where all is known."""
    choices: list[tuple[Any, ...]] = []
    inner = False
    for each in readings:
        match each:
            case Known(value=value):
                if _holds_unknown(value):
                    inner = True
                    choices.append((veiled(value), veiled(value, null=True)))
                else:
                    choices.append((value,))
            case Absent():
                choices.append((None,))
            case Pointer():
                choices.append((Veil(_unresolved(each.unknown)),))
            case Unknown():
                inner = True
                choices.append((Veil(_unresolved(each)), None))
    if not inner:
        yield [choice[0] for choice in choices]
    elif sum(len(choice) > 1 for choice in choices) <= _MANY:
        yield from map(list, product(*choices))
    else:
        yield [choice[0] for choice in choices]
        yield [choice[-1] for choice in choices]


def _reasons(reading: Reading) -> Iterator[Unresolved]:
    match reading:
        case Unknown():
            yield _unresolved(reading)
        case Pointer():
            yield _unresolved(reading.unknown)
        case Known(value=value):
            yield from _inside(value)
        case Absent():
            return


def _inside(value: Any) -> Iterator[Unresolved]:
    if isinstance(value, Unresolved):
        yield value
    elif isinstance(value, Reference):
        yield _pointed(value)
    elif isinstance(value, (dict, list)):
        for each in value.values() if isinstance(value, dict) else value:
            yield from _inside(each)


def _unresolved(unknown: Unknown) -> Unresolved:
    return Unresolved(unknown.because, unknown.settle_with)


def _holds_unknown(value: Any) -> bool:
    if isinstance(value, dict):
        return any(_holds_unknown(each) for each in value.values())
    if isinstance(value, list):
        return any(_holds_unknown(each) for each in value)
    return isinstance(value, (Unresolved, Reference))


def veiled(value: Any, *, null: bool = False) -> Any:
    """Return a raw value with veils where something is not known; with `null`, None for what may be null.

    An element of a list is there, whatever it is, and what a resource is named by is not null: those stay veiled.
    """
    if isinstance(value, dict):
        return {
            key: None if null and isinstance(each, Unresolved) else veiled(each, null=null)
            for key, each in value.items()
        }
    if isinstance(value, list):
        return [veiled(each, null=null) for each in value]
    if isinstance(value, Unresolved):
        return Veil(value)
    if isinstance(value, Reference):
        return Veil(_pointed(value))
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
    return answer


def _same(one: Any, other: Any) -> bool:
    return type(one) is type(other) and bool(one == other)
