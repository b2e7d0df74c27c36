"""The ends of the pipes between a worker process and the one that started it: frames of marshal data with a length."""

from __future__ import annotations

import marshal
import os
from typing import Any, BinaryIO

EQUAL = 2
"""The last version of marshal data in which equal values are equal bytes, whoever else holds them."""
HEADER = 8
"""The bytes in which the length of a frame stands, the lowest first."""


def bound(memory: int) -> None:
    """Let this process use `memory` bytes, and leave no core behind."""
    try:
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    except (ImportError, ValueError, OSError):
        pass  # No such bound on this system; the time limit still holds.


def answers() -> BinaryIO:
    """Return where answers go, which is standard output: what libraries print must not get into the frames."""
    stream = os.fdopen(os.dup(1), "wb")
    silence = os.open(os.devnull, os.O_WRONLY)
    os.dup2(silence, 1)
    os.dup2(silence, 2)
    return stream


def read(stream: BinaryIO) -> Any:
    """Return what the next frame holds; None where the other end is gone."""
    head = stream.read(HEADER)
    if len(head) < HEADER:
        return None
    return marshal.loads(stream.read(int.from_bytes(head, "little")))  # noqa: S302 - the parent wrote it


def send(stream: BinaryIO, value: Any) -> None:
    """Write one frame."""
    data = marshal.dumps(value)
    stream.write(len(data).to_bytes(HEADER, "little"))
    stream.write(data)
    stream.flush()
