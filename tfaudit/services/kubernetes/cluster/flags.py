"""The flags of a program in a pod: what its command line says, and for etcd its environment.

Of a flag that is repeated the last one counts, `--flag value` is as good as `--flag=value`, and a flag alone is true:
pkg.go.dev/github.com/spf13/pflag. What a shell is given as one text is taken apart at its spaces.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from tfaudit.reading.answers import CannotTell, Said
from tfaudit.reading.documented import Documented
from tfaudit.reading.fact import Fact
from tfaudit.reading.parts import among, first
from tfaudit.services.kubernetes.objects import text

WORDS = ("command", "arguments", "variables")
"""The words of a container that flags are read from."""


def stated(flag: str, command: Any, arguments: Any, variables: Any) -> Said | None:
    """Return what a flag is set to, as text, "true" for one without a value; None where it is not set.

    `CannotTell` stands for the text where it is filled in from elsewhere. Undecided where the flag is not set, and a
    part of the command line is not known.
    """
    return first(
        partial(_last, "arguments", arguments, flag),
        partial(_last, "command", command, flag),
        partial(among, variables, partial(_variable, f"ETCD_{flag.upper().replace('-', '_')}")),
        partial(_filled_in, "arguments", arguments),
        partial(_filled_in, "command", command),
    )


_FILLED_IN = CannotTell("it is filled in from elsewhere", "look at the command line of what runs")


def _filled_in(by: str, words: Any) -> Said | None:
    """Return that a word of the command line, which may be any flag, is filled in when the program is started."""

    def open_(index: int, word: Any) -> Said | None:
        return Said(_FILLED_IN, by=by, row=index) if text(word).startswith("$") else None

    return among(words, open_) if isinstance(words, list) else None


def _text(value: str) -> str | CannotTell:
    return _FILLED_IN if "$(" in value or "${" in value else value


def _last(by: str, words: Any, flag: str) -> Said | None:
    if not isinstance(words, list):
        text(words)  # of a veil this asks why it is not known
        return None

    def named(position: int, word: Any) -> Said | None:
        index = len(words) - 1 - position
        parts = text(word).split()
        several = len(parts) > 1  # what a shell runs
        value = (
            _among_texts(parts, flag) if several else _value(text(word), flag, lambda: _next(words, index))
        )
        return None if value is None else Said(_text(value), by=by, row=index)

    return among(reversed(words), named)


def _among_texts(parts: list[str], flag: str) -> str | None:
    found: str | None = None
    for number, part in enumerate(parts):
        value = _value(part, flag, lambda at=number: _next(parts, at))  # type: ignore[misc]
        found = value if value is not None else found
    return found


def _value(word: str, flag: str, after: Callable[[], str]) -> str | None:
    name, equals, value = word.partition("=")
    if name.lstrip("-").replace("_", "-") != flag or not name.startswith("-"):
        return None
    return value.strip("\"'") if equals else after()


def _next(words: list[Any], index: int) -> str:
    """Return the word after a flag that stands alone, where that is its value; "true" where it is another flag."""
    following = text(words[index + 1]) if index + 1 < len(words) else "-"
    return "true" if following.startswith("-") else following


def _variable(name: str, index: int, variable: Any) -> Said | None:
    if text(variable.get("name")) != name:
        return None
    return Said(_text(text(variable.get("value"))), by="variables", row=(index, "value"))


def flag(
    name: str,
    means: Callable[[str], Any],
    default: Any,
    source: str,
    instead: str = "",
) -> Fact:
    """Return the fact of what a flag is set to, as `means` has it, and `default` where it is not set.

    `instead` is the flag that names a file which may state it as well.
    """

    def read(command: Any, arguments: Any, variables: Any) -> Any:
        found = stated(name, command, arguments, variables)
        if found is not None:
            value = found.value if isinstance(found.value, CannotTell) else means(found.value)
            return Said(value, by=found.by, row=found.row)
        return elsewhere(instead, command, arguments, variables)

    return Fact(read, of=WORDS, default=Documented(default, f"{source}: --{name}"))


def elsewhere(name: str, command: Any, arguments: Any, variables: Any) -> Said | None:
    """Return that it cannot be told, where the flag `name` gives the program a file; None where there is none."""
    file = stated(name, command, arguments, variables) if name else None
    if file is None or not file.value:
        return None
    because = f"it may stand in the file that --{name} names"
    return Said(CannotTell(because, f"look into {file.value} on the node"), by=file.by, row=file.row)


def all_set(*names: str, source: str, instead: str = "") -> Fact:
    """Return the fact whether all of these flags are set to something; one that is not decides."""

    def read(command: Any, arguments: Any, variables: Any) -> Any:
        last: Said | None = None
        for name in names:
            last = stated(name, command, arguments, variables)
            if last is None or last.value in ("", "false"):
                return elsewhere(instead, command, arguments, variables)
            if isinstance(last.value, CannotTell):
                return last
        return Said(True, by=last.by, row=last.row) if last else None

    named = ", ".join(f"--{each}" for each in names)
    return Fact(read, of=WORDS, default=Documented(False, f"{source}: {named}"))


def truth(value: str) -> bool | CannotTell:
    """Return what the value of a flag that is a bool means: what Go's ParseBool takes."""
    if value.lower() in ("true", "t", "1"):
        return True
    if value.lower() in ("false", "f", "0"):
        return False
    return CannotTell(f"its value {value[:80]!r} is neither true nor false", "set it to true or false")
