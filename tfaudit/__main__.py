"""`python -m tfaudit` and the console script: start as little as the command needs."""

from __future__ import annotations

import gc
import sys


def main() -> None:
    """Run the command line and end the process with its exit code."""
    arguments = sys.argv[1:]
    if arguments in (["--version"], ["-V"]):
        from tfaudit import __version__

        sys.stdout.write(f"tfaudit {__version__}\n")
        sys.exit(0)
    # A scan makes millions of objects and next to no cycles: looking for them often takes a third of its time.
    gc.set_threshold(200_000, 50, 1000)
    from tfaudit.cli.main import run

    sys.exit(run(arguments))


if __name__ == "__main__":
    main()
