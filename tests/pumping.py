"""Strings that make a backtracking matcher work, made from the parse tree of a pattern: no one has to think of them.

For each repeat of a pattern: a long run of what it takes, behind what must stand before it, with an end that fails. And
long runs of what the pattern begins with, which a search tries from anew at each place.
"""

from __future__ import annotations

import itertools
import re
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from re import _constants as codes  # type: ignore[unused-ignore, attr-defined]
from re import _parser as parser  # type: ignore[unused-ignore, attr-defined]
from types import FrameType
from typing import Any

SMALL = 4_000
"""Characters of the first try; what takes a linear matcher some microseconds."""
TIMES = 3
_SLOW = 0.002
_WORST_RATIO = 6.0
_LONGEST = 1.5
_MOST_UNITS = 24
_TAILS = ("", "\0")
_CATEGORIES = {
    codes.CATEGORY_DIGIT: "1",
    codes.CATEGORY_NOT_DIGIT: "a",
    codes.CATEGORY_SPACE: " \n",
    codes.CATEGORY_NOT_SPACE: "a",
    codes.CATEGORY_WORD: "a1_",
    codes.CATEGORY_NOT_WORD: " -",
}
_ANY = "a \n-1\"'{}[]$.,:=/_A#%*"


class TooSlow(Exception):
    """A match that did not end in the time that it was given."""


def slow(pattern: re.Pattern[Any], method: str) -> str:
    """Return why `pattern` is worse than linear under `method` (`search`, `match`, `fullmatch`), "" where it is not."""
    for text in _hostile(pattern):
        first = _seconds(pattern, method, text(SMALL))
        if first < _SLOW:
            continue
        # Twice, for the machine may have been busy with something else.
        ratios = []
        for _ in range(3):
            first = min(first, _seconds(pattern, method, text(SMALL)))
            second = _seconds(pattern, method, text(SMALL * TIMES))
            if second >= _LONGEST:
                return f"{text(12)!r} and so on takes over {_LONGEST} s"
            ratios.append(second / first)
            if first < _SLOW or ratios[-1] < _WORST_RATIO:
                break
        else:
            return f"{text(12)!r} and so on: {TIMES} times the length takes {min(ratios):.0f} times the time"
    return ""


def _hostile(pattern: re.Pattern[Any]) -> Iterator[Any]:
    """Yield functions from a length to a text of about that length."""
    tree = parser.parse(pattern.pattern, pattern.flags & ~re.DEBUG)
    pumped: dict[tuple[str, str], None] = {}
    for before, units in _repeats(tree, "", pattern.flags):
        for unit in units:
            pumped[before, unit] = None
            pumped["", before + unit] = None
            pumped["", unit] = None
    whole = _sample(tree)
    for length in range(1, min(len(whole), _MOST_UNITS) + 1):
        pumped["", whole[:length]] = None
    for (before, unit), tail in itertools.product(pumped, _TAILS):
        if unit:
            yield lambda length, before=before, unit=unit, tail=tail: _text(
                pattern, before + unit * (length // len(unit)) + tail
            )


def _text(pattern: re.Pattern[Any], text: str) -> Any:
    return text.encode("utf-8") if isinstance(pattern.pattern, bytes) else text


def _repeats(tree: Any, before: str, flags: int) -> Iterator[tuple[str, list[str]]]:
    """Yield for each repeat without a small bound what must stand before it, and what it can be fed with."""
    for operator, argument in tree:
        if operator in (codes.MAX_REPEAT, codes.MIN_REPEAT, codes.POSSESSIVE_REPEAT):
            _, most, inner = argument
            if most > 50:
                yield before, _units(inner)
            yield from _repeats(inner, before, flags)
        elif operator is codes.SUBPATTERN:
            yield from _repeats(argument[3], before, flags)
        elif operator is codes.ATOMIC_GROUP:
            yield from _repeats(argument, before, flags)
        elif operator is codes.BRANCH:
            for branch in argument[1]:
                yield from _repeats(branch, before, flags)
        elif operator in (codes.ASSERT, codes.ASSERT_NOT):
            yield from _repeats(argument[1], before, flags)
        before += _sample([(operator, argument)])


def _units(tree: Any) -> list[str]:
    """Return texts that one turn of a repeat takes: of a single set each kind of character, else whole samples."""
    items = list(tree)
    if len(items) == 1 and items[0][0] in (codes.IN, codes.ANY, codes.NOT_LITERAL, codes.LITERAL):
        return sorted(_characters(items[0]))[:_MOST_UNITS]
    sample = _sample(tree)
    return [each for each in {sample, sample * 2} if each]


def _sample(tree: Any) -> str:
    """Return a short text that the tree takes, with each optional part in it once."""
    out = ""
    for operator, argument in tree:
        if operator in (codes.LITERAL, codes.NOT_LITERAL, codes.IN, codes.ANY):
            out += min(_characters((operator, argument)), default="")
        elif operator in (codes.MAX_REPEAT, codes.MIN_REPEAT, codes.POSSESSIVE_REPEAT):
            out += _sample(argument[2]) * max(1, min(argument[0], 50))
        elif operator is codes.SUBPATTERN:
            out += _sample(argument[3])
        elif operator is codes.ATOMIC_GROUP:
            out += _sample(argument)
        elif operator is codes.BRANCH:
            out += _sample(argument[1][0])
        elif operator is codes.ASSERT and argument[0] < 0:
            out += _sample(argument[1])
    return out


def _characters(item: tuple[Any, Any]) -> set[str]:
    """Return a few characters that a single-character item takes."""
    operator, argument = item
    if operator is codes.LITERAL:
        return {chr(argument)}
    if operator is codes.ANY:
        return set(_ANY)
    if operator is codes.NOT_LITERAL:
        return set(_ANY) - {chr(argument)}
    negated = argument[0][0] is codes.NEGATE
    taken: set[str] = set()
    for kind, value in argument:
        if kind is codes.LITERAL:
            taken.add(chr(value))
        elif kind is codes.RANGE:
            taken |= {chr(value[0])} | {each for each in _ANY if value[0] <= ord(each) <= value[1]}
        elif kind is codes.CATEGORY:
            taken |= set(_CATEGORIES[value])
    if not negated:
        return taken
    refused = re.compile("[" + "".join(re.escape(each) for each in taken) + "]") if taken else None
    return {each for each in _ANY if refused is None or not refused.match(each)}


def _seconds(pattern: re.Pattern[Any], method: str, text: Any) -> float:
    matching = getattr(pattern, method)
    start = time.process_time()
    try:
        with at_most(_LONGEST):
            if method in ("findall", "finditer", "sub", "split"):
                pattern.findall(text)
            else:
                matching(text)
    except TooSlow:
        return _LONGEST
    return time.process_time() - start


@contextmanager
def at_most(seconds: float) -> Iterator[None]:
    """Raise `TooSlow` in what takes longer; the matcher of `re` looks for signals while it works."""

    def stop(number: int, frame: FrameType | None) -> None:
        raise TooSlow

    before = signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
