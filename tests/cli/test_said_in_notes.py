"""What a scan does not read or judge is said: configurations of nearly the right name, policies of no framework."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.commands import tfaudit

KEY = 'resource "aws_kms_key" "k" {\n  enable_key_rotation = false\n}\n'


def notes(tree: Path, *arguments: str) -> list[str]:
    done = tfaudit("scan", ".", "-o", "json", "--fail-on", "never", *arguments, cwd=tree)
    found: list[str] = json.loads(done.stdout)["run"]["notes"]
    return found


@pytest.mark.parametrize(
    "name", [".tfaudit.yaml", ".tfaudit.yml", "TFAUDIT.YAML", "tfaudit.YML", ".Tfaudit.yaml"]
)
def test_a_configuration_of_nearly_the_right_name_is_told(tmp_path: Path, name: str) -> None:
    (tmp_path / ".git").mkdir()
    inside, below = tmp_path / "a", tmp_path / "a" / "b"
    below.mkdir(parents=True)
    (inside / "main.tf").write_text(KEY)
    for folder, path in ((tmp_path, name), (inside, f"a/{name}"), (below, f"a/b/{name}")):
        (folder / name).write_text("exclude_policies: [key-rotation]\n")
        told = [each for each in notes(inside) if each.startswith(f"{path} is not read")]
        assert len(told) == 1, path
        assert "a configuration is called tfaudit.yaml" in told[0]


@pytest.mark.parametrize("name", ["tfaudit.yaml", "tfaudit.yml", "my-tfaudit.yaml", "tfaudit.yaml.txt"])
def test_one_of_the_right_name_and_one_of_another_are_not_told_so(tmp_path: Path, name: str) -> None:
    (tmp_path / "main.tf").write_text(KEY)
    (tmp_path / name).write_text(
        "fail_on: low\n" if "my" in name or "txt" in name else "gate: {fail_on: low}\n"
    )
    assert not [each for each in notes(tmp_path) if "is not read" in each]


def test_how_many_policies_a_framework_leaves_out_is_counted_among_those_in_force(tmp_path: Path) -> None:
    (tmp_path / "main.tf").write_text(KEY)
    (told,) = [each for each in notes(tmp_path, "--framework", "gdpr") if "not linked to gdpr" in each]
    profile = tfaudit("profiles", "show", "default", cwd=tmp_path).stdout
    in_force = next(line.split()[0] for line in profile.splitlines() if line.endswith("policies in force"))
    assert f" of the {in_force} policies in force " in told
    chosen = ("--policy", "key-rotation", "--policy", "key-deletion-window")
    assert not [each for each in notes(tmp_path, "--framework", "soc2", *chosen) if "not linked" in each]
