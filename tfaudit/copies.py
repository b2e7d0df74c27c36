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
from pathlib import Path
from typing import NoReturn, Self

_HEADER = 8
_END = (1 << 64) - 1


def fork_is_safe() -> bool:
    """Whether this process has no threads, and its system's libraries start none of their own."""
    threads = sys.modules.get("threading")
    return sys.platform == "linux" and (threads is None or threads.active_count() == 1)


def possible(jobs: int = 0) -> bool:
    """Whether there can be a copy, where there may be `jobs` processes, 0 for one a processor."""
    return fork_is_safe() and (jobs or os.cpu_count() or 1) > 1


class Copy:
    """A copy that works while its block runs, and ends with it."""

    def __init__(self, work: Callable[[], Iterable[bytes]]) -> None:
        """Have the copy do `work`; it is done before the first of the results is sent."""
        self._answers, answers = os.pipe()
        self._pid = os.fork()
        if not self._pid:
            _serve(work, answers)
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

    def results(self) -> Iterator[bytes]:
        """Yield the results as they come; `EOFError` where the copy fails before the last of them."""
        while (size := int.from_bytes(exactly(self._answers, _HEADER), "little")) != _END:
            yield exactly(self._answers, size)


class Left:
    """How many pieces nobody has taken: a counter of the kernel's, which this process and its copy count down."""

    def __init__(self, pieces: int) -> None:
        """Count so many."""
        self._counter = os.eventfd(pieces, os.EFD_SEMAPHORE | os.EFD_NONBLOCK | os.EFD_CLOEXEC)

    def taken(self, numbers: Iterable[int]) -> Iterator[int]:
        """Yield as many of `numbers` as this process comes to take."""
        for number in numbers:
            try:
                os.eventfd_read(self._counter)
            except BlockingIOError:
                return
            yield number

    def close(self) -> None:
        """Give the counter back."""
        os.close(self._counter)


def worked(pid: int) -> float:
    """Return for how many seconds a process has had a processor; where that is not told, what a clock says.

    man7.org/linux/man-pages/man5/proc_pid_stat.5.html: utime and stime are the twelfth and thirteenth field behind the
    name, which stands in parentheses.
    """
    try:
        stated = Path(f"/proc/{pid}/stat").read_text("ascii", "replace").rpartition(")")[2].split()
        return (int(stated[11]) + int(stated[12])) / os.sysconf("SC_CLK_TCK")
    except (OSError, ValueError, IndexError):
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


def _serve(work: Callable[[], Iterable[bytes]], answers: int) -> NoReturn:
    """Do the work, send its results, and end: nothing that this process has begun is finished here."""
    try:
        for each in list(work()):
            _send(answers, len(each).to_bytes(_HEADER, "little"))
            _send(answers, each)
        _send(answers, _END.to_bytes(_HEADER, "little"))
    finally:
        os._exit(0)


def _send(answers: int, data: bytes) -> None:
    left = memoryview(data)
    while left:
        left = left[os.write(answers, left) :]
