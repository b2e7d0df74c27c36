"""What deployments came to at an earlier scan, as long as no file that they were evaluated from differs.

There is one entry for a tree: for each file its digest with the modules that it deploys, and for each deployment the
digests of all files that it was evaluated from, the places of its resources, its gaps, and what in it makes nothing. No
value of a resource is kept: whoever looks into one has its deployment evaluated again.
"""

from __future__ import annotations

import hashlib
import marshal
from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from tfaudit.cache import Cache, made_by
from tfaudit.sources.bicep import rows

if TYPE_CHECKING:
    from tfaudit.model.resources import Resource, Unread
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
        self.on = not tree.calls and tree.cache is not None
        asked = (
            str(tree.root), tree.parameters, sorted(tree.stated_in.items()), tree.limits,
            sorted(tree.modules.items()), sorted(tree.named),
        )  # fmt: skip
        self._key = hashlib.sha256(f"{asked}\0{made_by()}".encode()).hexdigest() if self.on else ""
        content = None if self._cache.empty else self._cache.get(self._key)
        # Sealed, or there is none.
        self._before: tuple[dict[str, Any], dict[str, Any]] = marshal.loads(content) if content else ({}, {})  # noqa: S302
        self._now: tuple[dict[str, Any], dict[str, Any]] = ({}, {})
        self._size = _size(self._before)
        self._fresh = False

    def modules(self, name: str) -> set[str]:
        """Return the files of the tree that a file deploys as modules; it is parsed where it has changed."""
        return set(self.stated(name)[1]) if self.on else self._loader.modules(name)

    def stated(self, name: str) -> tuple[str, list[str]]:
        """Return the digest of a file, and what it deploys as modules."""
        if self.is_new(name):
            self.state({name: (self._loader.digest_of(name), sorted(self._loader.modules(name)))})
        found: tuple[str, list[str]] = self._before[0][name]
        self._now[0][name] = found
        return found

    def is_new(self, name: str) -> bool:
        """Whether a file has to be parsed to tell which modules it deploys."""
        known, digest = self._before[0].get(name), self._loader.digest_of(name)
        return known is None or not digest or known[0] != digest

    def is_known(self, deployment: tuple[str, str]) -> bool:
        """Whether a deployment, a file with one of parameters, is what it was."""
        known = self._before[1].get(_SEPARATOR.join(deployment))
        return known is not None and self._is_as_it_was(known[0])

    def entry(self, deployment: tuple[str, str]) -> Any:
        """Return what is kept of a deployment that has been read; None for nothing."""
        return self._now[1].get(_SEPARATOR.join(deployment))

    def state(self, files: Mapping[str, tuple[str, list[str]]]) -> None:
        """Take over what files deploy as modules, as another process has found it."""
        self._before[0].update(files)
        self._fresh = True

    def adopt(self, deployment: tuple[str, str], entry: Any) -> None:
        """Take over what a deployment came to in another process."""
        self._before[1][_SEPARATOR.join(deployment)] = entry
        self._fresh = True

    def read(
        self, name: str, given_in: str, scope: str, found: Callable[[], Iterator[Resource | Unread]]
    ) -> Iterator[Resource | Unread]:
        """Yield what `found` evaluates of a deployment, or what it came to before."""
        if not self.on:
            yield from found()
            return
        key = f"{name}{_SEPARATOR}{given_in}"
        known = self._before[1].get(key)
        if known is not None and self._is_as_it_was(known[0]):
            self._now[1][key] = known
            self._tree.keys[scope] = self._whole_key(key, known[0])
            yield from self._recalled(known, scope, found)
            return
        loader, before = self._loader, len(self._tree.empty)
        loader.trace, loader.certain = {}, True
        try:
            made = list(found())
            traced = loader.with_imports(loader.trace)
            files = {each: (loader.digest_of(each), loaded) for each, loaded in traced.items()}
        finally:
            loader.trace = None
        # What has changed meanwhile has no digest, and not all that is read may be known.
        if loader.certain and all(digest for digest, _ in files.values()):
            self._now[1][key] = files, rows.written(made), self._tree.empty[before:]
            self._fresh = True
            self._tree.keys[scope] = self._whole_key(key, files)
        yield from made

    def write(self) -> None:
        """Write what has changed."""
        if self.on and (self._fresh or _size(self._now) != self._size):
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
        files, stated, empty = known
        for each, (digest, loaded) in files.items():
            self._loader.noted(each, digest, loaded=loaded)
        self._tree.empty += empty
        yield from rows.recalled(stated, scope, found)


def _size(entry: tuple[Mapping[str, Any], Mapping[str, Any]]) -> tuple[int, int, int]:
    """Return how many files and deployments are kept, and how much has been asked of their resources."""
    asked = sum(rows.asked(each) for _, stated, _ in entry[1].values() for each in stated)
    return len(entry[0]), len(entry[1]), asked
