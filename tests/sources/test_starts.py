"""What is deployed by others is read with them; what nobody deploys, or only a circle, is read by itself."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import product
from pathlib import Path
from typing import Any

import pytest

from tests.sources.arm_templates import account, read_files, template
from tfaudit.sources.tree.starts import starts


def link(path: str) -> dict[str, Any]:
    """A deployment of another template of the tree."""
    return {
        "type": "Microsoft.Resources/deployments",
        "apiVersion": "2021-04-01",
        "name": "linked",
        "properties": {"mode": "Incremental", "templateLink": {"relativePath": path}},
    }


def module(path: str) -> str:
    """A module of Bicep and a resource."""
    return f"""
module other '{path}' = {{ name: 'other' }}
resource store 'Microsoft.Storage/storageAccounts@2023-01-01' = {{ name: 'orders' }}
"""


def test_each_is_reached_from_a_start_whatever_calls_what() -> None:
    names = "abc"
    for bits in product((False, True), repeat=len(names) ** 2):
        at = iter(bits)
        calls = {name: {other for other in names if next(at)} for name in names}
        found = starts(names, calls.__getitem__)
        uncalled = {name for name in names if not any(name in calls[other] - {other} for other in names)}
        assert uncalled <= set(found)
        assert found == [name for name in names if name in found]
        assert reached(found, calls) == set(names)
        # None of them is left out: it would not be reached otherwise, or nobody calls it.
        for name in set(found) - uncalled:
            assert name not in reached(uncalled, calls)


def reached(names: Iterable[str], calls: dict[str, set[str]]) -> set[str]:
    """All that is called by `names`, directly or not, and themselves."""
    found: set[str] = set()
    todo = list(names)
    while todo:
        name = todo.pop()
        if name not in found:
            found.add(name)
            todo += calls[name]
    return found


def test_templates_that_link_each_other_are_read(tmp_path: Path) -> None:
    files = {
        "a.json": template(account("first"), link("b.json")),
        "b.json": template(account("second"), link("a.json")),
    }
    found, _ = read_files(tmp_path, files)
    assert {"first", "second"} <= {each.body["name"] for each in found}


@pytest.mark.parametrize(
    "files",
    [
        {"a.bicep": module("b.bicep"), "b.bicep": module("a.bicep")},
        {"a.bicep": module("b.bicep"), "b.bicep": module("c.bicep"), "c.bicep": module("a.bicep")},
    ],
)
def test_modules_that_deploy_each_other_are_read(tmp_path: Path, files: dict[str, str]) -> None:
    found, gaps = read_files(tmp_path, files)
    assert {each.body["name"] for each in found} == {"orders"}
    assert any("circle" in each.because for each in gaps)


@pytest.mark.parametrize(
    "elsewhere",
    [
        {"variables": {"x": {"templateLink": {"relativePath": "b.json"}}}},
        {"metadata": {"templateLink": {"relativePath": "b.json"}}},
        {
            "resources": [
                account("first", x={"templateLink": {"relativePath": "b.json"}}) | {"tags": link("b.json")}
            ]
        },
    ],
)
def test_a_link_that_deploys_nothing_hides_nothing(tmp_path: Path, elsewhere: dict[str, Any]) -> None:
    files = {"a.json": template(**elsewhere), "b.json": template(account("second", x=1))}
    found, _ = read_files(tmp_path, files)
    assert "second" in {each.body["name"] for each in found if each.scope == "b.json"}
