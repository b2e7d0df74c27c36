"""Patterns of gitignore(5), matched as git's own wildmatch does, in time that no pattern makes more than a product.

The tree's `.gitignore` files are input and may be hostile. Stars never backtrack here: what one star has to give back,
the next takes, so the last one alone is tried again. A line that is no pattern matches nothing, as in git.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import TypeAlias

from msgspec import Struct, field

Test: TypeAlias = Callable[[str], bool]
"""Whether one name of a path fits one part of a pattern."""

_LONGEST = 4096
_WILD = frozenset("*?[\\")
_CLASSES = {
    "alnum": str.isalnum,
    "alpha": str.isalpha,
    "blank": " \t".__contains__,
    "cntrl": lambda each: each < " " or each == "\x7f",
    "digit": str.isdigit,
    "graph": lambda each: "!" <= each <= "~",
    "lower": str.islower,
    "print": lambda each: " " <= each <= "~",
    "punct": lambda each: "!" <= each <= "~" and not each.isalnum(),
    "space": str.isspace,
    "upper": str.isupper,
    "xdigit": "0123456789abcdefABCDEF".__contains__,
}


class Result(Struct, frozen=True):
    """What the patterns say of a path: left out, taken back in, or nothing (None); and which of them says so."""

    include: bool | None
    index: int | None


class Pattern(Struct, frozen=True):
    """One line. `names` are its parts between slashes, None for `**`; an `anchored` one counts from the top."""

    pattern: str
    include: bool | None = None
    folders_only: bool = False
    anchored: bool = False
    names: tuple[Test | None, ...] = ()


class Patterns(Struct):
    """The lines of one file, in their order: of those that match the last one counts."""

    patterns: list[Pattern]
    # By the whole of a name, for the many patterns that are no more than one; the others have to be tried.
    _named: dict[str, list[int]] = field(default_factory=dict)
    _tried: list[int] = field(default_factory=list)

    @classmethod
    def from_lines(cls, lines: Iterable[str]) -> Patterns:
        """Return the patterns of `lines`, one for each, so that an index is a line's number from 0."""
        made = cls([pattern_of(line) for line in lines])
        for index, each in enumerate(made.patterns):
            if each.include is None:
                continue
            plain = each.names[0] if len(each.names) == 1 and not each.anchored else None
            if isinstance(plain, _Literal):
                made._named.setdefault(plain.text, []).append(index)
            else:
                made._tried.append(index)
        return made

    def check_file(self, path: str) -> Result:
        """Return what the patterns say of `path`; a folder ends in `/`, and what is in one that is left out is too."""
        names = path.rstrip("/").split("/")
        result = Result(None, None)
        for depth in range(1, len(names) + 1):
            result = self._last(names[:depth], depth < len(names) or path.endswith("/"))
            if result.include and depth < len(names):
                return result
        return result

    def _last(self, names: list[str], folder: bool) -> Result:
        found = next(
            (index for index in reversed(self._tried) if _matches(self.patterns[index], names, folder)), -1
        )
        for index in reversed(self._named.get(names[-1], ())):
            if index > found and (folder or not self.patterns[index].folders_only):
                found = index
                break
        return Result(self.patterns[found].include, found) if found >= 0 else Result(None, None)


def pattern_of(line: str) -> Pattern:
    """Return the pattern that a line is; one without `include` for a comment, an empty line, or what is none."""
    text = _without_trailing_spaces(line.rstrip("\r\n"))
    left_out = not text.startswith("!")
    body = text if left_out else text[1:]
    folders_only = body.endswith("/")
    body = body.removesuffix("/")
    if not body or text.startswith("#") or len(body) > _LONGEST:
        return Pattern(line)
    anchored = "/" in body
    names: list[Test | None] = []
    for part in body.removeprefix("/").split("/"):
        if anchored and len(part) > 1 and not part.strip("*"):
            if not names or names[-1] is not None:
                names.append(None)
            continue
        test = _name(part)
        if test is None:
            return Pattern(line)
        names.append(test)
    return Pattern(line, left_out, folders_only, anchored, tuple(names))


def _without_trailing_spaces(line: str) -> str:
    bare = line.rstrip(" ")
    backslashes = len(bare) - len(bare.rstrip("\\"))
    return bare + " " if backslashes % 2 and len(bare) < len(line) else bare


def _matches(pattern: Pattern, names: list[str], folder: bool) -> bool:
    if pattern.folders_only and not folder:
        return False
    if not pattern.anchored:
        test = pattern.names[0]
        return test is None or test(names[-1])
    return _path_matches(pattern.names, names)


def _path_matches(tests: tuple[Test | None, ...], names: list[str]) -> bool:
    """Whether the names fit the parts; `**` stands for any number of them, at the end for one at least."""
    at = number = 0
    again = (-1, 0)  # the part behind the last `**`, and the name from which it is tried next
    while at < len(names):
        test = tests[number] if number < len(tests) else _never
        if test is None:
            if number == len(tests) - 1:
                return True
            again = (number + 1, at)
            number += 1
        elif test(names[at]):
            at += 1
            number += 1
            if number == len(tests) and at < len(names) and again[0] >= 0:
                again = (again[0], again[1] + 1)
                number, at = again
        elif again[0] >= 0:
            again = (again[0], again[1] + 1)
            number, at = again
        else:
            return False
    return number == len(tests)


def _never(name: str) -> bool:
    return False


class _Literal(Struct, frozen=True):
    """The test of a name without anything wild in it."""

    text: str

    def __call__(self, name: str) -> bool:
        return name == self.text


@lru_cache(maxsize=4096)
def _name(part: str) -> Test | None:
    """Return the test of one part of a pattern; None for one that can match nothing, such as an open bracket."""
    if not _WILD & set(part):
        return _Literal(part)
    pieces = _pieces(part)
    if pieces is None:
        return None
    if all(isinstance(each, str) for each in pieces):
        return _starred([each for each in pieces if isinstance(each, str)])
    return _walked(pieces)


def _starred(pieces: list[str]) -> Test:
    """Return the test of plain text with stars in it, which are empty pieces here."""
    text = "".join(pieces)
    if "" not in pieces:
        return _Literal(text)
    parts = "\0".join(each or "\0\0" for each in pieces)
    first, *middle, last = ["".join(each.split("\0")) for each in re.split(r"(?:\0?\0\0)+\0?", parts)]

    def test(name: str) -> bool:
        end = len(name) - len(last)
        if end < len(first) or not name.startswith(first) or not name.endswith(last):
            return False
        at = len(first)
        for each in middle:
            at = name.find(each, at, end)
            if at < 0:
                return False
            at += len(each)
        return True

    return test


def _walked(pieces: list[str | Test]) -> Test:
    """Return the test of characters, sets of them, and stars."""

    def test(name: str) -> bool:
        at = number = 0
        again = (-1, 0)
        while at < len(name):
            piece = pieces[number] if number < len(pieces) else None
            if piece == "":
                again = (number + 1, at)
                number += 1
            elif piece is not None and (piece == name[at] if isinstance(piece, str) else piece(name[at])):
                at += 1
                number += 1
            elif again[0] >= 0:
                again = (again[0], again[1] + 1)
                number, at = again
            else:
                return False
        return all(each == "" for each in pieces[number:])

    return test


def _pieces(part: str) -> list[str | Test] | None:
    """Return the characters of a part, "" for stars, tests for sets; None where it is no pattern."""
    pieces: list[str | Test] = []
    at = 0
    while at < len(part):
        each = part[at]
        at += 1
        if each == "*":
            if not pieces or pieces[-1] != "":
                pieces.append("")
        elif each == "?":
            pieces.append(bool)
        elif each == "\\":
            if at == len(part):
                return None
            pieces.append(part[at])
            at += 1
        elif each == "[":
            found = _set(part, at)
            if found is None:
                return None
            test, at = found
            pieces.append(test)
        else:
            pieces.append(each)
    return pieces


def _set(part: str, at: int) -> tuple[Test, int] | None:
    """Return the test of the set that begins at `at`, behind its bracket, and where it ends; None where it does not."""
    negated = part[at : at + 1] in ("!", "^")
    at += negated
    ranges: list[tuple[str, str]] = []
    classes: list[Test] = []
    first = True
    while first or part[at : at + 1] != "]":
        first = False
        if part.startswith("[:", at):
            end = part.find(":]", at)
            known = _CLASSES.get(part[at + 2 : end]) if end > 0 else None
            if known is None:
                return None
            classes.append(known)
            at = end + 2
            continue
        low, at = _character(part, at)
        high = low
        if part[at : at + 1] == "-" and part[at + 1 : at + 2] not in ("", "]"):
            high, at = _character(part, at + 1)
        if not low or not high:
            return None
        ranges += (low, low), (low, high)  # git takes the first of a range that is none

    def test(each: str) -> bool:
        inside = any(low <= each <= high for low, high in ranges) or any(known(each) for known in classes)
        return inside is not negated

    return test, at + 1


def _character(part: str, at: int) -> tuple[str, int]:
    at += part[at : at + 1] == "\\"
    return part[at : at + 1], at + 1
