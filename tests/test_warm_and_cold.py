"""With the cache of any earlier scan, a scan says what it says without one: whatever has been changed in between."""

from __future__ import annotations

import os
import random
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from tests.caches import store
from tfaudit import documents
from tfaudit.cache import Store
from tfaudit.pipeline.files import scan
from tfaudit.pipeline.options import Options
from tfaudit.policies import remembered
from tfaudit.policies.evaluate import judge
from tfaudit.policies.select import Choice, in_force
from tfaudit.sources.tree.ignored import excluder

FILES = {
    "app/main.tf": 'module "db" {\n  source = "../modules/db"\n  days   = var.days\n}\n'
    'variable "days" { default = 30 }\n',
    "app/keys.tf": 'resource "aws_kms_key" "data" {\n  enable_key_rotation = true \n}\n',
    "app/terraform.tfvars": "days = 35\n",
    "lab/main.tf": 'resource "aws_kms_key" "data" {\n  enable_key_rotation = false\n}\n',
    "lab/override.tf": 'resource "aws_kms_key" "data" {\n  enable_key_rotation = true \n}\n',
    "modules/db/main.tf": 'variable "days" {}\nresource "aws_db_instance" "db" {\n'
    '  identifier              = "db"\n  storage_encrypted       = true \n  backup_retention_period = var.days\n}\n',
    "files/main.tf": 'resource "aws_db_instance" "filed" {\n  identifier              = "filed"\n'
    '  backup_retention_period = tonumber(trimspace(file("${path.module}/days.txt")))\n'
    '  storage_encrypted       = length(fileset(path.module, "*.flag")) > 0\n'
    '  deletion_protection     = fileexists("${path.module}/kept.flag")\n'
    '  multi_az                = templatefile("${path.module}/zones.tpl", { zones = 2 }) == "zones: 2\\n"\n}\n',
    "azure/main.tf": 'variable "https" { default = true  }\nresource "azapi_resource" "store" {\n'
    '  type      = "Microsoft.Storage/storageAccounts@2023-01-01"\n  name      = "orders"\n'
    "  parent_id = azurerm_resource_group.shop.id\n"
    "  body      = { properties = { supportsHttpsTrafficOnly = var.https, allowBlobPublicAccess = true  } }\n}\n"
    'resource "azapi_update_resource" "store" {\n  type        = "Microsoft.Storage/storageAccounts@2023-01-01"\n'
    "  resource_id = azapi_resource.store.id\n  body        = { properties = { allowSharedKeyAccess = false } }\n}\n"
    'resource "azurerm_resource_group" "shop" {\n  name     = "shop"\n  location = "westeurope"\n}\n',
    "files/days.txt": "36\n",
    "files/kept.flag": "",
    "files/zones.tpl": "zones: ${zones}\n",
    "manifests/pod.yaml": "apiVersion: v1\nkind: Pod\nmetadata: {name: web, namespace: shop}\n"
    "spec: {hostNetwork: true }\n",
}
POLICY = """
id: databases-keep-weeks
title: Databases keep backups
family: backup_retention
severity: high
kinds: [database]
require: {backup.retention_days: {at_least: 20}}
why: To see which number counts.
"""
PROFILE = "name: ours\nparameters:\n  backup-retention: {days: 31}\n"
SAME_LENGTH = (
    ("true ", "false"),
    ("= 30", "= 36"),
    ("= 35", "= 29"),
    ("at_least: 20", "at_least: 40"),
    ("31", "90"),
    ("36\n", "12\n"),
    ("zones: ", "zonen: "),
)


class Estate:
    """A tree, a folder of policies and a profile, that are changed step by step."""

    def __init__(self, folder: Path, chance: random.Random) -> None:
        self.chance = chance
        self.tree = folder / "tree"
        self.ours = folder / "ours"
        for path, text in (
            *((self.tree / name, text) for name, text in FILES.items()),
            (self.ours / "policies" / "weeks.yaml", POLICY),
            (self.ours / "profile.yaml", PROFILE),
        ):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text)
        (self.tree / ".git").mkdir()

    def said(self, cache: Store | None) -> tuple[list[dict[str, Any]], list[str]]:
        choice = Choice(profile=str(self.ours / "profile.yaml"), folders=(self.ours / "policies",))
        options = Options(in_force(choice, cache), cache=cache, excluded=excluder(self.tree, ()))
        result = scan(self.tree, replace(options, jobs=1))
        return [documents.verdict(each) for each in result.verdicts], [str(each) for each in result.unread]

    def paths(self) -> list[Path]:
        found = [each for each in self.tree.rglob("*") if each.is_file()]
        return sorted([*found, *self.ours.rglob("*.yaml")])

    def edit_of_same_size_and_time(self) -> None:
        """Change a word in some file, and leave its length and its time as they were."""
        path = self.chance.choice(self.paths())
        text, seen = path.read_text(), path.stat()
        for one, other in SAME_LENGTH:
            text = text.replace(one, "\0").replace(other, one).replace("\0", other)
        path.write_text(text)
        os.utime(path, ns=(seen.st_atime_ns, seen.st_mtime_ns))
        assert path.stat().st_size == seen.st_size

    def swap(self) -> None:
        """Let two files of the tree change places, with their times."""
        one, other = self.chance.sample([each for each in self.paths() if each.suffix == ".tf"], 2)
        spare = one.with_name("spare")
        one.rename(spare)
        other.rename(one)
        spare.rename(other)

    def rename(self) -> None:
        """Give a file another name, of the same kind or one that nothing reads."""
        path = self.chance.choice([each for each in self.paths() if each.suffix == ".tf"])
        path.rename(path.with_name(self.chance.choice(["main.tf", "z_override.tf", "other.tf", "notes.txt"])))

    def ignore(self) -> None:
        """Have git leave out one more file, or none any more."""
        lines = self.chance.choice(["override.tf\n", "keys.tf\n", "lab/\n", "*.txt\n*.flag\n", ""])
        (self.tree / ".gitignore").write_text(lines)

    def remove(self) -> None:
        """Take a file of the tree away."""
        self.chance.choice([each for each in self.paths() if each.is_relative_to(self.tree)]).unlink()

    def add(self) -> None:
        """Put a file there that was in the tree at first."""
        name = self.chance.choice(list(FILES))
        (self.tree / name).write_text(FILES[name])

    @property
    def steps(self) -> list[Callable[[], None]]:
        return [
            *[self.edit_of_same_size_and_time] * 3,
            self.swap,
            self.rename,
            self.ignore,
            self.remove,
            self.add,
            self.add,
        ]


@pytest.mark.parametrize("seed", range(3))
def test_whatever_changes_warm_says_what_cold_says(tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311 - it is to be repeated
    estate = Estate(tmp_path, chance)
    cache = store(tmp_path)
    assert estate.said(cache) == estate.said(None)
    answers = []
    for _ in range(8):
        step = chance.choice(estate.steps)
        try:
            step()
        except (ValueError, IndexError):  # too few files are left
            estate.add()
        answers.append(estate.said(cache))
        assert answers[-1] == estate.said(None), step.__doc__
    assert any(each != answers[0] for each in answers), "the steps have to change something"


@pytest.mark.skipif(
    not str(remembered.__file__).endswith(".py"), reason="compiled code calls what it was compiled with"
)
def test_a_root_with_azapi_is_recalled(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    estate = Estate(tmp_path, random.Random(0))  # noqa: S311 - nothing is drawn
    for each in estate.paths():
        if each.is_relative_to(estate.tree) and each.parent.name != "azure":
            each.unlink()
    time.sleep(0.1)  # what was written a moment ago is not kept: the times of files are coarse
    cache = store(tmp_path)
    before = estate.said(cache)
    assert before[0]
    judged: list[int] = []

    def seen(*of: Any) -> Any:
        judged.append(1)
        return judge(*of)

    # What was changed a moment ago is not kept, and so judged elsewhere.
    monkeypatch.setattr(remembered, "judge", seen)
    assert estate.said(cache) == before
    assert judged == []
    path = estate.tree / "azure" / "main.tf"
    path.write_text(path.read_text().replace("default = true ", "default = false"))
    after = estate.said(cache)
    assert after == estate.said(None)
    assert after != before
    assert judged
