"""Where called modules are looked for: this repository by its own address, mirrors, versions; one gap for a source."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from tests.sources.terraform_trees import Reading, write
from tests.sources.terraform_trees import read as read_tree
from tfaudit.model.resources import Unread
from tfaudit.sources.terraform import hcl as terraform
from tfaudit.sources.terraform.hcl.versions import meets
from tfaudit.sources.tree import git_remotes
from tfaudit.sources.tree.files import InputFile, Tree, discover
from tfaudit.sources.tree.git_remotes import GitAddress, address

MODULE = 'resource "aws_x" "x" { v = "in the tree" }'
REMOTES = """\
[core]
\tbare = false
[remote "origin"]
\turl = https://user:token@Git.Example.org:8443/Team/shop.git
\tfetch = +refs/heads/*:refs/remotes/origin/*
[remote "mirror"]
  url = git@mirror.example.org:team/shop
[branch "main"]
\turl = https://git.example.org/other/repository
"""


def read(root: Path, source: str, **options: object) -> tuple[Reading, list[str]]:
    """Read a tree with one call of `source`, and return the notes as well."""
    write(root, {".git/config": REMOTES, "modules/db/main.tf": MODULE})
    write(root, {"live/main.tf": f'module "db" {{ source = "{source}" }}\n'})
    tree = Tree(root, **options)  # type: ignore[arg-type]
    files = [each for each in discover(root, root, tree.limits) if isinstance(each, InputFile)]
    reading = Reading()
    for each in terraform.read_tree([each for each in files if terraform.claims(each)], tree):
        if isinstance(each, Unread):
            reading.unread.append(each)
        else:
            reading.resources[f"{each.scope}:{each.address}"] = each
    return reading, tree.notes


@pytest.mark.parametrize(
    "source",
    [
        "git::https://git.example.org/Team/shop.git//modules/db",
        "git::https://git.example.org/Team/shop//modules/db?ref=v1.2.0",
        "git::https://GIT.example.org:443/Team/shop.git//modules/db?depth=1&ref=main",
        "git::https://bot:hunter2@git.example.org/Team/shop.git//modules/db/",
        "git::ssh://git@git.example.org/Team/shop.git//modules/db",
        "git::ssh://git@git.example.org:2222/Team/shop//modules/db",
        "git@git.example.org:Team/shop.git//modules/db",
        "git::git@git.example.org:Team/shop.git//modules/db?ref=v1.2.0",
        "git::https://mirror.example.org/team/shop.git//modules/db",
    ],
)
def test_this_repository_by_its_own_address_is_read_from_the_tree(tmp_path: Path, source: str) -> None:
    reading, notes = read(tmp_path, source)
    assert reading.unread == []
    # Nothing else calls the folder, and it is no root: it was found through the call.
    assert list(reading.resources) == ["live:module.db.aws_x.x"]
    asked = "ref=" in source
    assert any("read from the tree, not at" in note and "live/main.tf:1" in note for note in notes) is asked
    assert "hunter2" not in "".join(notes)


@pytest.mark.parametrize(
    "source",
    [
        "git::https://git.example.org/Team/shopping.git//modules/db",
        "git::https://git.example.org/other/repository//modules/db",
        "git::https://git.example.com/Team/shop.git//modules/db",
        "https://git.example.org/Team/shop.git//modules/db",
        "git::https://git.example.org/Team/shop.git//../../outside",
        "git::https://git.example.org/Team/shop.git//modules/gone",
        "git::file:///Team/shop.git//modules/db",
        "Team/shop/aws//modules/db",
    ],
)
def test_any_other_address_is_not(tmp_path: Path, source: str) -> None:
    write(tmp_path.parent, {"outside/main.tf": MODULE})
    reading, _ = read(tmp_path, source)
    assert [each.place.origin for each in reading.unread] == ["live/main.tf"]
    assert list(reading.resources) == ["modules/db:aws_x.x"]


def test_an_address_of_github_needs_no_scheme() -> None:
    assert address("github.com/team/shop//modules/db?ref=v1") == GitAddress(
        "github.com/team/shop", "modules/db", "v1"
    )
    assert address("team/shop/aws") is None
    assert address("s3::https://bucket/x.zip") is None


def test_a_linked_work_tree_has_the_remotes_of_its_repository(tmp_path: Path) -> None:
    write(
        tmp_path,
        {
            "main/.git/config": REMOTES,
            "main/.git/worktrees/w/commondir": "../..\n",
            "main/.git/worktrees/w/gitdir": f"{tmp_path}/w/.git\n",
            "w/.git": f"gitdir: {tmp_path}/main/.git/worktrees/w\n",
            "sub/.git": "gitdir: ../modules/sub\n",
            "modules/sub/config": '[core]\n\tworktree = ../../sub\n[remote "o"]\nurl = "https://git.example.org/sub.git"\n',
        },
    )
    assert git_remotes.remotes(str(tmp_path / "w")) == {
        "git.example.org/Team/shop",
        "mirror.example.org/team/shop",
    }
    assert git_remotes.remotes(str(tmp_path / "sub")) == {"git.example.org/sub"}
    assert git_remotes.remotes(str(tmp_path / "none")) == set()


def test_a_pointer_at_the_git_folder_of_another_work_tree_is_not_followed(tmp_path: Path) -> None:
    write(
        tmp_path,
        {
            "private/.git/config": REMOTES,
            "private/.git/worktrees/w/commondir": "../..\n",
            "private/.git/worktrees/w/gitdir": "/somewhere/else/.git\n",
            "hostile/.git": "gitdir: ../private/.git\n",
            "linked/.git": "gitdir: ../private/.git/worktrees/w\n",
        },
    )
    assert git_remotes.remotes(str(tmp_path / "hostile")) == set()
    assert git_remotes.remotes(str(tmp_path / "linked")) == set()


def test_a_hostile_git_configuration_takes_no_time(tmp_path: Path) -> None:
    for text in ("[" * 500_000, '[remote "' * 50_000, "url = " * 100_000, " " * 900_000, "\n" * 900_000):
        write(tmp_path, {".git/config": text})
        start = time.monotonic()
        assert git_remotes.remotes(str(tmp_path)) == set()
        assert time.monotonic() - start < 5


@pytest.mark.parametrize(
    ("source", "start"),
    [
        (
            "git::https://elsewhere.example.org/mods.git//db?ref=v2",
            "git::https://elsewhere.example.org/mods.git",
        ),
        (
            "git::https://elsewhere.example.org/mods.git//db?ref=v2",
            "git::https://elsewhere.example.org/mods.git?ref=v1",
        ),
        ("team/mods/aws//db", "team/mods/aws"),
        ("app.terraform.io/team/mods/aws//db", "app.terraform.io/team/mods/aws/"),
    ],
)
def test_a_mirror_takes_the_place_of_a_source(tmp_path: Path, source: str, start: str) -> None:
    reading, notes = read(tmp_path, source, modules={start: "modules", "team": "nowhere"})
    assert reading.unread == []
    assert list(reading.resources) == ["live:module.db.aws_x.x"]
    assert "is read from modules/db, as the configuration says" in "".join(notes)


def test_a_mirror_lies_in_the_tree_and_ends_at_a_step_of_the_source(tmp_path: Path) -> None:
    write(tmp_path.parent, {"outside/main.tf": MODULE})
    out, _ = read(tmp_path, "team/mods/aws", modules={"team/mods/aws": "../outside"})
    assert "lies outside of the scanned tree" in out.unread[0].because
    other, _ = read(tmp_path, "team/mods-new/aws", modules={"team/mods": "modules/db"})
    assert "is not on disk" in other.unread[0].because


def test_an_absent_module_is_told_once_for_its_source(tmp_path: Path) -> None:
    call = 'module "{}" {{ source = "a/vpc/aws" }}\n'
    reading = read_tree(
        tmp_path,
        {
            "one/main.tf": call.format("first") + call.format("second"),
            "two/main.tf": call.format("third") + 'module "other" { source = "a/other/aws" }\n',
            "three/main.tf": 'module "shared" { source = "../shared" }',
            "four/main.tf": 'module "shared" { source = "../shared" }',
            "shared/main.tf": call.format("inner"),
        },
    )
    told = {str(each.place): (each.because, len(each.also)) for each in reading.unread}
    assert told == {
        "shared/main.tf:1:1": (
            'module "inner" comes from "a/vpc/aws" and is not on disk; it is called in 3 more places',
            3,
        ),
        "two/main.tf:2:1": ('module "other" comes from "a/other/aws" and is not on disk', 0),
    }


@pytest.mark.parametrize(
    ("version", "constraint", "met"),
    [
        ("5.1.2", "5.1.2", True),
        ("5.1.2", "= 5.1.2", True),
        ("5.1.2", "v5.1.2", True),
        ("5.1.2", "!= 5.1.2", False),
        ("5.1.2", ">= 5.0, < 6.0", True),
        ("6.0.0", ">= 5.0, < 6.0", False),
        ("5.9.9", "~> 5.0", True),
        ("6.0.0", "~> 5.0", False),
        ("5.0.9", "~> 5.0.1", True),
        ("5.1.0", "~> 5.0.1", False),
        ("5.1.0", "~> 5", True),
        ("6.1.0", "~> 5", False),
        ("5.0", "5.0.0", True),
        ("5.1.0-beta1", ">= 5.0", False),
        ("5.1.0-beta1", "5.1.0-beta1", True),
        ("", ">= 5.0", False),
        ("5.1.0", "newest", False),
        ("x", "5.1.0", False),
    ],
)
def test_versions_meet_constraints_as_terraform_says(version: str, constraint: str, met: bool) -> None:
    assert meets(version, constraint) is met


@pytest.mark.parametrize(
    "source",
    [
        "git::ssh://git@example.com/x.git?ref=v1&sshkey=aHVudGVyMg",
        "git::https://bot:aHVudGVyMg@example.com/x.git?depth=1",
        "s3::https://example.com/x.zip?aws_access_key_secret=aHVudGVyMg&version=3",
        "git@example.com:x.git?sshkey=aHVudGVyMg",
    ],
)
def test_a_report_shows_no_key_of_a_module_s_source(tmp_path: Path, source: str) -> None:
    reading, notes = read(tmp_path, source)
    told = "".join([*reading.said, *notes])
    assert "example.com" in told
    assert "aHVudGVyMg" not in told


def test_terraform_reads_no_hidden_file_but_for_values(tmp_path: Path) -> None:
    write(
        tmp_path, {".main.tf": 'resource "aws_x" "hidden" {}', ".more.tofu": 'resource "aws_x" "hidden" {}'}
    )
    write(tmp_path, {"modules/db/.x_override.tf": 'resource "aws_x" "a" { v = "hidden" }'})
    (tmp_path / "modules/db/.linked_override.tf").symlink_to(".x_override.tf")
    found = read_tree(
        tmp_path,
        {
            "main.tf": 'variable "v" {}\nmodule "db" {\n source = "./modules/db"\n v = var.v\n}',
            ".x.auto.tfvars": 'v = "given"',
            "modules/db/main.tf": 'variable "v" {}\nresource "aws_x" "a" { v = var.v }',
        },
    )
    assert list(found.resources) == ["module.db.aws_x.a"]
    assert found.body("module.db.aws_x.a") == {"v": "given"}
    assert found.said == []


def test_an_opentofu_file_goes_before_its_twin(tmp_path: Path) -> None:
    reading, notes = read(tmp_path, "../modules/db")
    assert notes == []
    write(
        tmp_path,
        {
            "modules/db/main.tofu": 'resource "aws_x" "tofu" {}',
            "modules/db/more.tofu.json": '{"resource": {"aws_x": {"json": {}}}}',
            "modules/db/more.tf.json": '{"resource": {"aws_x": {"old": {}}}}',
            "modules/db/more.tf": 'resource "aws_x" "kept" {}',
            "modules/db/kept_override.tofu": 'resource "aws_x" "kept" { v = "over" }',
        },
    )
    reading, notes = read(tmp_path, "../modules/db")
    assert set(reading.resources) == {
        "live:module.db.aws_x.tofu",
        "live:module.db.aws_x.json",
        "live:module.db.aws_x.kept",
    }
    assert reading.body("live:module.db.aws_x.kept") == {"v": "over"}
    assert notes == []
    assert [(each.place.origin, each.because) for each in reading.unread] == [
        ("modules/db/main.tf", "it is not read: main.tofu stands beside it, and goes before it in OpenTofu"),
        (
            "modules/db/more.tf.json",
            "it is not read: more.tofu.json stands beside it, and goes before it in OpenTofu",
        ),
    ]
