"""What is wrong with something of which it is not known whether it will be created says so, and is a finding."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tfaudit import scan
from tfaudit.documents import finding
from tfaudit.model.verdicts import Outcome

if TYPE_CHECKING:
    from pathlib import Path

VOLUME = 'resource "aws_ebs_volume" "v" {{\n  {many}\n  size = 1\n  availability_zone = "a"\n}}\n'
TEMPLATE = """
Parameters: {{Stage: {{Type: String}}}}
Conditions: {{Wanted: !Equals [!Ref Stage, {stage}]}}
Resources:
  V: {{Type: AWS::EC2::Volume, {condition} Properties: {{Size: 1, AvailabilityZone: a}}}}
"""
SAYS = ", if it is created"


def _finding(folder: Path) -> str:
    (found,) = (each for each in scan(folder).verdicts if each.policy.id == "volume-encrypted")
    assert found.outcome is Outcome.FAIL
    return finding(found)


@pytest.mark.parametrize(
    ("many", "perhaps"),
    [
        ("", False),
        ("count = 1", False),
        ("count = var.wanted ? 1 : 0", True),
        ("count = var.wanted", True),
        ("for_each = var.wanted", True),
        ('for_each = toset(["one"])', False),
    ],
)
def test_a_resource_whose_count_is_not_known(tmp_path: Path, many: str, perhaps: bool) -> None:
    (tmp_path / "main.tf").write_text('variable "wanted" {}\n' + VOLUME.format(many=many), "utf-8")
    assert _finding(tmp_path).endswith(SAYS) is perhaps


def test_what_stands_in_a_module_whose_count_is_not_known(tmp_path: Path) -> None:
    (tmp_path / "volume").mkdir()
    (tmp_path / "volume" / "main.tf").write_text(VOLUME.format(many=""), "utf-8")
    call = 'variable "wanted" {}\nmodule "m" {\n  source = "./volume"\n  count = var.wanted ? 1 : 0\n}\n'
    (tmp_path / "main.tf").write_text(call, "utf-8")
    assert _finding(tmp_path).endswith(SAYS)


@pytest.mark.parametrize(("condition", "perhaps"), [("Condition: Wanted,", True), ("", False)])
def test_a_resource_of_a_template_whose_condition_is_not_known(
    tmp_path: Path, condition: str, perhaps: bool
) -> None:
    text = TEMPLATE.format(stage="production", condition=condition)
    (tmp_path / "template.yaml").write_text(text, "utf-8")
    assert _finding(tmp_path).endswith(SAYS) is perhaps
