"""What is remembered of commits counts only while their names mean what they meant: nothing of git itself is asked."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.commands import tfaudit
from tfaudit.sources.tree import git_refs

KEY = 'resource "aws_kms_key" "k" {\n  enable_key_rotation = false\n}\n'


def git(repository: Path, *arguments: str) -> str:
    identity = ["-c", "user.name=a", "-c", "user.email=a@example.org"]
    command = ["git", *identity, *arguments]
    return subprocess.run(command, cwd=repository, check=True, capture_output=True, text=True).stdout.strip()


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    tree = tmp_path / "tree"
    tree.mkdir()
    git(tree, "init", "-q", "-b", "main")
    (tree / "main.tf").write_text(KEY)
    git(tree, "add", "-A")
    git(tree, "commit", "-q", "-m", "one")
    git(tree, "tag", "v1")
    git(tree, "tag", "-a", "v2", "-m", "two")
    git(tree, "update-ref", "refs/remotes/origin/main", "main")
    git(tree, "symbolic-ref", "refs/remotes/origin/HEAD", "refs/remotes/origin/main")
    return tree


@pytest.mark.parametrize("packed", [False, True])
@pytest.mark.parametrize("name", ["main", "HEAD", "v1", "v2", "origin/main", "origin", "refs/heads/main"])
def test_a_name_means_another_thing_once_it_is_moved(repository: Path, name: str, packed: bool) -> None:
    if packed:
        git(repository, "pack-refs", "--all")
    before = git_refs.meant(str(repository), name)
    assert before == git_refs.meant(str(repository), name) != ""
    git(repository, "commit", "-q", "--allow-empty", "-m", "two")
    for each in ("v1", "v2"):
        git(repository, "tag", "-f", each)
    git(repository, "update-ref", "refs/remotes/origin/main", "HEAD")
    assert git_refs.meant(str(repository), name) not in ("", before)


def test_a_tag_that_hides_a_branch_is_another_thing(repository: Path) -> None:
    before = git_refs.meant(str(repository), "main")
    git(repository, "commit", "-q", "--allow-empty", "-m", "two")
    git(repository, "reset", "-q", "--hard", "HEAD~1")
    assert git_refs.meant(str(repository), "main") == before
    git(repository, "tag", "main", "HEAD@{1}")
    assert git_refs.meant(str(repository), "main") not in ("", before)


def test_how_far_the_history_reaches_counts(repository: Path) -> None:
    before = git_refs.meant(str(repository), "main")
    (repository / ".git/shallow").write_text(git(repository, "rev-parse", "main") + "\n")
    assert git_refs.meant(str(repository), "main") != before


@pytest.mark.parametrize(
    "name",
    [
        "HEAD~1",
        "main^",
        "absent",
        "@{-1}",
        "config",
        "../secret",
        "refs/../../secret",
        "",
        "-",
        "a\nb",
        "v1^{}",
    ],
)
def test_what_the_names_of_commits_do_not_tell_is_asked_of_the_repository(
    repository: Path, name: str
) -> None:
    (repository.parent / "secret").write_text("0" * 40)
    (repository / "secret").write_text("0" * 40)
    assert git_refs.meant(str(repository), name) == ""


def test_a_linked_work_tree_has_its_own_head(repository: Path) -> None:
    other = repository.parent / "other"
    git(repository, "worktree", "add", "-q", "-b", "work", str(other))
    before = git_refs.meant(str(repository), "HEAD"), git_refs.meant(str(other), "HEAD")
    git(other, "commit", "-q", "--allow-empty", "-m", "two")
    after = git_refs.meant(str(repository), "HEAD"), git_refs.meant(str(other), "HEAD")
    assert after[0] == before[0]
    assert after[1] not in ("", before[1])


def compared(repository: Path, ref: str, environment: dict[str, str]) -> dict[str, Any]:
    done = tfaudit("scan", "--since", ref, "-o", "json", cwd=repository, environment=environment)
    assert done.stdout, done.stderr
    found: dict[str, Any] = json.loads(done.stdout)["run"]["compared"]
    return found


def test_what_is_remembered_is_of_the_commit_that_the_name_means_now(
    repository: Path, tmp_path: Path
) -> None:
    cached = {"TFAUDIT_CACHE": str(tmp_path / "cache"), "XDG_CONFIG_HOME": str(tmp_path / "settings")}
    git(repository, "checkout", "-q", "-b", "work")
    git(repository, "commit", "-q", "--allow-empty", "-m", "two")
    first = compared(repository, "main", cached)
    assert "where the work parted" not in first["against"]  # main is where it parted
    assert compared(repository, "main", cached) == first
    git(repository, "branch", "-f", "main", "work")
    second = compared(repository, "main", cached)
    assert git(repository, "rev-parse", "main")[:12] in second["against"] != first["against"]
    # The work is taken back: it parts elsewhere, though `main` has not moved.
    git(repository, "reset", "-q", "--hard", "HEAD~1")
    assert "where the work parted from main" in compared(repository, "main", cached)["against"]


def test_nothing_that_reads_repositories_is_loaded_for_what_is_remembered(
    repository: Path, tmp_path: Path
) -> None:
    cached = {"TFAUDIT_CACHE": str(tmp_path / "cache"), "XDG_CONFIG_HOME": str(tmp_path / "settings")}
    compared(repository, "main", cached)
    (repository / "more.tf").write_text(KEY.replace('"k"', '"more"'))
    blocked = tmp_path / "blocked"
    blocked.mkdir()
    (blocked / "pygit2.py").write_text("raise RuntimeError('it was loaded')\n")
    path = ":".join([str(blocked), *(each for each in sys.path if each)])
    found = compared(repository, "main", {**cached, "PYTHONPATH": path})
    assert found["new"] > 0
