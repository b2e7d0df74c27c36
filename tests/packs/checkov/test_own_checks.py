"""Checks of the user's own: YAML from a named folder, Python only where somebody asks for it, neither from the tree."""

from __future__ import annotations

from pathlib import Path

from tests.commands import tfaudit
from tests.packs.checkov.scans import document, written

GRAPH = """
metadata:
  id: CUSTOM_1
  name: Queues are named after their team
  category: GENERAL_SECURITY
  severity: HIGH
definition:
  cond_type: attribute
  resource_types: [aws_sqs_queue]
  attribute: name
  operator: starting_with
  value: team-
"""
PYTHON = """
from checkov.common.models.enums import CheckCategories, CheckResult
from checkov.terraform.checks.resource.base_resource_check import BaseResourceCheck

class Named(BaseResourceCheck):
    def __init__(self):
        super().__init__(name="Queues have names", id="CUSTOM_2", categories=[CheckCategories.CONVENTION],
                         supported_resources=["aws_sqs_queue"])

    def scan_resource_conf(self, conf):
        return CheckResult.PASSED if conf.get("name") else CheckResult.FAILED

check = Named()
"""
CODE = """
resource "aws_sqs_queue" "good" { name = "team-a" }
resource "aws_sqs_queue" "bad" { name = "queue" }
resource "aws_sqs_queue" "nameless" {}
"""


def outcomes(tree: Path, *arguments: str) -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    for each in document(tree, "--pack-format", "terraform", *arguments)["verdicts"]:
        found.setdefault(each["policy"], {})[each["asset"]["address"]] = each["outcome"]
    return found


def test_yaml_checks_are_judged_with_their_severity(tmp_path: Path) -> None:
    written(tmp_path, {"checks/named.yaml": GRAPH, "tree/main.tf": CODE})
    found = document(tmp_path / "tree", "--pack-format", "terraform", "--external-checks-dir", "../checks")
    own = {each["asset"]["address"]: each for each in found["verdicts"] if each["policy"] == "CUSTOM_1"}
    assert own["aws_sqs_queue.good"]["outcome"] == "pass"
    assert (own["aws_sqs_queue.bad"]["outcome"], own["aws_sqs_queue.bad"]["severity"]) == ("fail", "high")


def test_python_is_run_only_where_somebody_asks(tmp_path: Path) -> None:
    written(tmp_path, {"checks/named.py": PYTHON, "tree/main.tf": CODE})
    tree = tmp_path / "tree"
    assert "CUSTOM_2" not in outcomes(tree, "--external-checks-dir", "../checks")
    found = outcomes(tree, "--external-checks-dir", "../checks", "--external-checks-python")
    assert found["CUSTOM_2"] == {
        "aws_sqs_queue.good": "pass",
        "aws_sqs_queue.bad": "pass",
        "aws_sqs_queue.nameless": "fail",
    }


def test_the_scanned_tree_cannot_name_checks(tmp_path: Path) -> None:
    settings = "packs: [checkov]\nexternal_checks: [checks]\n"
    tree = written(tmp_path, {"checks/named.py": PYTHON, "main.tf": CODE, "tfaudit.yaml": settings})
    done = tfaudit("scan", ".", cwd=tree)
    assert done.returncode == 2
    assert "external_checks" in done.stderr


def test_a_check_that_raises_is_an_error_of_that_check_alone(tmp_path: Path) -> None:
    broken = PYTHON.replace("return CheckResult", 'raise KeyError("x")\n        return CheckResult')
    written(tmp_path, {"checks/named.py": broken, "tree/main.tf": CODE})
    found = outcomes(tmp_path / "tree", "--external-checks-dir", "../checks", "--external-checks-python")
    assert set(found["CUSTOM_2"].values()) == {"error"}
    assert found["CKV_AWS_27"] if "CKV_AWS_27" in found else found["queue-encrypted"]


def test_a_check_cannot_reach_out(tmp_path: Path) -> None:
    reaches = """
        import os, socket, subprocess
        for attempt in (lambda: socket.create_connection(("127.0.0.1", 9)), lambda: subprocess.run(["true"]),
                        lambda: open("/etc/passwd").read(), lambda: open("/tmp/tfaudit-was-here", "w"),
                        lambda: os.system("true"), lambda: os.environ["SECRET_OF_MINE"]):
            try:
                attempt()
            except (PermissionError, KeyError):
                continue
            return CheckResult.FAILED
        return CheckResult.PASSED
"""
    code = PYTHON.replace(
        '        return CheckResult.PASSED if conf.get("name") else CheckResult.FAILED\n', reaches
    )
    written(tmp_path, {"checks/named.py": code, "tree/main.tf": CODE})
    found = document(
        tmp_path / "tree",
        "--pack-format", "terraform", "--external-checks-dir", "../checks", "--external-checks-python",
        environment={"SECRET_OF_MINE": "x"},
    )  # fmt: skip
    assert {e["outcome"] for e in found["verdicts"] if e["policy"] == "CUSTOM_2"} == {"pass"}


def test_what_is_no_check_is_told_before_a_scan(tmp_path: Path) -> None:
    written(tmp_path, {"checks/a.yaml": "name: x\n", "tree/main.tf": CODE})
    arguments = ("scan", ".", "--pack", "checkov", "--external-checks-dir")
    done = tfaudit(*arguments, "../checks", cwd=tmp_path / "tree")
    assert (done.returncode, done.stdout) == (2, "")
    assert "a.yaml: it is no check" in done.stderr
    absent = tfaudit(*arguments, "../nowhere", cwd=tmp_path / "tree")
    assert absent.returncode == 2
    assert "no such folder of checks" in absent.stderr
