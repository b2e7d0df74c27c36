"""The time that a scan may take: it ends in order with what it has by then, and says what it has not come to.

Everything looks at the clock between one file, root or asset and the next. On the command line a timer also interrupts
what does not come back: Python checks for signals in its own code and in regular expressions. Other code in C, which it
cannot interrupt, gets bounded input only.
"""

from __future__ import annotations

import math
import signal
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

from tfaudit.model.resources import Limits, Place, Unread

T = TypeVar("T")
_TICK = 0.25
# What is read has to be judged and written as well.
_FOR_READING = 0.85
_FOR_CLOSING = 0.9
_FOR_ASSETS = 0.95
_FOR_CLOSING_ASSETS = 0.8
_AFTER_INTERRUPTION = 1.5
PATIENCE = 6
"""How many times the processor time that a part may take it may last, where others need the processor as well."""
_SETTLE = "give the scan more time (--timeout), or scan its folders one by one"


class OutOfTime(BaseException):
    """What is going on takes too long. No `except Exception` may stop it on its way to whoever set the bound."""


class Clock:
    """How much of its `seconds` a scan has left: most for reading, the rest for judging what has been read."""

    def __init__(self, seconds: float = Limits().scan_seconds) -> None:
        """Start it."""
        now = time.monotonic()
        self.seconds = seconds
        self.reading_until = now + seconds * _FOR_READING
        """When no file or root is begun any more."""
        self.closing_from = now + seconds * _FOR_CLOSING
        """When reading that goes on is broken off."""
        self.assets_until = now + seconds * _FOR_ASSETS
        """When what has been read is judged as far as it goes."""
        self.until = now + seconds
        self.interrupted_by = 0
        """The number of the signal that ended the scan before its time, 0 for none."""
        self._bound = math.inf
        self._processor_bound = math.inf
        self._stopped = ""
        self._orderly = False

    @property
    def reading_left(self) -> float:
        """The seconds that are left for reading, 0 for none."""
        return max(0.0, self.reading_until - time.monotonic())

    @property
    def because(self) -> str:
        """Why something has not been read."""
        if self._stopped:
            return f"it was not read: {self._stopped}"
        return f"it was not read within the {self.seconds:g} seconds that the scan may take"

    @property
    def stopped(self) -> str:
        """Why the scan was stopped before its time, "" where it was not."""
        return self._stopped

    @property
    def settle_with(self) -> str:
        """What would have something read that was not."""
        return "repeat the scan" if self._stopped else _SETTLE

    def stop(self, because: str, seconds: float) -> None:
        """End reading now and judging in `seconds`: the scan ends in order, with what it has."""
        now = time.monotonic()
        self._stopped = because
        self.reading_until = min(self.reading_until, now)
        self.closing_from = min(self.closing_from, now)
        self.assets_until = min(self.assets_until, now + seconds * _FOR_CLOSING_ASSETS)
        self.until = min(self.until, now + seconds)
        if self._bound < math.inf:
            self._bound = min(self._bound, self.until)

    def not_read(self, origin: str) -> Unread:
        """Return the record of what was not begun, or not finished, in time."""
        return Unread(Place(origin), self.because, self.settle_with)

    def not_judged(self, origin: str, what: str) -> Unread:
        """Return the record of what was not judged in time: `what` is, say, "3 assets"."""
        why = (
            f": {self._stopped}"
            if self._stopped
            else f" within the {self.seconds:g} seconds that the scan may take"
        )
        return Unread(Place(origin), f"up to {what} were not judged{why}", self.settle_with)

    def read(self, origin: str, seconds: float, found: Callable[[], Iterable[T]]) -> Iterator[T | Unread]:
        """Yield what `found` returns of one file, which may take `seconds`; where that is too short, an `Unread`.

        They are those of the processor, so that what is read does not hang on what else the machine does.
        """
        now = time.monotonic()
        if now >= self.reading_until:
            yield self.not_read(origin)
            return
        try:
            with self.bounded(min(now + PATIENCE * seconds, self.closing_from)), self._worked(seconds):
                whole = list(found())
        except OutOfTime:
            if time.monotonic() >= self.closing_from:
                yield self.not_read(origin)
            else:
                because = f"reading it takes longer than {seconds:g} seconds"
                yield Unread(Place(origin), because, "split it, or exclude it in tfaudit.yaml")
            return
        yield from whole

    def in_time(self, items: Iterable[T], until: float) -> Iterator[T]:
        """Yield `items`; `OutOfTime` before the first one that comes after `until`."""
        for each in items:
            if time.monotonic() >= until:
                raise OutOfTime
            yield each

    @contextmanager
    def bounded(self, until: float) -> Iterator[None]:
        """Have `OutOfTime` raised in the block at `until`, or an outer bound, where the clock is watched."""
        outer, self._bound = self._bound, min(self._bound, until)
        try:
            yield
        finally:
            self._bound = outer

    @contextmanager
    def _worked(self, seconds: float) -> Iterator[None]:
        """Have `OutOfTime` raised in the block when this process has worked for so long, where the clock is watched."""
        outer, self._processor_bound = self._processor_bound, time.process_time() + seconds
        try:
            yield
        finally:
            self._processor_bound = outer

    @contextmanager
    def watched(self) -> Iterator[None]:
        """Watch the bounds in the block, by a timer of the process; in another thread than the main one, do not."""
        try:
            before = signal.signal(signal.SIGALRM, self._tick)
        except ValueError:  # only the main thread has signals
            yield
            return
        signal.setitimer(signal.ITIMER_REAL, _TICK, _TICK)
        try:
            yield
        finally:
            signal.setitimer(signal.ITIMER_REAL, 0)
            signal.signal(signal.SIGALRM, before)

    @contextmanager
    def interruptible(self) -> Iterator[None]:
        """Have SIGINT and SIGTERM in the block stop the scan, once `begun` says that there is something to report.

        A second one ends the process as it does everywhere else, and so does one before anything has been seen.
        """
        before = {each: signal.getsignal(each) for each in (signal.SIGINT, signal.SIGTERM)}

        def end(number: int, frame: Any) -> None:
            if self._orderly and not self._stopped:
                self.interrupted_by = number
                self.stop("the scan was interrupted", _AFTER_INTERRUPTION)
                return
            handler = before[signal.Signals(number)]
            if callable(handler):
                handler(number, frame)

        try:
            for each in before:
                signal.signal(each, end)
        except ValueError:  # only the main thread has signals
            yield
            return
        try:
            yield
        finally:
            for each, handler in before.items():
                signal.signal(each, handler)

    def begun(self) -> None:
        """Say that something has been seen, which an interrupted scan is to report."""
        self._orderly = True

    def _tick(self, *_: Any) -> None:
        if time.monotonic() >= self._bound or time.process_time() >= self._processor_bound:
            raise OutOfTime
