"""A whole run: all that a report or a bundle may say of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec import Struct, field

from tfaudit.model.coverage import Coverage
from tfaudit.model.resources import Unread
from tfaudit.model.tally import Tally
from tfaudit.model.verdicts import (
    Compared,
    Framework,
    InForce,
    LeftOut,
    Outcome,
    Policy,
    Revision,
    Scanned,
    Verdict,
)


class ScanResult(Struct):
    """A whole run: everything that a report or a bundle may say. Times are ISO 8601 in UTC.

    `waivers` says of each waiver that was written why it had no effect, "" where it had one; what it says is a note.
    `read_files` are the files that expressions of the code read, with the SHA-256 of what was read; `digests` has
    that of every file that was read, by its name below `root`, "" where it changed meanwhile. `not_judged` counts the
    resources of types that no service knows. `coverage` says of each live system what was looked at in it. `scopes`
    holds for each declared scope the identities of the assets in it. `configurations` are the files in force, the one
    that the others extend last; `left_out` counts the files and folders that each place's patterns left out.
    `waiver_faults` are the notes on waivers that ran out, are broad, misspelt or without effect.
    """

    tool_version: str
    scanned: tuple[Scanned, ...]
    profile: str
    policies: tuple[Policy, ...]
    verdicts: Sequence[Verdict]
    unread: Sequence[Unread]
    started: str
    finished: str
    run_id: str
    root: str = ""
    frameworks: Mapping[str, Framework] = field(default_factory=dict)
    selected_frameworks: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    waivers: Mapping[str, str] = field(default_factory=dict)
    read_files: Mapping[str, str] = field(default_factory=dict)
    digests: Mapping[str, str] = field(default_factory=dict)
    not_judged: Mapping[str, int] = field(default_factory=dict)
    coverage: tuple[Coverage, ...] = ()
    configurations: tuple[InForce, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    compared: Compared | None = None
    revision: Revision | None = None
    waiver_faults: tuple[str, ...] = ()
    scopes: Mapping[str, frozenset[int]] = field(default_factory=dict)
    _tally: Tally | None = None

    @property
    def tally(self) -> Tally:
        """The verdicts in numbers."""
        if self._tally is None or self._tally.verdicts is not self.verdicts:
            self._tally = Tally(self.verdicts)
        return self._tally

    def count(self, outcome: Outcome) -> int:
        """Return how many verdicts came out so."""
        return self.tally.outcomes[outcome]

    @property
    def complete(self) -> bool:
        """Whether everything that was there was read and judged."""
        return all(gap.accepted for gap in self.unread) and not self.count(Outcome.ERROR)
