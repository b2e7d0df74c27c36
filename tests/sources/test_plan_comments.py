"""A plan beside its code: what a comment in the code asks to leave out is left out of the plan, and nothing else."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.sources.test_terraform_plan import change
from tfaudit.pipeline.files import scan
from tfaudit.pipeline.options import Options
from tfaudit.policies.select import Choice, in_force

POLICIES = in_force(Choice(ids=("key-rotation",)))
WAIVED = """resource "aws_kms_key" "a" {
  # tfaudit:ignore key-rotation the key signs and does not encrypt
  enable_key_rotation = false
}
"""
PLAIN = 'resource "aws_kms_key" "a" {\n  enable_key_rotation = false\n}\n'


def plan(*addresses: str) -> str:
    changes = [change(address, {"enable_key_rotation": False}) for address in addresses]
    for each in changes:
        each["name"] = each["name"].partition("[")[0]
    return json.dumps({"format_version": "1.2", "terraform_version": "1", "resource_changes": changes})


def planned(tmp_path: Path, files: dict[str, str]) -> dict[str, str]:
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text)
    verdicts = scan(tmp_path, Options(POLICIES)).verdicts
    return {each.asset.address: each.outcome.value for each in verdicts if each.asset.plane == "plan"}


@pytest.mark.parametrize(
    ("files", "outcome"),
    [
        ({"main.tf": WAIVED, "plan.json": plan("aws_kms_key.a")}, "waived"),
        ({"main.tf": WAIVED, "out/plan.json": plan("aws_kms_key.a")}, "waived"),
        ({"infra/main.tf": WAIVED, "plans/p.json": plan("aws_kms_key.a")}, "waived"),
        ({"main.tf": PLAIN, "plan.json": plan("aws_kms_key.a")}, "fail"),
        # The plan is of the code beside it, not of another root's.
        ({"a/main.tf": PLAIN, "b/main.tf": WAIVED, "a/plan.json": plan("aws_kms_key.a")}, "fail"),
        ({"a/main.tf": WAIVED, "b/main.tf": PLAIN, "a/plan.json": plan("aws_kms_key.a")}, "waived"),
        # Which of two it is of is not known.
        ({"a/main.tf": WAIVED, "b/main.tf": PLAIN, "plans/p.json": plan("aws_kms_key.a")}, "fail"),
        ({"a/main.tf": WAIVED, "plans/p.json": plan("aws_kms_key.b")}, "fail"),
    ],
)
def test_a_comment_in_the_code_holds_for_its_plan(
    tmp_path: Path, files: dict[str, str], outcome: str
) -> None:
    assert set(planned(tmp_path, files).values()) == {outcome}


def test_a_comment_holds_for_every_instance(tmp_path: Path) -> None:
    code = WAIVED.replace("{\n", "{\n  count = 2\n", 1)
    found = planned(tmp_path, {"main.tf": code, "plan.json": plan("aws_kms_key.a[0]", "aws_kms_key.a[1]")})
    assert found == {"aws_kms_key.a[0]": "waived", "aws_kms_key.a[1]": "waived"}
