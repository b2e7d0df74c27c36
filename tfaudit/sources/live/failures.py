"""A call to a live system that gave no answer: what that means, why, and what would settle it. No provider's own words.

`denied` is the system's own refusal; `form` is an answer that is not of the API's form (a proxy's page, a body that was
cut); `down` is nobody who answers in time; `late` and `spared` are calls that were not made: time was up, or too many
like it had failed.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal, TypeAlias

Meaning: TypeAlias = Literal[
    "denied", "credentials", "region", "throttled", "down", "form", "late", "spared", "defect", "other"
]
BROKEN: frozenset[Meaning] = frozenset({"throttled", "down", "form"})
"""What is wrong with the system or the way to it, and will most likely be so for the next call, too."""

LEFT: frozenset[Meaning] = frozenset({"late", "spared"})
"""The call was not made, or not waited for."""


@dataclass
class CallFailed(Exception):
    """A call that gave no answer, `because` of something that makes a sentence without full stop and secrets.

    `code` is the API's own, `permission` the one that it says is missing, `explicit` whether somebody denies just that.
    After `expired` credentials nothing more is asked. `settle_with` is given where `settle` would not tell it.
    """

    meaning: Meaning
    because: str
    code: str = ""
    permission: str = ""
    explicit: bool = False
    expired: bool = False
    settle_with: str = ""

    def __str__(self) -> str:
        """Return the sentence."""
        return self.because

    def bare(self) -> CallFailed:
        """Return the same without traceback and cause: these keep whole HTTP responses, for as long as it is kept."""
        return replace(self)


def settle(failed: CallFailed, permission: str) -> str:
    """Return what would make a failed call work that takes `permission`."""
    if failed.settle_with:
        return failed.settle_with
    if failed.meaning == "denied":
        wanted = failed.permission or permission
        return f"lift the explicit deny of {wanted}" if failed.explicit else f"grant {wanted}"
    if failed.expired:
        return "log in again and repeat the scan"
    if failed.meaning == "defect":
        return "report this as a defect of tfaudit"
    if failed.meaning == "throttled":
        return "repeat the scan with fewer --threads"
    if failed.meaning == "form":
        return "check what stands between here and the API: a proxy, say"
    return "repeat the scan"
