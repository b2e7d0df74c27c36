"""Each rule that GitHub documents for an upload of SARIF, one by one (docs.github.com, SARIF support)."""

from __future__ import annotations

import gzip
import json
import re
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
from msgspec.structs import replace

from tests.reports.conftest import Written
from tests.reports.runs import run, tree
from tfaudit.model.result import ScanResult
from tfaudit.model.verdicts import Change, Compared
from tfaudit.reports.sarif import Bounds

MODULE = """variable "days" {}
resource "aws_db_instance" "a" {
  identifier              = "a"
  engine                  = "postgres"
  backup_retention_period = var.days
}
"""


@pytest.fixture(scope="module")
def log(written: Written) -> Any:
    return json.loads(written("sarif"))


def locations(log: Any) -> list[Any]:
    return [each for run_ in log["runs"] for found in run_["results"] for each in found["locations"]]


def test_file(log: Any, written: Written) -> None:
    assert log["version"] == "2.1.0"
    assert log["$schema"].startswith("https://")
    assert 1 <= len(log["runs"]) <= 20
    assert len(gzip.compress(written("sarif").encode())) <= 10_000_000


def test_each_run_has_at_most_what_is_taken(log: Any) -> None:
    for each in log["runs"]:
        assert len(each["results"]) <= 25_000
        assert len(each["tool"]["driver"]["rules"]) <= 25_000
        assert len(each["tool"].get("extensions", ())) <= 100
        assert each["automationDetails"]["id"].endswith("/")
        for found in each["results"]:
            assert 1 <= len(found["locations"]) <= 1_000
            for flow in found.get("codeFlows", ()):
                assert sum(len(thread["locations"]) for thread in flow["threadFlows"]) <= 10_000


def test_rules(log: Any) -> None:
    for rule in log["runs"][0]["tool"]["driver"]["rules"]:
        assert re.fullmatch(r"[\w-]+", rule["id"])
        assert 0 < len(rule["shortDescription"]["text"]) <= 1024
        assert 0 < len(rule["fullDescription"]["text"]) <= 1024
        assert rule["help"]["text"]
        assert rule["help"]["markdown"]
        assert len(rule["name"]) <= 255
        properties = rule["properties"]
        assert len(properties["tags"]) <= 20
        assert "security" in properties["tags"]
        assert properties["precision"] in {"very-high", "high", "medium", "low"}
        assert 0.0 <= float(properties["security-severity"]) <= 10.0
        assert rule["defaultConfiguration"]["level"] in {"error", "warning", "note", "none"}


def test_results(log: Any) -> None:
    rules = log["runs"][0]["tool"]["driver"]["rules"]
    for found in log["runs"][0]["results"]:
        assert rules[found["ruleIndex"]]["id"] == found["ruleId"]
        assert found["message"]["text"]
        assert re.fullmatch(r"[0-9a-f]{1,16}:\d+", found["partialFingerprints"]["primaryLocationLineHash"])
        assert re.fullmatch(r"[0-9a-f]{32}", found["partialFingerprints"]["tfaudit/v1"])


def test_locations_are_relative_and_have_both_ends(log: Any) -> None:
    for each in locations(log):
        physical = each["physicalLocation"]
        uri = unquote(physical["artifactLocation"]["uri"])
        assert not uri.startswith(("/", "file:"))
        assert ".." not in uri.split("/")
        region = physical["region"]
        assert set(region) == {"startLine", "startColumn", "endLine", "endColumn"}
        assert (region["startLine"], region["startColumn"]) < (region["endLine"], region["endColumn"])


def test_many_results_are_runs_of_families_each_with_its_category(
    result: ScanResult, written: Written
) -> None:
    log = json.loads(written("sarif", result, bounds=Bounds(shown=2)))
    whole = json.loads(written("sarif"))["runs"][0]
    categories = [each["automationDetails"]["id"] for each in log["runs"]]
    assert len(categories) == len(set(categories)) > 1
    together = [
        found["partialFingerprints"]["tfaudit/v1"] for each in log["runs"] for found in each["results"]
    ]
    assert sorted(together) == sorted(
        found["partialFingerprints"]["tfaudit/v1"] for found in whole["results"]
    )
    own = json.loads(written("sarif", result, bounds=Bounds(shown=2), category="nightly"))
    assert {each["automationDetails"]["id"].split("/")[0] for each in own["runs"]} == {"nightly"}
    assert len({each["automationDetails"]["id"] for each in own["runs"]}) == len(own["runs"])
    told = [bool(each["invocations"][0]["toolExecutionNotifications"]) for each in log["runs"]]
    assert told == [True] + [False] * (len(told) - 1)


def test_the_way_of_a_value_and_the_module_call_are_told(tmp_path: Path, written: Written) -> None:
    (tmp_path / "db").mkdir()
    (tmp_path / "db/main.tf").write_text(MODULE)
    tree(tmp_path, main='module "db" {\n  source = "./db"\n  days   = 1\n}\n')
    (found,) = json.loads(written("sarif", run(tmp_path)))["runs"][0]["results"]
    places = {
        (each["physicalLocation"]["artifactLocation"]["uri"], each["physicalLocation"]["region"]["startLine"])
        for each in found["relatedLocations"]
    }
    assert {("main.tf", 3), ("main.tf", 1)} <= places
    steps = found["codeFlows"][0]["threadFlows"][0]["locations"]
    ends = [each["location"]["physicalLocation"]["artifactLocation"]["uri"] for each in (steps[0], steps[-1])]
    assert ends == ["main.tf", "db/main.tf"]


def test_what_a_run_is_compared_with_is_told_of_every_result(result: ScanResult, written: Written) -> None:
    verdicts = [replace(each) for each in result.verdicts]
    for number, each in enumerate(verdicts):
        each.change = Change.NEW if number % 2 else Change.UNCHANGED
    log = json.loads(written("sarif", replace(result, verdicts=verdicts, compared=Compared("main"))))
    states = [found["baselineState"] for found in log["runs"][0]["results"]]
    assert set(states) == {"new", "unchanged"}


def test_the_repository_and_commit_are_named(tmp_path: Path, written: Written) -> None:
    git = tmp_path / ".git"
    (git / "refs/heads").mkdir(parents=True)
    (git / "HEAD").write_text("ref: refs/heads/main\n")
    (git / "refs/heads/main").write_text("ab" * 20 + "\n")
    (git / "config").write_text('[remote "origin"]\n\turl = https://user:secret@example.org/team/repo.git\n')
    tree(tmp_path, main=MODULE.replace("var.days", "1"))
    (told,) = json.loads(written("sarif", run(tmp_path)))["runs"][0]["versionControlProvenance"]
    assert told == {
        "repositoryUri": "https://example.org/team/repo",
        "revisionId": "ab" * 20,
        "branch": "main",
        "mappedTo": {"uriBaseId": "%SRCROOT%"},
    }
