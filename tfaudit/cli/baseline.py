"""`tfaudit baseline write`: keep the findings of today in a file, so that later scans count only what is new."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from tfaudit.changes import baseline
from tfaudit.cli import scan
from tfaudit.cli.output import Output
from tfaudit.errors import UsageError
from tfaudit.model.verdicts import Outcome
from tfaudit.reports.output import replacing

FILE = "tfaudit-baseline.json"


def declare(parser: argparse.ArgumentParser) -> None:
    """Add the command's options: those of a scan, and the file."""
    commands = parser.add_subparsers(metavar="write", required=True)
    write = commands.add_parser("write", help="scan, and keep what is found", allow_abbrev=False)
    write.add_argument("--file", default=FILE, metavar="FILE", help=f"where to keep it (default: {FILE})")
    scan.declare(write)
    write.set_defaults(run=run_write)


def run_write(arguments: argparse.Namespace) -> int:
    """Write the baseline; exit code 3 where the scan is incomplete and that is not allowed.

    Raises `UsageError` for what only a scan does: reports, and a comparison.
    """
    if arguments.output:
        raise UsageError("-o is for reports, which tfaudit scan writes; --file names where the baseline goes")
    if arguments.since or arguments.baseline:
        raise UsageError("a baseline holds all that is found: without --since and --baseline")
    with scan.observed(arguments, [Output("json", arguments.file)]) as seen:
        result = seen.result
        with replacing(Path(arguments.file)) as out:
            out.write(baseline.text(result))
    kept = result.count(Outcome.FAIL)
    unknown, waived = result.count(Outcome.UNKNOWN), result.count(Outcome.WAIVED)
    print(f"wrote {arguments.file}: {kept:,} findings, {unknown:,} unknown, {waived:,} waived")
    print(f"only what is new counts with: tfaudit scan --baseline {arguments.file}")
    if result.complete:
        return 0
    print("tfaudit: the scan was incomplete: what it could not read is in no baseline", file=sys.stderr)
    return 0 if seen.asked.gate.allow_incomplete else 3
