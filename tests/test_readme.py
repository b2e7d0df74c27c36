"""What README.md shows is what tfaudit takes."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest
import yaml

from tfaudit.cli.main import _parser
from tfaudit.config_form import ConfigForm
from tfaudit.policies.select import available

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text()
COMMANDS = re.findall(r"^\$ (?:.*&& )?(tfaudit [^#\n]+)", README, re.MULTILINE)


@pytest.mark.parametrize("command", COMMANDS)
def test_command_is_taken(command: str) -> None:
    arguments = shlex.split(command)[1:]
    assert callable(_parser(arguments).parse_args(arguments).run)


def test_there_are_commands() -> None:
    assert len(COMMANDS) > 8


def test_configuration_is_valid_and_names_what_exists() -> None:
    (block,) = re.findall(r"```yaml\n(.*?)```", README, re.DOTALL)
    form = ConfigForm.model_validate(yaml.safe_load(block))
    known = {policy.id for policy in available()}
    assert {*form.parameters, *(waiver.policy for waiver in form.waivers)} <= known


def test_make_targets_exist() -> None:
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    assert set(re.findall(r"\bmake ([a-z]+)", README)) <= targets


def test_files_that_it_points_to_exist() -> None:
    for target in re.findall(r"\]\((?!http)([^)]+)\)", README):
        assert (ROOT / target).exists(), target
