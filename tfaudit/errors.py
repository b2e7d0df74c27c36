"""What can go wrong by the user's hand, one class for each way that a command ends.

Only `tfaudit.cli` prints or exits; everything below raises one of these, `from` the original.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any


class TfauditError(Exception):
    """A sentence for the user: where, what, and what to do."""

    exit_code = 2


class UsageError(TfauditError):
    """The command line or a configuration file asks for something that is not there or not possible."""


class PolicyError(TfauditError):
    """A policy, profile, waiver or control file does not hold what its format wants."""


class UnreachableError(TfauditError):
    """Nothing at all could be observed: no credentials, a wrong endpoint, a cluster that is down."""

    exit_code = 3


class LateError(TfauditError):
    """The time of the scan ran out before its reports were written."""

    exit_code = 3


class EvidenceError(TfauditError):
    """A bundle cannot be written, or does not verify."""

    exit_code = 1


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """Return `; did you mean "x"?` for the known word nearest to `word`, whatever its case, or "".

    Of several words behind commas, as other scanners take them, it says that each is given by itself.
    """
    from difflib import get_close_matches

    alike = {each.lower(): each for each in known}
    if "," in word and any(each.strip().lower() in alike for each in word.split(",")):
        return "; give each by itself: the option, or the list's item, once more"
    near = get_close_matches(word.lower(), list(alike), 1, 0.6)
    return f'; did you mean "{alike[near[0]]}"?' if near else ""


_WANTED = {
    "model_type": "a map of words and values is wanted here",
    "dict_type": "a map is wanted here",
    "list_type": "a list is wanted here",
    "string_type": "a text is wanted here, in quotes where it looks like a number or a date",
    "string_too_short": "it is empty; a text is wanted here",
    "int_type": "a whole number is wanted here",
    "int_parsing": "a whole number is wanted here",
    "int_from_float": "a whole number is wanted here",
    "float_type": "a number is wanted here",
    "float_parsing": "a number is wanted here",
    "bool_type": "true or false is wanted here",
    "bool_parsing": "true or false is wanted here",
    "date_type": "a day is wanted here, as in 2027-01-31",
    "date_parsing": "a day is wanted here, as in 2027-01-31",
    "date_from_datetime_parsing": "a day is wanted here, as in 2027-01-31",
    "missing": "it is missing",
}

_BOUNDS = {
    "literal_error": "{expected} is wanted here",
    "greater_than": "more than {gt} is wanted here",
    "greater_than_equal": "{ge} or more is wanted here",
    "less_than": "less than {lt} is wanted here",
    "less_than_equal": "{le} or less is wanted here",
}
# What pydantic says between the words of a file: which of several forms a value did not have.
_FORM = r"(?:str|int|float|bool|none|date|constrained-\w+|[A-Z]\w*Form|[\w-]+\[.*)$"


def first_fault(errors: Sequence[Mapping[str, Any]], words: Iterable[str]) -> str:
    """Return the first of what pydantic finds wrong with a file, as the end of a sentence: where in it, and what.

    `words` are those that the file may have: one that it may not have is told with the nearest of them.
    """
    import re  # a sound run needs none of this

    first = errors[0]
    where = ".".join(str(each) for each in first["loc"] if not re.match(_FORM, str(each)))
    message = _WANTED.get(first["type"]) or str(first["msg"]).removeprefix("Value error, ")
    if first["type"] in _BOUNDS:
        message = _BOUNDS[first["type"]].format(
            **{name: str(value).removesuffix(".0") for name, value in first["ctx"].items()}
        )
    if first["type"] == "extra_forbidden":
        message = f"unknown word{did_you_mean(str(first['loc'][-1]), words)}"
    return f"{where + ': ' if where else ''}{message}"
