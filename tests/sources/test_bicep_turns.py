"""Turns of a module's loop that deploy the same are evaluated once; the others are what they would be by themselves."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.sources.arm_templates import read_files
from tfaudit.model.resources import Reference, Resource, Unread
from tfaudit.sources.arm import turns
from tfaudit.sources.arm.nesting import opened

MODULE = """
param name string = 'orders'
resource vault 'Microsoft.KeyVault/vaults@2023-07-01' = {
  name: name
  properties: { enablePurgeProtection: true }
}
resource store 'Microsoft.Storage/storageAccounts@2023-01-01' = {
  name: '${name}store'
  properties: { vault: vault.properties.vaultUri, text: 'see ${vault.properties.vaultUri}', by: BY }
  tags: { '${vault.properties.vaultUri}': 'x' }
}
module inner 'inner.bicep' = [for each in ['a', 'b']: { name: 'i', params: { host: vault.properties.vaultUri } }]
module gone 'br/public:avm/res/x:1.0.0' = { name: 'gone', params: { id: vault.id, name: 'orders' } }
"""
INNER = """
param host string
resource lock 'Microsoft.Authorization/locks@2020-05-01' = { name: 'l', properties: { notes: host } }
"""
LOOP = "module both 'module.bicep' = [for turn in ['init', 'idem']: {{ name: 'm-${{turn}}'{more} }}]"


def read(folder: Path, module: str, more: str = "") -> tuple[list[Resource], list[Unread]]:
    """Return what a loop over a module declares."""
    files = {"main.bicep": LOOP.format(more=more), "module.bicep": module, "inner.bicep": INNER}
    return read_files(folder, files)


def told(found: tuple[list[Resource], list[Unread]]) -> list[Any]:
    """Return all that is known of resources and gaps, places and origins too."""
    resources, gaps = found
    said: list[Any] = list(gaps)
    for each in resources:
        places = [
            (path, each.place_of(path), each.origins_of(path)) for path in (("id",), ("properties", "by"))
        ]
        said.append((each.type, each.address, dict(each.body), each.place, places, each.context))
    return said


@pytest.mark.skipif(
    not str(turns.__file__).endswith(".py"), reason="compiled code calls what it was compiled with"
)
@pytest.mark.parametrize(
    ("module", "more", "once"),
    [
        (MODULE.replace("BY", "'x'"), "", True),
        (MODULE.replace("BY", "'x'"), ", params: { name: 'bills' }", True),
        (MODULE.replace("BY", "'x'"), ", scope: resourceGroup('other')", True),
        (MODULE.replace("BY", "'x'"), ", params: { name: turn }", False),
        (MODULE.replace("BY", "'x'"), ", scope: resourceGroup(turn)", False),
        (MODULE.replace("BY", "deployment().name"), "", False),
        (MODULE.replace("name: name", "name: any(null)").replace("BY", "'x'"), "", False),
        (MODULE.replace("name: name", "name: deployment().name").replace("BY", "'x'"), "", False),
        (MODULE.replace("name: 'orders' }", "name: deployment().name }").replace("BY", "'x'"), "", False),
    ],
)
def test_turns_that_say_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, module: str, more: str, once: bool
) -> None:
    made: list[str] = []

    def counted(*of: Any) -> Any:
        made.append(of[0].address)
        return opened(*of)

    monkeypatch.setattr("tfaudit.sources.arm.nesting.opened", counted)
    shared = told(read(tmp_path / "one", module, more))
    assert ("both[1]" not in made) is once
    monkeypatch.setattr(turns, "are_alike", lambda *_: False)
    assert told(read(tmp_path / "two", module, more)) == shared


def test_turns_name_their_own_resources(tmp_path: Path) -> None:
    found, _ = read(tmp_path, MODULE.replace("BY", "'x'"))
    stores = {each.address: each.body for each in found if each.address.endswith(".store")}
    assert list(stores) == ["both[0].store", "both[1].store"]
    second = stores["both[1].store"]
    assert second["properties"]["vault"] == Reference("both[1].vault", "properties.vaultUri")
    assert second["properties"]["text"].expression == "see ${both[1].vault.properties.vaultUri}"
    assert list(second["tags"]) == ["${both[1].vault.properties.vaultUri}"]
    notes = [each.body["properties"]["notes"].address for each in found if each.address.endswith(".lock")]
    assert notes == ["both[0].vault", "both[0].vault", "both[1].vault", "both[1].vault"]


def test_a_name_that_nobody_asks_for_is_not_worked_out(tmp_path: Path) -> None:
    text = """
    resource there 'Microsoft.Storage/storageAccounts@2023-01-01' existing = { name: loadTextContent('no.txt') }
    resource not 'Microsoft.Storage/storageAccounts@2023-01-01' = if (false) { name: loadTextContent('no.txt') }
    resource vault 'Microsoft.KeyVault/vaults@2023-07-01' = { name: vault.name }
    """
    [found], gaps = read_files(tmp_path, {"main.bicep": text})
    assert gaps == []
    assert "refers to itself" in found.body["name"].because


def test_loops_inside_of_loops_are_bounded(tmp_path: Path) -> None:
    loop = "module m '{}' = [for each in range(0, 800): {{ name: 'm' }}]"
    files = {
        "main.bicep": loop.format("a.bicep"),
        "a.bicep": loop.format("b.bicep"),
        "b.bicep": loop.format("c.bicep"),
    }
    files["c.bicep"] = "resource vault 'Microsoft.KeyVault/vaults@2023-07-01' = { name: 'orders' }"
    found, [gap] = read_files(tmp_path, files)
    assert found == []
    assert "it unfolds to more than" in gap.because
