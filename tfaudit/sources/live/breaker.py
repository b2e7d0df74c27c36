"""Stops asking where asking is of no use: after some failures in a row, a type of call is spared, or a whole host."""

from __future__ import annotations

import threading
from dataclasses import replace

from tfaudit.sources.live.failures import BROKEN, CallFailed, settle

_HOST = 3
"""A host is given up after so many times the failures of a call, and only where it is down."""


class Breaker:
    """What is not asked any more; safe between threads. `in_a_row` failures of one call type open it.

    A refusal opens nothing: one bucket may be closed to us and the next one not. Expired credentials open everything.
    """

    def __init__(self, in_a_row: int) -> None:
        """Begin with everything closed: everything is asked."""
        self._in_a_row = in_a_row
        self._lock = threading.Lock()
        self._rows: dict[str, int] = {}
        self._open: dict[str, CallFailed] = {}
        self._expired: CallFailed | None = None

    def spared(self, call: str, host: str) -> CallFailed | None:
        """Return why `call` is not made, None where it is."""
        if self._expired is not None:
            return self._expired.bare()
        if not self._open:
            return None
        found = self._open.get(call) or self._open.get(host)
        return found.bare() if found is not None else None

    def answered(self, call: str, host: str) -> None:
        """Take note of an answer, which may be a refusal: the row of failures is broken."""
        if self._rows:
            with self._lock:
                self._rows.pop(call, None)
                self._rows.pop(host, None)

    def failed(self, call: str, host: str, failed: CallFailed) -> None:
        """Take note of a failure."""
        if failed.expired:
            self._expired = failed.bare()
        elif failed.meaning in BROKEN:
            with self._lock:
                self._one_more(call, self._in_a_row, f"{call} failed", failed)
                if failed.meaning == "down" and host:
                    self._one_more(host, self._in_a_row * _HOST, f"calls to {host} failed", failed)
        elif failed.meaning in ("denied", "other"):
            self.answered(call, host)

    def _one_more(self, what: str, most: int, how: str, failed: CallFailed) -> None:
        row = self._rows[what] = self._rows.get(what, 0) + 1
        if row >= most and what not in self._open:
            because = f"it was not asked any more: {how} {row} times in a row: {failed.because}"
            self._open[what] = replace(
                failed, meaning="spared", because=because, settle_with=settle(failed, "")
            )
