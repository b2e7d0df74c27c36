"""Which compiled templates say the same as their sources, kept as long as no file that decides it differs.

There is one entry for a tree: for each template its digest, those of the files that its source was evaluated from, and
what came of it.
"""

from __future__ import annotations

import hashlib
import marshal
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from tfaudit.cache import Cache, made_by

if TYPE_CHECKING:
    from tfaudit.sources.bicep.loading import Loader
    from tfaudit.sources.tree.files import Tree


class Remembered:
    """What earlier scans of a tree found; `keep` writes what this one did."""

    def __init__(self, tree: Tree) -> None:
        """Recall what was found of `tree`, with the same values for parameters."""
        self._cache = Cache(tree.cache, "compiled")
        given = (str(tree.root), tree.parameters, tree.limits, sorted(tree.modules.items()))
        self._key = hashlib.sha256(f"{given}\0{made_by()}".encode()).hexdigest()
        content = None if self._cache.empty else self._cache.get(self._key)
        # Sealed, or there is none.
        self._before: dict[str, Any] = marshal.loads(content) if content else {}  # noqa: S302
        self._now: dict[str, Any] = {}

    def says_the_same(
        self, name: str, digest: str, bicep: Loader, compared: Callable[[], bool | None]
    ) -> bool:
        """Return what `compared` would of the template `name`; it is called where a file differs from what it was.

        What it could not find out in time, None, is no answer to be kept.
        """
        known = self._before.get(name)
        if known is not None and known[0] == digest and _as_it_was(known[1], bicep):
            self._now[name] = known
            for each, (was, loaded) in known[1].items():
                bicep.noted(each, was, loaded=loaded)
            return bool(known[2])
        bicep.trace = {}
        try:
            found = compared()
            files = {
                each: (bicep.digest_of(each), loaded)
                for each, loaded in bicep.with_imports(bicep.trace).items()
            }
        finally:
            bicep.trace = None
        if found is not None:
            self._now[name] = (digest, files, found)
        return bool(found)

    def keep(self) -> None:
        """Write what has changed."""
        if self._now and self._now != self._before:
            self._cache.put(self._key, marshal.dumps(self._now))
            self._cache.trim()


def _as_it_was(files: dict[str, tuple[str, bool]], bicep: Loader) -> bool:
    return all(bicep.digest_of(each) == was for each, (was, _) in files.items())
