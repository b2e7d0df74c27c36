"""A large tree is read by two processes: a copy of this one parses a half of its files, and takes deployments as well.

Each process tells what the files of its half deploy. Then this one takes the first deployments, and the copy the
others in their order. It sends each as it would be kept for the next scan, with the verdicts on it (`Tree.further`):
nothing of it is evaluated here unless somebody looks into it. Where the next answer is not there yet, this process
takes one of the others from the last on, and what the copy does not answer is done here.
"""

from __future__ import annotations

import marshal
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from typing import TYPE_CHECKING, Any, TypeAlias

from tfaudit.copies import Copy, Left, Line, possible
from tfaudit.model.resources import Resource, Unread
from tfaudit.sources.bicep import rows
from tfaudit.sources.bicep.parameters import beside

if TYPE_CHECKING:
    from tfaudit.sources.bicep.kept import Kept
    from tfaudit.sources.bicep.loading import Loader
    from tfaudit.sources.tree.files import Tree

WORTH_IT = 600_000
"""Bytes of Bicep that this process reads alone before a copy would have helped."""

OWN_SHARE = 0.4
"""The share of deployments that this process has for itself: to take over what the copy sends is work as well."""

Job: TypeAlias = tuple[str, str]
"""A deployment: the name of its file, and that of its file of parameters, "" for none."""
Read: TypeAlias = Callable[[Job], Iterator[Resource | Unread]]
"""Yields what a deployment declares, in time; what it came to is kept."""


def begun(kept: Kept, loader: Loader, tree: Tree, read: Read) -> Halves | None:
    """Return what a copy does of a tree, which has begun; None where this process is sooner done alone."""
    if not kept.on or tree.further is None or not possible(tree.jobs):
        return None
    names = [each for each in loader.data if each.lower().endswith(".bicep") and kept.is_new(each)]
    half = _second_half(names, loader)
    if not half or sum(len(loader.data[each]) for each in names) < WORTH_IT:
        return None
    return Halves(half, kept, loader, tree, read)


def _second_half(names: list[str], loader: Loader) -> list[str]:
    """Return the last of `names`, which are a half of all by their bytes."""
    left = sum(len(loader.data[each]) for each in names) // 2
    for number, each in enumerate(names):
        left -= len(loader.data[each])
        if left < 0:
            return names[number + 1 :]
    return []


class Halves:
    """What a copy of this process does of a tree."""

    def __init__(self, half: list[str], kept: Kept, loader: Loader, tree: Tree, read: Read) -> None:
        """Have the copy tell what the files of its `half` deploy, and then `read` deployments."""
        self._half = frozenset(half)
        self._kept = kept
        self._loader = loader
        self._tree = tree
        self._modules, self._jobs, self._left = Line(), Line(), Left()
        self._answers: dict[int, Any] = {}

        def work() -> Iterator[bytes]:
            with tree.clock.watched():
                self._modules.say(marshal.dumps({each: kept.stated(each) for each in half}))
                jobs: list[Job] = marshal.loads(self._jobs.heard())  # noqa: S302 - this process wrote it
                for number in self._left.taken(range(len(jobs))):
                    yield marshal.dumps((number, *self._done(jobs[number], read)))

        self._copy = Copy(work, at_once=True)
        self._results = self._copy.results()

    def _done(self, job: Job, read: Read) -> tuple[Any, list[rows.Row], Any]:
        """Return a deployment as it is kept, or else its gaps where these are all there is, and what is made of it."""
        if job[1].endswith(".json"):
            beside(job[0], self._loader)
        found = list(read(job))
        entry = self._kept.entry(job)
        resources = [each for each in found if isinstance(each, Resource)]
        if entry is None:
            return None, [] if resources else rows.written(found), None
        return entry, [], _further(self._tree, resources) if resources else None

    def modules(self, name: str) -> Iterable[str]:
        """Return the files of the tree that a file deploys, which one of the two processes has parsed."""
        if name in self._half:
            self._half = frozenset()
            with suppress(OSError, EOFError):
                self._kept.state(marshal.loads(self._modules.heard()))  # noqa: S302 - the copy wrote it
        return self._kept.modules(name)

    def read(
        self, jobs: list[Job], scope_of: Callable[[Job], str], read: Read
    ) -> Iterator[Resource | Unread]:
        """Yield what `jobs` declare, each done by one of the processes, in their order."""
        with self._copy:
            new = [number for number, job in enumerate(jobs) if not self._kept.is_known(job)]
            shared = new[int(OWN_SHARE * len(new)) :]
            with suppress(OSError):
                self._left.add(len(shared))
                self._jobs.say(marshal.dumps([jobs[number] for number in shared]))
            from_the_last = self._left.taken(reversed(range(len(shared))))
            early: dict[int, list[Resource | Unread]] = {}
            at = {number: place for place, number in enumerate(shared)}
            for number, job in enumerate(jobs):
                place = at.get(number)
                if place is None:
                    yield from read(job)
                    continue
                while not (place in early or self._has_answered(place)):
                    taken = next(from_the_last, None)
                    if taken is None:
                        break
                    early[taken] = list(read(jobs[shared[taken]]))
                yield from early.pop(place) if place in early else self._answered(place, job, scope_of, read)

    def _answered(
        self, place: int, job: Job, scope_of: Callable[[Job], str], read: Read
    ) -> Iterator[Resource | Unread]:
        """Return what a deployment declares that the copy has taken, from its answer where it gives one."""
        while place not in self._answers and self._take():
            pass
        entry, gaps, further = self._answers.pop(place, (None, [], None))
        if entry is not None:
            self._kept.adopt(job, entry)
            if further is not None:
                self._tree.further_done[scope_of(job)] = further
        return map(rows.gap, gaps) if gaps else read(job)

    def _has_answered(self, place: int) -> bool:
        """Whether the answer to a deployment is there; what has been sent is taken."""
        while place not in self._answers and self._copy.has_sent and self._take():
            pass
        return place in self._answers

    def _take(self) -> bool:
        """Take the next answer of the copy, waiting for it; False where there are no more."""
        try:
            each = next(self._results, None)
        except EOFError:
            return False
        if each is not None:
            number, *answer = marshal.loads(each)  # noqa: S302 - the copy wrote it
            self._answers[number] = answer
        return each is not None


def _further(tree: Tree, resources: list[Resource]) -> Any:
    """Return what is made of the resources of a deployment; None for nothing, and where that fails."""
    from tfaudit.sources.terraform.hcl.worker import named

    if tree.further is None:
        return None
    *asked, argument = tree.further
    try:
        return named(asked)(argument, resources)
    except Exception:  # noqa: BLE001 - who recalls it does it again, and has the failure where it can be reported
        return None
