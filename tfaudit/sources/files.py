"""The files that a scan looks at: found in one walk, with links out of the tree and ignored paths left out."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path, PurePath

from tfaudit.resources import Limits, Place, Unread

HEAD_BYTES = 65_536
SKIPPED_FOLDERS = frozenset(
    {
        ".git",
        ".hg",
        ".svn",
        ".terraform",
        "node_modules",
        ".venv",
        "venv",
        "__pycache__",
        ".tox",
        ".mypy_cache",
        ".terragrunt-cache",
    }
)


@dataclass(slots=True)
class InputFile:
    """One file of the tree. `name` is its path relative to `root`, with `/`; `only` marks one that was named itself."""

    root: Path
    name: str
    size: int
    only: bool = False
    _head: bytes | None = field(default=None, repr=False)

    @property
    def path(self) -> Path:
        """The file on disk."""
        return self.root / self.name

    @property
    def suffix(self) -> str:
        """The last suffix of its name in lower case, with the dot."""
        return PurePath(self.name).suffix.lower()

    def head(self) -> bytes:
        """Return its first 64 KiB; `OSError` when it cannot be read."""
        if self._head is None:
            with self.path.open("rb") as stream:
                self._head = stream.read(HEAD_BYTES)
        return self._head

    def read(self) -> bytes:
        """Return all of it; `OSError` when it cannot be read."""
        if self.size <= HEAD_BYTES:
            return self.head()
        return self.path.read_bytes()


@dataclass(slots=True)
class Tree:
    """What a source needs to know of the scan beside its files.

    `keys` is filled by sources that can tell whether a scope is what it was: scope → digest of all that it comes from.
    `variables` are `-var` pairs and `variable_files` paths that hold for every root; `workspace` is
    Terraform's; `cache` is a folder for parsed input, None for no cache; `parameters` are CloudFormation's. `declared`
    is filled with the variables and parameters that the files declare, where any are given. `empty` is filled with
    the addresses of blocks that make nothing with the values at hand, `read_files` with the files that expressions
    read, each with its SHA-256 or with why it was not read.
    """

    root: Path
    limits: Limits = field(default_factory=Limits)
    variable_files: tuple[Path, ...] = ()
    variables: tuple[tuple[str, str], ...] = ()
    workspace: str = "default"
    parameters: tuple[tuple[str, str], ...] = ()
    cache: Path | None = None
    jobs: int = 0
    keys: dict[str, str] = field(default_factory=dict)
    declared: set[str] = field(default_factory=set)
    empty: list[str] = field(default_factory=list)
    read_files: dict[str, str] = field(default_factory=dict)


def nothing_excluded(name: str, folder: bool) -> bool:
    """Leave nothing out."""
    return False


def discover(
    target: Path,
    base: Path,
    limits: Limits,
    excluded: Callable[[str, bool], bool] = nothing_excluded,
) -> Iterator[InputFile | Unread]:
    """Yield the files at or below `target`, folders and names in order, with names relative to `base`, which holds it.

    `excluded` tells whether a path relative to `target` (and whether it is a folder) is left out. A link that leads out
    of the tree, a folder that cannot be listed, and anything beyond the bound on the number of files is `Unread`.
    """
    if target.is_file():
        yield InputFile(base, target.relative_to(base).as_posix(), target.stat().st_size, only=True)
        return
    prefix = "" if target == base else target.relative_to(base).as_posix() + "/"
    inside = target.resolve()
    count = 0
    stack: list[str] = [""]
    while stack:
        folder = stack.pop()
        below: list[str] = []
        for entry in _listed(target / folder, prefix + folder):
            if isinstance(entry, Unread):
                yield entry
                continue
            name = f"{folder}/{entry.name}" if folder else entry.name
            is_folder = entry.is_dir(follow_symlinks=False)
            if (is_folder and entry.name in SKIPPED_FOLDERS) or excluded(name, is_folder):
                continue
            if is_folder:
                below.append(name)
            elif entry.is_symlink():
                yield from _link(entry, prefix + name, inside)
            elif entry.is_file(follow_symlinks=False):
                count += 1
                if count > limits.files:
                    because = f"there are more than {limits.files} files"
                    yield Unread(Place(prefix + folder or "."), because, "scan its folders one by one")
                    return
                yield InputFile(base, prefix + name, entry.stat(follow_symlinks=False).st_size)
        stack.extend(reversed(below))


def _listed(folder: Path, name: str) -> list[os.DirEntry[str] | Unread]:
    try:
        with os.scandir(folder) as entries:
            return [*sorted(entries, key=lambda entry: entry.name)]
    except OSError as error:
        because = f"the folder cannot be listed: {error.strerror}"
        return [Unread(Place(name or "."), because, "give read access to it")]


def _link(entry: os.DirEntry[str], name: str, inside: Path) -> Iterator[Unread]:
    # A link inside the tree leads to what is scanned in its own place.
    # realpath, because Path.resolve() raises on a link that leads to itself.
    if not Path(os.path.realpath(entry.path)).is_relative_to(inside):
        because = "a link that leads out of the scanned tree is not followed"
        yield Unread(Place(name), because, "scan its target by itself")
