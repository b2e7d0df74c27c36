"""Terraform code, HCL and JSON, as resources: each root module is evaluated with what it calls.

Each root goes to a worker process, which reads it with tree-sitter, evaluates expressions part by part (so that what is
unknown stays apart from what is known), and asks tfparse for the functions that it does not evaluate itself.
`jsonencode` and heredocs of which a part is unknown come out as the document, with `Unresolved` and `Reference` parts.
"""

from __future__ import annotations

import marshal
import os
import posixpath
from collections.abc import Iterator
from itertools import chain
from typing import TYPE_CHECKING, Any

from tfaudit.resources import Place, Resource, Unread

if TYPE_CHECKING:
    from tfaudit.cache import Cache
    from tfaudit.sources.files import InputFile, Tree
    from tfaudit.sources.terraform.pool import Pool
    from tfaudit.sources.terraform.roots import Root

SUFFIXES = (".tf", ".tf.json", ".tofu", ".tofu.json", ".tfvars", ".tfvars.json")


def claims(file: InputFile) -> bool:
    """Whether it is Terraform's, in either syntax, or holds values for its variables."""
    return file.name.endswith(SUFFIXES)


def read_tree(files: list[InputFile], tree: Tree) -> Iterator[Resource | Unread]:
    """Return the resources of every root among `files`, root by root, each root's in the order of its files.

    The workers have begun when this returns.
    """
    from tfaudit.cache import Cache
    from tfaudit.sources.terraform.pool import prepare
    from tfaudit.sources.terraform.roots import find_roots

    cache = Cache(tree.cache, "terraform")
    if cache.empty:
        prepare(min(len({posixpath.dirname(file.name) for file in files}), _jobs(tree)), tree.limits.depth)
    roots, gaps = find_roots(files, tree)
    tree.keys.update((root.scope, root.key) for root in roots)
    held = {at: content for at, root in enumerate(roots) if (content := cache.get(root.key)) is not None}
    todo = [at for at in range(len(roots)) if at not in held]
    fresh = _evaluated(roots, todo, tree, cache) if todo else iter(())
    return chain(gaps, _read(_answers(roots, held, fresh), tree, cache))


def _read(
    answers: Iterator[tuple[Root, tuple[list[Any], list[Any]]]], tree: Tree, cache: Cache
) -> Iterator[Resource | Unread]:
    from tfaudit.sources.terraform.rows import resource

    told: set[Unread] = set()
    absent: dict[str, dict[Place, tuple[str, str]]] = {}
    for root, (rows, records) in answers:
        for row in rows:
            yield resource(row, root.scope)
        for origin, line, column, because, settle, *source in records:
            unread = Unread(Place(origin, line, column), because, settle)
            if source and source[0]:
                absent.setdefault(f"{settle} {source[0]}", {})[unread.place] = (because, settle)
            elif unread not in told:
                told.add(unread)
                yield unread
    for calls in absent.values():
        yield from _of_one_source(calls, tree)
    cache.trim()


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


def _jobs(tree: Tree) -> int:
    return tree.jobs or os.cpu_count() or 1


def _answers(
    roots: list[Root], held: dict[int, bytes], fresh: Iterator[tuple[int, bytes]]
) -> Iterator[tuple[Root, tuple[list[Any], list[Any]]]]:
    """Yield each root with its rows and records, in order; of those that are not `held`, as `fresh` brings them."""
    for at, root in enumerate(roots):
        while at not in held:
            number, content = next(fresh)
            held[number] = content
        yield root, marshal.loads(held.pop(at))  # noqa: S302 - written by a worker, and kept behind a digest


def _evaluated(roots: list[Root], todo: list[int], tree: Tree, cache: Cache) -> Iterator[tuple[int, bytes]]:
    """Return the numbers and results of the roots to do, as they come; the workers have begun when this returns."""
    from tfaudit.sources.terraform.pool import Pool

    pool = Pool(min(len(todo), _jobs(tree)), tree.limits.depth, tree.limits.parse_seconds)
    return _collected(pool, pool.results(roots[at].job for at in todo), roots, todo, cache)


def _collected(
    pool: Pool,
    results: Iterator[tuple[int, bytes | str]],
    roots: list[Root],
    todo: list[int],
    cache: Cache,
) -> Iterator[tuple[int, bytes]]:
    """Yield the results, and keep them; a root whose worker is lost is tried again without tfparse."""
    lost: dict[int, str] = {}
    with pool:
        for number, answer in results:
            at = todo[number]
            if isinstance(answer, bytes):
                cache.put(roots[at].key, answer)
                yield at, answer
            else:
                lost[at] = answer
        again = list(lost)
        for number, answer in pool.results({**roots[at].job, "tfparse": False} for at in again):
            at = again[number]
            where = roots[at].folder or "."
            if isinstance(answer, bytes):
                rows, records = marshal.loads(answer)  # noqa: S302 - the worker is ours
                because = f"{lost[at]}, so what only tfparse can compute is unknown"
            else:
                rows, records = [], []
                because = f"{lost[at]}, so none of it is evaluated"
            yield at, marshal.dumps((rows, [*records, (where, 0, 0, because, "scan the plan")]))
