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
        self._held = _held(self._before[1])

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
            self._tree.keys[scope] = self._whole_key(key, files)
        yield from made

    def write(self) -> None:
        """Write what has changed."""
        if self._on and (self._now != self._before or _held(self._now[1]) != self._held):
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


def _held(deployments: Mapping[str, Any]) -> int:
    """Return how much has been asked of the resources of all deployments."""
    return sum(rows.asked(each) for _, stated, _ in deployments.values() for each in stated)
