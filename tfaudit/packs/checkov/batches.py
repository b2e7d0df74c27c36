"""The files of formats that checkov's own runners read: given to a worker format by format, and kept as rows.

A file that a runner cannot come to an end on costs that file, not its format: what is left of a part is asked again in
halves, until the file stands alone.
"""

from __future__ import annotations

import hashlib
import marshal
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from typing import Any, Protocol

from msgspec import Struct

from tfaudit.cache import Cache
from tfaudit.model.resources import Place, Unread
from tfaudit.packs.checkov import VERSION
from tfaudit.packs.checkov.formats import MAX_BYTES
from tfaudit.packs.checkov.workers import Lost, Worker

_SECONDS = 300.0
"""What one format may take, or half of the time that is left for the scan where that is more."""
_LEAST = 1.0
_PART = 25
"""How many files are asked about at a time: of a part that is too slow, the parts before it are known."""
_SHOWN = 50
OUT_OF_TIME = "the time that the scan may take is over"


class File(Protocol):
    """A file of the scanned tree."""

    name: str
    size: int

    def read(self) -> bytes:
        """Return what it holds."""
        ...


class Batch(Struct):
    """The files of one format, what checkov's runner found in them, and the files that it failed on, with why.

    `cut` says that with more time, or memory, more might have been found.
    """

    framework: str
    files: list[str]
    key: str
    rows: list[tuple[Any, ...]] | None = None
    left: list[tuple[str, str]] = []
    cut: bool = False

    def gaps(self) -> Iterator[Unread]:
        """Yield a gap for each reason for which files were left."""
        reasons: dict[str, list[str]] = {}
        lost = [(name, "no worker was left") for name in self.files] if self.rows is None else []
        for name, because in self.left or lost:
            reasons.setdefault(because, []).append(name)
        for because, (first, *others) in reasons.items():
            says = f"checkov's runner for {self.framework} did not come to an end: {because}"
            settle = "scan these files by themselves, or leave the pack out"
            yield Unread(Place(first), says, settle, also=tuple(map(Place, others[:_SHOWN])))


class Batches:
    """Has the files of each format judged, in a thread of its own."""

    def __init__(self, start: Callable[[], dict[str, Any]], cache: Cache, until: float) -> None:
        """Take what a worker is started with, where rows are kept, and when (`time.monotonic`) time is over."""
        self._start, self._cache, self._until = start, cache, until
        self._thread: threading.Thread | None = None
        self._worker: Worker | None = None
        self.all: list[Batch] = []

    def take(self, wanted: Mapping[str, list[str]], by_name: Mapping[str, File], digest: str) -> None:
        """Judge the files that are `wanted` by format; `digest` is that of what holds for the whole scan."""
        for framework, names in wanted.items():
            batch = Batch(framework, names, _key(framework, (by_name[name] for name in names), digest))
            self.all.append(batch)
            content = self._cache.get(batch.key)
            if content is not None:
                batch.rows, batch.left = marshal.loads(content)  # noqa: S302 - kept below, and sealed
        todo = [batch for batch in self.all if batch.rows is None]
        if todo:
            self._thread = threading.Thread(target=self._run, args=(todo,), daemon=True)
            self._thread.start()

    def wait(self) -> None:
        """Wait for all that was taken."""
        if self._thread is not None:
            self._thread.join()

    def _run(self, todo: list[Batch]) -> None:
        try:
            for batch in todo:
                self._judge(batch)
                if not batch.cut:
                    with suppress(ValueError):
                        self._cache.put(batch.key, marshal.dumps((batch.rows, batch.left)))
        finally:
            self._stop()

    def _judge(self, batch: Batch) -> None:
        now = time.monotonic()
        until = min(now + max(_SECONDS, (self._until - now) / 2), self._until)
        over = OUT_OF_TIME if until == self._until else f"it took longer than {until - now:.0f} seconds"
        batch.rows, batch.left = [], []
        parts = [batch.files[at : at + _PART] for at in range(0, len(batch.files), _PART)]
        parts.reverse()
        while parts:
            part = parts.pop()
            seconds = until - time.monotonic()
            if seconds <= _LEAST:
                batch.left += [(name, over) for name in part]
                batch.cut = True
                continue
            try:
                # Of tables nothing is kept before they are whole: to make them may take all of the time.
                worker = self._ready(batch.framework, seconds)
            except Lost as lost:
                self._stop()
                batch.left += [(name, str(lost)) for names in (part, *parts) for name in names]
                batch.cut = True
                return
            try:
                # One part may not take all of the time that others need.
                seconds = (until - time.monotonic()) / (2 if parts or part[1:] else 1)
                answer = worker.ask({"framework": batch.framework, "files": part}, max(seconds, 0.0))
            except Lost as lost:
                self._stop()
                if len(part) > 1:
                    parts += [part[len(part) // 2 :], part[: len(part) // 2]]
                else:
                    batch.left.append((part[0], str(lost)))
                    batch.cut = True
                continue
            if isinstance(answer, str):
                batch.left += [(name, answer) for name in part]
                batch.cut = True
            else:
                batch.rows += answer[0]
                batch.left += answer[1]

    def _ready(self, framework: str, seconds: float) -> Worker:
        """Return a worker that has what a format needs; `Lost`."""
        if self._worker is None:
            self._worker = Worker(self._start())
        if framework == "bicep":
            self._with_tables(self._worker, seconds)
        return self._worker

    def _with_tables(self, worker: Worker, seconds: float) -> None:
        """See to it that the worker has the tables of Bicep's grammar: to make them takes most of a scan's time."""
        key = hashlib.sha256(f"tables of bicep 1 {VERSION}".encode()).hexdigest()
        content = self._cache.get(key)
        kept = marshal.loads(content) if content is not None else None  # noqa: S302 - kept below, and sealed
        made = worker.ask({"tables": kept}, seconds)
        if isinstance(made, dict):
            self._cache.put(key, marshal.dumps(made))

    def _stop(self) -> None:
        if self._worker is not None:
            self._worker.stop()
        self._worker = None


def _key(framework: str, files: Iterable[File], digest: str) -> str:
    """Return the digest of all that bears on what is found in the files of a format."""
    found = hashlib.sha256(f"3 {framework} {digest}".encode())
    try:
        for file in files:
            if file.size <= MAX_BYTES:
                found.update(f"{file.name}\0".encode())
                found.update(hashlib.sha256(file.read()).digest())
    except OSError:
        pass  # whoever reads it says so; it is another digest
    return found.hexdigest()
