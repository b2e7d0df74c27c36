"""What functions of plain values do with lists of which a part may not be known.

Whatever looks at a part that is not known raises `Undecided` (`reading.lift`). Here the others are asked all the same:
one container that runs as root decides, whatever the one before it does.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, TypeVar

from tfaudit.reading.lift import Undecided, Veil, may_be_null

T = TypeVar("T")


def first(*tests: Callable[[], T | None]) -> T | None:
    """Return the first answer that is not None; undecided where none answers, and one could not."""
    open_: Undecided | None = None
    for test in tests:
        try:
            found = test()
        except Undecided as undecided:
            open_ = open_ or undecided
        else:
            if found is not None:
                return found
    if open_ is not None:
        raise open_
    return None


def among(items: Iterable[Any] | None, test: Callable[[int, Any], T | None]) -> T | None:
    """Return what `test` answers of the first item, given with its index, for which it is not None.

    Undecided where it answers of none, and of one it could not.
    """
    open_: Undecided | None = None
    for index, each in enumerate(items or ()):
        try:
            found = test(index, each)
        except Undecided as undecided:
            open_ = open_ or undecided
        else:
            if found is not None:
                return found
    if open_ is not None:
        raise open_
    return None


def some(items: Iterable[Any] | None, test: Callable[[Any], bool]) -> bool:
    """Whether `test` holds of one of `items`; undecided where it holds of none, and of one that is not known it may."""
    return among(items, lambda _, each: test(each) or None) is True


def every(*tests: Callable[[], bool]) -> bool:
    """Whether all of `tests` hold; where one does not, the others need not be decided."""
    return first(*((lambda test=test: None if test() else False) for test in tests)) is None


def mapped(items: Iterable[Any], function: Callable[[Any], Any]) -> list[Any]:
    """Return what `function` makes of each item; of one that is not known, why it is not."""
    found: list[Any] = []
    for each in items:
        try:
            found.append(function(each))
        except Undecided as undecided:
            found.append(undecided.because)
    return found


def literal(value: Any) -> Any:
    """Return a value that is written out; None for one that is given from elsewhere, whatever it is."""
    return None if type(value) is Veil else value


def there(items: Iterable[Any] | None) -> bool:
    """Whether something stands among `items` for certain: what is not known may turn out as nothing.

    What is taken from another resource is a thing that is declared, and counts.
    """

    def counts(each: Any) -> bool:
        if type(each) is Veil:
            return not may_be_null(each) or bool(each)
        return each is not None

    return some(items, counts)
