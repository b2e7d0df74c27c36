"""What a repository held at a commit: laid out whole, and no tree of a stranger's leads anywhere else."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pygit2
import pytest

from tfaudit.errors import UsageError
from tfaudit.model.resources import Limits
from tfaudit.sources.tree import git_past

LIMITS = Limits()


@pytest.fixture
def repository(tmp_path: Path) -> pygit2.Repository:
    return pygit2.init_repository(str(tmp_path / "tree"))


def commit(repository: pygit2.Repository, entries: list[tuple[str, bytes | pygit2.Oid, int]]) -> None:
    """Commit a tree by hand: git itself would refuse some of what these hold."""
    raw = b""
    for name, content, mode in entries:
        oid = repository.create_blob(content) if isinstance(content, bytes) else content
        raw += f"{mode:o} {name}".encode() + b"\0" + oid.raw
    tree = repository.write(pygit2.enums.ObjectType.TREE, raw)
    author = pygit2.Signature("a", "a@example.org", 0, 0)
    repository.create_commit("HEAD", author, author, "", tree, [])


def laid(repository: pygit2.Repository, folder: Path, limits: Limits = LIMITS) -> tuple[str, ...]:
    folder.mkdir()
    past = git_past.at(Path(repository.workdir), "HEAD")
    return git_past.lay_out(past, folder, limits)


def test_files_folders_and_links_are_laid_out(repository: pygit2.Repository, tmp_path: Path) -> None:
    inner = repository.write(
        pygit2.enums.ObjectType.TREE, b"100644 b.tf\0" + repository.create_blob(b"b").raw
    )
    commit(
        repository,
        [
            ("a.tf", b"a\r\n", 0o100644),
            ("in", inner, 0o40000),
            ("link", b"in/b.tf", 0o120000),
            ("sub", inner, 0o160000),
        ],
    )
    assert laid(repository, tmp_path / "out") == ("sub",)
    assert (tmp_path / "out/a.tf").read_bytes() == b"a\r\n"
    assert (tmp_path / "out/in/b.tf").read_bytes() == b"b"
    assert (tmp_path / "out/link").readlink() == Path("in/b.tf")


@pytest.mark.parametrize("name", ["..", ".", ".git", ".GIT", "a/b", "../x"])
def test_names_that_lead_elsewhere_are_refused(
    repository: pygit2.Repository, tmp_path: Path, name: str
) -> None:
    commit(repository, [(name, b"x", 0o100644)])
    with pytest.raises(UsageError, match="no git writes"):
        laid(repository, tmp_path / "out")
    assert not (tmp_path / "x").exists()


def test_nothing_is_written_through_a_link(repository: pygit2.Repository, tmp_path: Path) -> None:
    inner = repository.write(pygit2.enums.ObjectType.TREE, b"100644 x\0" + repository.create_blob(b"b").raw)
    (tmp_path / "away").mkdir()
    commit(repository, [("a", str(tmp_path / "away").encode(), 0o120000), ("a", inner, 0o40000)])
    with pytest.raises(UsageError, match="two things of one name"):
        laid(repository, tmp_path / "out")
    assert list((tmp_path / "away").iterdir()) == []


def test_number_and_size_have_bounds(repository: pygit2.Repository, tmp_path: Path) -> None:
    commit(repository, [("a", b"x" * 100, 0o100644), ("b", b"y", 0o100644)])
    with pytest.raises(UsageError, match="more than 1 files"):
        laid(repository, tmp_path / "few", Limits(files=1))
    laid(repository, tmp_path / "small", Limits(file_bytes=10))
    assert (tmp_path / "small/a").read_bytes() == b"\0" * 100
    assert (tmp_path / "small/b").read_bytes() == b"y"


def test_a_pointer_to_another_repository_is_not_followed(
    repository: pygit2.Repository, tmp_path: Path
) -> None:
    commit(repository, [("a", b"x", 0o100644)])
    (tmp_path / "evil").mkdir()
    (tmp_path / "evil/.git").write_text(f"gitdir: {repository.path}\n")
    with pytest.raises(UsageError, match="--baseline"):
        git_past.at(tmp_path / "evil", "HEAD")


def test_objects_that_are_not_here_are_told(repository: pygit2.Repository, tmp_path: Path) -> None:
    commit(repository, [("a", pygit2.Oid(hex="12" * 20), 0o100644)])
    with pytest.raises(UsageError, match="fetch it first"):
        laid(repository, tmp_path / "out")


def test_nothing_of_a_repository_is_run(repository: pygit2.Repository, tmp_path: Path) -> None:
    commit(repository, [("a.tf", b"a", 0o100644), (".gitattributes", b"*.tf filter=evil\n", 0o100644)])
    ran = tmp_path / "ran"
    for name in (
        "filter.evil.smudge",
        "filter.evil.process",
        "core.fsmonitor",
        "core.sshCommand",
        "diff.external",
    ):
        subprocess.run(["git", "config", name, f"touch {ran}"], cwd=repository.workdir, check=True)
    laid(repository, tmp_path / "out")
    past = git_past.at(Path(repository.workdir), "HEAD")
    assert git_past.renamed(past) == {}
    assert not ran.exists()
