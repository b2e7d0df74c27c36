"""Bodies that nobody is to look into are evaluated when somebody does, and then say what they always do."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.sources.arm_templates import read_files
from tests.sources.test_bicep_turns import MODULE
from tfaudit.model.later import Later
from tfaudit.model.resources import Resource, Unresolved
from tfaudit.reading.inventory import Inventory
from tfaudit.services.registry import Registry, assets
from tfaudit.sources.arm import emit
from tfaudit.sources.tree.files import Tree

OTHER = """
param many int = 1
resource script 'Microsoft.Resources/deploymentScripts@2023-08-01' = if (many > 0) {
  name: 'script'
  properties: { by: BY, all: [for each in range(0, many): each] }
}
resource none 'Microsoft.Resources/deploymentScripts@2023-08-01' = if (many < 0) { name: 'none' }
"""
LOOP = "module both 'module.bicep' = [for turn in ['a', 'b']: { name: 'm-${turn}' }]\n"
INNER = "resource lock 'Microsoft.Authorization/locks@2020-05-01' = { name: 'l' }"
SCRIPTS = "microsoft.resources/deploymentscripts"


def read(
    folder: Path, module: str, looked_into: Callable[[str], bool] | None
) -> tuple[list[Resource], list[str]]:
    files = {"main.bicep": LOOP, "module.bicep": module, "inner.bicep": "param host string\n" + INNER}
    tree = Tree(folder, looked_into=looked_into)
    found, _ = read_files(folder, files, tree)
    return found, tree.empty


def scripts(folder: Path, module: str, looked_into: Callable[[str], bool] | None) -> list[Resource]:
    return [each for each in read(folder, module, looked_into)[0] if each.type == SCRIPTS]


@pytest.mark.parametrize("by", ["'x'", "vault.properties.vaultUri", "subscription().id"])
def test_a_body_says_the_same_whenever_it_is_evaluated(tmp_path: Path, by: str) -> None:
    module = (MODULE + OTHER).replace("BY", by)
    at_once, empty = read(tmp_path, module, None)
    later, empty_too = read(tmp_path, module, lambda type_: type_ == SCRIPTS)
    assert empty == empty_too == ["both[0].none", "both[1].none"]
    assert [dict(each.body) for each in later] == [dict(each.body) for each in at_once]
    assert {each.type for each in later if not isinstance(each.body, Later)} == {SCRIPTS}
    assert [each.context for each in later if each.type == SCRIPTS] == [
        each.context for each in at_once if each.type == SCRIPTS
    ]


@pytest.mark.skipif(
    not str(emit.__file__).endswith(".py"), reason="compiled code calls what it was compiled with"
)
def test_no_body_is_evaluated_before_somebody_looks_into_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[str] = []
    whole = emit._body

    def seen(instance: Any, world: Any) -> Any:
        made.append(instance.address)
        return whole(instance, world)

    monkeypatch.setattr(emit, "_body", seen)
    registry = Registry()
    found, _ = read(tmp_path, (MODULE + OTHER).replace("BY", "'x'"), registry.knows)
    list(assets(found, registry))
    assert "both[0].store" in made
    assert not any(each.endswith(".script") for each in made)
    [script] = Inventory(found).at("both[1].script")
    assert script.body["properties"]["by"] == "x"
    assert made[-1] == "both[1].script"


def test_what_hangs_on_its_own_deployment_is_not_taken_from_another(tmp_path: Path) -> None:
    module = OTHER.replace("BY", "deployment().name")
    first, second = scripts(tmp_path, module, lambda type_: False)
    assert first.body["properties"]["by"] == "m-a"
    assert isinstance(second.body["@Properties"], Unresolved)
    assert [each.body["properties"]["by"] for each in scripts(tmp_path, module, None)] == ["m-a", "m-b"]


def test_what_is_too_large_is_not_known(tmp_path: Path) -> None:
    module = (
        OTHER.replace("BY", "'x'").replace("int = 1", "int = 700").replace(": each]", ": range(0, 9999)]")
    )
    first, _ = scripts(tmp_path, module, lambda type_: False)
    assert "too many values" in first.body["@Properties"].because
    assert first.body["name"] == "script"
