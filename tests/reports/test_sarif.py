"""The SARIF report is valid, is one that GitHub takes, and tells what was left out."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest
from msgspec.structs import replace

from tests.commands import tfaudit
from tests.reports.conftest import Written
from tests.reports.runs import ESTATE, live_run, run, tree
from tests.servers.sarif import SarifMultitool
from tfaudit.model.result import ScanResult
from tfaudit.model.verdicts import Outcome
from tfaudit.reports.sarif import Bounds


@pytest.fixture(scope="module")
def log(written: Written) -> Any:
    return json.loads(written("sarif"))["runs"][0]


def results(log: Any, address: str) -> list[Any]:
    return [each for each in log["results"] if each["properties"]["address"] == address]


def test_valid_by_the_published_schema(sarif_multitool: SarifMultitool, written: Written) -> None:
    schema = json.loads(sarif_multitool._program.with_name("sarif-2.1.0.json").read_text("utf-8-sig"))
    assert list(jsonschema_rs.validator_for(schema).iter_errors(json.loads(written("sarif")))) == []


def test_valid_by_githubs_rules(sarif_multitool: SarifMultitool, written: Written, tmp_path: Path) -> None:
    path = tmp_path / "run.sarif"
    path.write_text(written("sarif"), "utf-8")
    assert sarif_multitool.validate(path) == []


def test_only_fails_and_waived_are_results(log: Any, result: ScanResult) -> None:
    assert len(log["results"]) == result.count(Outcome.FAIL) + result.count(Outcome.WAIVED)


def test_a_result_stands_on_the_exact_attribute(log: Any) -> None:
    [found] = results(log, "aws_db_instance.orders")
    region = found["locations"][0]["physicalLocation"]["region"]
    assert (region["startLine"], region["startColumn"]) == (7, 3)
    assert found["level"] == "error"


def test_paths_are_relative_to_the_repository(tmp_path: Path, written: Written) -> None:
    (tmp_path / ".git").mkdir()
    code = tmp_path / "infra" / "my root"
    code.mkdir(parents=True)
    tree(code, main='resource "aws_db_instance" "a" {\n  identifier = "a"\n  engine = "postgres"\n}\n')
    log = json.loads(written("sarif", run(code)))["runs"][0]
    location = log["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"]
    assert location == {"uri": "infra/my%20root/main.tf", "uriBaseId": "%SRCROOT%"}
    assert "%SRCROOT%" in log["originalUriBaseIds"]
    assert log["automationDetails"]["id"] == "tfaudit/code/infra/my root/"


def test_a_literal_value_comes_with_its_replacement(log: Any) -> None:
    [found] = results(log, "aws_db_instance.orders")
    [change] = found["fixes"][0]["artifactChanges"]
    [edit] = change["replacements"]
    line = (ESTATE / "code/main.tf").read_text().splitlines()[edit["deletedRegion"]["startLine"] - 1]
    start, end = edit["deletedRegion"]["startColumn"] - 1, edit["deletedRegion"]["endColumn"] - 1
    mended = line[:start] + edit["insertedContent"]["text"] + line[end:]
    assert mended == "  backup_retention_period = 7 # until the migration is over"


def test_a_value_that_is_not_there_has_no_replacement(log: Any) -> None:
    [found] = results(log, "aws_db_instance.never_said")
    assert "fixes" not in found


def test_waivers_are_suppressions(log: Any) -> None:
    [inside] = results(log, "aws_db_instance.copy")[0]["suppressions"]
    [outside] = results(log, "aws_db_instance.old")[0]["suppressions"]
    assert (inside["kind"], outside["kind"]) == ("inSource", "external")
    assert "every night" in inside["justification"]


def test_controls_are_taxonomies(log: Any) -> None:
    [rule] = [each for each in log["tool"]["driver"]["rules"] if each["id"] == "backups-reach-back"]
    named = set()
    for relation in rule["relationships"]:
        component = log["taxonomies"][relation["target"]["toolComponent"]["index"]]
        taxon = component["taxa"][relation["target"]["index"]]
        assert component["name"] == relation["target"]["toolComponent"]["name"]
        named.add((component["name"], taxon["id"], relation["properties"]["strength"]))
    assert named == {("soc2", "A1.2", "full"), ("gdpr", "Art.32(1)(c)", "partial")}
    assert rule["properties"]["security-severity"] == "8.0"
    assert len(rule["properties"]["tags"]) <= 20


def test_what_is_not_decided_is_a_notification_and_the_run_not_successful(log: Any) -> None:
    [invocation] = log["invocations"]
    assert invocation["executionSuccessful"] is False
    kinds = [each["descriptor"]["id"] for each in invocation["toolExecutionNotifications"]]
    assert sorted(kinds) == ["error", "unknown", "unread"]


def test_fingerprints_survive_moved_lines(tmp_path: Path, written: Written, log: Any) -> None:
    text = (ESTATE / "code/main.tf").read_text()
    moved = json.loads(written("sarif", run(tree(tmp_path, other="# moved\n\n" + text))))["runs"][0]

    def marks(log: Any) -> dict[str, str]:
        return {
            each["properties"]["address"]: each["partialFingerprints"]["tfaudit/v1"]
            for each in log["results"]
        }

    assert marks(moved) == marks(log)
    assert len(set(marks(log).values())) == len(log["results"])


def test_the_worst_come_first_and_the_rest_is_counted(written: Written) -> None:
    log = json.loads(written("sarif", bounds=Bounds(results=2)))["runs"][0]
    assert [each["level"] for each in log["results"]] == ["error", "error"]
    [note] = [
        each
        for each in log["invocations"][0]["toolExecutionNotifications"]
        if each["descriptor"]["id"] == "left-out"
    ]
    assert "3 of 5 findings" in note["message"]["text"]


def test_what_runs_has_a_place_that_github_takes(
    sarif_multitool: SarifMultitool, written: Written, tmp_path: Path
) -> None:
    path = tmp_path / "live.sarif"
    path.write_text(written("sarif", live_run()), "utf-8")
    assert sarif_multitool.validate(path) == []
    [found] = json.loads(path.read_text())["runs"][0]["results"]
    location = found["locations"][0]
    assert location["physicalLocation"]["artifactLocation"]["uri"] == "live/aws/rds/db/orders"
    name = location["logicalLocations"][0]["fullyQualifiedName"]
    assert name == "arn:aws:rds:eu-west-1:123456789012:db:orders"


def test_a_file_too_large_to_upload_is_cut(result: ScanResult, written: Written) -> None:
    many = replace(result, verdicts=[*result.verdicts] * 200)
    packed = 6_000
    text = written("sarif", many, bounds=Bounds(packed_bytes=packed))
    full = written("sarif", many)
    assert len(json.loads(text)["runs"][0]["results"]) < len(json.loads(full)["runs"][0]["results"])
    assert "left out" in text


GRANTED = """
resource "aws_iam_user" "ann" { name = "ann" }
resource "aws_iam_group" "ops" { name = "ops" }
resource "aws_iam_user_group_membership" "ann" {
  user   = aws_iam_user.ann.name
  groups = [aws_iam_group.ops.name]
}
resource "aws_iam_group_policy_attachment" "ops" {
  group      = aws_iam_group.ops.name
  policy_arn = aws_iam_policy.all.arn
}
resource "aws_iam_policy" "all" {
  name   = "all"
  policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "*", Resource = "*" }] })
}
"""


def test_rights_that_are_given_by_others_come_with_the_way_there(
    sarif_multitool: SarifMultitool, tmp_path: Path
) -> None:
    (tmp_path / "code").mkdir()
    tree(tmp_path / "code", main=GRANTED)
    environment = {
        "TFAUDIT_CACHE": str(tmp_path / "cache"),
        "XDG_CONFIG_HOME": str(tmp_path / "settings"),
        "SOURCE_DATE_EPOCH": "1750000000",
    }
    written = []
    for _ in range(2):  # judged, then recalled
        done = tfaudit("scan", "code", "-o", "sarif", cwd=tmp_path, environment=environment)
        written.append(done.stdout)
    assert written[0] == written[1]
    (found,) = [
        each
        for each in results(json.loads(written[0])["runs"][0], "aws_iam_user.ann")
        if each["ruleId"] == "policy-no-admin"
    ]
    (flow,) = found["codeFlows"]
    steps = [each["location"] for each in flow["threadFlows"][0]["locations"]]
    assert [each["message"]["text"] for each in steps] == [
        "aws_iam_user.ann",
        "aws_iam_group.ops",
        "aws_iam_group_policy_attachment.ops",
        "aws_iam_policy.all",
    ]
    assert [each["physicalLocation"]["region"]["startLine"] for each in steps] == [2, 3, 10, 14]
    related = [each["message"]["text"] for each in found["relatedLocations"]]
    assert related[:3] == [each["message"]["text"] for each in steps[1:]]
    path = tmp_path / "run.sarif"
    path.write_text(written[0], "utf-8")
    assert sarif_multitool.validate(path) == []
