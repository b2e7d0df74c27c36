"""Where a policy names checkov's checks for the same fact, checkov agrees on our own examples, or we say why not.

One checkov process scans all examples in one tree: its cache of IAM documents is keyed by a document's path in the
scanned folder, so that several folders scanned by one process would mix them up, and folders of one tree do not.
"""

from __future__ import annotations

import importlib.util
import json
import re
import shutil
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.oracle.differences import KNOWN
from tfaudit.model.resources import Resource
from tfaudit.model.verdicts import Outcome
from tfaudit.pipeline.files import scan
from tfaudit.pipeline.options import Options
from tfaudit.policies.same_as import claim
from tfaudit.policies.select import Choice, in_force

ROOT = Path(__file__).parents[2]
DECIDED = {Outcome.PASS: "pass", Outcome.FAIL: "fail", Outcome.WAIVED: "fail"}
_INDEX = re.compile(r"\[[^\]]*\]")

Fact = tuple[str, str, str]
"""A policy, the file below the tree, and the resource in it."""

pytestmark = pytest.mark.skipif(
    importlib.util.find_spec("checkov") is None, reason="checkov is not installed"
)


@pytest.fixture(scope="module")
def tree(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Every example that is to pass or to fail in a folder of its own, and the example estate."""
    tree = tmp_path_factory.mktemp("oracle")
    for file in sorted((ROOT / "tests/policies").glob("*/*")):
        if re.fullmatch(r"(?:pass|fail)\w*\.(?:tf|yaml)", file.name):
            folder = tree / file.parent.name / file.name.replace(".", "-")
            folder.mkdir(parents=True)
            shutil.copy(file, folder)
    shutil.copytree(ROOT / "examples/estate", tree / "estate")
    return tree


def mapped() -> dict[str, list[tuple[str, str]]]:
    """The policies that each of checkov's checks belongs to, in part or whole, and on which plane ("" for each)."""
    found: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for policy in in_force(Choice()).policies:
        for entry in policy.same_as.get("checkov", ()):
            said = claim(entry)
            for check in said.rules:
                found[check].append((policy.id, said.plane))
    return found


def theirs(tree: Path) -> dict[Fact, str]:
    """What checkov says: fail where one of a policy's checks fails, pass where all that speak pass."""
    policies = mapped()
    command = [sys.executable, "-m", "checkov.main", "-d", ".", "--skip-download", "--compact", "-o", "json"]
    command += ["--framework", "terraform", "kubernetes", "cloudformation", "--check", ",".join(policies)]
    run = subprocess.run(command, cwd=tree, capture_output=True, text=True, check=False, timeout=500)
    reports = json.loads(run.stdout)
    found: dict[Fact, str] = {}
    for report in reports if isinstance(reports, list) else [reports]:
        there = "manifest" if report["check_type"] == "kubernetes" else "code"
        for outcome, key in (("pass", "passed_checks"), ("fail", "failed_checks")):
            for record in report["results"][key]:
                for policy, plane in policies[record["check_id"]]:
                    if plane not in ("", there):
                        continue
                    fact = (policy, record["file_path"].lstrip("/"), record["resource"])
                    found[fact] = "fail" if "fail" in (outcome, found.get(fact)) else outcome
    return found


def named(resource: Resource) -> Iterator[str]:
    """How checkov may write the resource's address."""
    if resource.dialect == "cloudformation":
        yield f"{resource.type}.{resource.address}"
    elif resource.dialect == "kubernetes":
        metadata: Any = resource.body.get("metadata") or {}
        kind = resource.type.rpartition("/")[2]
        yield f"{kind}.{metadata.get('namespace', 'default')}.{metadata.get('name')}"
    else:
        yield resource.address
        yield _INDEX.sub("", resource.address)


def ours(tree: Path) -> dict[Fact, str]:
    """What we say of the same: fail where one of a resource's assets fails, nothing where one is unknown."""
    outcomes: dict[Fact, set[Outcome]] = defaultdict(set)
    for verdict in scan(tree, Options(in_force(Choice()))).verdicts:
        resource = verdict.asset.resource
        for name in {*named(resource)}:
            outcomes[verdict.policy.id, resource.place.origin, name].add(verdict.outcome)
    found: dict[Fact, str] = {}
    for fact, all_of_it in outcomes.items():
        decided = {DECIDED[each] for each in all_of_it if each in DECIDED}
        if "fail" in decided or (decided and Outcome.UNKNOWN not in all_of_it):
            found[fact] = "fail" if "fail" in decided else "pass"
    return found


def test_checkov_agrees_on_our_examples_or_we_say_why_not(tree: Path) -> None:
    judged, oracle = ours(tree), theirs(tree)
    both = [
        fact
        for fact in judged.keys() & oracle.keys()
        if fact[1].startswith((f"{fact[0]}/", "estate/"))  # an example speaks of its own policy alone
    ]
    assert len(both) > 300, "the two name their resources in different ways"
    differences = {(fact[0], judged[fact], fact[2]) for fact in both if judged[fact] != oracle[fact]}
    known = {
        (policy, outcome, name) for (policy, outcome), (names, _) in KNOWN.items() for name in names.split()
    }
    assert differences - known == set(), "checkov says otherwise: who is right?"
    assert known - differences == set(), "these agree by now: take them off the list"
