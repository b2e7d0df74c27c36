"""Files of the scanned tree that expressions read, and what was read of them: an answer holds only while that is so.

A read is `(kind, path, state)`: of kind `file` the SHA-256 of the bytes, or `absent`, or why it is not read; of kind
`set` the SHA-256 of the names that a pattern finds. Paths are relative to the tree.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import posixpath
import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Any, TypeAlias

from tfaudit.model.resources import Unresolved
from tfaudit.sources.terraform.hcl.functions.signature import MAX_ITEMS, MAX_TEXT, Refused, Unknown, too_large
from tfaudit.sources.terraform.hcl.values import SETTLE_APPLY
from tfaudit.sources.tree.inside import PRIVATE_FOLDERS, NotInside, read, real

Read: TypeAlias = tuple[str, str, str]

MAX_FILE = 20_000_000
MAX_TOTAL = 100_000_000
MAX_ENTRIES = 20_000
ABSENT = "absent"
_SPECIAL = frozenset("*?[{\\")


class Reads:
    """Reads files for one root: `tree` is the scanned tree, `folder` the root's folder in it."""

    def __init__(self, tree: str, folder: str) -> None:
        """Begin with nothing read."""
        self._tree = tree
        self._folder = folder
        self._left = MAX_TOTAL
        self._held: dict[str, bytes] = {}
        self._states: dict[tuple[str, str], str] = {}

    def done(self) -> list[Read]:
        """Return what was read, in order."""
        return sorted((kind, path, state) for (kind, path), state in self._states.items())

    def path(self, written: str) -> str:
        """Return a path as Terraform takes it, relative to the tree; `Unknown` where it is none of the tree."""
        if written.startswith("~") or "\0" in written:
            raise _outside("it lies outside of the scanned tree")
        if written.startswith("/"):
            top = os.path.realpath(self._tree)
            if posixpath.commonpath([posixpath.normpath(written), top]) != top:
                raise _outside("it lies outside of the scanned tree")
            return posixpath.relpath(written, top)
        found = posixpath.normpath(posixpath.join(self._folder or ".", written))
        if found == ".." or found.startswith("../"):
            raise _outside("it lies outside of the scanned tree")
        return found

    def content(self, written: str) -> bytes:
        """Return the bytes of a file; `Refused` where there is none, `Unknown` where it may not be read."""
        path = self.path(written)
        if path in self._held:
            return self._held[path]
        try:
            data = read(self._tree, path, min(MAX_FILE, self._left))
        except (FileNotFoundError, NotADirectoryError) as error:
            self._states["file", path] = ABSENT
            raise Refused("there is no such file in the tree") from error
        except OSError as error:
            because = error.strerror or "it cannot be read"
            self._states["file", path] = because
            raise _outside(because) from error
        self._left -= len(data)
        self._states["file", path] = hashlib.sha256(data).hexdigest()
        if len(data) <= MAX_TEXT:
            self._held[path] = data
        return data

    def exists(self, written: str) -> bool:
        """Whether there is such a file in the tree; `Refused` where something else stands there."""
        path = self.path(written)
        try:
            found = real(self._tree, path)
            if os.path.isdir(found):  # noqa: PTH112 - a worker does not load pathlib
                self._states["file", path] = "it is a folder"
                raise Refused("it is a folder, not a file")
            if not os.path.lexists(found):
                self._states["file", path] = ABSENT
                return False
            self.content(written)
        except OSError as error:
            raise _outside(error.strerror or "it cannot be read") from error
        except Refused:
            if self._states.get(("file", path)) == ABSENT:
                return False
            raise
        return True

    def matching(self, folder: str, pattern: str) -> list[str]:
        """Return the files at or below `folder` that a pattern finds, relative to it, in order."""
        path = self.path(folder)
        whole = posixpath.normpath(posixpath.join(path, pattern))
        if whole == ".." or whole.startswith(("../", "/")) or pattern.startswith("/"):
            raise _outside("it lies outside of the scanned tree")
        self._states["set", whole] = ""
        found = _matching(self._tree, whole)
        self._states["set", whole] = _digest(found)
        return sorted(posixpath.relpath(each, path) for each in found)


def _outside(because: str) -> Unknown:
    return Unknown(Unresolved(f"a file is not read: {because}", SETTLE_APPLY))


def _digest(names: Iterable[str]) -> str:
    return hashlib.sha256("\0".join(sorted(names)).encode("utf-8", "surrogateescape")).hexdigest()


def unchanged(tree: str, reads: Iterable[Read], seen: dict[tuple[str, str], str]) -> bool:
    """Whether everything that was read is what it was; `seen` keeps what was looked at for the next answer."""
    for kind, path, state in reads:
        if (kind, path) not in seen:
            seen[kind, path] = _state(tree, kind, path)
        if seen[kind, path] != state:
            return False
    return True


def _state(tree: str, kind: str, path: str) -> str:
    reads = Reads(tree, "")
    with contextlib.suppress(Unknown, Refused):
        if kind == "set":
            return _digest(_matching(tree, path))
        reads.exists(path)
    return next((state for _, _, state in reads.done()), "")


_OF_GIT = (
    "HEAD",
    "config",
    "description",
    "exclude",
    "hooks",
    "index",
    "info",
    "logs",
    "objects",
    "packed-refs",
    "refs",
)
"""Names that stand in a folder of git's own, for patterns that would find them there."""


def _matching(tree: str, pattern: str) -> list[str]:
    """Return the regular files of the tree that match, after the rules of doublestar 1.1, which Terraform uses."""
    left = [MAX_ENTRIES]
    found = list(dict.fromkeys(_walk(tree, ".", pattern.split("/"), left)))
    if len(found) > MAX_ITEMS:
        raise too_large()
    return found


def _walk(tree: str, folder: str, components: list[str], left: list[int]) -> Iterator[str]:
    at = 0
    while at < len(components) and _SPECIAL.isdisjoint(components[at]):
        folder = posixpath.normpath(posixpath.join(folder, components[at]))
        at += 1
    components = components[at:]
    path = _real(tree, folder)
    if not components:
        if os.path.isfile(path):  # noqa: PTH113 - a worker does not load pathlib
            yield folder
        return
    try:
        with os.scandir(path) as listed:
            entries = sorted(listed, key=lambda entry: entry.name)
    except OSError:
        return
    first, *rest = components
    for entry in entries:
        left[0] -= 1
        if left[0] < 0 or folder.count("/") > 100:
            raise too_large()
        name = posixpath.normpath(posixpath.join(folder, entry.name))
        if entry.name.casefold() in PRIVATE_FOLDERS:
            last = _component(rest[-1] if rest else first)
            if not any(map(last.fullmatch, _OF_GIT)):
                continue  # nothing that a project writes has its name there
            raise _outside("it belongs to version control, which is not part of the tree")
        yield from _entry(tree, name, entry, components, left)


def _entry(
    tree: str, name: str, entry: os.DirEntry[str], components: list[str], left: list[int]
) -> Iterator[str]:
    first, *rest = components
    if first == "**":
        if entry.is_symlink():
            _real(tree, name)
        if entry.is_dir():
            yield from _walk(tree, name, components, left)
        elif not rest and entry.is_file():
            yield name
        if not rest:
            return
        first, *rest = rest
    if _component(first).fullmatch(entry.name) is None:
        return
    if entry.is_symlink():
        _real(tree, name)
    if rest:
        yield from _walk(tree, name, rest, left)
    elif entry.is_file():
        yield name


def _real(tree: str, path: str) -> str:
    try:
        return real(tree, path)
    except NotInside as error:
        raise _outside(error.strerror or "") from error


@lru_cache(maxsize=256)
def _component(pattern: str) -> Any:
    """Return one part of a pattern, between slashes, as a regular expression of linear time."""
    import re2

    parts: list[str] = []
    at = 0
    while at < len(pattern):
        sign = pattern[at]
        at += 1
        if sign == "*":
            parts.append(".*" if parts[-1:] != [".*"] else "")
        elif sign == "?":
            parts.append(".")
        elif sign == "\\":
            parts.append(re.escape(pattern[at : at + 1]))
            at += 1
        elif sign in "[{":
            end = pattern.find("]" if sign == "[" else "}", at)
            inner = pattern[at:end]
            if end < 0 or not inner or "\\" in inner or "{" in inner:
                raise Refused("the pattern is no valid one")
            parts.append(_class(inner) if sign == "[" else _alternatives(inner))
            at = end + 1
        else:
            parts.append(re.escape(sign))
    return re2.compile("(?s)" + "".join(parts))


def _class(inner: str) -> str:
    inside = inner.removeprefix("^")
    if not re.fullmatch(r"(?:[^-](?:-[^-])?)+", inside, re.DOTALL):
        raise Refused("the pattern is no valid one")
    escaped = "".join(each if each == "-" else re.escape(each) for each in inside)
    return f"[{'^' if inner.startswith('^') else ''}{escaped}]"


def _alternatives(inner: str) -> str:
    options = inner.split(",")
    if not all(options):
        raise _outside("its pattern has an empty alternative")
    return "(?:" + "|".join(_component(each).pattern.removeprefix("(?s)") for each in options) + ")"
