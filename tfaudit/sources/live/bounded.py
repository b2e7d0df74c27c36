"""Bounds on one answer: until when its call may take, and how much is read of it.

A read timeout starts anew with each byte that comes, so that a body which drips never meets it; the whole call has a
bound of its own, which `reading` sets for its thread and `body` keeps.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from tfaudit.sources.live.failures import CallFailed

_CHUNK = 65_536
_current = threading.local()


class _Bound:
    """What holds for the call that a thread makes at the moment."""

    def __init__(self, until: float, most_bytes: int) -> None:
        self.until = until
        self.most_bytes = most_bytes


@contextmanager
def reading(until: float, most_bytes: int) -> Iterator[None]:
    """Bound the calls in the block: until `until` (of `time.monotonic`), and to answers of `most_bytes`."""
    before = getattr(_current, "bound", None)
    _current.bound = _Bound(until, most_bytes)
    try:
        yield
    finally:
        _current.bound = before


def check() -> None:
    """Raise `CallFailed` where the call has taken as long as it may: before a further try of it, say."""
    bound = getattr(_current, "bound", None)
    if bound is not None and time.monotonic() >= bound.until:
        raise CallFailed("down", "the call does not end in the time that it may take")


def left(most: float) -> float:
    """Return how many seconds the call may still take, `most` at the most."""
    bound = getattr(_current, "bound", None)
    return most if bound is None else max(0.1, min(most, bound.until - time.monotonic()))


def body(answer: Any) -> bytes:
    """Return the whole body of `answer`, a urllib3 response whose content has not been read.

    `CallFailed` where it does not end in time, or is larger than an answer may be.
    """
    bound = getattr(_current, "bound", None)
    most = bound.most_bytes if bound is not None else 0
    found: list[bytes] = []
    size = 0
    while chunk := answer.read1(_CHUNK, decode_content=True):
        found.append(chunk)
        size += len(chunk)
        if most and size > most:
            answer.close()
            raise CallFailed("form", f"the answer is larger than {most / 1e6:.0f} MB")
        try:
            check()
        except CallFailed:
            answer.close()
            raise
    return b"".join(found)
