"""Findings of a plan stand where the code beside it writes them, and the plan is what is judged all the same."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.commands import tfaudit
from tests.sources.test_terraform_plan import change

CODE = """variable "rotation" {}

resource "aws_kms_key" "a" {
  description         = "a"
  enable_key_rotation = var.rotation
}
"""
MODULE = 'module "keys" {\n  source   = "../keys"\n  rotation = false\n}\n'


def plan(*addresses: str) -> str:
    changes = []
    for address in addresses:
        each = change(address, {"enable_key_rotation": False})
        each["name"] = each["name"].partition("[")[0]
        changes.append(each)
    return json.dumps({"format_version": "1.2", "terraform_version": "1", "resource_changes": changes})


def lay(folder: Path, files: dict[str, str]) -> Path:
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)
    return folder


def places(folder: Path, *arguments: str) -> dict[str, str]:
    done = tfaudit("scan", *arguments, "--policy", "key-rotation", "-o", "json", cwd=folder)
    assert "Traceback" not in done.stderr
    found: list[dict[str, Any]] = json.loads(done.stdout)["verdicts"]
    return {
        each["asset"][
            "address"
        ]: f"{each['outcome']} {each['places'][0]['origin']}:{each['places'][0].get('line', '')}"
        for each in found
        if each["asset"]["plane"] == "plan"
    }


@pytest.mark.parametrize("named", [("plan.json",), (".",)])
def test_a_finding_of_a_plan_stands_in_the_code(tmp_path: Path, named: tuple[str, ...]) -> None:
    lay(tmp_path, {"main.tf": CODE, "plan.json": plan("aws_kms_key.a")})
    assert places(tmp_path, *named) == {"aws_kms_key.a": "fail main.tf:5"}


def test_a_plan_alone_is_judged_and_its_code_is_not(tmp_path: Path) -> None:
    lay(tmp_path, {"main.tf": CODE + CODE.replace('"a"', '"b"'), "out/plan.json": plan("aws_kms_key.a")})
    done = tfaudit("scan", "out/plan.json", "--policy", "key-rotation", "-o", "json", cwd=tmp_path)
    (only,) = json.loads(done.stdout)["verdicts"]
    # Out of a work tree the plan's own folder is all that is read.
    assert only["places"][0]["origin"] == "plan.json"
    (tmp_path / ".git").mkdir()
    assert places(tmp_path, "out/plan.json") == {"aws_kms_key.a": "fail main.tf:5"}


def test_modules_and_instances_are_found(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    addresses = ("module.keys.aws_kms_key.a", "aws_kms_key.a[0]", 'aws_kms_key.a["x"]', "aws_kms_key.unknown")
    lay(tmp_path, {"root/main.tf": MODULE + CODE, "keys/main.tf": CODE, "root/plan.json": plan(*addresses)})
    assert places(tmp_path, "root/plan.json") == {
        "module.keys.aws_kms_key.a": "fail keys/main.tf:5",
        "aws_kms_key.a[0]": "fail root/main.tf:9",
        'aws_kms_key.a["x"]': "fail root/main.tf:9",
        "aws_kms_key.unknown": "fail root/plan.json:",
    }


def test_comments_in_the_code_waive_in_a_plan_that_is_named(tmp_path: Path) -> None:
    waived = CODE.replace("  enable", "  # tfaudit:ignore key-rotation it signs\n  enable")
    lay(tmp_path, {"main.tf": waived, "plan.json": plan("aws_kms_key.a")})
    assert places(tmp_path, "plan.json") == {"aws_kms_key.a": "waived main.tf:6"}


def test_code_that_cannot_be_read_costs_the_places_alone(tmp_path: Path) -> None:
    lay(tmp_path, {"main.tf": "resource {{{", "plan.json": plan("aws_kms_key.a")})
    assert places(tmp_path, "plan.json") == {"aws_kms_key.a": "fail plan.json:"}


def test_a_fingerprint_is_the_same_with_and_without_the_code(tmp_path: Path) -> None:
    lay(tmp_path, {"main.tf": CODE, "plan.json": plan("aws_kms_key.a")})
    seen = []
    for _ in range(2):
        done = tfaudit("scan", "plan.json", "--policy", "key-rotation", "-o", "json", cwd=tmp_path)
        seen.append(json.loads(done.stdout)["verdicts"][0]["fingerprint"])
        (tmp_path / "main.tf").write_text("")
    assert seen[0] == seen[1]


def test_sarif_names_the_line_of_the_code(tmp_path: Path) -> None:
    lay(tmp_path, {"main.tf": CODE, "plan.json": plan("aws_kms_key.a")})
    done = tfaudit("scan", "plan.json", "--policy", "key-rotation", "-o", "sarif", cwd=tmp_path)
    (only,) = json.loads(done.stdout)["runs"][0]["results"]
    where = only["locations"][0]["physicalLocation"]
    assert (where["artifactLocation"]["uri"], where["region"]["startLine"]) == ("main.tf", 5)


BINARY = b"PK\x03\x04\x14\x00\x08\x00\x08\x00\x00\x00\x00\x00tfplan" + b"\0" * 50


def test_a_binary_plan_is_answered_with_the_command_that_converts_it(tmp_path: Path) -> None:
    (tmp_path / "plan.bin").write_bytes(BINARY)
    done = tfaudit("scan", "plan.bin", cwd=tmp_path)
    assert done.returncode == 3
    assert "terraform show -json plan.bin > plan.json" in done.stdout
    assert "--terraform PROGRAM" in done.stdout


def program(folder: Path, body: str) -> Path:
    """A stand-in for Terraform: what the real one prints is tests/oracle's business."""
    path = folder / "terraform-stand-in"
    path.write_text(f"#!{sys.executable}\nimport sys, os\n{body}\n")
    path.chmod(0o755)
    return path


def test_a_binary_plan_is_converted_by_the_terraform_that_is_named(tmp_path: Path) -> None:
    tree = lay(tmp_path / "tree", {"main.tf": CODE})
    (tree / "plan.bin").write_bytes(BINARY)
    told = plan("aws_kms_key.a")
    ours = program(
        tmp_path, f"assert sys.argv[1:] == ['show', '-json', '-no-color', 'plan.bin']\nprint({told!r})"
    )
    assert places(tree, "plan.bin", "--terraform", str(ours)) == {"aws_kms_key.a": "fail main.tf:5"}


@pytest.mark.parametrize(
    ("body", "says"),
    [
        ("sys.stderr.write('Error: no provider\\n'); sys.exit(1)", "Error: no provider"),
        ("print('no JSON')", "nothing in it is of a form that is read"),
    ],
)
def test_what_terraform_says_is_told(tmp_path: Path, body: str, says: str) -> None:
    (tmp_path / "plan.bin").write_bytes(BINARY)
    done = tfaudit("scan", "plan.bin", "--terraform", program(tmp_path, body), cwd=tmp_path)
    assert done.returncode in (2, 3)
    assert says in done.stdout + done.stderr


def test_a_terraform_that_is_not_there_is_wrong_usage(tmp_path: Path) -> None:
    (tmp_path / "plan.bin").write_bytes(BINARY)
    done = tfaudit("scan", "plan.bin", "--terraform", "no-such-terraform", cwd=tmp_path)
    assert done.returncode == 2
    assert "no-such-terraform" in done.stderr


def test_nothing_is_converted_unless_it_is_asked_for(tmp_path: Path) -> None:
    (tmp_path / "plan.bin").write_bytes(BINARY)
    (tmp_path / "terraform").write_text("#!/bin/sh\ntouch ran\n")
    (tmp_path / "terraform").chmod(0o755)
    subprocess.run(
        [sys.executable, "-m", "tfaudit", "scan", "plan.bin"], cwd=tmp_path, check=False, capture_output=True
    )
    assert not (tmp_path / "ran").exists()
