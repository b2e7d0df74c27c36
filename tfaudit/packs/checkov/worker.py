"""The process that runs checkov's code: `python -P -s -S worker.py MEMORY PATH ...`, started by `workers`.

It takes length-prefixed marshal frames with a job each on its standard input, and answers each with a frame. It has no
environment, no network, no other program and no file but those of the scanned tree and of the installed packages
(`isolation`), prints nothing, and ends with its parent: when its input does.
"""

from __future__ import annotations

import gc
import os
import sys


def main() -> None:
    """Serve jobs until the input ends."""
    sys.path += sys.argv[2:]  # last: nothing beside tfaudit stands in for a module of Python's own
    from tfaudit import pipes

    pipes.bound(int(sys.argv[1]))
    answers = pipes.answers()
    sys.setrecursionlimit(5_000)
    gc.set_threshold(100_000, 20, 100)
    first = pipes.read(sys.stdin.buffer)
    if first is None:
        return
    from tfaudit.packs.checkov.serving import Server

    server = Server(first)
    pipes.send(answers, server.ready)
    while (job := pipes.read(sys.stdin.buffer)) is not None:
        try:
            answer = server.answer(job)
        except MemoryError:
            os._exit(3)
        except Exception as error:  # noqa: BLE001 - the border of a worker: what goes wrong is reported
            answer = f"{type(error).__name__}: {str(error)[:300]}"
        pipes.send(answers, answer)


if __name__ == "__main__":
    main()
