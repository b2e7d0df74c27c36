"""The reports of code hosts and pipelines: within their limits, and of their forms."""

from __future__ import annotations

import json
import re
from typing import Any

import jsonschema_rs
import pytest
from msgspec.structs import replace

from tests.reports.conftest import Written
from tfaudit.model.result import ScanResult
from tfaudit.model.verdicts import Change, Fix, Outcome

COMMAND = re.compile(r"::(error|warning|notice) (?:(?:file|line|endLine|col|title)=[^,:]*,?)*::[^\n]*")

# docs.gitlab.com/ci/testing/code_quality, "Code quality report format", as a schema.
CODE_QUALITY = {
    "type": "array",
    "items": {
        "type": "object",
        "required": ["description", "check_name", "fingerprint", "severity", "location"],
        "properties": {
            "description": {"type": "string", "minLength": 1},
            "check_name": {"type": "string", "minLength": 1},
            "fingerprint": {"type": "string", "minLength": 1},
            "severity": {"enum": ["info", "minor", "major", "critical", "blocker"]},
            "location": {
                "type": "object",
                "required": ["path", "lines"],
                "properties": {
                    "path": {"type": "string", "pattern": "^(?!\\./|/)"},
                    "lines": {
                        "type": "object",
                        "required": ["begin"],
                        "properties": {"begin": {"type": "integer", "minimum": 1}},
                    },
                },
            },
        },
    },
}
# What the published schema of SAST reports, version 15.2.1, requires of each part that ours has.
TIME = {"type": "string", "pattern": "^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}$"}
TOOL = {
    "type": "object",
    "required": ["id", "name", "version", "vendor"],
    "properties": {
        "id": {"type": "string", "minLength": 1},
        "name": {"type": "string", "minLength": 1},
        "version": {"type": "string", "minLength": 1},
        "vendor": {
            "type": "object",
            "required": ["name"],
            "properties": {"name": {"type": "string", "minLength": 1}},
        },
    },
}
SAST = {
    "type": "object",
    "required": ["version", "scan", "vulnerabilities"],
    "properties": {
        "version": {"type": "string", "pattern": "^\\d+\\.\\d+\\.\\d+$"},
        "scan": {
            "type": "object",
            "required": ["analyzer", "scanner", "type", "start_time", "end_time", "status"],
            "properties": {
                "analyzer": TOOL,
                "scanner": TOOL,
                "type": {"const": "sast"},
                "start_time": TIME,
                "end_time": TIME,
                "status": {"enum": ["success", "failure"]},
                "messages": {
                    "type": "array",
                    "items": {
                        "required": ["level", "value"],
                        "properties": {
                            "level": {"enum": ["info", "warn", "fatal"]},
                            "value": {"type": "string", "minLength": 1},
                        },
                    },
                },
            },
        },
        "vulnerabilities": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["id", "identifiers", "location"],
                "properties": {
                    "id": {"type": "string", "pattern": "^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$"},
                    "name": {"type": "string", "maxLength": 255},
                    "description": {"type": "string", "maxLength": 1048576},
                    "severity": {"enum": ["Info", "Unknown", "Low", "Medium", "High", "Critical"]},
                    "solution": {"type": "string", "maxLength": 7000},
                    "identifiers": {
                        "type": "array",
                        "minItems": 1,
                        "items": {
                            "required": ["type", "name", "value"],
                            "properties": {
                                "type": {"type": "string", "minLength": 1},
                                "name": {"type": "string", "minLength": 1},
                                "value": {"type": "string", "minLength": 1},
                                "url": {"type": "string", "pattern": "^(https?|ftp)://.+"},
                            },
                        },
                    },
                    "links": {
                        "type": "array",
                        "items": {
                            "type": "object",
                            "required": ["url"],
                            "properties": {"url": {"type": "string", "pattern": "^(https?|ftp)://.+"}},
                        },
                    },
                    "location": {
                        "type": "object",
                        "required": ["file", "start_line"],
                        "properties": {"file": {"minLength": 1}, "start_line": {"type": "integer"}},
                    },
                },
            },
        },
    },
}


@pytest.mark.parametrize(("format_", "schema"), [("gitlab-codequality", CODE_QUALITY), ("gitlab-sast", SAST)])
def test_forms_of_gitlab(written: Written, format_: str, schema: dict[str, Any]) -> None:
    document = json.loads(written(format_))
    assert list(jsonschema_rs.validator_for(schema).iter_errors(document)) == []


def test_what_is_long_stays_within_the_bounds_of_gitlab(written: Written, result: ScanResult) -> None:
    verdicts = [replace(each) for each in result.verdicts]
    for each in verdicts:
        fix = Fix("change it " * 2_000)
        each.policy = replace(each.policy, title="long " * 200, why="why " * 5_000, fixes={"": fix})
    document = json.loads(written("gitlab-sast", replace(result, verdicts=verdicts)))
    assert list(jsonschema_rs.validator_for(SAST).iter_errors(document)) == []


def test_a_name_in_gitlab_says_nothing_of_the_one_finding(written: Written, result: ScanResult) -> None:
    found = json.loads(written("gitlab-sast"))["vulnerabilities"]
    addresses = [each.asset.address for each in result.verdicts if each.outcome is Outcome.FAIL]
    assert not any(address in each["name"] for each in found for address in addresses)
    assert all(any(address in each["description"] for address in addresses) for each in found)


def test_an_incomplete_scan_is_no_success_for_gitlab(written: Written) -> None:
    assert json.loads(written("gitlab-sast"))["scan"]["status"] == "failure"
    assert "blocker" in {each["severity"] for each in json.loads(written("gitlab-codequality"))}


def levels(text: str) -> dict[str, int]:
    lines = text.splitlines()
    for line in lines:
        assert COMMAND.fullmatch(line), line
    words = [line.split(" ")[0].strip(":") for line in lines]
    return {word: words.count(word) for word in ("error", "warning", "notice")}


def test_annotations_stay_within_what_github_keeps(written: Written, result: ScanResult) -> None:
    assert 0 < levels(written("github"))["error"] <= 10
    many = replace(result, verdicts=[*result.verdicts] * 30)
    assert max(levels(written("github", many)).values()) == 10
    assert written("github", many).splitlines()[-1].startswith("::notice title=tfaudit::")


def test_foreign_text_starts_no_command_of_its_own(written: Written) -> None:
    text = written("github")
    assert "octocat" in text  # the hostile value is there
    for line in text.splitlines():
        assert line.count("\n") == 0
        assert not re.match(r"::(set-output|add-mask|stop-commands|save-state)", line)
    assert "##[" not in text


def test_only_what_is_new_is_annotated(written: Written, result: ScanResult) -> None:
    from tfaudit.model.verdicts import Compared

    verdicts = [replace(each) for each in result.verdicts]
    for each in verdicts:
        each.change = Change.UNCHANGED
    fails = [each for each in verdicts if each.outcome is Outcome.FAIL]
    fails[0].change = Change.NEW
    text = written("github", replace(result, verdicts=verdicts, compared=Compared("main")))
    annotated = [
        line
        for line in text.splitlines()
        if line.startswith(("::error", "::warning")) and "not read" not in line
    ]
    assert sum(fails[0].asset.address in line for line in annotated) == 1
    assert not any(each.asset.address in line for each in fails[1:] for line in annotated)


def test_a_comment_tells_what_is_new_first_and_what_is_fixed(written: Written, result: ScanResult) -> None:
    from tfaudit.model.verdicts import Compared, Fixed

    verdicts = [replace(each) for each in result.verdicts]
    for each in verdicts:
        each.change = Change.UNCHANGED
    fails = [each for each in verdicts if each.outcome is Outcome.FAIL]
    fails[0].change = Change.NEW
    gone = Fixed("some-policy", "high", "aws_gone.x", "gone.tf:1", "f" * 32)
    text = written("markdown", replace(result, verdicts=verdicts, compared=Compared("main", (gone,))))
    assert f"Since main: **1 new, {len(fails) - 1} unchanged, 1 fixed**" in text
    new, _, rest = text.partition("### New findings")[2].partition("<summary>Not read")
    names = [each.asset.address.replace("_", "\\_") for each in fails]
    assert fails[0].asset.address in new
    assert not any(each.asset.address in new for each in fails[1:])
    assert all(name in rest for name in names[1:])
    assert "aws\\_gone.x" in rest
