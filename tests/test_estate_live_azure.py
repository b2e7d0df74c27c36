"""The example estate in Azure's stand-in: the ARM template and what it deploys get equal verdicts.

tests/servers/azure.py is a stand-in of ours, not Azure: it tells what the template says, and what Azure makes beside.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.commands import tfaudit
from tests.servers.azure import azure

ESTATE = Path(__file__).parents[1] / "examples" / "estate"
ROOTS = [each for each in ("sound/arm", "faulty/arm") if (ESTATE / each).is_dir()]
OF_CODE_ONLY = frozenset(
    {
        "cluster-password-not-inline",
        "database-password-not-inline",
        "secret-not-inline",
        "web-app-authentication",
        "web-app-no-inline-secrets",
    }
)
"""No answer of Azure's holds a password or the value of a secret."""

ENOUGH = 150
"""How many verdicts both planes have at least."""

Report = dict[str, Any]


def outcomes(report: Report) -> dict[tuple[str, str, str], str]:
    """How each policy came out, by kind and name: the group, and so the key of some, is not known in a template."""
    return {
        (each["policy"], each["asset"]["kind"], each["asset"]["name"]): each["outcome"]
        for each in report["verdicts"]
    }


@pytest.mark.parametrize("root", ROOTS)
def test_a_template_and_what_it_deploys_agree_on_everything_that_both_show(root: str, tmp_path: Path) -> None:
    code = outcomes(json.loads(tfaudit("scan", ESTATE / root, "-o", "json", cwd=tmp_path).stdout))
    with azure(tmp_path) as state:
        state.deploy(ESTATE / root)
        environment = state.environment()
        done = tfaudit(
            "live", "azure", "--endpoint", state.url, "-o", "json", cwd=tmp_path, environment=environment
        )
    report = json.loads(done.stdout)
    live = outcomes(report)
    assert report["unread"] == []
    told = {each: (how, live[each]) for each, how in code.items() if each in live and how != "unknown"}
    different = {each for each, (one, other) in told.items() if one != other}
    assert {each for each in different if each[0] not in OF_CODE_ONLY} == set()
    assert len(told) >= ENOUGH
    assert ("fail" in {one for one, _ in told.values()}) is root.startswith("faulty")
