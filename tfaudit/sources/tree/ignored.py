"""Which paths a scan leaves out: what `.gitignore` files of the tree name, and what configuration and options do.

As git has it, `.gitignore` says nothing of what git tracks already; and where there is no repository, or its index
cannot be read, any file may be tracked, so that nothing is left out. Of the folders that tools fill (`node_modules`),
one that git tracks files in is read like any other. What was left out is counted, for the reports.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from pathlib import Path, PurePath
from typing import Any

from msgspec import Struct, field

from tfaudit import work_tree
from tfaudit.model.verdicts import LeftOut
from tfaudit.sources.tree.files import FETCHED_FOLDERS, SKIPPED_FOLDERS
from tfaudit.sources.tree.git_index import Tracked, Unreadable, tracked

_MAX_BYTES = 1_000_000
_SHOWN = 5
_INFRASTRUCTURE = frozenset(
    {".tf", ".tofu", ".tfvars", ".json", ".yaml", ".yml", ".template", ".cfn", ".cform", ".cft", ".sam"}
)


class _Rules(Struct):
    """The patterns of one file or option list, `origin`, where they stand, and the folder that they speak of."""

    origin: str
    spec: Any
    folder: str = ""

    def match(self, path: str) -> tuple[bool, str] | None:
        """Return whether `path` (a folder ends in `/`) is left out, by which pattern; None where none speaks of it."""
        result = self.spec.check_file(path)
        if result.include is None:
            return None
        pattern = self.spec.patterns[result.index].pattern if result.index is not None else ""
        return bool(result.include), str(pattern)


class _Count(Struct):
    files: int = 0
    folders: int = 0
    patterns: dict[str, None] = field(default_factory=dict)


class Excluder:
    """Tells of a path whether it is left out, and keeps count. Patterns are those of gitignore(5)."""

    def __init__(self, root: Path, own: Sequence[_Rules], gitignore: bool) -> None:
        """Take the scanned folder, and the patterns that hold for all of it and cannot be taken back."""
        folder = root.resolve()
        self._folder = str(folder).rstrip("/")
        self._own = own
        # git reads the .gitignore files from the work tree's top down, wherever a command starts.
        self._top = work_tree.top(folder) if gitignore else None
        self._prefix = folder.relative_to(self._top).parts if self._top is not None else ()
        self._rules: dict[str, _Rules | None] = {}
        self._indexes: dict[str, Tracked | None] = {}
        self._counts: dict[str, _Count] = {}
        self._doubts: dict[str, None] = {}
        # A folder that was named is scanned, though it be ignored: what stands above it says nothing of what is in it.
        named = any(self._ignored(self._prefix[:depth], True, 0) for depth in range(1, len(self._prefix) + 1))
        self._first = len(self._prefix) if named else 0

    def __call__(self, name: str, folder: bool) -> bool:
        """Whether the path `name`, relative to the scanned folder, is left out."""
        path = name + "/" if folder else name
        for rules in self._own:
            inner = f"{self._folder}/{path}".removeprefix(f"{rules.folder}/")
            found = rules.match(inner) if not inner.startswith("/") else None
            if found is not None and found[0]:
                self._count(rules.origin, found[1], name, folder)
                return True
        parts = (*self._prefix, *name.split("/"))
        if folder and parts[-1] in SKIPPED_FOLDERS:
            return self._skipped(name, parts)
        if self._top is None:
            return False
        ignored = self._ignored(parts, folder, self._first)
        if ignored is None or self._tracked(parts, folder):
            return False
        self._count(*ignored, name, folder)
        return True

    def _skipped(self, name: str, parts: tuple[str, ...]) -> bool:
        """Whether a folder that is called as those are that tools fill is left out; counted where it may be none."""
        fetched = parts[-1] in FETCHED_FOLDERS
        tracked = not fetched if self._top is None else self._tracked(parts, True)
        if tracked and self._top is not None and not fetched:
            return False
        if tracked:
            self._count("what they are called", f"{parts[-1]}/", name, True)
        return True

    def notes(self) -> tuple[str, ...]:
        """Return a sentence for each place whose patterns left something out that may have been infrastructure."""
        return (*(_note(origin, count) for origin, count in self._counts.items()), *self._doubts)

    def left_out(self) -> tuple[LeftOut, ...]:
        """Return what each place's patterns left out that may have been infrastructure."""
        return tuple(
            LeftOut(origin, tuple(count.patterns), count.files, count.folders)
            for origin, count in self._counts.items()
        )

    def _count(self, origin: str, pattern: str, name: str, folder: bool) -> None:
        if not folder and PurePath(name).suffix.lower() not in _INFRASTRUCTURE:
            return
        count = self._counts.setdefault(origin, _Count())
        count.folders += folder
        count.files += not folder
        count.patterns[pattern] = None

    def _ignored(self, parts: tuple[str, ...], folder: bool, first: int) -> tuple[str, str] | None:
        """Return the file and the pattern by which a path is ignored, by the files at depth `first` and below."""
        for depth in range(len(parts) - 1, first - 1, -1):
            rules = self._rules_of("/".join(parts[:depth]))
            found = (
                rules.match("/".join(parts[depth:]) + ("/" if folder else "")) if rules is not None else None
            )
            if rules is not None and found is not None:
                return (rules.origin, found[1]) if found[0] else None
        return None

    def _rules_of(self, folder: str) -> _Rules | None:
        if folder not in self._rules and self._top is not None:
            origin = f"{folder}/.gitignore" if folder else ".gitignore"
            try:
                spec = _read(self._top / origin)
            except ValueError as error:
                spec = None
                self._doubts[f"{origin} leaves nothing out: {error}"] = None
            self._rules[folder] = _Rules(origin, spec) if spec is not None else None
        return self._rules[folder]

    def _tracked(self, parts: tuple[str, ...], folder: bool) -> bool:
        """Whether git may track the path, or something below it: the innermost repository around it decides."""
        for depth in range(len(parts) - 1, 0, -1):
            inner = "/".join(parts[:depth])
            if self._is_repository(inner):
                if self._ignored(parts, folder, depth) is None:
                    return True  # what stands outside of a repository says nothing of what is in it
                return self._holds(inner, "/".join(parts[depth:]))
        return self._holds("", "/".join(parts))

    def _is_repository(self, folder: str) -> bool:
        return folder in self._indexes or (self._top is not None and (self._top / folder / ".git").exists())

    def _holds(self, repository: str, path: str) -> bool:
        if repository not in self._indexes and self._top is not None:
            try:
                self._indexes[repository] = tracked(self._top / repository)
            except Unreadable as error:
                self._indexes[repository] = None
                where = f" of {repository}" if repository else ""
                self._doubts[
                    f"the index of git{where} cannot tell what is tracked, so .gitignore leaves nothing out: {error}"
                ] = None
        index = self._indexes[repository]
        return index is None or index.holds(path)


def excluder(
    root: Path,
    configured: Iterable[tuple[str, Path, Iterable[str]]],
    *,
    options: Iterable[str] = (),
    gitignore: bool = True,
) -> Excluder:
    """Return what tells of a path relative to `root`, and whether it is a folder, whether it is left out.

    A folder's `.gitignore` holds for what is below it and can take back what an upper one left out; the patterns
    `configured`, each list with its origin and the folder that it speaks of what is below of, and those of `options`
    hold for the whole tree and cannot be taken back. A path of an option that begins with `./` or `/` is meant as the
    shell completes it.
    """
    folder = root if root.is_dir() else root.parent
    top = os.path.realpath(folder)
    own = [
        (
            f"exclude in {origin}",
            [each.removeprefix(".") if each.startswith("./") else each for each in patterns],
            os.path.realpath(below),
        )
        for origin, below, patterns in configured
    ]
    own.append(("--exclude", [_from_shell(each, top) for each in options], top))
    rules = [
        _Rules(origin, spec, below.rstrip("/"))
        for origin, lines, below in own
        if (spec := _spec(lines)) is not None
    ]
    return Excluder(folder, rules, gitignore)


def _from_shell(pattern: str, top: str) -> str:
    if not pattern.startswith(("./", "../", "/")):
        return pattern
    path = os.path.normpath(Path.cwd() / pattern)
    if not path.startswith(top.rstrip("/") + "/"):
        return pattern
    return path[len(top.rstrip("/")) :] + ("/" if pattern.endswith("/") else "")


def _read(path: Path) -> Any:
    """Return the patterns of a file, None where there are none; `ValueError` where they are too many."""
    try:
        if path.is_symlink() or not path.is_file():
            return None
        if path.stat().st_size > _MAX_BYTES:
            raise ValueError(f"it is larger than {_MAX_BYTES / 1e6:.0f} MB")
        return _spec(path.read_text("utf-8", "replace").splitlines())
    except OSError as error:
        raise ValueError(f"it cannot be read: {error.strerror}") from error


def _spec(lines: list[str]) -> Any:
    if not any(line.strip() and not line.startswith("#") for line in lines):
        return None
    from tfaudit.sources.tree.gitignore import Patterns

    return Patterns.from_lines(lines)


def _note(origin: str, count: _Count) -> str:
    stated = [
        f"{number:,} {word if number == 1 else word + 's'}"
        for number, word in ((count.files, "file"), (count.folders, "folder"))
        if number
    ]
    shown = ", ".join(each[:60] for each in list(count.patterns)[:_SHOWN])
    more = f" and {len(count.patterns) - _SHOWN:,} more" if len(count.patterns) > _SHOWN else ""
    verb = "is" if count.files + count.folders == 1 else "are"
    return f"{' and '.join(stated)} {verb} left out by {origin}: {shown}{more}"
