"""`python -m benchmarks.same_as_agreement FOLDER ...`: our policies beside the checks of Azure that they name.

A policy says in `same_as` which checks of checkov ask for the same fact. Each folder is scanned by both; a pair is a
resource of a template, Bicep or Terraform (its file, and the line where it is declared) and a policy. Where checkov
reports a declaration once and we
have several instances of it, the worst of ours counts; of several checks of one policy, the worst of theirs.
`--examples N` prints some pairs of each class with their places, to be judged by hand.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any

from benchmarks.checkov_agreement import _below
from tfaudit.policies.same_as import claim
from tfaudit.policies.select import Choice, in_force

FRAMEWORKS = ("arm", "bicep", "terraform")
_AZURE = ("microsoft.", "azurerm_")
_WORST = ("fail", "unknown", "pass", "not_applicable")

Pair = tuple[str, str, int]
"""A policy, a file relative to the folder, and the line where the resource is declared."""


def claims() -> dict[str, list[str]]:
    """Return the policies that name each of checkov's checks, in whole or in part."""
    found: dict[str, list[str]] = defaultdict(list)
    for policy in in_force(Choice()).policies:
        for entry in policy.same_as.get("checkov", ()):
            for check in claim(entry).rules:
                if "AZURE" in check:
                    found[check].append(policy.id)
    return found


def ours(folder: Path, policies: set[str]) -> tuple[dict[Pair, str], dict[Pair, str]]:
    """Return what we say of what is declared of Azure, and why."""
    with tempfile.TemporaryDirectory() as scratch:
        report = Path(scratch) / "report.json"
        command = [
            sys.executable,
            "-m",
            "tfaudit",
            "scan",
            str(folder),
            "--no-gitignore",
            "--fail-on",
            "never",
        ]
        command += ["--no-inline-waivers", "--quiet", "-o", f"json={report}"]
        subprocess.run(command, check=False, capture_output=True)
        document: dict[str, Any] = json.loads(report.read_text("utf-8"))
    found: dict[Pair, str] = {}
    why: dict[Pair, str] = {}
    for verdict in document["verdicts"]:
        place = verdict["asset"].get("place", verdict["places"][0])
        if verdict["policy"] not in policies or not verdict["asset"]["type"].startswith(_AZURE):
            continue
        pair = verdict["policy"], _below(place["origin"], folder), place["line"]
        if pair not in found or _WORST.index(verdict["outcome"]) < _WORST.index(found[pair]):
            found[pair], why[pair] = verdict["outcome"], verdict["because"]
    return found, why


def theirs(
    folder: Path, framework: str, claimed: dict[str, list[str]]
) -> dict[Pair, tuple[str, int, list[str]]]:
    """Return what checkov says by first line: outcome, last line, and the checks that fail."""
    command = [sys.executable, "-m", "checkov.main", "-d", ".", "--skip-download", "--compact", "-o", "json"]
    command += ["--framework", framework, "--check", ",".join(claimed)]
    environment = {**os.environ, "LOG_LEVEL": "CRITICAL"}
    run = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False, env=environment)
    start = min((at for at in map(run.stdout.find, "[{") if at >= 0), default=-1)
    if start < 0:
        print(
            f"checkov failed on {folder} ({framework}): {run.stderr.strip().splitlines()[-1:]}",
            file=sys.stderr,
        )
        return {}
    reports = json.loads(run.stdout[start:])
    found: dict[Pair, tuple[str, int, list[str]]] = {}
    for report in reports if isinstance(reports, list) else [reports]:
        for outcome, key in (("pass", "passed_checks"), ("fail", "failed_checks")):
            for record in report.get("results", {}).get(key, ()):
                first, last = record["file_line_range"]
                for policy in claimed.get(record["check_id"], ()):
                    pair = policy, record["file_path"].lstrip("/"), first
                    before, _, checks = found.get(pair, ("pass", last, []))
                    failed = [*checks, record["check_id"]] if outcome == "fail" else checks
                    found[pair] = "fail" if "fail" in (before, outcome) else "pass", last, failed
    return found


def compared(folder: Path, claimed: dict[str, list[str]]) -> dict[str, list[tuple[str, ...]]]:
    """Return the pairs by class."""
    policies = {each for named in claimed.values() for each in named}
    mine, why = ours(folder, policies)
    lines: dict[tuple[str, str], list[int]] = defaultdict(list)
    for policy, file, line in mine:
        lines[policy, file].append(line)
    found: dict[str, list[tuple[str, ...]]] = defaultdict(list)
    for framework in FRAMEWORKS:
        for (policy, file, first), (outcome, last, checks) in theirs(folder, framework, claimed).items():
            at = min((each for each in lines[policy, file] if first - 1 <= each <= last), default=None)
            own = "nothing" if at is None else mine[policy, file, at]
            name = "equal" if own == outcome else f"{own} here, {outcome} there"
            because = "" if at is None else why[policy, file, at]
            found[name].append((policy, f"{folder.name}/{file}:{first}", " ".join(checks), because[:160]))
    return found


def main() -> int:
    """Compare every folder, and print the classes with the policies that they are about."""
    parser = argparse.ArgumentParser(prog="benchmarks.same_as_agreement")
    parser.add_argument("folder", nargs="+", type=Path)
    parser.add_argument("--examples", type=int, default=0)
    arguments = parser.parse_args()
    claimed = claims()
    whole: dict[str, list[tuple[str, ...]]] = defaultdict(list)
    for folder in arguments.folder:
        for name, pairs in compared(folder, claimed).items():
            whole[name] += pairs
    decided = sum(len(pairs) for name, pairs in whole.items() if name.startswith(("equal", "pass", "fail")))
    print(f"{len(whole['equal'])} of {decided} pairs that both decide are equal")
    for name, pairs in sorted(whole.items(), key=lambda each: -len(each[1])):
        counts = Counter(pair[0] for pair in pairs).most_common(8) if name != "equal" else ()
        print(f"  {len(pairs):>6}  {name}  " + ", ".join(f"{policy} {count}" for policy, count in counts))
        shown: Counter[str] = Counter()
        for pair in pairs if name != "equal" else ():
            shown[pair[0]] += 1
            if shown[pair[0]] <= arguments.examples:
                print("          ", *pair)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
