"""Jobs that no worker has taken yet. A worker that has parsed the files of some ahead does these first."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, TypeAlias

Job: TypeAlias = tuple[int, Any]
"""A job with its number."""
Folder: TypeAlias = tuple[str, str]
"""A tree, and a folder in it."""


class Waiting:
    """The jobs that wait, in their order: those of nobody, and those of each worker, which is told by a number."""

    def __init__(self, jobs: Iterable[Any], parsed_by: Mapping[Folder, int]) -> None:
        """Begin with all of `jobs`; `parsed_by` tells which worker parses the files of a folder."""
        self._of_nobody: deque[Job] = deque()
        self._own: dict[int, deque[Job]] = {worker: deque() for worker in parsed_by.values()}
        for number, job in enumerate(jobs):
            worker = parsed_by.get((job.get("tree", ""), job.get("folder", "")))
            (self._of_nobody if worker is None else self._own[worker]).append((number, job))

    def __len__(self) -> int:
        """Return how many wait."""
        return len(self._of_nobody) + sum(map(len, self._own.values()))

    def take(self, worker: int) -> Job | None:
        """Return the next job for a worker: its own, one of nobody's, or else another's; None where none is left."""
        for jobs in (self._own.get(worker), self._of_nobody, *self._own.values()):
            if jobs:
                return jobs.popleft()
        return None

    def put_back(self, job: Job) -> None:
        """Have a job that was taken be the next one of nobody's."""
        self._of_nobody.appendleft(job)

    def taken(self) -> Iterator[Job]:
        """Yield all jobs, of which none waits any more."""
        while (job := self.take(0)) is not None:
            yield job
