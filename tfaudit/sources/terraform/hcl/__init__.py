"""Terraform code, HCL and JSON, as resources: each root module is evaluated with what it calls.

Each root goes to a worker process, which reads it with tree-sitter and evaluates expressions part by part, so that what
is unknown stays apart from what is known. `jsonencode` and heredocs of which a part is unknown come out as the
document, with `Unresolved` and `Reference` parts.
"""

from __future__ import annotations

import hashlib
import marshal
import os
import posixpath
import re
import time
from collections.abc import Iterator
from itertools import chain
from typing import TYPE_CHECKING, Any, TypeAlias

from tfaudit.model.resources import Place, Resource, Unread
from tfaudit.sources.terraform.hcl.names import is_read

if TYPE_CHECKING:
    from tfaudit.cache import Cache
    from tfaudit.sources.terraform.hcl.pool import Pool
    from tfaudit.sources.terraform.hcl.reads import Read
    from tfaudit.sources.terraform.hcl.roots import Root
    from tfaudit.sources.tree.files import InputFile, Tree

Parts: TypeAlias = "tuple[list[Read], bytes, Any]"
"""Of an answer: what was read beside the root's files; the rows with the records; what `Tree.further` made of them."""
_MANY = 16
"""As many roots are worth that each worker loads what it needs to do more with them than to read them."""
# Times of files are some milliseconds coarse.
_COARSE = 20_000_000
_SHA256 = re.compile(r"[0-9a-f]{64}")
SUFFIXES = (".tf", ".tf.json", ".tofu", ".tofu.json", ".tfvars", ".tfvars.json")


def claims(file: InputFile) -> bool:
    """Whether it is Terraform's, in either syntax, or holds values for its variables."""
    return is_read(file.name)


def read_tree(files: list[InputFile], tree: Tree) -> Iterator[Resource | Unread]:
    """Return the resources of every root among `files`, root by root, each root's in the order of its files.

    The workers have begun when this returns.
    """
    from tfaudit.cache import Cache
    from tfaudit.sources.terraform.hcl.pool import enough, prepare
    from tfaudit.sources.terraform.hcl.roots import find_roots

    cache = Cache(tree.cache, "terraform")
    if cache.empty:
        folders = len({posixpath.dirname(file.name) for file in files})
        prepare(min(folders, enough(len(files), _jobs(tree))), tree.limits.depth)
    since = time.time_ns() - _COARSE
    roots, gaps = find_roots(files, tree)
    held = _held(roots, tree, cache)
    todo = [at for at in range(len(roots)) if at not in held]
    again = {name for at in todo for name in _files(roots[at])}
    tree.recalled = frozenset(name for at in held for name in _files(roots[at])) - again
    keeper = _Keeper(tree, cache, since)
    fresh = _evaluated(roots, todo, tree, keeper) if todo else iter(())
    return chain(gaps, _read(_answers(roots, held, fresh), tree, cache))


def _files(root: Root) -> Iterator[str]:
    """Return the names of the files of a root, those of its modules too."""
    return chain.from_iterable(root.job["files"].values())


def _held(roots: list[Root], tree: Tree, cache: Cache) -> dict[int, Parts]:
    """Return the kept answers by the roots' numbers, as far as the files that expressions read are what they were."""
    from tfaudit.sources.terraform.hcl.reads import unchanged

    seen: dict[tuple[str, str], str] = {}
    held: dict[int, Parts] = {}
    for at, root in enumerate(roots):
        content = cache.get(root.key)
        if content is None:
            continue
        reads, answer = marshal.loads(content)  # noqa: S302 - written by a worker, and kept behind a digest
        if unchanged(str(tree.root), reads, seen):
            held[at] = (reads, answer, None)
    return held


def _read(answers: Iterator[tuple[Root, Parts]], tree: Tree, cache: Cache) -> Iterator[Resource | Unread]:
    from tfaudit.sources.terraform.hcl.rows import resource

    stated: set[Unread] = set()
    absent: dict[str, dict[Place, tuple[str, str]]] = {}
    for root, (reads, answer, further) in answers:
        if root.key:
            tree.keys[root.scope] = _whole_key(root.key, reads)
        if further is not None:
            tree.further_done[root.scope] = further
        tree.read_files.update((path, state) for kind, path, state in reads if _is_read(kind, state))
        rows, records, empty, entries, digests = marshal.loads(answer)  # noqa: S302 - written by a worker, and kept behind a digest
        del answer
        tree.empty += empty
        for name, digest in digests.items():
            tree.took(name, digest)
        for row in rows:
            yield resource(row, root.scope, entries)
        for origin, line, column, because, settle, *source in records:
            unread = Unread(Place(origin, line, column), because, settle)
            if source and source[0]:
                absent.setdefault(f"{settle} {source[0]}", {})[unread.place] = (because, settle)
            elif unread not in stated:
                stated.add(unread)
                yield unread
    for calls in absent.values():
        yield from _of_one_source(calls, tree)
    cache.trim()


def _is_read(kind: str, state: str) -> bool:
    """Whether a file was read, rather than absent or refused: then its state is the SHA-256 of its bytes."""
    return kind == "file" and _SHA256.fullmatch(state) is not None


def _of_one_source(calls: dict[Place, tuple[str, str]], tree: Tree) -> Iterator[Unread]:
    """Yield one gap for all calls of a module that is not there; what is known of one that is becomes a note."""
    first, *others = calls
    because, settle = calls[first]
    if others:
        more = len(others)
        because += f"; it is called in {more:,} more {'place' if more == 1 else 'places'}"
    if settle:
        yield Unread(first, because, settle, also=tuple(others))
    else:
        tree.notes.append(f"{first}: {because}")


class _Keeper:
    """Keeps the answers of roots that are what they were when their keys were made."""

    def __init__(self, tree: Tree, cache: Cache, since: int) -> None:
        """Keep in `cache`; `since` is the time, in nanoseconds, before the first file was looked at."""
        self._top = os.fspath(tree.root)
        self._cache = cache
        self._since = since
        self._changed: dict[str, bool] = {}

    def keep(self, root: Root, answer: bytes) -> None:
        """Keep an answer, unless a file of its root has been changed meanwhile: then the root has no key any more."""
        named = (f"{self._top}/{name}" for name in _files(root))
        # The texts of variable files are part of the job, and of the key, as they were read.
        if any(map(self._has_changed, named)):
            root.key = ""  # no verdicts are kept under it, either
        else:
            self._cache.put(root.key, answer)

    def _has_changed(self, path: str) -> bool:
        found = self._changed.get(path)
        if found is None:
            try:
                found = os.stat(path).st_ctime_ns >= self._since  # noqa: PTH116 - of some thousand files
            except OSError:
                found = True
            self._changed[path] = found
        return found


def _whole_key(key: str, reads: list[Read]) -> str:
    """Return the digest of all that a root's answer comes from."""
    return hashlib.blake2b(f"{key} {reads}".encode(), digest_size=20).hexdigest() if reads else key


def _jobs(tree: Tree) -> int:
    return tree.jobs or os.cpu_count() or 1


def _answers(
    roots: list[Root], held: dict[int, Parts], fresh: Iterator[tuple[int, Parts]]
) -> Iterator[tuple[Root, Parts]]:
    """Yield each root with the parts of its answer, in order; of those that are not `held`, as `fresh` brings them."""
    for at, root in enumerate(roots):
        while at not in held:
            number, parts = next(fresh)
            held[number] = parts
        yield root, held.pop(at)


def _evaluated(
    roots: list[Root], todo: list[int], tree: Tree, keeper: _Keeper
) -> Iterator[tuple[int, Parts]]:
    """Return the numbers and results of the roots to do, as they come; the workers have begun when this returns."""
    from tfaudit.sources.terraform.hcl.pool import Pool, enough

    if tree.further is not None and len(todo) >= _MANY:
        for at in todo:
            roots[at].job |= {"scope": roots[at].scope, "further": tree.further}
        tree.judged_elsewhere = True
    files = sum(len(names) for at in todo for names in roots[at].job["files"].values())
    workers = min(len(todo), enough(files, _jobs(tree)))
    if workers > 1 and len(todo) < _MANY:
        # The largest first: the others are done meanwhile. Of many, answers would wait for their turn in memory; one
        # worker does them in the order in which they are judged.
        todo = sorted(todo, key=lambda at: -sum(map(len, roots[at].job["files"].values())))
    pool = Pool(workers, tree.limits.depth, tree.limits.parse_seconds, tree.clock)
    return _collected(pool, pool.results(roots[at].job for at in todo), roots, todo, keeper)


def _collected(
    pool: Pool,
    results: Iterator[tuple[int, bytes | str]],
    roots: list[Root],
    todo: list[int],
    keeper: _Keeper,
) -> Iterator[tuple[int, Parts]]:
    """Yield the results, and keep them; of a root whose worker is lost there is nothing but that."""
    with pool:
        for number, answer in results:
            at = todo[number]
            if isinstance(answer, bytes):
                reads, data, further = marshal.loads(answer)  # noqa: S302 - written by a worker
                keeper.keep(roots[at], marshal.dumps((reads, data)))
                yield at, (reads, data, further)
            else:
                record = (
                    roots[at].folder or ".",
                    0,
                    0,
                    f"{answer}, so none of it is evaluated",
                    "scan the plan",
                )
                yield at, ([], marshal.dumps(([], [record], [], [], {})), None)
