"""The process that runs checkov's code: `python -I -S worker.py MEMORY PATH ...`, started by `workers`.

It takes length-prefixed marshal frames with a job each on its standard input, and answers each with a frame. It has no
environment, no network, no other program and no file but those of the scanned tree and of the installed packages
(`isolation`), prints nothing, and ends with its parent: when its input does.
"""

from __future__ import annotations

import gc
import marshal
import os
import sys
from typing import Any, BinaryIO

HEADER = 8


def main() -> None:
    """Serve jobs until the input ends."""
    sys.path += sys.argv[2:]  # last: nothing beside tfaudit stands in for a module of Python's own
    _bound(int(sys.argv[1]))
    answers = os.fdopen(os.dup(1), "wb")
    silence = os.open(os.devnull, os.O_WRONLY)
    os.dup2(silence, 1)
    os.dup2(silence, 2)
    sys.setrecursionlimit(5_000)
    gc.set_threshold(100_000, 20, 100)
    first = _read(sys.stdin.buffer)
    if first is None:
        return
    from tfaudit.packs.checkov.serving import Server

    server = Server(first)
    send(answers, server.ready)
    while (job := _read(sys.stdin.buffer)) is not None:
        try:
            answer = server.answer(job)
        except MemoryError:
            os._exit(3)
        except Exception as error:  # noqa: BLE001 - the border of a worker: what goes wrong is told
            answer = f"{type(error).__name__}: {str(error)[:300]}"
        send(answers, answer)


def _bound(memory: int) -> None:
    try:
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    except (ImportError, ValueError, OSError):
        pass  # No such bound on this system; the time limit still holds.


def _read(stream: BinaryIO) -> Any:
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


if __name__ == "__main__":
    main()
