"""Which roles may be given under a condition on a role assignment: its expression is worked out for one role at a time.

`((!(ActionMatches{'Microsoft.Authorization/roleAssignments/write'})) OR (@Request[...:RoleDefinitionId]
ForAnyOfAnyValues:GuidEquals{ID, ID}))` lets its holder give two roles. What is asked beside the role, as to whom it is
given, may hold: it is not known. learn.microsoft.com/azure/role-based-access-control/conditions-format
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache

from tfaudit.model.resources import Unresolved
from tfaudit.model.settings import Known, Unknown
from tfaudit.reading.states import Absent, Pointer, Reading
from tfaudit.services.azure.identity import built_in_roles

_TOKEN = re.compile(
    r"\s*(?:(?P<sign>[()!]|&&|\|\|)|(?P<word>(?:AND|OR|NOT)\b)|(?P<atom>(?:[^\s(){}'&|]+|\{[^}]*\}|'[^']*')"
    r"(?:\s+(?!(?:AND|OR|NOT)\b)[^\s(){}'&|]+|\s*\{[^}]*\}|\s+'[^']*')*))",
    re.IGNORECASE,
)
_WORDS = {"and": "&&", "or": "||", "not": "!"}
_ID = re.compile(r"(?i)[0-9a-f]{8}-?(?:[0-9a-f]{4}-?){3}[0-9a-f]{12}")
_WRITE = "microsoft.authorization/roleassignments/write"
_ROLE = "@request[microsoft.authorization/roleassignments:roledefinitionid]"
_LONGEST = 20_000
"""No condition may be longer: Azure takes 8 kB."""

_ANOTHER = "00000000-0000-0000-0000-000000000000"
"""Stands for any role that a condition does not name, a custom one among them."""

Truth = bool | None


class _Garbled(Exception):
    """A condition is not of the form that is known."""


def limits(condition: Reading) -> bool | Unresolved:
    """Return whether a condition lets its holder give a role that administers; why not known."""
    match condition:
        case Absent():
            return True
        case Known(value=str() as text) if not text.strip():
            return True
        case Known(value=str() as text):
            found = gives_administration(text)
            because = "which roles may be given under its condition is not known"
            return Unresolved(because, "look at the condition") if found is None else found
        case Unknown(because=because, settle_with=settle_with):
            return Unresolved(because, settle_with)
        case Pointer() as pointer:
            return Unresolved(pointer.unknown.because, pointer.unknown.settle_with)
        case Known():
            return Unresolved("its condition is no text", "look at the condition")


def gives_administration(condition: str) -> Truth:
    """Return whether under a condition one may give a role by which its holder administers; None: not known."""
    known = built_in_roles.administering()
    if any(may_give(condition, each) for each in known):
        return True
    others = [each for each in named(condition) if built_in_roles.name_of(each) is None]
    answers = {may_give(condition, each) for each in (*known, *others, _ANOTHER)}
    return False if answers == {False} else None


def named(condition: str) -> set[str]:
    """Return the ids of roles that a condition names, as they are written with dashes."""
    return {_dashed(each) for each in _ID.findall(condition)}


def may_give(condition: str, role: str) -> Truth:
    """Return whether the condition lets the role with this id be given; None where that is not known."""
    if len(condition) > _LONGEST:
        return None
    try:
        return _Expression(_tokens(condition), lambda atom: _atom(atom, role)).value()
    except _Garbled:
        return None


def _dashed(id_: str) -> str:
    plain = id_.replace("-", "").lower()
    return "-".join((plain[:8], plain[8:12], plain[12:16], plain[16:20], plain[20:]))


@cache
def _tokens(condition: str) -> tuple[str, ...]:
    return tuple(_split(condition.strip()))


def _split(text: str) -> Iterator[str]:
    at = 0
    while at < len(text):
        found = _TOKEN.match(text, at)
        if found is None:
            raise _Garbled
        word = found["sign"] or found["word"] or found["atom"]
        yield _WORDS.get(word.lower(), word)
        at = found.end()


def _atom(atom: str, role: str) -> Truth:
    """Return whether one part of a condition holds while the role is given."""
    text = atom.lower()
    if text.startswith("actionmatches"):
        return _WRITE in text
    if text.startswith(_ROLE):
        listed = _dashed(role) in named(text)
        operator = text[len(_ROLE) :].partition("{")[0].rpartition(":")[2].strip()
        return {"guidequals": listed, "guidnotequals": not listed}.get(operator)
    return None


class _Expression:
    """Works an expression out, three-valued, from left to right."""

    def __init__(self, tokens: tuple[str, ...], holds: Callable[[str], Truth]) -> None:
        self._tokens, self._at, self._holds = tokens, 0, holds

    def value(self) -> Truth:
        """Return what all of it comes to."""
        found = self._either(0)
        if self._at < len(self._tokens):
            raise _Garbled
        return found

    def _take(self, *wanted: str) -> bool:
        here = self._at < len(self._tokens) and self._tokens[self._at] in wanted
        self._at += here
        return here

    def _either(self, depth: int) -> Truth:
        found = self._both(depth)
        while self._take("||"):
            other = self._both(depth)
            found = True if True in (found, other) else None if None in (found, other) else False
        return found

    def _both(self, depth: int) -> Truth:
        found = self._one(depth)
        while self._take("&&"):
            other = self._one(depth)
            found = False if False in (found, other) else None if None in (found, other) else True
        return found

    def _one(self, depth: int) -> Truth:
        if depth > _DEEPEST or self._at >= len(self._tokens):
            raise _Garbled
        if self._take("!"):
            inner = self._one(depth + 1)
            return None if inner is None else not inner
        if self._take("("):
            inner = self._either(depth + 1)
            if not self._take(")"):
                raise _Garbled
            return inner
        self._at += 1
        return self._holds(self._tokens[self._at - 1])


_DEEPEST = 60
"""So deep brackets are followed."""
