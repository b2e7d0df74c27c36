"""Which files git tracks, read from its index: what is tracked belongs to the repository, whatever .gitignore says.

The form is that of git-scm.com/docs/index-format, versions 2 to 4, split and sparse ones too. Git itself is never run:
a repository's configuration can name programs for it to run.
"""

from __future__ import annotations

import os
import stat
import struct
from bisect import bisect_left
from pathlib import Path

_MOST_BYTES = 256_000_000
_HEADER = struct.Struct(">4sLL")
_EXTENSION = struct.Struct(">4sL")
_STAT_BYTES = 40
_MODE_AT = 24
_GITLINK = 0o160000
_EXTENDED = 0x4000
_NAME_BITS = 0x0FFF
_HASH_BYTES = (20, 32)


class Unreadable(ValueError):
    """There is an index that cannot be read, so that any file may be tracked."""


class Tracked:
    """The paths in one index."""

    def __init__(self, names: list[bytes], whole: frozenset[bytes]) -> None:
        """Hold the names of entries, and those that stand for folders of which no files are named."""
        self._names = sorted(names)
        self._whole = whole

    def holds(self, path: str) -> bool:
        """Whether `path`, relative to the work tree's top, is a tracked file or has one below it."""
        name = os.fsencode(path)
        at = bisect_left(self._names, name)
        if at < len(self._names) and self._names[at] == name:
            return True
        below = name + b"/"
        at = bisect_left(self._names, below)
        if at < len(self._names) and self._names[at].startswith(below):
            return True
        if not self._whole:
            return False
        steps = name.split(b"/")
        return any(b"/".join(steps[:depth]) in self._whole for depth in range(1, len(steps) + 1))


def tracked(top: Path) -> Tracked:
    """Return what the repository with its work tree at `top` tracks; raises `Unreadable`."""
    folder = _git_folder(top / ".git")
    names: list[bytes] = []
    whole: set[bytes] = set()
    shared = "index"
    for _ in range(2):  # the index, and the one that it shares
        try:
            data = _bytes(folder / shared)
        except FileNotFoundError:
            if shared == "index":
                break  # nothing has been added yet
            raise Unreadable(f"its {shared} is not there") from None
        except OSError as error:
            raise Unreadable(f"it cannot be read: {error.strerror}") from error
        base = _parsed(data, names, whole)
        if not base:
            break
        shared = f"sharedindex.{base}"
    return Tracked(names, frozenset(whole))


def _git_folder(path: Path) -> Path:
    """Return git's own folder: work trees and submodules have a file that names it."""
    if path.is_dir():
        return path
    try:
        word, _, named = _bytes(path, 8192).decode("utf-8", "surrogateescape").partition(":")
    except OSError as error:
        raise Unreadable(f"{path.name} cannot be read: {error.strerror}") from error
    folder = path.parent / named.strip()
    if word != "gitdir" or "\0" in named or not folder.is_dir():
        raise Unreadable(f"{path.name} names no folder of git")
    return folder


def _bytes(path: Path, limit: int = _MOST_BYTES) -> bytes:
    # Without O_NONBLOCK, opening a FIFO waits for somebody to write into it.
    handle = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    with os.fdopen(handle, "rb") as stream:
        if not stat.S_ISREG(os.fstat(handle).st_mode):
            raise OSError(None, "it is no regular file")
        data = stream.read(limit + 1)
    if len(data) > limit:
        raise OSError(None, f"it is larger than {limit / 1e6:.0f} MB")
    return data


def _parsed(data: bytes, names: list[bytes], whole: set[bytes]) -> str:
    """Add the entries of an index; return the id of the one that it builds on, "" for none. Raises `Unreadable`."""
    for hash_bytes in _HASH_BYTES:
        try:
            found, folders, base = _entries(data, hash_bytes)
        except (ValueError, IndexError, struct.error):
            continue
        names += found
        whole |= folders
        return base
    raise Unreadable("it is no index of a version that is known")


def _entries(data: bytes, hash_bytes: int) -> tuple[list[bytes], set[bytes], str]:
    signature, version, count = _HEADER.unpack_from(data)
    if signature != b"DIRC" or version not in (2, 3, 4):
        raise ValueError(version)
    names: list[bytes] = []
    whole: set[bytes] = set()
    at = _HEADER.size
    name = b""
    fixed = _STAT_BYTES + hash_bytes + 2
    for _ in range(count):
        mode = int.from_bytes(data[at + _MODE_AT : at + _MODE_AT + 4], "big")
        flags = int.from_bytes(data[at + fixed - 2 : at + fixed], "big")
        start = at + fixed + (2 if flags & _EXTENDED else 0)
        if version == 4:
            cut, start = _offset(data, start)
            end = data.index(b"\0", start)
            name = name[: len(name) - cut] + data[start:end]
            at = end + 1
        else:
            length = flags & _NAME_BITS
            end = data.index(b"\0", start) if length == _NAME_BITS else start + length
            name = data[start:end]
            at += (end - at + 8) & ~7
        if mode == _GITLINK or name.endswith(b"/"):  # a submodule; a folder that a sparse index leaves folded
            whole.add(name.rstrip(b"/"))
        if name:  # in a split index, one that replaces an entry of the shared one has none
            names.append(name)
    return names, whole, _base(data, at, hash_bytes)


def _offset(data: bytes, at: int) -> tuple[int, int]:
    """Return a number in the encoding of pack files' offsets, and where it ends."""
    byte = data[at]
    value = byte & 127
    while byte & 128:
        at += 1
        byte = data[at]
        value = ((value + 1) << 7) + (byte & 127)
    return value, at + 1


def _base(data: bytes, at: int, hash_bytes: int) -> str:
    """Return the id that the extension `link` names; raises `ValueError` unless the extensions end where they must."""
    base = ""
    end = len(data) - hash_bytes
    while at < end:
        name, size = _EXTENSION.unpack_from(data, at)
        at += _EXTENSION.size
        if name == b"link":
            base = data[at : at + hash_bytes].hex().strip("0") and data[at : at + hash_bytes].hex()
        at += size
    if at != end:
        raise ValueError(at)
    return base
