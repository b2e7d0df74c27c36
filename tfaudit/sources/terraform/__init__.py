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
from typing import TYPE_CHECKING, Any

from tfaudit.resources import Place, Resource, Unread

if TYPE_CHECKING:
    from tfaudit.cache import Cache
    from tfaudit.sources.files import InputFile, Tree
    from tfaudit.sources.terraform.pool import Pool
    from tfaudit.sources.terraform.roots import Root

SUFFIXES = (".tf", ".tf.json", ".tfvars", ".tfvars.json")


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
    roots = find_roots(files, tree)
    tree.keys.update((root.scope, root.key) for root in roots)
    held = {at: content for at, root in enumerate(roots) if (content := cache.get(root.key)) is not None}
    todo = [at for at in range(len(roots)) if at not in held]
    fresh = _evaluated(roots, todo, tree, cache) if todo else iter(())
    return _read(roots, held, fresh, cache)


def _read(
    roots: list[Root], held: dict[int, bytes], fresh: Iterator[tuple[int, bytes]], cache: Cache
) -> Iterator[Resource | Unread]:
    from tfaudit.sources.terraform.rows import resource

    told: set[Unread] = set()
    for root, answer in _answers(roots, held, fresh):
        rows, records = answer
        for row in rows:
            yield resource(row, root.scope)
        for record in records:
            origin, line, column, because, settle = record
            unread = Unread(Place(origin, line, column), because, settle)
            if unread not in told:
                told.add(unread)
                yield unread
    cache.trim()


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
        yield root, marshal.loads(held.pop(at))  # noqa: S302 - written by a worker, and sealed where it was kept


def _evaluated(roots: list[Root], todo: list[int], tree: Tree, cache: Cache) -> Iterator[tuple[int, bytes]]:
    """Return the numbers and results of the roots to do, as they come; the workers have begun when this returns."""
    from tfaudit.sources.terraform.pool import Pool

    pool = Pool(min(len(todo), _jobs(tree)), tree.limits.depth, tree.limits.parse_seconds, tree.clock)
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
