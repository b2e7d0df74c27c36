"""Judges roots of Terraform code and deployments of Bicep one by one as they are read, while others are read.

Services look no further than one of these, so nothing has to wait for the rest. What depends on more than one
(objects of Kubernetes, computed settings, plug-ins of unknown ways) is judged when all is read.
"""

from __future__ import annotations

import hashlib
import marshal
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cached_property
from typing import TypeVar

from msgspec import Struct

from tfaudit.analysis import computes
from tfaudit.cache import Cache, made_by
from tfaudit.model.asset import Asset
from tfaudit.model.resources import Resource, Unread
from tfaudit.model.verdicts import Verdict
from tfaudit.pipeline.elsewhere import is_alone, look_up
from tfaudit.pipeline.options import Options, registry_of
from tfaudit.policies import remembered
from tfaudit.policies.evaluate import judge
from tfaudit.services.registry import Again, Registry, assets
from tfaudit.sources.tree.files import Tree

T = TypeVar("T")


class Root(Struct):
    """What one root came to."""

    assets: list[Asset]
    unread: list[Unread]
    verdicts: list[Verdict]


class OneEntry:
    """The results of many small scopes in one entry: to open a file for each takes as long as to judge it."""

    def __init__(self, cache: Cache, key: Callable[[], str]) -> None:
        """Keep in `cache` under what `key` returns; neither is asked before the first result is."""
        self._cache = cache
        self._key = key
        self._now: dict[str, bytes] = {}

    @cached_property
    def _before(self) -> dict[str, bytes]:
        content = self._cache.get(self._key())
        found: dict[str, bytes] = marshal.loads(content) if content else {}  # noqa: S302 - sealed, or there is none
        return found

    def get(self, key: str) -> bytes | None:
        """Return what was kept under `key`, which is kept on; None for nothing."""
        found = self._before.get(key)
        if found is not None:
            self._now[key] = found
        return found

    def put(self, key: str, content: bytes) -> None:
        """Keep `content` with the others, once these are written."""
        self._now[key] = content

    def write(self) -> None:
        """Write all that was kept or asked for, where that differs from what there was."""
        if self._now and self._now != self._before:
            self._cache.put(self._key(), marshal.dumps(self._now))


class Early:
    """Judges roots as they come; the keys of a tree are the digests by scope of what a source has read whole."""

    def __init__(self, tree: Tree, options: Options) -> None:
        """Judge by the policies of `options`; neither these nor services are loaded before they are needed."""
        self._tree = tree
        self._options = options
        self._cache = Cache(options.cache, "verdicts")
        self._entry = OneEntry(self._cache, self._key)
        self._seen: set[str] = set()
        self.roots: dict[str, Root] = {}

    @cached_property
    def registry(self) -> Registry:
        """The services that are at hand."""
        return registry_of(self._options)

    def _key(self) -> str:
        asked = (str(self._tree.root), sorted(self._tree.named), self._options.policies.digest, made_by())
        return hashlib.sha256(repr(asked).encode("utf-8", "surrogateescape")).hexdigest()

    @cached_property
    def _possible(self) -> bool:
        return not self._options.plugins and not computes(self._options.policies.settings)

    def passed_on(self, resources: Iterable[Resource]) -> Iterator[Resource]:
        """Yield `resources`, and judge what is of one root when the last of it has been taken."""
        members: list[Resource] = []
        for each in resources:
            if members and each.scope != members[0].scope:
                self._judge(members)
                members = []
            members.append(each)
            yield each
        if members:
            self._judge(members)
        self._entry.write()

    def finish(self) -> None:
        """Wait until what is kept of the verdicts is written."""
        self._cache.trim()

    def _judge(self, members: list[Resource]) -> None:
        scope = members[0].scope
        if scope in self._seen:
            self.roots.pop(scope, None)  # it has come in two parts
            return
        self._seen.add(scope)
        if not self._possible or scope not in self._tree.keys or not all(map(is_alone, members)):
            return
        done = self._tree.further_done.pop(scope, None)
        policies = self._options.policies
        brought = done[1] if done and done[0] == policies.digest else None
        self.roots[scope] = self._root(remembered.Scope(self._tree.keys[scope], members), brought)

    def _root(self, scope: remembered.Scope, brought: bytes | None) -> Root:
        """Return what a root came to: as it was judged elsewhere or before, or else judged now."""
        policies = self._options.policies
        is_root = scope.resources[0].dialect == "terraform"
        cache = self._cache if is_root else self._entry  # a tree of templates has hundreds of deployments
        key = remembered.key_of(scope, policies) if self._options.cache else ""
        content = brought or (cache.get(key) if key else None)
        if content is not None:
            again = Again(scope.resources, self.registry, policies.kinds)
            before = remembered.recollected(content, scope.resources, policies, again)
            if before is not None:
                if brought and key:
                    cache.put(key, brought)
                return Root(before[0], [], before[1])
        root = Root([], [], [])
        for each in assets(scope.resources, self.registry, policies.kinds):
            if isinstance(each, Asset):
                root.assets.append(each)
            else:
                root.unread.append(each)
        root.verdicts.extend(judge(root.assets, policies.of_kind))
        if is_root:
            self._options.judged(str(self._tree.root), self._tree.digests, root.verdicts)
        elif key:
            look_up(root.verdicts)
        if key and not root.unread:
            numbers = remembered.numbered(scope.resources)
            made = remembered.written(root.assets, numbers, root.verdicts, whole=True)
            if made:
                cache.put(key, made)
        return root


def in_order(
    scopes: Iterable[str], early: Mapping[str, list[T]], rest: Iterable[T], scope_of: Callable[[T], str]
) -> list[T]:
    """Return what was judged early and the `rest`, by scope as these stand in `scopes`."""
    late: dict[str, list[T]] = {}
    for each in rest:
        late.setdefault(scope_of(each), []).append(each)
    found: list[T] = []
    for scope in scopes:
        found += early.get(scope, ())
        found += late.pop(scope, ())
    for others in late.values():
        found += others
    return found
