"""`tfaudit init --from checkov`: a repository's settings for another scanner as a `tfaudit.yaml`."""

from __future__ import annotations

import argparse
from pathlib import Path

from tfaudit.errors import UsageError

SCANNERS = ("checkov",)


def declare_from(parser: argparse.ArgumentParser) -> None:
    """Add the option to `parser`."""
    parser.add_argument(
        "--from",
        dest="scanner",
        choices=SCANNERS,
        help="take over what the files of another scanner say: .checkov.yaml and .checkov.baseline",
    )


def run_from(arguments: argparse.Namespace, folder: Path) -> int:
    """Write the file, and say what has no counterpart; exit code 2 where there is one already."""
    from tfaudit.cli.targets import base_of
    from tfaudit.packs.checkov.moving import Known, moved
    from tfaudit.packs.checkov.policies import read
    from tfaudit.pipeline.options import CONFIGURATIONS
    from tfaudit.pipeline.packs import exact
    from tfaudit.policies.select import available
    from tfaudit.reports.output import replacing

    for name in CONFIGURATIONS:
        if (folder / name).exists():
            raise UsageError(f"{folder / name}: it is there already; move it away first")
    same: dict[str, list[str]] = {}
    for policy, rules in exact(available()).items():
        for rule in rules:
            same.setdefault(rule, []).append(policy)
    checks = {policy.id: policy.severity for policy in read()}
    at = folder.resolve()
    below = at.relative_to(base_of([at])).as_posix()
    known = Known(checks, {rule: tuple(ours) for rule, ours in same.items()})
    found = moved(folder, known, "" if below == "." else below)
    path = folder / CONFIGURATIONS[0]
    with replacing(path) as out:
        out.write(found.text())
    print(f"wrote {path}, from {' and '.join(found.read)}")
    for note in found.notes:
        print(f"without counterpart: {note}")
    print("comments in the code (checkov:skip=...) count as they are")
    return 0
