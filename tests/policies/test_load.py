"""A policy file with a fault is refused with a sentence that names the file, the word and the nearest right one."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.caches import store
from tfaudit import data, yaml_files
from tfaudit.errors import PolicyError, TfauditError, UsageError
from tfaudit.policies.load import read_folder
from tfaudit.policies.schema import check
from tfaudit.policies.select import Choice, available, in_force

SOUND = """
id: sound
title: Databases are encrypted
family: encryption_at_rest
severity: high
kinds: [database]
require: {encryption.at_rest: true}
why: Lost disks are read.
"""


def refused(tmp_path: Path, text: str) -> str:
    (tmp_path / "a.yaml").write_text(text)
    with pytest.raises(PolicyError) as raised:
        read_folder(tmp_path)
    return str(raised.value)


@pytest.mark.parametrize(
    ("was", "becomes", "says"),
    [
        ("encryption.at_rest", "encryption.at_rist", 'did you mean "encryption.at_rest"'),
        ("[database]", "[databse]", 'did you mean "database"'),
        ("severity: high", "severity: dreadful", "severity"),
        ("why:", "whi:", "whi"),
        ("id: sound", "id: Not An Id", "id"),
        ("require: {encryption.at_rest: true}", "require: {}", "require"),
        ("title: Databases", "title: [Databases", "not YAML"),
    ],
)
def test_fault_is_named(tmp_path: Path, was: str, becomes: str, says: str) -> None:
    message = refused(tmp_path, SOUND.replace(was, becomes))
    assert says in message
    assert str(tmp_path / "a.yaml") in message


def test_two_policies_of_one_id(tmp_path: Path) -> None:
    (tmp_path / "b.yaml").write_text(SOUND)
    assert "stands in a.yaml already" in refused(tmp_path, SOUND)


def test_own_policies_have_the_form() -> None:
    folder = data.folder("policies")
    paths = [path for path in folder.rglob("*.yaml") if path.parent.name != "profiles"]
    assert len(paths) >= 60
    for path in paths:
        document = yaml_files.read(path)
        check(document, str(path))
        assert path.stem == document["id"]
        assert path.parent.name == document["family"]


def test_own_policies_compile_for_each_kind() -> None:
    policies = in_force(Choice())
    for kind in policies.kinds:
        assert policies.of_kind(kind)


@pytest.mark.parametrize(
    ("choice", "says"),
    [
        (Choice(ids=("backup-retentio",)), 'did you mean "backup-retention"'),
        (Choice(profile="defalt"), 'did you mean "default"'),
        (Choice(parameters={"backup-retention": {"dais": 3}}), 'did you mean "days"'),
        (Choice(severities={"backup-retention": "dire"}), "unknown severity"),
        (Choice(excluded=("nothing-such",)), 'unknown policy "nothing-such"'),
        (Choice(folders=(Path("no/such/folder"),)), "no such folder"),
    ],
)
def test_choice_of_what_is_not_there(choice: Choice, says: str) -> None:
    with pytest.raises(UsageError, match=says):
        in_force(choice)


def test_parameters_reach_the_verdict() -> None:
    policies = in_force(Choice(ids=("backup-retention",), parameters={"backup-retention": {"days": 35}}))
    (policy,) = policies.policies
    assert [parameter.value for parameter in policy.parameters] == [35]


def test_framework_keeps_its_links_alone() -> None:
    policies = in_force(Choice(frameworks=("gdpr",))).policies
    assert policies
    assert {link.framework for policy in policies for link in policy.links} == {"gdpr"}


def test_a_folder_cannot_take_an_id_that_is_ours(tmp_path: Path) -> None:
    (tmp_path / "mine.yaml").write_text(SOUND.replace("id: sound", "id: backup-retention"))
    with pytest.raises(TfauditError, match="choose another"):
        available([tmp_path])


def test_cache_gives_the_same_policies(tmp_path: Path) -> None:
    folder = tmp_path / "ours"
    folder.mkdir()
    (folder / "sound.yaml").write_text(SOUND)
    cache = store(tmp_path)
    fresh = read_folder(folder, cache)
    (entry,) = (cache.folder / "documents").iterdir()
    assert read_folder(folder, cache) == fresh
    entry.write_bytes(entry.read_bytes()[:-3] + b"xyz")
    assert read_folder(folder, cache) == fresh


def test_a_policy_of_the_same_size_and_time_is_another_one(tmp_path: Path) -> None:
    folder = tmp_path / "ours"
    folder.mkdir()
    path = folder / "sound.yaml"
    path.write_text(SOUND)
    cache = store(tmp_path)
    read_folder(folder, cache)
    before = path.stat()
    path.write_text(SOUND.replace("high", "none"))
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    with pytest.raises(PolicyError, match="severity"):
        read_folder(folder, cache)
    path.write_text(SOUND.replace("high", "low "))
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert [each.severity.value for each in read_folder(folder, cache)] == ["low"]
