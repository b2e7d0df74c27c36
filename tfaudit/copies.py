"""A copy of this process that does a part of some work at the same time, and sends what it comes to.

The copy is a fork, so nothing has to be sent to it. There is none where a fork is not safe (other threads, another
system than Linux) or there is but one processor: then whoever asks does all of the work.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from typing import NoReturn, Self

_HEADER = 8
_END = (1 << 64) - 1
_SCHEDULED = 2
"""The clock of a process that counts its time on processors, as the system's library asks for it (CPUCLOCK_SCHED)."""


def fork_is_safe() -> bool:
    """Whether this process has no threads, and its system's libraries start none of their own."""
    threads = sys.modules.get("threading")
    return sys.platform == "linux" and (threads is None or threads.active_count() == 1)


def possible(jobs: int = 0) -> bool:
    """Whether there can be a copy, where there may be `jobs` processes, 0 for one a processor."""
    return fork_is_safe() and (jobs or os.cpu_count() or 1) > 1


class Copy:
    """A copy that works while its block runs, and ends with it."""

    def __init__(self, work: Callable[[], Iterable[bytes]], *, at_once: bool = False) -> None:
        """Have the copy do `work`; it is done before the first of the results is sent, unless each is `at_once`."""
        self._answers, answers = os.pipe()
        self._pid = os.fork()
        if not self._pid:
            _serve(work, answers, at_once=at_once)
        os.close(answers)

    def __enter__(self) -> Self:
        """Return itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """End the copy, whatever it does."""
        from signal import SIGKILL

        os.close(self._answers)
        with suppress(ProcessLookupError):
            os.kill(self._pid, SIGKILL)
        with suppress(ChildProcessError):
            os.waitpid(self._pid, 0)

    @property
    def has_sent(self) -> bool:
        """Whether the copy has sent something that has not been taken, or has ended."""
        import select

        return bool(select.select([self._answers], [], [], 0)[0])

    def results(self) -> Iterator[bytes]:
        """Yield the results as they come; `EOFError` where the copy fails before the last of them."""
        while (size := int.from_bytes(exactly(self._answers, _HEADER), "little")) != _END:
            yield exactly(self._answers, size)


class Left:
    """How many pieces nobody has taken: a counter of the kernel's, which this process and its copy count down."""

    def __init__(self, pieces: int = 0) -> None:
        """Begin with so many."""
        self._counter = os.eventfd(pieces, os.EFD_SEMAPHORE | os.EFD_NONBLOCK | os.EFD_CLOEXEC)

    def add(self, pieces: int) -> None:
        """Tell that there are so many more."""
        os.eventfd_write(self._counter, pieces)

    def taken(self, numbers: Iterable[int]) -> Iterator[int]:
        """Yield as many of `numbers` as this process comes to take."""
        for number in numbers:
            try:
                os.eventfd_read(self._counter)
            except BlockingIOError:
                return
            yield number

    def close(self) -> None:
        """Let go of it; nothing is taken any more."""
        os.close(self._counter)


class Line:
    """By which a process and its copy tell something: it is opened before the copy is made, and goes one way."""

    def __init__(self) -> None:
        """Open it."""
        self._ends: dict[str, int] = dict(zip(("hear", "say"), os.pipe(), strict=True))

    def say(self, data: bytes) -> None:
        """Tell the other process; `OSError` where it is gone."""
        self._leave("hear")
        _send_framed(self._ends["say"], data)

    def heard(self) -> bytes:
        """Return what the other process says next; `EOFError` where it ends before."""
        self._leave("say")
        return exactly(self._ends["hear"], int.from_bytes(exactly(self._ends["hear"], _HEADER), "little"))

    def close(self) -> None:
        """Close what this process has of it."""
        for each in list(self._ends):
            self._leave(each)

    def _leave(self, end: str) -> None:
        if end in self._ends:
            os.close(self._ends.pop(end))


def worked(pid: int) -> float:
    """Return for how many seconds a process has had a processor; where that is not told, what a clock says.

    A process has a clock of its own, whose number is made of the process's: linux/include/linux/posix-timers.h and
    clock_getcpuclockid(3). To ask it takes a microsecond; what /proc tells of a process that works takes a hundred.
    """
    try:
        return time.clock_gettime(~pid << 3 | _SCHEDULED)
    except (OSError, AttributeError):
        return time.monotonic()


def exactly(file: int, size: int) -> bytes:
    """Return so many bytes of a pipe; `EOFError` where it ends before."""
    parts: list[bytes] = []
    while size:
        part = os.read(file, min(size, 1 << 20))
        if not part:
            raise EOFError
        parts.append(part)
        size -= len(part)
    return b"".join(parts)


def _serve(work: Callable[[], Iterable[bytes]], answers: int, *, at_once: bool) -> NoReturn:
    """Do the work, send its results, and end: nothing that this process has begun is finished here."""
    try:
        if at_once:
            _send_meanwhile(work(), answers)
        else:
            for each in list(work()):
                _send_framed(answers, each)
        _send(answers, _END.to_bytes(_HEADER, "little"))
    finally:
        os._exit(0)


def _send_meanwhile(results: Iterable[bytes], answers: int) -> None:
    """Send each result when it is there; a thread waits where nobody takes it yet, so that the work goes on."""
    from queue import SimpleQueue
    from threading import Thread

    queue: SimpleQueue[bytes | None] = SimpleQueue()

    def send() -> None:
        while (each := queue.get()) is not None:
            _send_framed(answers, each)

    sender = Thread(target=send, daemon=True)
    sender.start()
    try:
        for each in results:
            queue.put(each)
    finally:
        queue.put(None)
        sender.join()


def _send_framed(answers: int, data: bytes) -> None:
    _send(answers, len(data).to_bytes(_HEADER, "little"))
    _send(answers, data)


def _send(answers: int, data: bytes) -> None:
    left = memoryview(data)
    while left:
        left = left[os.write(answers, left) :]
