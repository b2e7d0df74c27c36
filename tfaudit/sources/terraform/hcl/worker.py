"""The process that reads roots: `python -I -S worker.py MEMORY DEPTH PATH ...`, started by `pool`.

It takes length-prefixed marshal frames with a job each on its standard input, and answers each with a frame: which
files its expressions read, and the rows and records, as data of their own. What it is asked to do beside, whenever it
has no job, goes to file 3. It ends with its parent: when its input does.
"""

from __future__ import annotations

import gc
import marshal
import os
import sys
import threading
from collections import deque
from contextlib import suppress
from operator import itemgetter
from queue import SimpleQueue
from typing import TYPE_CHECKING, Any, BinaryIO

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from tfaudit.sources.terraform.hcl.root import RootReader

ASIDE = 3
"""The file that answers beside the jobs go to."""
_HEADER = 8
_FIRST, _REST = itemgetter(slice(10)), itemgetter(slice(10, None))
_MUCH = 100_000
"""As many objects are worth to be looked through for those that nobody holds any more."""
_ROOM = 60_000
"""How many bytes may go there: more than a pipe holds would have to wait for somebody who waits for another answer."""


def main() -> None:
    """Serve as a program of its own."""
    sys.path += sys.argv[3:]  # last: nothing beside tfaudit stands in for a module of Python's own
    serve(int(sys.argv[1]), int(sys.argv[2]))


def serve(memory: int, depth: int) -> None:
    """Serve jobs from file 0 to file 1 until the input ends; then the process ends. It may use `memory` bytes."""
    from tfaudit import pipes

    pipes.bound(memory)
    answers = pipes.answers()
    sys.setrecursionlimit(50_000)
    # A root's trees live until it is answered: looking through them for garbage time and again costs a third more.
    gc.set_threshold(500_000, 20, 100)
    beside = _Beside()
    jobs: SimpleQueue[Any] = SimpleQueue()
    threading.Thread(target=_listen, args=(os.fdopen(0, "rb"), jobs), daemon=True).start()
    from tfaudit.light import load

    load()
    from tfaudit.model.resources import Limits
    from tfaudit.sources.terraform.hcl.root import RootReader

    reader = RootReader(Limits(depth=depth))
    while True:
        if beside.items and jobs.empty():
            beside.do_one()
            continue
        job = jobs.get()
        if "beside" in job:
            beside.items.extend((job["beside"], each) for each in job["items"])
            continue
        if "ahead" in job:
            _get_ready(reader, job, jobs.empty)
            continue
        if "by" in job:
            pipes.send(answers, named(job["by"])(job))
            continue
        pipes.send(answers, _read(reader, job))
        _tidy(job)


def _get_ready(reader: RootReader, job: Any, idle: Callable[[], bool]) -> None:
    """Parse files while there is nothing else to do; after the first of them, load what is done with their types."""
    first, rest = ({tree: part(names) for tree, names in job["ahead"].items()} for part in (_FIRST, _REST))
    reader.parse_ahead(first, idle)
    if job["soon"] and idle():
        with suppress(Exception):  # whoever asks for it later has the failure where it can be reported
            named(job["soon"])(reader.types())
    reader.parse_ahead(rest, idle)


def _read(reader: RootReader, job: Any) -> Any:
    """Return the answer to a job that asks for a root, as it is sent."""
    from tfaudit.sources.terraform.hcl.root import Answer

    try:
        answer = reader.read(job)
    except MemoryError:
        os._exit(3)
    except RecursionError:
        because = "its expressions are nested too deeply"
        answer = Answer(records=[(job["folder"] or ".", 0, 0, because, "scan the plan")])
    return (*answer.data(), _further(job, answer))


def _tidy(job: Any) -> None:
    """Give back what a root's scopes and frames take, which hold one another; whoever waits has the answer already.

    Beside the processes of a pack memory is short. Elsewhere it would be a sixth of the time of a large scan.
    """
    if job["calls"] and gc.get_count()[0] > _MUCH:
        gc.collect(1)


class _Beside:
    """What is done when there is no job, item by item, so that no job waits for more than one."""

    def __init__(self) -> None:
        self.items: deque[tuple[tuple[str, str], Any]] = deque()
        self._room = _ROOM

    def do_one(self) -> None:
        """Answer the first item: None where its function fails, or there is no room for more."""
        asked, item = self.items.popleft()
        try:
            answer = named(asked)(item)
        except MemoryError:
            os._exit(3)
        except Exception:  # noqa: BLE001 - whoever asked does it again
            answer = None
        data = marshal.dumps(answer)
        frame = len(data).to_bytes(_HEADER, "little") + data
        self._room -= len(frame)
        if self._room < 0:
            os.close(ASIDE)  # who waits for more will do it
            self.items.clear()
            return
        while frame:
            frame = frame[os.write(ASIDE, frame) :]


def _further(job: dict[str, Any], answer: Any) -> Any:
    """Return what the function that the job names makes of the resources; None for none, and where it fails."""
    if "further" not in job:
        return None
    from tfaudit.sources.terraform.hcl.rows import resource

    *asked, argument = job["further"]
    try:
        found = [resource(row, job["scope"], answer.origins) for row in answer.rows]
        return named(asked)(argument, found)
    except MemoryError:
        os._exit(3)
    except Exception:  # noqa: BLE001 - whoever asked does it again, and has the failure where it can be reported
        return None


def named(names: Sequence[str]) -> Callable[..., Any]:
    """Return the function of a module, both named by a job: whoever asks says by what it is answered."""
    from importlib import import_module

    module, name = names
    found: Callable[..., Any] = getattr(import_module(module), name)
    return found


def _listen(stream: BinaryIO, jobs: SimpleQueue[Any]) -> None:
    """Put what is asked into `jobs`; when the parent is gone, end at once, whatever else is going on here."""
    from tfaudit import pipes

    while (job := pipes.read(stream)) is not None:
        jobs.put(job)
    os._exit(0)


if __name__ == "__main__":
    main()
