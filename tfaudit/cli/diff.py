"""`tfaudit diff A B`: what came and went between two JSON reports or baselines."""

from __future__ import annotations

import argparse
import json
from collections import Counter
from pathlib import Path

import msgspec

from tfaudit.changes.matching import between
from tfaudit.changes.records import Record
from tfaudit.cli import compared
from tfaudit.foreign import visible
from tfaudit.model.verdicts import Change, Outcome, Severity
from tfaudit.pipeline.gate import LEVELS


def declare(parser: argparse.ArgumentParser) -> None:
    """Add the command's options."""
    parser.add_argument("before", metavar="A", help="the earlier run: a report of -o json, or a baseline")
    parser.add_argument("after", metavar="B", help="the later run")
    parser.add_argument(
        "--fail-on",
        choices=LEVELS,
        default="low",
        help="lowest severity of a new finding that ends with exit code 1",
    )
    parser.add_argument("--json", action="store_true", help="as JSON")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Print what is new and what is fixed; exit code 1 where a new finding is at or over the gate."""
    before, _ = compared.recorded(Path(arguments.before))
    after, _ = compared.recorded(Path(arguments.after))
    changes, gone = between(after, before)
    new = [
        each
        for number, each in enumerate(after)
        if changes[number] is Change.NEW and each.outcome != Outcome.WAIVED.value
    ]
    fails = [each for each in new if each.outcome == Outcome.FAIL.value]
    same = sum(
        1
        for number, each in enumerate(after)
        if changes[number] is Change.UNCHANGED and each.outcome == Outcome.FAIL.value
    )
    if arguments.json:
        stated = {"new": msgspec.to_builtins(new), "fixed": msgspec.to_builtins(gone), "unchanged": same}
        print(json.dumps(stated, indent=1))
    else:
        for word, found in (("new", new), ("fixed", gone)):
            for each in sorted(found, key=_order):
                print(visible(_line(word, each)))
        unknown = Counter(each.outcome for each in new)[Outcome.UNKNOWN.value]
        print(f"{len(fails):,} new, {same:,} unchanged, {len(gone):,} fixed; {unknown:,} newly unknown")
    if arguments.fail_on == "never":
        return 0
    bar = Severity(arguments.fail_on).rank
    return 1 if any(Severity(each.severity).rank >= bar for each in fails) else 0


def _order(each: Record) -> tuple[int, str, str]:
    return -Severity(each.severity).rank, each.place, each.policy


def _line(word: str, each: Record) -> str:
    what = "unknown" if each.outcome == Outcome.UNKNOWN.value else each.severity
    return f"{word:<6} {what:<8} {each.policy}  {each.address}  {each.place}"
