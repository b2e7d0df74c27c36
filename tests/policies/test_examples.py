"""Every policy's examples give exactly the findings that their comments name, and no policy lacks an example."""

from __future__ import annotations

from pathlib import Path

import pytest

from tfaudit.data import folder
from tfaudit.model.verdicts import Policy
from tfaudit.pipeline.examples import run
from tfaudit.policies.load import read_folder

EXAMPLES = Path(__file__).parent
POLICIES = read_folder(folder("policies"))


@pytest.mark.parametrize("policy", POLICIES, ids=lambda policy: policy.id)
def test_examples_of(policy: Policy) -> None:
    """Each example file agrees with its comments, and pass, fail and unknown all occur."""
    problems = [f"{each.file}: {problem}" for each in run([policy], EXAMPLES) for problem in each.problems]
    assert not problems, "\n".join(problems)


def test_no_examples_without_a_policy() -> None:
    """A folder of examples belongs to a policy that exists."""
    known = {policy.id for policy in POLICIES}
    folders = {each.name for each in EXAMPLES.iterdir() if each.is_dir() and not each.name.startswith("__")}
    assert folders <= known
