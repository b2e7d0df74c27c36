"""One scan's part of the pack: roots are handed to workers while others are read, and come back as rows."""

from __future__ import annotations

import hashlib
import marshal
import threading
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from queue import SimpleQueue
from typing import Any

from msgspec import Struct

from tfaudit.cache import Cache, Store
from tfaudit.clock import Clock
from tfaudit.model.resources import Place, Resource, Unread
from tfaudit.packs.checkov import VERSION
from tfaudit.packs.checkov.batches import OUT_OF_TIME, Batch, Batches, File
from tfaudit.packs.checkov.conversion import body, plain
from tfaudit.packs.checkov.formats import OVER_OURS, frameworks
from tfaudit.packs.checkov.workers import Lost, Worker, site

MAX_WORKERS = 4
_TERRAFORM = (".tf", ".tf.json", ".tofu", ".tofu.json")
_MANY = 6
"""From how many waiting roots on one more worker is worth its start."""
_LARGE = 100
"""From how many files of Terraform on workers start when all is read: then those that read have given their memory
back. Below, this process would only wait for them."""
_MANY_OF_LARGE = 250
"""From how many waiting roots on one more worker is worth its memory, where there are so many files."""


class Asked(Struct, frozen=True):
    """What the pack is asked to do: the tree's top, the ids of the checks, the user's own: graph checks, Python files.

    `formats` are those that are judged, () for all.
    """

    tree: str
    checks: tuple[str, ...]
    own: tuple[tuple[dict[str, Any], ...], tuple[str, ...]] = ((), ())
    formats: tuple[str, ...] = ()
    cache: Store | None = None
    jobs: int = 1
    seconds: float = 120.0


class Scope(Struct):
    """One root, or the objects of one cluster: its resources, and the rows about them once they are there."""

    name: str
    dialect: str
    resources: list[Resource]
    key: str = ""
    rows: list[tuple[Any, ...]] | None = None
    because: str = ""


class Scanning:
    """Takes resources as they are read, and gives the rows about each root of Terraform among them."""

    def __init__(self, asked: Asked, clock: Clock, keys: Mapping[str, str]) -> None:
        """Judge as `asked`; `keys` are the digests by scope of what a source has read whole."""
        self._asked = asked
        self._clock = clock
        self._keys = keys
        self._site = site()
        self._cache = Cache(asked.cache, "checkov")
        self._scopes: dict[tuple[str, str], Scope] = {}
        self._queue: SimpleQueue[Scope | None] = SimpleQueue()
        self._threads: list[threading.Thread] = []
        self._index: dict[str, Any] | None = None
        self._index_made = threading.Event()
        self._late = False
        stated = repr((VERSION, sorted(asked.checks), asked.own))
        self._digest = hashlib.sha256(stated.encode()).hexdigest()
        self._files = Batches(lambda: self._start("runners"), self._cache, clock.assets_until)
        self._dialects = OVER_OURS.intersection(asked.formats) if asked.formats else OVER_OURS

    def passed_on(self, resources: Iterable[Resource]) -> Iterator[Resource]:
        """Yield `resources`, and hand each root, or cluster, to a worker when the last of it has been taken."""
        members: list[Resource] = []
        for each in resources:
            if members and (each.scope, each.dialect) != (members[0].scope, members[0].dialect):
                self._take(members)
                members = []
            if each.dialect in self._dialects and each.plane != "live":
                members.append(each)
            yield each
        if members:
            self._take(members)
        self._begin_late()

    def scopes(self) -> list[Scope]:
        """Wait for all that was handed over, and return it in the order in which it was read."""
        self._begin_late()
        for _ in self._threads:
            self._queue.put(None)
        for thread in self._threads:
            thread.join()
        self._files.wait()
        self._cache.trim()
        return list(self._scopes.values())

    def files(self, files: Iterable[File]) -> None:
        """Take the files of the tree: those of formats that checkov reads itself go to a worker of their own."""
        by_name = {file.name: file for file in files}
        code = sum(name.endswith(_TERRAFORM) for name in by_name)
        self._late = code >= _LARGE
        if "terraform" in self._dialects and self._cache.empty and 0 < code < _LARGE:
            self._begin()  # it loads while roots are read
        wanted = frameworks(by_name, self._asked.checks)
        if self._asked.formats:
            wanted = {each: names for each, names in wanted.items() if each in self._asked.formats}
        self._files.take(wanted, by_name, self._digest)

    @property
    def batches(self) -> list[Batch]:
        """The files of each format that checkov's runners read, and what they found, once `scopes` has been asked."""
        return self._files.all

    def gaps(self) -> Iterator[Unread]:
        """Yield a gap for each root, and for the files of each format, of which no worker could tell."""
        for batch in self.batches:
            yield from batch.gaps()
        for scope in self._scopes.values():
            if scope.rows is None:
                because = (
                    f"checkov's checks did not come to an end on it: {scope.because or 'no worker was left'}"
                )
                yield Unread(Place(scope.name), because, "scan it by itself, or leave the pack out")

    def _take(self, members: list[Resource]) -> None:
        name, dialect = members[0].scope, members[0].dialect
        earlier = self._scopes.get((dialect, name))
        if earlier is not None:  # it has come in two parts: it is judged as a whole
            members = earlier.resources + members
        digest = self._key(name, dialect, members) if earlier is None or dialect == "kubernetes" else ""
        key = hashlib.sha256(f"{digest}\0{self._digest}".encode()).hexdigest() if digest else ""
        scope = self._scopes[dialect, name] = Scope(name, dialect, members, key)
        content = self._cache.get(key) if key else None
        if content is not None:
            scope.rows = marshal.loads(content)  # noqa: S302 - kept below, and sealed
            return
        if not self._late:
            self._begin_for(self._queue.qsize(), _MANY)
        self._queue.put(scope)

    def _key(self, name: str, dialect: str, members: list[Resource]) -> str:
        """Return the digest of all that bears on the members of a scope; "" for what is judged each time."""
        if dialect == "terraform":
            return self._keys.get(name, "") if all(each.plane == "code" for each in members) else ""
        try:
            # The second version of the form is the last that writes equal values as equal bytes.
            return hashlib.sha256(marshal.dumps([*map(block, members)], 2)).hexdigest()
        except ValueError:
            return ""

    def _most(self) -> int:
        return max(1, min(self._asked.jobs, MAX_WORKERS))

    def _begin_late(self) -> None:
        """Start workers for all that waits, where none was to start before."""
        waiting = self._queue.qsize() if self._late else 0
        self._late = False
        for left in range(waiting, 0, -_MANY_OF_LARGE):
            self._begin_for(left, _MANY_OF_LARGE)

    def _begin_for(self, waiting: int, many: int) -> None:
        if not self._threads or (waiting >= many and len(self._threads) < self._most()):
            self._begin()

    def _begin(self) -> None:
        number = len(self._threads)
        thread = threading.Thread(target=self._work, args=(number,), daemon=True)
        self._threads.append(thread)
        thread.start()

    def _work(self, number: int) -> None:
        """Be one worker's end of the pipe until there is nothing more to do."""
        worker: Worker | None = None
        try:
            worker = self._worker(number)
            while (scope := self._queue.get()) is not None:
                if self._scopes.get((scope.dialect, scope.name)) is not scope:
                    continue  # more of it has come meanwhile
                seconds = min(self._asked.seconds, self._clock.assets_until - _now())
                if seconds <= 0:
                    scope.because = OUT_OF_TIME
                    continue
                try:
                    answer = worker.ask({"blocks": [*map(block, scope.resources)]}, seconds)
                except (ValueError, RecursionError) as error:
                    scope.because = f"what it holds is nested too deeply ({type(error).__name__})"
                    continue
                except Lost as lost:
                    scope.because = str(lost)
                    worker.stop()
                    worker = self._worker(number)
                    continue
                if isinstance(answer, str):
                    scope.because = answer
                    continue
                scope.rows = answer
                if scope.key:
                    self._cache.put(scope.key, marshal.dumps(scope.rows))
        except Lost as lost:
            self._gave_up(str(lost))
        finally:
            self._index_made.set()
            if worker is not None:
                worker.stop()

    def _gave_up(self, because: str) -> None:
        while (scope := self._queue.get()) is not None:
            scope.because = scope.because or because

    def _worker(self, number: int) -> Worker:
        """Return a worker that knows the index; the first one makes it where none is kept."""
        if number:
            self._index_made.wait(self._asked.seconds)
        key = hashlib.sha256(f"index 4 {VERSION} {self._site}".encode()).hexdigest()
        if self._index is None:
            content = self._cache.get(key)
            self._index = marshal.loads(content) if content is not None else None  # noqa: S302 - sealed
        worker = Worker({**self._start("terraform"), "index": self._index})
        if self._index is None:
            self._index = worker.ready(self._asked.seconds)
            with suppress(ValueError):
                self._cache.put(key, marshal.dumps(self._index))
        self._index_made.set()
        return worker

    def _start(self, mode: str) -> dict[str, Any]:
        return {
            "mode": mode,
            "site": self._site,
            "tree": self._asked.tree,
            "readable": [self._asked.tree],
            "checks": list(self._asked.checks),
            "own": list(self._asked.own[0]),
            "own_modules": list(self._asked.own[1]),
        }


def block(resource: Resource) -> dict[str, Any]:
    """Return a resource as a worker takes it."""
    if resource.dialect == "kubernetes":
        return _object(resource)
    type_ = resource.type
    kind = "resource"
    if type_.startswith("data."):
        kind, type_ = "data", type_[5:]
    elif type_.startswith("provider."):
        kind, type_ = "provider", type_[9:]
    elif type_ == "module":
        kind = "module"
    # An index may hold dots, and so may nothing else of an address.
    head, _, name = resource.address.rpartition(f"{type_}.")
    prefix = head.removesuffix("data.").removesuffix("provider.").rstrip(".")
    return {
        "kind": kind,
        "type": type_,
        "name": name,
        "address": resource.address,
        "module": prefix,
        "file": f"/{resource.place.origin}",
        **body(resource),
    }


def _object(resource: Resource) -> dict[str, Any]:
    kind = resource.type.rpartition("/")[2]
    return {
        "kind": "kubernetes",
        "type": kind,
        "name": kind,
        "address": resource.address,
        "module": "",
        "file": f"/{resource.place.origin}",
        "nulls": (),
        "secrets": False,  # none is put back into an object
        "conf": plain(resource),
    }


def _now() -> float:
    import time

    return time.monotonic()
