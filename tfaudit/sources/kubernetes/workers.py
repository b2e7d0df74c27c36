"""Reads many manifests, or large ones, by worker processes: each gets a file, or the documents of a part of one."""

from __future__ import annotations

import marshal
import os
import re
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import TYPE_CHECKING, Any, TypeAlias

from msgspec.structs import asdict

from tfaudit.model.resources import Limits, Place, Resource, Unread

if TYPE_CHECKING:
    from tfaudit.sources.tree.files import Tree

WORTH_IT = 400_000
"""Bytes that this process reads by itself before a worker has started and answered."""
_PART = 300_000
_SEPARATOR = re.compile(rb"\n---(?=\s)")
_READ = ("tfaudit.sources.kubernetes.answering", "answer")
"""The module and the function by which a worker answers: names, so that this module imports no source."""
# Marks of text whose lines are not counted by its newlines, or whose documents have a head before their `---`.
_NOT_BY_LINES = (
    b"\0",
    b"\x0b",
    b"\x0c",
    b"\xc2\x85",
    b"\xe2\x80\xa8",
    b"\xe2\x80\xa9",
    b"\n%",
    b"\xff",
    b"\xfe",
)

Reader: TypeAlias = Callable[[bytes, str, Limits], Iterable[Resource | Unread]]


def by_workers(
    texts: Iterable[tuple[str, bytes]], tree: Tree, workers: int, here: Reader
) -> Iterator[Resource | Unread]:
    """Yield what `here` would read of each text, named by its file, in their order.

    `here` is asked for what a worker cannot send. A text on which a worker takes too long or dies is `Unread`.
    """
    from tfaudit.sources.kubernetes.frames import unpacked
    from tfaudit.sources.terraform.hcl.pool import Pool

    limits = tree.limits
    asked: dict[int, tuple[str, bytes]] = {}
    answers: dict[int, bytes | str] = {}
    following = 0
    with Pool(workers, limits.depth, limits.parse_seconds, tree.clock) as pool:
        for number, answer in pool.results(_jobs(texts, limits, asked)):
            answers[number] = answer
            while following in answers:
                (name, data), got = asked.pop(following), answers.pop(following)
                following += 1
                if isinstance(got, str):
                    yield Unread(Place(name), got, "scan its parts by themselves")
                    continue
                sent = marshal.loads(got)  # noqa: S302 - a worker of ours wrote it
                if sent is not None:
                    yield from unpacked(sent)
                    continue
                reading = partial(here, data, name, limits)
                yield from tree.clock.read(name, limits.parse_seconds, reading)


def _jobs(
    texts: Iterable[tuple[str, bytes]], limits: Limits, asked: dict[int, tuple[str, bytes]]
) -> Iterator[dict[str, Any]]:
    """Yield the jobs of all texts; `asked` gets what each of them was about."""
    number = 0
    bounds = asdict(limits)
    for name, data in texts:
        for part in parts(name, data):
            asked[number] = (name, part)
            number += 1
            yield {"by": _READ, "text": part, "origin": name, "limits": bounds}


def parts(name: str, data: bytes) -> Iterator[bytes]:
    """Yield `data` in parts of whole documents, each behind as many empty lines as stand before it in the file.

    A line that begins with `---` always starts a document, inside of quotes and block scalars too.
    """
    split = len(data) > 2 * _PART and not name.lower().endswith(".json") and not data.startswith(b"%")
    if not split or b"\r" in data.replace(b"\r\n", b"") or any(mark in data for mark in _NOT_BY_LINES):
        yield data
        return
    start = lines = 0
    while start < len(data):
        found = _SEPARATOR.search(data, start + _PART)
        end = found.start() + 1 if found else len(data)
        yield b"\n" * lines + data[start:end]
        lines += data.count(b"\n", start, end)
        start = end


def workers_for(size: int, jobs: int) -> int:
    """Return how many workers `size` bytes of manifests are worth, 0 where they are read sooner without."""
    return min(jobs or os.cpu_count() or 1, size // WORTH_IT + 1) if size > WORTH_IT else 0
