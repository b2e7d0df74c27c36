"""What can go wrong by the user's hand, one class for each way that a command ends.

Only `tfaudit.cli` prints or exits; everything below raises one of these, `from` the original.
"""

from __future__ import annotations

from collections.abc import Iterable


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
    """Return `; did you mean "x"?` for the known word nearest to `word`, whatever its case, or ""."""
    from difflib import get_close_matches

    alike = {each.lower(): each for each in known}
    near = get_close_matches(word.lower(), list(alike), 1, 0.6)
    return f'; did you mean "{alike[near[0]]}"?' if near else ""
