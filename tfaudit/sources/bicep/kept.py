"""What deployments came to at an earlier scan, as long as no file that they were evaluated from differs.

There is one entry for a tree: for each file its digest with the modules that it deploys, and for each deployment the
digests of all files that it was evaluated from, the places of its resources, and its gaps. No value of a resource is
kept: whoever looks into one has its deployment evaluated again.
"""

from __future__ import annotations

import hashlib
import marshal
from collections.abc import Callable, Iterator
from functools import partial
from typing import TYPE_CHECKING, Any

from msgspec.structs import astuple, replace

from tfaudit.cache import Cache, made_by
from tfaudit.model.later import Later
from tfaudit.model.resources import Origin, Path, Place, Resource, Suppression, Unread, dotted

if TYPE_CHECKING:
    from tfaudit.sources.bicep.loading import Loader
    from tfaudit.sources.tree.files import Tree

_SEPARATOR = "\0"


class Kept:
    """What earlier scans of a tree found; `write` keeps what this one did."""

    def __init__(self, tree: Tree, loader: Loader) -> None:
        """Recall what was found of `tree`, asked in the same way; nothing for packs, which look into all resources."""
        self._tree = tree
        self._loader = loader
        self._cache = Cache(None if tree.calls else tree.cache, "bicep")
        self._on = not tree.calls and tree.cache is not None
        asked = (
            str(tree.root), tree.parameters, sorted(tree.stated_in.items()), tree.limits,
            sorted(tree.modules.items()), sorted(tree.named),
        )  # fmt: skip
        self._key = hashlib.sha256(f"{asked}\0{made_by()}".encode()).hexdigest() if self._on else ""
        content = None if self._cache.empty else self._cache.get(self._key)
        # Sealed, or there is none.
        self._before: tuple[dict[str, Any], dict[str, Any]] = marshal.loads(content) if content else ({}, {})  # noqa: S302
        self._now: tuple[dict[str, Any], dict[str, Any]] = ({}, {})

    def modules(self, name: str) -> set[str]:
        """Return the files of the tree that a file deploys as modules; it is parsed where it has changed."""
        if not self._on:
            return self._loader.modules(name)
        known, digest = self._before[0].get(name), self._loader.digest_of(name)
        if known is None or not digest or known[0] != digest:
            known = (digest, sorted(self._loader.modules(name)))
        self._now[0][name] = known
        return set(known[1])

    def read(
        self, name: str, given_in: str, scope: str, found: Callable[[], Iterator[Resource | Unread]]
    ) -> Iterator[Resource | Unread]:
        """Yield what `found` evaluates of a deployment, or what it came to before."""
        if not self._on:
            yield from found()
            return
        key = f"{name}{_SEPARATOR}{given_in}"
        known = self._before[1].get(key)
        if known is not None and self._is_as_it_was(known[0]):
            self._now[1][key] = known
            self._tree.keys[scope] = self._whole_key(key, known[0])
            yield from self._recalled(known, scope, found)
            return
        loader = self._loader
        loader.trace, loader.certain = {}, True
        try:
            made = list(found())
            traced = loader.with_imports(loader.trace)
            files = {each: (loader.digest_of(each), loaded) for each, loaded in traced.items()}
        finally:
            loader.trace = None
        # What has changed meanwhile has no digest, and not all that is read may be known.
        if loader.certain and all(digest for digest, _ in files.values()):
            rows = [_row(each) for each in made]
            self._now[1][key] = files, rows
            self._tree.keys[scope] = self._whole_key(key, files)
        yield from made

    def write(self) -> None:
        """Write what has changed."""
        if self._on and self._now != self._before:
            self._cache.put(self._key, marshal.dumps(self._now))
            self._cache.trim()

    def _whole_key(self, key: str, files: dict[str, tuple[str, bool]]) -> str:
        """Return the digest of all that a deployment is evaluated from."""
        stated = f"{self._key} {key} {sorted(files.items())}"
        return hashlib.blake2b(stated.encode("utf-8", "surrogateescape"), digest_size=20).hexdigest()

    def _is_as_it_was(self, files: dict[str, tuple[str, bool]]) -> bool:
        digest_of = self._loader.digest_of
        return all(digest_of(each) == was for each, (was, _) in files.items())

    def _recalled(
        self, known: Any, scope: str, found: Callable[[], Iterator[Resource | Unread]]
    ) -> Iterator[Resource | Unread]:
        files, rows = known
        for each, (digest, loaded) in files.items():
            self._loader.noted(each, digest, loaded=loaded)
        again = _Again(found)
        number = 0
        for row in rows:
            if row[0] is None:
                yield _gap(row)
            else:
                yield _resource(row, scope, again, number)
                number += 1


class _Again:
    """Evaluates a deployment again, once, where somebody looks into one of its resources.

    Where a file changes while the scan runs, one may not be there any more: then its own place stands for all in it.
    """

    __slots__ = ("_found", "_made")

    def __init__(self, found: Callable[[], Iterator[Resource | Unread]]) -> None:
        self._found = found
        self._made: list[Resource] | None = None

    def resource(self, number: int) -> Resource:
        """Return one of its resources as it is read."""
        if self._made is None:
            self._made = [each for each in self._found() if isinstance(each, Resource)]
        return self._made[number]

    def body(self, number: int) -> Any:
        """Return the body of one."""
        return self.resource(number).body

    def place(self, number: int, own: Place, path: Path) -> Place:
        """Return the place of a value of one, whose own place is `own`."""
        try:
            return self.resource(number).place_of(path)
        except IndexError:
            return replace(own, at=dotted(path))

    def origins(self, number: int, path: Path, read: Any) -> tuple[Origin, ...]:
        """Return what a value of one comes from."""
        try:
            return self.resource(number).origins_of(path, read)
        except IndexError:
            return ()


def _row(found: Resource | Unread) -> tuple[Any, ...]:
    """Return what is kept of a resource, without its values; or of a gap."""
    if isinstance(found, Unread):
        also = [astuple(each) for each in found.also]
        return None, astuple(found.place), found.because, found.settle_with, found.accepted, also
    marks = [(*astuple(each)[:4], astuple(each.place), *astuple(each)[5:]) for each in found.suppressions]
    return found.type, found.address, astuple(found.place), marks, dict(found.context)


def _gap(row: tuple[Any, ...]) -> Unread:
    _, place, because, settle_with, accepted, also = row
    return Unread(Place(*place), because, settle_with, accepted, tuple(Place(*each) for each in also))


def _resource(row: tuple[Any, ...], scope: str, again: _Again, number: int) -> Resource:
    type_, address, place, written, context = row
    marks: list[Suppression] = []
    for tool, ids, reason, until, at, *more in written:
        marks.append(Suppression(tool, ids, reason, until, Place(*at), *more))
    return Resource(
        type_,
        address,
        Later(partial(again.body, number)),
        Place(*place),
        "code",
        "arm",
        scope,
        partial(again.place, number, Place(*place)),
        tuple(marks),
        context,
        partial(again.origins, number),
    )
