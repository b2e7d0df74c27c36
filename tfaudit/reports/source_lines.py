"""Lines of a scanned file as a report may quote them: without the secrets that stand in them, or go on over several."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from tfaudit.redaction import REDACTED, redacted, secret_name, secret_names

LINE = 2_000
"""Characters of a line that are looked at; the rest of it is not shown."""

# A colon assigns when it stands apart or behind a quoted name; `secrets-store:1.2` is a tag.
_ASSIGNS = re.compile(r"[\"']\s*:\s*|\s*:\s+|[\"']?\s*=>?\s*")
_NAMED_ELSEWHERE = re.compile(
    r"(?i)^\s*(?:- *)?[\"']?(?:name|key)[\"']?\s*[:=]\s*[\"']?([\w.$-]+)[\"']?(?:\s*,)?\s*$"
)
# Both on one line, `{name: DB_PASSWORD, value: ...}`, in either order.
_NAME_AND_VALUE = re.compile(
    r"(?i)\b(?:name|key)[\"']?\s*[:=]\s*[\"']?([\w.$-]+)[\"']?\s*,\s*[\"']?value[\"']?\s*[:=]\s*(?=\S)"
)
_VALUE_AND_NAME = re.compile(
    r"(?i)\bvalue[\"']?\s*[:=]\s*(?=\S)[^,]{0,200},\s*[\"']?(?:name|key)[\"']?\s*[:=]\s*[\"']?([\w.$-]+)"
)
_VALUE = re.compile(r"(?i)^\s*(?:- *)?[\"']?value[\"']?\s*[:=]\s*(?=\S)")
# What a name can be set to without telling a secret: switches, nothing, and pointers to elsewhere.
_LITERAL = re.compile(
    r"(?:true|false|null|~|\"\"|''|[a-z_][\w\[\]\"*-]*(?:\.[\w\[\]\"*-]+)+)(?:\s*,)?\s*(?:[#/].*)?$"
)
_OPENS = re.compile(r"(?:[{(\[]|[|>][+-]?\d*)\s*$")
_HEREDOC = re.compile(r"<<[-~]?[\"']?(\w+)[\"']?\s*$")
_BULK = re.compile(r"^\s*[\"']?[A-Za-z0-9+/=_-]{44,}[\"']?,?\s*$")
# In a secret: any value, the words that say what it is, and lines that only open or close blocks.
_ANY_VALUE = re.compile(r"^\s*(?:- *)?[\"']?[\w./-]+[\"']?\s*[:=]\s*(?=[^\s{\[]|[{\[]\s*[^\s{\[])")
_SAYS_WHAT = re.compile(
    r"(?i)^\s*(?:- *)?[\"']?(?:apiVersion|kind|name|namespace|type|immutable|resource|properties|secret_id)[\"']?"
    r"\s*[:=]"
    r"|^\s*[\"']?[\w./-]+[\"']?\s*[:=]\s*+(?:[\w.]+\(\{?\s*+)?$"
    r"|^\s*[\w.-]+\s*=\s*(?:true|false|null|[a-z_]+\.[\w.\[\]*]+)\s*$"
)
_STRUCTURE = re.compile(r"^\s*+(?:[\w-]+(?:\s+\"[^\"]*\")*\s*\{|[\])}\s,]*$|---|#|-\s*$|[^:=]*[:=])")


def redacted_lines(lines: Iterable[str], every_value: bool = False) -> list[str]:
    """Return source lines with the values of secret-bearing names replaced, also where they go on over several lines.

    `every_value` is for what is a secret as a whole: everything but the words that say what it is gets replaced.
    """
    redactor = _Redactor(every_value)
    return [redactor.line(line[:LINE]) for line in lines]


class _Secret(NamedTuple):
    """Where the value on a line begins, and the value."""

    start: int
    value: str


class _Redactor:
    """Goes through a file line by line and remembers what a secret value is still going on below."""

    def __init__(self, every_value: bool) -> None:
        self._every_value = every_value
        self._indent = -1  # a value goes on in the lines that are indented deeper; -1 for none
        self._end = ""  # a heredoc or a key goes on up to the line that is, or holds, this
        self._value_is_secret = False  # the line above named a secret, and its value stands in this one

    def line(self, line: str) -> str:
        """Return the next line without secrets."""
        bare = line.strip()
        indent = len(line) - len(line.lstrip())
        if self._end:
            ended = bare == self._end or (self._end == "-----END" and self._end in line)
            shown = bare == self._end
            self._end = "" if ended else self._end
            return line if shown else line[:indent] + REDACTED
        if self._indent >= 0 and (not bare or indent > self._indent):
            return line[:indent] + REDACTED if bare else line
        self._indent = -1
        secret = self._secret(line)
        named = _NAMED_ELSEWHERE.match(line)
        self._value_is_secret = named is not None and secret_name(named[1])
        if secret is not None:
            self._open(secret.value, indent)
            return line[: secret.start] + REDACTED
        if "-----BEGIN" in line and "PRIVATE KEY-----" in line and "-----END" not in line:
            self._end = "-----END"
        if _BULK.match(line) or (self._every_value and not _STRUCTURE.match(line)):
            return line[:indent] + REDACTED
        return redacted(line)

    def _secret(self, line: str) -> _Secret | None:
        """Return what is to be kept back of this line."""
        if self._every_value:
            named = _ANY_VALUE.match(line)
            return (
                None if named is None or _SAYS_WHAT.match(line) else _Secret(named.end(), line[named.end() :])
            )
        if self._value_is_secret:
            named = _VALUE.match(line)
            if named is not None and not _LITERAL.match(line, named.end()):
                return _Secret(named.end(), line[named.end() :])
        pair = _NAME_AND_VALUE.search(line)
        if pair is not None and secret_name(pair[1]) and not _LITERAL.match(line, pair.end()):
            return _Secret(pair.end(), line[pair.end() :])
        pair = _VALUE_AND_NAME.search(line)
        if pair is not None and secret_name(pair[1]):
            return _Secret(pair.start(), line[pair.start() :])
        for _, end in secret_names(line):
            assigned = _ASSIGNS.match(line, end)
            if assigned is not None and line[assigned.end() :].strip():
                if _LITERAL.match(line, assigned.end()):
                    return None
                return _Secret(assigned.end(), line[assigned.end() :])
        return None

    def _open(self, value: str, indent: int) -> None:
        heredoc = _HEREDOC.search(value)
        if heredoc is not None:
            self._end = heredoc[1]
        elif _OPENS.search(value):
            self._indent = indent
