"""Every policy's examples give exactly the findings that their comments name, and no policy lacks an example."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.guards.azure_examples import CANNOT, cannot, lacking
from tfaudit.data import folder
from tfaudit.model.verdicts import Policy
from tfaudit.pipeline.examples import run
from tfaudit.policies.load import read_folder

EXAMPLES = Path(__file__).parent
POLICIES = read_folder(folder("policies"))


@pytest.mark.parametrize("policy", POLICIES, ids=lambda policy: policy.id)
def test_examples_of(policy: Policy) -> None:
    """Each example file agrees with its comments, and pass, fail and unknown all occur, in each plane of Azure."""
    tested = list(run([policy], EXAMPLES))
    problems = [f"{each.file}: {problem}" for each in tested for problem in each.problems]
    assert not problems, "\n".join(problems)
    assert set(lacking(tested)) == cannot(policy.id), (
        "write what is lacking; of what cannot come out say why, and take out what does"
    )


def test_no_examples_without_a_policy() -> None:
    """A folder of examples belongs to a policy that exists."""
    known = {policy.id for policy in POLICIES}
    folders = {each.name for each in EXAMPLES.iterdir() if each.is_dir() and not each.name.startswith("__")}
    assert folders <= known


def test_what_cannot_come_out_is_of_policies_that_exist() -> None:
    assert CANNOT.keys() <= {policy.id for policy in POLICIES}
