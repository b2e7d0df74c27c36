"""Counts what is asked of a live system and what comes of it, for the statement of coverage; safe between threads."""

from __future__ import annotations

import threading

from tfaudit.model.coverage import Asked, Population
from tfaudit.sources.live.failures import LEFT, CallFailed


class Tally:
    """The counts of one run."""

    def __init__(self) -> None:
        """Begin at nothing."""
        self._lock = threading.Lock()
        self._calls: dict[str, dict[str, int]] = {}
        self._reasons: dict[str, str] = {}
        self._listed: dict[str, list[int]] = {}

    def answered(self, call: str) -> None:
        """Count an answer to `call`; that nothing is configured is one, too."""
        self._count(call, "answered")

    def failed(self, call: str, failed: CallFailed) -> None:
        """Count a call that was denied, failed, or was not made."""
        how = "left" if failed.meaning in LEFT else "denied" if failed.meaning == "denied" else "failed"
        self._count(call, how, failed.because)

    def listed(self, type_: str, whole: bool) -> None:
        """Count one thing that was listed, and whether every call about it was answered."""
        with self._lock:
            counts = self._listed.setdefault(type_, [0, 0])
            counts[0] += 1
            counts[1] += whole

    def _count(self, call: str, how: str, because: str = "") -> None:
        with self._lock:
            counts = self._calls.setdefault(call, {})
            counts[how] = counts.get(how, 0) + 1
            if because:
                self._reasons.setdefault(call, because)

    @property
    def asked(self) -> tuple[Asked, ...]:
        """What was asked, by call, in the order of their names."""
        with self._lock:
            return tuple(
                Asked(call, sum(counts.values()), **counts, because=self._reasons.get(call, ""))
                for call, counts in sorted(self._calls.items())
            )

    @property
    def population(self) -> tuple[Population, ...]:
        """What was listed, by type, in the order of their names."""
        with self._lock:
            return tuple(Population(type_, *counts) for type_, counts in sorted(self._listed.items()))
