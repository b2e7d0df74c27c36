"""Coverage counts links that count: none below its floor, none of a policy that the plane cannot be judged by."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from tests.commands import tfaudit
from tfaudit import data
from tfaudit.controls.coverage import coverage
from tfaudit.controls.load import read
from tfaudit.policies.select import Choice, available, in_force

FRAMEWORKS = read([data.folder("controls")])


def of(framework: str, profile: str = "", **parameters: dict[str, Any]) -> set[str]:
    policies = in_force(Choice(profile, parameters=parameters)).policies if profile else available()
    (found,) = coverage({framework: FRAMEWORKS[framework]}, policies)
    return set(found.linked)


def test_as_much_as_is_said_is_covered() -> None:
    found = {each.framework.id: each.percent for each in coverage(FRAMEWORKS, available())}
    assert found["soc2"] >= 81
    assert found["iso27001"] >= 83
    assert found["gdpr"] >= 61
    assert found["pci_dss"] >= 64


def test_a_month_of_logs_evidences_no_year() -> None:
    short = {
        id_: {"days": 30}
        for id_ in ("log-retention", "subscription-activity-log-kept", "network-flow-log-retention")
    }
    assert "10.5.1" in of("pci_dss", "default")
    assert "10.5.1" not in of("pci_dss", "default", **short)


def test_a_password_of_eight_evidences_no_twelve() -> None:
    assert "8.3.6" in of("pci_dss", "default")
    assert "8.3.6" not in of("pci_dss", "default", **{"password-policy-strong": {"length": 8}})


def test_the_command_tells_what_nothing_bears_on(tmp_path: Path) -> None:
    arguments = ("--framework", "gdpr", "--plane", "kubernetes", "--json")
    done = tfaudit("controls", "coverage", *arguments, cwd=tmp_path)
    (row,) = json.loads(done.stdout)
    assert row["testable"] == 31
    assert set(row["linked"]) < of("gdpr")
    assert len(row["linked"]) + len(row["missing"]) == row["testable"]
