"""Worker processes that read roots, each root under a time limit; one that dies or hangs is replaced.

All of them end with `stop_all`, whatever becomes of the pool that they were for.
"""

from __future__ import annotations

import contextlib
import fcntl
import importlib.util
import marshal
import os
import select
import selectors
import signal
import sys
import time
import weakref
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, Self

from tfaudit.clock import PATIENCE, Clock
from tfaudit.copies import exactly, fork_is_safe, worked
from tfaudit.sources.terraform.hcl.waiting import Job, Waiting

MEMORY = 3 << 30
_FEW = 100
_HEADER = 8
_LARGE = 1 << 20
"""The bytes of a pipe into which a job or an answer may be written before anybody reads it."""
_BESIDE = 4
"""While there are more jobs for each worker than this, each has one beside the one that it does."""
_TICK = 0.05
"""What the system's account of a process's time may be coarse by, in seconds."""
_FILES = (0, 1, 3)
"""What a worker's ends of its pipes are to it: jobs, answers, and answers to what it does beside."""
_PATIENCE = 2.0
"""Seconds to wait for what a worker does beside; whoever asked for it can do it as well."""
_WORKER = Path(__file__).with_name("worker.py")
_PACKAGE = Path(__file__).parents[4]


class Worker:
    """One process with a pipe in and a pipe out. `job` is the number of the job that it has, None for none."""

    def __init__(self, depth: int) -> None:
        """Start the process; it loads its libraries while the caller goes on.

        It is forked while this process has no threads, and has loaded little: what both need is not loaded twice.
        """
        ask_read, self._ask = os.pipe()
        self.answers, answer_write = os.pipe()
        self._beside, beside_write = os.pipe()
        start = _forked if fork_is_safe() else _spawned
        self.pid = start((ask_read, answer_write, beside_write), depth)
        _running.add(self)
        with contextlib.suppress(AttributeError, OSError):  # not Linux, or more than this user may have
            for each in (self._ask, answer_write):
                fcntl.fcntl(each, fcntl.F_SETPIPE_SZ, _LARGE)
        for each in (ask_read, answer_write, beside_write):
            os.close(each)
        self.owes = 0
        self.depth = depth
        self.job: int | None = None
        self.behind: Job | None = None
        """The job that it was handed beside, so that it does not wait for one when it has answered."""
        self.parses: frozenset[tuple[str, str]] = frozenset()
        """The folders whose files it parses until it has a job, with the trees that they lie in."""
        self.until = 0.0
        """When the worker is looked at again, at the latest."""
        self._last = 0.0
        self._worked = 0.0
        self._got = bytearray()

    def begin(self, number: int, seconds: float, most: float) -> None:
        """Wait for the answer to a job that it has, which may take `seconds` of the processor, and last for `most`."""
        self.job = number
        now = time.monotonic()
        self.until, self._last = min(now + seconds, now + most), now + most
        self._worked = worked(self.pid) + seconds

    def is_late(self) -> bool:
        """Whether the job has taken its time; where the processor was another's, it is looked at later again."""
        now = time.monotonic()
        left = self._worked - worked(self.pid)
        if left <= _TICK or now >= self._last:
            return True
        self.until = min(now + left, self._last)
        return False

    def tell(self, job: Any) -> bool:
        """Send a job, or a hint that asks for no answer; False when the process is gone."""
        data = marshal.dumps(job)
        frame = memoryview(len(data).to_bytes(_HEADER, "little") + data)
        try:
            while frame:
                frame = frame[os.write(self._ask, frame) :]
        except BrokenPipeError:
            return False
        return True

    def take(self) -> bytes | None:
        """Return the answer when all of it is there, b"" when the process has ended, None when more is to come."""
        chunk = os.read(self.answers, 1 << 20)
        if not chunk:
            return b""
        self._got += chunk
        return self.framed()

    def framed(self) -> bytes | None:
        """Return the next answer that was read whole; what is behind it stays."""
        if len(self._got) < _HEADER:
            return None
        end = _HEADER + int.from_bytes(self._got[:_HEADER], "little")
        if len(self._got) < end:
            return None
        answer = bytes(self._got[_HEADER:end])
        del self._got[:end]
        return answer

    def ask_beside(self, named: tuple[str, str], items: Sequence[Any]) -> bool:
        """Have the process do a function of a module with each of `items` when it has no job; False when it is gone."""
        if self not in _running or not self.tell({"beside": named, "items": list(items)}):
            return False
        self.owes += len(items)
        return True

    def beside(self) -> Iterator[Any]:
        """Yield what came of the items, in order; fewer where the process is gone, or does not answer."""
        while self.owes and self in _running and select.select([self._beside], [], [], _PATIENCE)[0]:
            self.owes -= 1
            try:
                data = exactly(self._beside, int.from_bytes(exactly(self._beside, _HEADER), "little"))
            except EOFError:
                break
            yield marshal.loads(data)  # noqa: S302 - written by a worker
        self.stop()

    def stop(self) -> None:
        """End the process, at once; nothing happens for one that has been stopped.

        It takes the system some milliseconds to take a large process apart: `stop_all` waits for that.
        """
        if self not in _running:
            return
        _running.discard(self)
        with contextlib.suppress(ProcessLookupError):
            os.kill(self.pid, signal.SIGKILL)
        _ending.append(self.pid)
        _reap(os.WNOHANG)
        for each in (self._ask, self.answers, self._beside):
            os.close(each)


def _forked(ends: tuple[int, int, int], depth: int) -> int:
    pid = os.fork()
    if pid:
        return pid
    try:
        # Of what this process has open the child keeps nothing else: a pipe of a sibling's would never end.
        for file, end in zip(_FILES, ends, strict=True):
            os.dup2(end, file)
        os.closerange(_FILES[-1] + 1, os.sysconf("SC_OPEN_MAX"))
        os.environ.clear()  # noqa: TID251 - what reads hostile input has no use for it
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, signal.SIG_DFL)
        from tfaudit.sources.terraform.hcl import worker

        worker.serve(MEMORY, depth)
    finally:
        os._exit(1)


def _spawned(ends: tuple[int, int, int], depth: int) -> int:
    bytecode = ["-B"] if sys.flags.dont_write_bytecode else []
    arguments = [sys.executable, "-I", "-S", *bytecode, str(_WORKER), str(MEMORY), str(depth), *_paths()]
    actions = [(os.POSIX_SPAWN_DUP2, end, file) for file, end in zip(_FILES, ends, strict=True)]
    return os.posix_spawn(sys.executable, arguments, _environment(), file_actions=actions)


def _environment() -> dict[str, str]:
    """Return what an interpreter may need to start at all; a process that reads hostile input gets nothing else."""
    names = ("LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH", "TMPDIR", "SYSTEMROOT")
    return {name: value for name, value in os.environ.items() if name in names}  # noqa: TID251 - see above


def _paths() -> list[str]:
    """Return the folders from which a bare interpreter finds tfaudit and the parsers."""
    found = [str(_PACKAGE)]
    for name in ("msgspec", "tree_sitter", "tree_sitter_hcl", "re2", "yaml"):
        spec = importlib.util.find_spec(name)
        if spec is not None and spec.origin is not None:
            found.append(str(Path(spec.origin).parents[1]))
    return list(dict.fromkeys(found))


_running: set[Worker] = set()
_ending: list[int] = []
_ready: list[Worker] = []
_first: list[Worker] = []


def stop_all() -> None:
    """End every worker process that this one has started, and wait until they have ended."""
    for worker in list(_running):
        worker.stop()
    _reap(0)
    _ready.clear()
    _first.clear()


def _reap(flags: int) -> None:
    """Let the system forget the processes that have ended; without `WNOHANG`, when they have."""
    for pid in list(_ending):
        with contextlib.suppress(ChildProcessError):
            if not os.waitpid(pid, flags)[0]:
                continue
        _ending.remove(pid)


def enough(files: int, most: int) -> int:
    """Return how many of at most `most` workers are to read so many files.

    Few are read while this process loads what it judges by: a worker for each core would take its time from it.
    """
    return max(1, most - 1) if files < _FEW else most


def prepare(workers: int, depth: int) -> None:
    """Start workers ahead of the pool that will use them, so that they load while the caller does other work."""
    _ready.extend(Worker(depth) for _ in range(workers - len(_ready)))
    _first.extend(_ready[: 1 - len(_first)])


def hint(worker: int, shares: dict[str, list[list[str]]], soon: tuple[str, str] | None) -> None:
    """Tell a worker that was prepared what to do until its first job: parse files, which are those of whole folders.

    They are given by the paths of the trees that they lie in. `soon` names a function that is called meanwhile with the
    types of resources in the first of them.
    """
    files = {tree: [name for names in folders for name in names if name] for tree, folders in shares.items()}
    _ready[worker].tell({"ahead": files, "soon": soon})
    _ready[worker].parses = frozenset(
        (tree, name.rpartition("/")[0]) for tree, names in files.items() for name in names
    )


def ask_beside(named: tuple[str, str], items: Sequence[Any]) -> bool:
    """Have the worker that was started first do a function of a module with each of `items`, when it has no job.

    False where there is none. It is there for this until `stop_all`, though its pool is closed.
    """
    return bool(_first) and _first[0].ask_beside(named, items)


def answers_beside() -> Iterator[Any]:
    """Yield what came of the items, in order; fewer where the worker has ended, or takes too long."""
    return _first[0].beside() if _first else iter(())


def _stop(workers: list[Worker]) -> None:
    for worker in (*workers, *_ready):
        if not worker.owes:
            worker.stop()
    _ready.clear()


class Pool:
    """Workers for a number of jobs. They end with `close`, or when nobody holds the pool any more."""

    def __init__(self, workers: int, depth: int, seconds: float, clock: Clock) -> None:
        """Start `workers` processes; a job may take `seconds` of a processor, all of them what the clock has left."""
        self._depth = depth
        self._seconds = seconds
        self._clock = clock
        self._workers = [
            _ready.pop(0) if _ready and _ready[0].depth == depth else Worker(depth) for _ in range(workers)
        ]
        self.close = weakref.finalize(self, _stop, self._workers)

    def __enter__(self) -> Self:
        """Return itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """End all processes."""
        self.close()

    def results(self, jobs: Iterable[Any]) -> Iterator[tuple[int, bytes | str]]:
        """Hand out the first jobs, and return the answers as they come: each job's number with its answer's bytes.

        A sentence stands for the answer of a worker that died or took too long, and for a job that had no time left.
        """
        waiting = Waiting(jobs, {each: id(worker) for worker in self._workers for each in worker.parses})
        selector = selectors.DefaultSelector()
        early: list[tuple[int, bytes | str]] = []
        for worker in list(self._workers):
            selector.register(worker.answers, selectors.EVENT_READ, worker)
            early += self._next(worker, waiting, selector)
        return self._collected(early, waiting, selector)

    def _collected(
        self,
        early: list[tuple[int, bytes | str]],
        waiting: Waiting,
        selector: selectors.BaseSelector,
    ) -> Iterator[tuple[int, bytes | str]]:
        yield from early
        with selector:
            while busy := [worker for worker in self._workers if worker.job is not None]:
                nearest = min(worker.until for worker in busy)
                for key, _ in selector.select(max(0.0, nearest - time.monotonic())):
                    yield from self._answer(key.data, waiting, selector)
                now = time.monotonic()
                late = [each for each in self._workers if each.job is not None and each.until <= now]
                for worker in [each for each in late if each.is_late()]:
                    yield from self._replace(worker, self._late(), waiting, selector)

    def _next(self, worker: Worker, waiting: Waiting, selector: selectors.BaseSelector) -> Any:
        """Have the worker go on with the job that it was handed beside, or hand it one, and another beside it."""
        worker.job = None
        left = self._clock.reading_left
        if not left:
            if worker.behind is not None:  # its answer would come, and nobody would wait for it
                waiting.put_back(worker.behind)
                self._drop(worker, selector)
            yield from ((number, self._clock.because) for number, _ in waiting.taken())
            return
        job, worker.behind = worker.behind, None
        there = job is not None
        if job is None and (job := waiting.take(id(worker))) is not None:
            there = worker.tell(job[1])
        if job is not None:
            worker.begin(job[0], self._seconds, min(PATIENCE * self._seconds, left))
            if not there:
                yield from self._replace(worker, "the evaluator does not start", waiting, selector)
            elif len(waiting) > _BESIDE * len(self._workers) and (behind := waiting.take(id(worker))):
                worker.behind = behind
                worker.tell(behind[1])  # if it is gone, that is noticed when its answer is read

    def _late(self) -> str:
        return (
            f"it took longer than {self._seconds:g} seconds"
            if self._clock.reading_left
            else self._clock.because
        )

    def _answer(self, worker: Worker, waiting: Waiting, selector: selectors.BaseSelector) -> Any:
        data = worker.take()
        if data == b"":
            yield from self._replace(worker, "the evaluator crashed on it", waiting, selector)
            return
        while data is not None:
            number = worker.job
            # The worker goes on while whoever takes the answer judges it.
            behind = list(self._next(worker, waiting, selector))
            yield number, data
            yield from behind
            data = worker.framed() if worker in self._workers else None

    def _replace(
        self,
        worker: Worker,
        because: str,
        waiting: Waiting,
        selector: selectors.BaseSelector,
    ) -> Any:
        number = worker.job
        if worker.behind is not None:
            waiting.put_back(worker.behind)
        self._drop(worker, selector)
        fresh = Worker(self._depth)
        self._workers.append(fresh)
        selector.register(fresh.answers, selectors.EVENT_READ, fresh)
        if number is not None:
            yield number, because
        yield from self._next(fresh, waiting, selector)

    def _drop(self, worker: Worker, selector: selectors.BaseSelector) -> None:
        selector.unregister(worker.answers)
        self._workers.remove(worker)
        worker.stop()
