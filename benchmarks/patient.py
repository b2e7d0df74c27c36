"""`python -m benchmarks.patient ARGUMENTS`: tfaudit's command, with an hour for what has seconds otherwise.

A root that takes longer than 20 seconds, or a batch of a pack longer than 120, is reported as not judged. That guards
a scan against hostile input; in a comparison it would leave out what a busy machine was slow with.
"""

from __future__ import annotations

import sys
from functools import partial
from pathlib import Path

from msgspec.structs import replace

from tfaudit.cli.main import run
from tfaudit.packs.checkov import scanning
from tfaudit.pipeline import files
from tfaudit.pipeline.options import Options
from tfaudit.sources.tree.files import Tree

_HOUR = 3600.0


def main() -> int:
    """Run the command; return its exit code."""
    prepared = files._prepared  # noqa: SLF001 - the command has no option for it

    def patient(base: Path, options: Options, named: frozenset[str] = frozenset()) -> tuple[Options, Tree]:
        return prepared(base, replace(options, limits=replace(options.limits, parse_seconds=_HOUR)), named)

    setattr(files, "_prepared", patient)  # noqa: B010
    setattr(scanning, "Asked", partial(scanning.Asked, seconds=_HOUR))  # noqa: B010
    return run(sys.argv[1:])


if __name__ == "__main__":
    raise SystemExit(main())
