"""What a scan leaves out: git decides what is tracked (asked of a real one), and what was left out is counted."""

from __future__ import annotations

import os
import subprocess
import time
from pathlib import Path

import pytest

from tfaudit.model.resources import Limits
from tfaudit.sources.tree.files import InputFile, discover
from tfaudit.sources.tree.git_index import Unreadable, tracked
from tfaudit.sources.tree.ignored import excluder


def git(folder: Path, *arguments: str) -> str:
    named = ("-c", "user.name=t", "-c", "user.email=t@t", "-c", "protocol.file.allow=always")
    done = subprocess.run(["git", *named, *arguments], cwd=folder, capture_output=True, text=True, check=True)
    return done.stdout


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    root = tmp_path / "work"
    root.mkdir()
    git(root, "init", "-q")
    return root


def put(root: Path, *names: str) -> None:
    for name in names:
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(name)


def seen(
    root: Path, *configured: str, below: str = "", options: tuple[str, ...] = ()
) -> tuple[set[str], str]:
    target = root / below
    asked = excluder(target, [("tfaudit.yaml", target, configured)], options=options)
    found = {
        each.name
        for each in discover(target, target, Limits(), asked)
        if isinstance(each, InputFile) and not each.name.rpartition("/")[2].startswith(".git")
    }
    return found, "\n".join(asked.notes())


def test_what_is_tracked_is_read_and_what_is_not_is_left_out_and_counted(repository: Path) -> None:
    put(repository, "main.tf", "scratch/old.tf", "kept/a.yaml")
    git(repository, "add", ".")
    (repository / ".gitignore").write_text("*.tf\nscratch/\nbuilt/\n*.log\n")
    put(repository, "new.tf", "scratch/new.tf", "built/a.json", "built/b.json", "run.log")
    found, notes = seen(repository)
    assert found == {"main.tf", "scratch/old.tf", "kept/a.yaml"}
    assert notes == "2 files and 1 folder are left out by .gitignore: built/, *.tf, scratch/"


def test_a_folder_called_as_those_that_tools_fill_is_read_as_far_as_it_is_tracked(repository: Path) -> None:
    put(repository, "venv/a.tf", "x/node_modules/b.tf", "x/.terraform/c.tf")
    git(repository, "add", "-f", ".")
    put(repository, "main.tf", "node_modules/d.tf", ".tox/e.tf", "y/.terraform/f.tf")
    found, notes = seen(repository)
    assert found == {"main.tf", "venv/a.tf", "x/node_modules/b.tf"}
    assert notes == "1 folder is left out by what they are called: .terraform/"


def test_without_a_repository_folders_called_as_those_that_tools_fill_are_counted(tmp_path: Path) -> None:
    put(tmp_path, "main.tf", "venv/a.tf", "x/venv/b.tf", ".terraform/c.tf")
    assert seen(tmp_path) == ({"main.tf"}, "2 folders are left out by what they are called: venv/")


def test_an_inner_gitignore_is_named(repository: Path) -> None:
    put(repository, "a/.gitignore", "a/x.tf", "b.tf")
    (repository / "a/.gitignore").write_text("x.tf\n")
    assert seen(repository) == ({"b.tf"}, "1 file is left out by a/.gitignore: x.tf")


def test_without_a_repository_gitignore_leaves_nothing_out(tmp_path: Path) -> None:
    put(tmp_path, "main.tf")
    (tmp_path / ".gitignore").write_text("*.tf\n")
    assert seen(tmp_path) == ({"main.tf"}, "")


def test_a_named_folder_is_scanned_though_it_be_ignored(repository: Path) -> None:
    put(repository, "out/plan.json", "out/.gitignore", "out/skipped.json")
    (repository / ".gitignore").write_text("out/\n")
    (repository / "out/.gitignore").write_text("skipped.json\n")
    assert seen(repository)[0] == set()
    assert seen(repository, below="out")[0] == {"plan.json"}


@pytest.mark.parametrize(
    "commands",
    [
        [("update-index", "--index-version", "2")],
        [("update-index", "--index-version", "3")],
        [("update-index", "--index-version", "4")],
        [("update-index", "--split-index"), ("add", "-f", "late.tf")],
        [("add", "-N", "-f", "late.tf")],
        [("update-index", "--assume-unchanged", "a/b/main.tf")],
        [("update-index", "--skip-worktree", "a/b/main.tf")],
        [("update-index", "--untracked-cache")],
    ],
)
def test_every_form_of_an_index_is_read_as_git_reads_it(
    repository: Path, commands: list[tuple[str, ...]]
) -> None:
    names = [f"a/b/{'long' * (number % 9)}{number}.tf" for number in range(60)]
    put(repository, *names, "a/b/main.tf", "z" * 200 + ".tf", "ö ü.tf", "late.tf")
    git(repository, "add", *names, "a/b/main.tf", "z" * 200 + ".tf", "ö ü.tf")
    for command in commands:
        git(repository, *command)
    listed = [name for name in git(repository, "ls-files", "-z").split("\0") if name]
    index = tracked(repository)
    assert all(index.holds(name) for name in listed)
    assert all(index.holds(name) for name in ("a", "a/b"))
    assert index.holds("late.tf") is ("late.tf" in listed)
    assert not any(index.holds(name) for name in ("a/c", "main.tf", "a/b/mai", "ö"))


def test_a_path_longer_than_the_index_can_say(repository: Path) -> None:
    put(repository, "main.tf")
    blob = git(repository, "hash-object", "-w", "main.tf").strip()
    names = ["/".join(["d" * 240] * 12) + "/x.tf", "/".join(["e" * 250] * 18) + "/x.tf", "last.tf"]
    for name in names:
        git(repository, "update-index", "--add", "--cacheinfo", f"100644,{blob},{name}")
    index = tracked(repository)
    assert all(index.holds(name) for name in names)


def test_sha256(tmp_path: Path) -> None:
    git(tmp_path, "init", "-q", "--object-format=sha256")
    put(tmp_path, "main.tf", "other.tf")
    git(tmp_path, "add", "main.tf")
    assert (tracked(tmp_path).holds("main.tf"), tracked(tmp_path).holds("other.tf")) == (True, False)


def test_a_work_tree_beside_the_repository(repository: Path) -> None:
    put(repository, "main.tf", ".gitignore")
    (repository / ".gitignore").write_text("*.tf\n")
    git(repository, "add", "-f", ".")
    git(repository, "commit", "-q", "-m", "x")
    git(repository, "worktree", "add", "-q", "../beside")
    put(repository.parent / "beside", "new.tf")
    assert seen(repository.parent / "beside")[0] == {"main.tf"}


def test_a_repository_in_the_repository_decides_for_itself(repository: Path) -> None:
    inner = repository / "vendor/inner"
    inner.mkdir(parents=True)
    git(inner, "init", "-q")
    put(inner, "main.tf", "built/x.tf", "new.tf")
    (inner / ".gitignore").write_text("built/\n")
    git(inner, "add", ".")
    git(inner, "commit", "-q", "-m", "x")
    git(repository, "submodule", "-q", "add", str(inner), "module")
    (repository / ".gitignore").write_text("vendor/\n*.tf\n")
    put(repository, "module/new.tf", "module/built/y.tf", "mine.tf")
    found, _ = seen(repository)
    assert found == {"module/main.tf", "module/new.tf"}


@pytest.mark.parametrize(
    "broken", [b"", b"DIRC", b"DIRC\0\0\0\x02\0\0\0\xff" + b"x" * 900, b"DIRC\0\0\0\x09\0\0\0\0", b"\0" * 99]
)
def test_where_the_index_cannot_be_read_nothing_is_left_out(repository: Path, broken: bytes) -> None:
    put(repository, "main.tf")
    (repository / ".gitignore").write_text("*.tf\n")
    (repository / ".git/index").write_bytes(broken)
    found, notes = seen(repository)
    assert found == {"main.tf"}
    assert "so .gitignore leaves nothing out" in notes


@pytest.mark.parametrize("said", ["", "gitdir: /nowhere\n", "gitdir: ../\0x\n", "nothing"])
def test_a_git_file_that_leads_nowhere(tmp_path: Path, said: str) -> None:
    (tmp_path / ".git").write_text(said)
    with pytest.raises(Unreadable):
        tracked(tmp_path)


def test_an_index_that_is_no_file_is_not_waited_for(repository: Path) -> None:
    os.mkfifo(repository / ".git/index")
    with pytest.raises(Unreadable):
        tracked(repository)


def test_configuration_and_options_hold_over_what_is_tracked(repository: Path) -> None:
    put(repository, "legacy/main.tf", "old.tf", "main.tf")
    git(repository, "add", ".")
    found, notes = seen(repository, "./legacy/", options=("old.tf",))
    assert found == {"main.tf"}
    assert notes == (
        "1 folder is left out by exclude in tfaudit.yaml: /legacy/\n1 file is left out by --exclude: old.tf"
    )


def test_a_configuration_speaks_of_what_is_below_its_own_folder(repository: Path) -> None:
    put(repository, "infra/legacy/main.tf", "infra/main.tf", "legacy/a.tf")

    def left(root: Path, base: Path) -> set[str]:
        asked = excluder(root, [("tfaudit.yaml", base, ["/infra/legacy/", "legacy/a.tf"])])
        found = discover(root, root, Limits(), asked)
        return {each.name for each in found if isinstance(each, InputFile)}

    assert left(repository / "infra", repository) == {"main.tf"}
    assert left(repository, repository) == {"infra/main.tf"}
    assert left(repository, repository / "infra") == {"infra/legacy/main.tf", "infra/main.tf", "legacy/a.tf"}


def test_an_option_is_meant_as_the_shell_completes_it(
    repository: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(repository, "infra/legacy/main.tf", "infra/legacy.tf", "legacy/a.tf")
    monkeypatch.chdir(repository)
    assert seen(repository, options=("./infra/legacy",))[0] == {"infra/legacy.tf", "legacy/a.tf"}
    assert seen(repository, below="infra", options=("./infra/legacy/",))[0] == {"legacy.tf"}
    assert seen(repository, options=(str(repository / "legacy"),))[0] == {
        "infra/legacy/main.tf",
        "infra/legacy.tf",
    }
    monkeypatch.chdir(repository / "infra")
    assert seen(repository, options=("../legacy",))[0] == {"infra/legacy/main.tf", "infra/legacy.tf"}


def test_patterns_cannot_hang_a_scan(repository: Path) -> None:
    put(repository, "a" * 200 + ".tf", "b.tf")
    (repository / ".gitignore").write_text("*a" * 40 + "*b\n[\n\\\nb.tf\n")
    started = time.monotonic()
    found, _ = seen(repository)
    assert found == {"a" * 200 + ".tf"}
    assert time.monotonic() - started < 10


def test_patterns_of_any_length_and_number_are_matched(repository: Path) -> None:
    put(repository, "b.tf", "x/c.tf")
    (repository / ".gitignore").write_text("b.tf\n" + "**/x" * 20_000 + "\n" + "*.log\n" * 20_000)
    found, _ = seen(repository)
    assert found == {"x/c.tf"}
