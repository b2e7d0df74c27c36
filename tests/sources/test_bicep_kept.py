"""Deployments that are what they were at an earlier scan are not evaluated again, and say what they say without it."""

from __future__ import annotations

import copy
import os
import random
from pathlib import Path
from typing import Any

import pytest

from tests.caches import store
from tests.sources.arm_templates import account, parameter_file, template
from tfaudit import documents
from tfaudit.cache import Store
from tfaudit.model.later import Later, filled
from tfaudit.model.resources import Place, Resource
from tfaudit.pipeline.files import scan
from tfaudit.pipeline.options import Options
from tfaudit.policies.select import Choice, in_force
from tfaudit.sources.bicep import loading, rows
from tfaudit.sources.tree.ignored import excluder

STORE = """@secure()
param word string = ''
param https bool = true
param tags object = {}
// tfaudit:ignore storage-public-access tried elsewhere
resource store 'Microsoft.Storage/storageAccounts@2023-01-01' = {
  name: 'orders'
  tags: tags
  properties: { supportsHttpsTrafficOnly: https, allowBlobPublicAccess: true , minimumTlsVersion: 'TLS1_2' }
}
resource secret 'Microsoft.KeyVault/vaults/secrets@2023-07-01' = { name: 'v/w', properties: { value: word } }
"""
FILES = {
    "shop/main.bicep": "import { names } from '../shared/types.bicep'\nparam https bool = true \n"
    "module store '../modules/store.bicep' = [for turn in ['a', 'b']: {\n  name: 's-${turn}'\n"
    "  params: { https: https, word: 'h1dden-Word-9', tags: loadJsonContent('tags.json') }\n}]\n"
    "resource vault 'Microsoft.KeyVault/vaults@2023-07-01' = {\n  name: names.vault\n"
    "  properties: { enablePurgeProtection: json(loadTextContent('purge.txt')) }\n}\n"
    "module gone 'br/public:avm/res/x:1.0.0' = { name: 'gone', params: { id: vault.id } }\n",
    "shop/tags.json": '{"open": true }\n',
    "shop/purge.txt": "true ",
    "shop/production.bicepparam": "using 'main.bicep'\nextends '../shared/all.bicepparam'\n",
    "shared/all.bicepparam": "using none\nparam https = true \n",
    "shared/types.bicep": "import { more } from 'more.bicep'\n@export()\nvar names = { vault: 'v-${more}' }\n",
    "shared/more.bicep": "@export()\nvar more = 'true '\n",
    "modules/store.bicep": STORE,
    "alone/main.bicep": "param https bool = false\n"
    "module store '../modules/store.bicep' = { name: 'x', params: { https: https } }\n",
    "alone/main.parameters.json": parameter_file(https=True),
    "other/main.bicep": "param more bool = false\nparam kept bool\n"
    "resource store 'Microsoft.Storage/storageAccounts@2023-01-01' = if (kept) {\n"
    "  name: 'others'\n  properties: { allowBlobPublicAccess: true  }\n}\n"
    "module none '../modules/store.bicep' = if (more) { name: 'none' }\n",
    "waived/main.bicep": "// trivy:ignore:AVD-AZU-0007[name=waived]\n"
    "resource store 'Microsoft.Storage/storageAccounts@2023-01-01' = {\n"
    "  name: 'waived'\n  properties: { allowBlobPublicAccess: true  }\n}\n",
    "broken/main.bicep": "param x = = 1\nmodule there 'there.bicep' = { name: 't' }\n",
}
KEPT = {"alone/main.bicep", "other/main.bicep", "shop/main.bicep"}
"""Of these all files are there, and no comment asks for a value; what is broken names a file that is not there."""


class Project:
    """A tree of Bicep that is changed step by step."""

    def __init__(self, folder: Path, chance: random.Random) -> None:
        self.chance = chance
        self.tree = folder / "tree"
        for name in FILES:
            self.put(name)

    def put(self, name: str, text: str = "") -> None:
        path = self.tree / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text or FILES[name])

    def said(self, cache: Store | None) -> tuple[Any, ...]:
        choice = Choice()
        options = Options(in_force(choice, cache), cache=cache, excluded=excluder(self.tree, ()), jobs=1)
        result = scan(self.tree, options)
        return (
            [documents.verdict(each) for each in result.verdicts],
            [repr(each) for each in result.unread],
            result.notes,
            result.read_files,
            result.not_judged,
        )

    def files(self) -> list[Path]:
        return sorted(each for each in self.tree.rglob("*.*") if each.is_file() and each.name != ".gitignore")

    def edit_of_same_size_and_time(self) -> None:
        path = self.chance.choice(self.files())
        text, seen = path.read_text(), path.stat()
        path.write_text(text.replace("true ", "\0").replace("false", "true ").replace("\0", "false"))
        os.utime(path, ns=(seen.st_atime_ns, seen.st_mtime_ns))

    def swap(self) -> None:
        one, other = self.chance.sample([each for each in self.files() if each.suffix == ".bicep"], 2)
        texts = one.read_text(), other.read_text()
        one.write_text(texts[1])
        other.write_text(texts[0])

    def remove(self) -> None:
        self.chance.choice(self.files()).unlink()

    def add(self) -> None:
        self.put(self.chance.choice(list(FILES)))

    def add_what_was_missing(self) -> None:
        self.put("broken/there.bicep", FILES["other/main.bicep"])

    def ignore(self) -> None:
        lines = ["shared/all.bicepparam\n", "modules/\n", "*.json\n*.txt\n", "alone/\n", ""]
        (self.tree / ".gitignore").write_text(self.chance.choice(lines))

    @property
    def steps(self) -> list[Any]:
        edits = [self.edit_of_same_size_and_time] * 3
        return [*edits, self.swap, self.remove, self.add, self.add, self.add_what_was_missing, self.ignore]


def evaluated(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return a list that is filled with the names of the files that are evaluated as deployments."""
    names: list[str] = []
    deployed = loading.Loader.deployed

    def seen(loader: Any, name: str, *of: Any) -> Any:
        names.append(name)
        return deployed(loader, name, *of)

    monkeypatch.setattr(loading.Loader, "deployed", seen)
    return names


@pytest.mark.parametrize("seed", range(12))
def test_whatever_changes_warm_says_what_cold_says(tmp_path: Path, seed: int) -> None:
    project = Project(tmp_path, random.Random(seed))  # noqa: S311 - it is to be repeated
    cache = store(tmp_path)
    answers = [project.said(cache)]
    assert answers[0] == project.said(None)
    for _ in range(10):
        step = project.chance.choice(project.steps)
        try:
            step()
        except (ValueError, IndexError):  # too few files are left
            project.add()
        answers.append(project.said(cache))
        assert answers[-1] == project.said(None), step.__name__
    assert any(each != answers[0] for each in answers), "the steps have to change something"


def test_only_what_a_changed_file_bears_on_is_evaluated_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    project = Project(tmp_path, random.Random(0))  # noqa: S311 - nothing is drawn
    cache = store(tmp_path)
    names = evaluated(monkeypatch)

    def again() -> set[str]:
        names.clear()
        scan(project.tree, Options(in_force(Choice(), cache), cache=cache, jobs=1))
        return set(names)

    assert again() >= KEPT
    assert not again() & KEPT
    for name, text in (
        ("shared/more.bicep", FILES["shared/more.bicep"].replace("true", "such")),
        ("shop/purge.txt", "false"),
        ("shared/all.bicepparam", FILES["shared/all.bicepparam"].replace("true", "false")),
    ):
        project.put(name, text)
        assert again() & KEPT == {"shop/main.bicep"}
    project.put("modules/store.bicep", STORE.replace("true ", "false"))
    assert again() & KEPT == {"shop/main.bicep", "alone/main.bicep"}
    assert not again() & KEPT


def test_what_is_told_of_verdicts_is_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    project = Project(tmp_path, random.Random(0))  # noqa: S311 - nothing is drawn
    cache = store(tmp_path)
    names = evaluated(monkeypatch)
    before = project.said(cache)
    assert set(names) >= KEPT
    names.clear()
    assert project.said(cache) == before
    assert not set(names) & KEPT
    assert any("make nothing" in each or "makes nothing" in each for each in before[2])


def test_values_are_not_kept(tmp_path: Path) -> None:
    project = Project(tmp_path, random.Random(0))  # noqa: S311 - nothing is drawn
    cache = store(tmp_path)
    project.said(cache)
    files = [each for each in (tmp_path / "cache").rglob("*") if each.is_file()]
    assert {each.parent.name for each in files} >= {"bicep", "verdicts"}
    written = b"".join(each.read_bytes() for each in files)
    assert b"h1dden" not in written


def test_damaged_entries_are_ignored(tmp_path: Path) -> None:
    project = Project(tmp_path, random.Random(0))  # noqa: S311 - nothing is drawn
    cache = store(tmp_path)
    before = project.said(cache)
    for each in (tmp_path / "cache" / "bicep").iterdir():
        each.write_bytes(each.read_bytes()[:-3] + b"abc")
    assert project.said(cache) == before


def test_a_body_that_is_read_later_is_that_of_any_resource() -> None:
    asked: list[int] = []

    def made() -> dict[str, Any]:
        asked.append(1)
        return {"name": "a", "tags": {"x": 1}}

    def later() -> Later:
        asked.clear()
        return Later(made)

    whole = {"name": "a", "tags": {"x": 1}}
    for look in (
        dict,
        copy.copy,
        lambda body: {**body},
        lambda body: {name: body[name] for name in body},
        lambda body: dict(zip(body.keys(), body.values(), strict=True)),
        lambda body: {"name": body.get("name"), "tags": body.get("tags", 0)},
    ):
        assert look(later()) == whole
        assert asked == [1]
    assert later() == whole
    assert len(later()) == len(whole)
    assert "name" in later()
    assert bool(later())
    assert repr(later()) == repr(whole)
    resource = Resource("t", "a", later(), Place("a"), "code", "arm")
    assert asked == []
    filled([resource])
    assert isinstance(resource.body, dict)
    assert resource.body == whole


def test_what_is_gone_meanwhile_has_its_own_place() -> None:
    own = Place("main.bicep", 3, 1, 5)
    again = rows._Again(lambda: iter(()))
    assert again.place(0, own, ("properties", "x")) == Place("main.bicep", 3, 1, 5, "properties.x")
    assert again.origins(0, ("properties", "x"), None) == ()


def test_a_template_as_a_module_is_evaluated_again_where_it_may_link_others(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tree, cache = tmp_path / "tree", store(tmp_path)
    tree.mkdir()
    (tree / "main.bicep").write_text("module inner 'inner.json' = { name: 'inner' }\n")
    names = evaluated(monkeypatch)

    def again() -> tuple[list[str], set[str]]:
        names.clear()
        result = scan(tree, Options(in_force(Choice(), cache), cache=cache, jobs=1))
        return list(names), {each.asset.address for each in result.verdicts}

    link = {"uri": "https://example.com/a.json"}
    linking = {"type": "Microsoft.Resources/deployments", "apiVersion": "2021-04-01", "name": "d"}
    for text, known in (
        (template(account("one")), []),
        (template(account("two")), []),
        (template(account("two"), {**linking, "properties": {"templateLink": link}}), ["main.bicep"]),
    ):
        (tree / "inner.json").write_text(text)
        first, found = again()
        assert first == ["main.bicep"]
        assert again() == (known, found)
        assert any(each.endswith("one") for each in found) is ('"one"' in text)
