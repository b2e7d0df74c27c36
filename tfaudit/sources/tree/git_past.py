"""What a repository held at another commit, laid out in a folder of its own, without git and without a checkout.

Objects are read by libgit2, which runs no hook, filter or helper of a repository. Trees are as hostile as files: names
that would lead anywhere are refused, nothing is written through a link, and size and number have bounds.
"""

from __future__ import annotations

import functools
import hashlib
import marshal
import os
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from tfaudit.cache import Cache, Store
from tfaudit.errors import UsageError
from tfaudit.model.resources import Limits
from tfaudit.sources.tree import git_refs, git_remotes

if TYPE_CHECKING:
    from pygit2 import Repository

MOST_BYTES = 2_000_000_000
"""How much of one commit is laid out."""
_FETCH = "fetch it first (git fetch origin, or fetch-depth: 0 where a pipeline checks out)"
_SHORT = 12
_LINK, _SUBMODULE = 0o120000, 0o160000
_REFUSED = frozenset({"", ".", ".."})


class Past(Struct, frozen=True):
    """A commit to look at: its repository, its id, the id of its tree, and what a person calls it.

    `top` is the work tree of the repository, which `opened` gives: to open it takes longer than to recall what it said.
    """

    top: Path
    opened: Callable[[], Repository]
    commit: str
    tree: str
    says: str


def at(top: Path, ref: str) -> Past:
    """Return the commit that `ref` means in the repository at `top`.

    Raises `UsageError` where there is no repository, no such commit, or its objects are not here.
    """
    opened = functools.cache(lambda: _opened(top))
    commit = _commit(opened(), ref)
    return Past(top, opened, str(commit.id), str(commit.tree.id), _called(ref, commit))


def parted(top: Path, ref: str, head: str = "HEAD", store: Store | None = None) -> Past:
    """Return the commit at which `head` parted from `ref`, `ref` itself where they have nothing in common; as `at`.

    With a `store` it is asked of the repository once for each pair of commits.
    """
    opened = functools.cache(lambda: _opened(top))
    state = git_refs.meant(str(top), ref, head) if store is not None else ""
    if not state:
        return Past(top, opened, *_parted(opened(), ref, head))
    key = hashlib.sha256(repr((ref, state)).encode("utf-8", "surrogatepass")).hexdigest()
    cache = Cache(store, "parted")
    kept = cache.get(key)
    if kept is not None:
        commit, tree, says = marshal.loads(kept)  # noqa: S302 - written below, and sealed
        return Past(top, opened, commit, tree, says)
    found = _parted(opened(), ref, head)
    cache.put(key, marshal.dumps(found))
    cache.trim()
    return Past(top, opened, *found)


def _parted(repository: Repository, ref: str, head: str) -> tuple[str, str, str]:
    """Return the commit's id, its tree's, and what it is called."""
    commit = _commit(repository, ref)
    says = _called(ref, commit)
    base: Any = repository.merge_base(commit.id, _commit(repository, head).id)
    if base is None:
        says += ", which has no common commit with the work here"
        if repository.is_shallow:
            says += " as far as this shallow clone reaches"
    elif base != commit.id:
        commit = repository[base]
        says = f"{str(base)[:_SHORT]}, where the work parted from {ref}"
    return str(commit.id), str(commit.tree.id), says


def _called(ref: str, commit: Any) -> str:
    return f"{ref} ({str(commit.id)[:_SHORT]})"


def _opened(top: Path) -> Repository:
    import pygit2

    try:
        git_remotes.git_folder(str(top))  # a pointer of the tree's leads to its own repository, or nowhere
        pygit2.option(pygit2.enums.Option.SET_OWNER_VALIDATION, False)  # nothing of it is run
        return pygit2.Repository(str(top), pygit2.enums.RepositoryOpenFlag.NO_SEARCH)
    except (OSError, pygit2.GitError) as error:
        raise UsageError(
            f"{top}: --since needs a git repository that can be read ({error}); use --baseline FILE without one"
        ) from error


def _commit(repository: Repository, ref: str) -> Any:
    import pygit2

    try:
        found = repository.revparse_single(ref)
    except (KeyError, ValueError, pygit2.GitError) as error:
        if repository.is_empty or (repository.head_is_unborn and not any(repository.references)):
            why = "this repository holds no commit yet; --baseline FILE compares without one"
        else:
            why = f'"{ref}" is no commit that this {_clone(repository)} has; {_FETCH}'
        raise UsageError(why) from error
    try:
        return found.peel(pygit2.Commit)
    except (ValueError, pygit2.GitError) as error:
        raise UsageError(
            f'"{ref}" names no commit but what is in one; name a commit, branch or tag'
        ) from error


def _clone(repository: Repository) -> str:
    return "shallow clone" if repository.is_shallow else "repository"


def renamed(past: Past) -> Mapping[str, str]:
    """Return the files of the work tree that had another name at `past`: name now → name then, both from the top."""
    import pygit2

    flags = pygit2.enums.DiffOption.INCLUDE_UNTRACKED | pygit2.enums.DiffOption.RECURSE_UNTRACKED_DIRS
    try:
        diff = past.opened()[past.commit].tree.diff_to_workdir(flags, 0, 0)
        diff.find_similar(pygit2.enums.DiffFind.FIND_RENAMES | pygit2.enums.DiffFind.FIND_FOR_UNTRACKED)
        return {each.new_file.path: each.old_file.path for each in diff.deltas if each.status_char() == "R"}
    except (KeyError, ValueError, pygit2.GitError):
        return {}  # without them more is new, and nothing is hidden


def renamed_between(past: Past, now: Past) -> Mapping[str, str]:
    """Return the files of `now` that had another name at `past`, as `renamed` does."""
    import pygit2

    try:
        diff = past.opened().diff(past.commit, now.commit, context_lines=0)
        diff.find_similar()
        return {each.new_file.path: each.old_file.path for each in diff.deltas if each.status_char() == "R"}
    except (KeyError, ValueError, pygit2.GitError):
        return {}


def lay_out(past: Past, folder: Path, limits: Limits) -> tuple[str, ...]:
    """Write the files of `past` into `folder`, which is empty, and return the submodules, which are not among them.

    A file over the bound on size gets its size and no content: it is not read anyway. Raises `UsageError` for a tree
    that has names which lead elsewhere, twice the same name, too much in it, or objects that are not here.
    """
    writer = _Writer(past, folder, limits)
    try:
        writer.write()
    except (KeyError, ValueError) as error:
        raise UsageError(f"objects of {past.says} are not in this repository; {_FETCH}") from error
    except OSError as error:
        raise UsageError(
            f"{past.says} cannot be laid out in {folder}: {error.strerror}; TMPDIR names another folder"
        ) from error
    _name_remotes(past, folder)
    return tuple(writer.submodules)


class _Writer:
    def __init__(self, past: Past, folder: Path, limits: Limits) -> None:
        self._past = past
        self._folder = os.fspath(folder)
        self._limits = limits
        self._bytes = self._files = 0
        self.submodules: list[str] = []

    def write(self) -> None:
        repository = self._past.opened()
        stack = [("", repository[self._past.tree])]
        while stack:
            prefix, tree = stack.pop()
            for name, entry in _entries(tree, self._past.says):
                path = f"{self._folder}/{prefix}{name}"
                if entry.filemode == _SUBMODULE:
                    self.submodules.append(f"{prefix}{name}")
                elif entry.type_str == "tree":
                    self._once(path)
                    stack.append((f"{prefix}{name}/", entry))
                else:
                    self._file(path, entry)

    def _once(self, path: str) -> None:
        try:
            os.mkdir(path, 0o700)  # noqa: PTH102 - thousands of them
        except FileExistsError as error:
            raise UsageError(
                f"{self._past.says} holds two things of one name; it cannot be judged"
            ) from error

    def _file(self, path: str, blob: Any) -> None:
        self._files += 1
        small = blob.size <= self._limits.file_bytes
        self._bytes += blob.size if small else 0
        if self._files > self._limits.files or self._bytes > MOST_BYTES:
            raise UsageError(
                f"{self._past.says} holds more than {self._limits.files:,} files or {MOST_BYTES / 1e9:.0f} GB"
            )
        try:
            if blob.filemode == _LINK:
                os.symlink(blob.data if small else b"", path.encode("utf-8", "surrogateescape"))  # noqa: PTH211
                return
            handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)
        except FileExistsError as error:
            raise UsageError(
                f"{self._past.says} holds two things of one name; it cannot be judged"
            ) from error
        try:
            if small:
                data = memoryview(blob.data)
                while data:
                    data = data[os.write(handle, data) :]
            else:
                os.ftruncate(handle, blob.size)
        finally:
            os.close(handle)


def _entries(tree: Any, says: str) -> Iterator[tuple[str, Any]]:
    for entry in tree:
        name = os.fsdecode(entry.raw_name)
        if name in _REFUSED or "/" in name or "\0" in name or name.casefold() == ".git":
            raise UsageError(
                f'{says} holds a file called "{name[:40]}", which no git writes; it is not judged'
            )
        yield name, entry


def _name_remotes(past: Past, folder: Path) -> None:
    """Write by which addresses the repository is called, so that modules which name it are found in it."""
    (folder / ".git").mkdir(mode=0o700)
    stated = "".join(f'[remote "r{n}"]\n\turl = https://{each}\n' for n, each in enumerate(_locations(past)))
    (folder / ".git/config").write_text(stated, "utf-8")
    (folder / ".git/HEAD").write_text(f"{past.commit}\n", "utf-8")


def _locations(past: Past) -> list[str]:
    return sorted(git_remotes.remotes(str(past.top)))
