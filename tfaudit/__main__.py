"""`python -m tfaudit` and the console script: start as little as the command needs."""

from __future__ import annotations

import contextlib
import gc
import os
import sys
from typing import NoReturn


def main() -> None:
    """Run the command line and end the process with its exit code."""
    arguments = sys.argv[1:]
    if arguments in (["--version"], ["-V"]):
        from tfaudit import __version__

        sys.stdout.write(f"tfaudit {__version__}\n")
        sys.exit(0)
    # A scan makes millions of objects and next to no cycles: looking for them often takes a third of its time.
    gc.set_threshold(200_000, 50, 1000)
    _open_closed_streams()
    from tfaudit.cli.main import run

    _end(run(arguments))


def _open_closed_streams() -> None:
    """Open what the caller closed (`>&-`), or the next file or pipe that is opened would be taken for it."""
    for number, name in enumerate(("stdin", "stdout", "stderr")):
        if getattr(sys, name) is None:
            os.open(os.devnull, os.O_RDWR)  # gets the lowest number that is free: this one
            os.set_inheritable(number, True)
            setattr(sys, name, open(number, "w" if number else "r", encoding="utf-8"))  # noqa: PTH123, SIM115


def _end(code: int) -> NoReturn:
    """End the process as it is: taking apart what a scan has made, one object after the other, costs a tenth of it."""
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(OSError):
            stream.flush()
    os._exit(code)


if __name__ == "__main__":
    main()
