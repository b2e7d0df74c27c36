"""Opens files of the scanned tree, and nothing else: what lies outside, is no regular file, or has no end stays unread.

Scanned input is hostile. Every path that it names goes through here: `..`, absolute paths and links are followed only
as far as the tree goes; devices, FIFOs and sockets are not opened for reading; what version control keeps for itself (a
runner's token stands in `.git/config`) is not part of the tree.
"""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from typing import BinaryIO

PRIVATE_FOLDERS = frozenset({".git", ".hg", ".svn"})
"""Folders of version control: they hold credentials and hooks, and nothing that describes infrastructure.

In small letters: where a file system is blind to case, `.GIT` is the same folder.
"""


_CHUNK = 1 << 16


class NotInside(OSError):
    """The path leads out of the tree (`outside`), or to something that is no file of it; `strerror` says which."""

    def __init__(self, because: str, *, outside: bool = False) -> None:
        """Hold the reason."""
        super().__init__(None, because)
        self.outside = outside


def real(root: str, path: str) -> str:
    """Return the real path of `path`, which is relative to `root` or absolute; `NotInside` where it is not in the tree.

    Links are resolved, of the root as well. That something is there is not said.
    """
    top = os.path.realpath(root)
    try:
        found = os.path.realpath(os.path.join(top, path))  # noqa: PTH118 - a worker does not load pathlib
    except (OSError, ValueError) as error:  # a NUL, or a name that is too long
        raise NotInside("the path is no valid one") from error
    _check(top, found)
    return found


def _check(top: str, found: str) -> None:
    """Raise `NotInside` unless the real path `found` is of the tree at the real path `top`."""
    if found != top and not found.startswith(top.rstrip("/") + "/"):
        raise NotInside("it lies outside of the scanned tree", outside=True)
    if not PRIVATE_FOLDERS.isdisjoint(found[len(top) :].casefold().split("/")):
        raise NotInside("it belongs to version control, which is not part of the tree")


def read(root: str, path: str, limit: int) -> bytes:
    """Return the bytes of a file of the tree at `root`, of `limit` bytes at most.

    Raises `NotInside` for what is not in the tree, not a regular file or larger, and `OSError` for what is not there or
    may not be read.
    """
    return _regular(root, real(root, path), limit)


def walked(root: str, name: str, limit: int) -> bytes:
    """Return the bytes of a file that a walk has found, which followed no folder out of the tree.

    As `read`, without the cost of resolving every folder of the path: only a link as its last step is resolved.
    """
    try:
        return _regular(root, f"{root}/{name}", limit)
    except OSError as error:
        if error.errno != errno.ELOOP:
            raise
    return read(root, name, limit)


def walked_head(root: str, name: str, size: int) -> bytes:
    """Return the first `size` bytes of a file that a walk has found, as `walked` does."""
    with walked_stream(root, name) as stream:
        return stream.read(size)


def walked_stream(root: str, name: str) -> BinaryIO:
    """Return a file that a walk has found, open, as `walked` does: for whoever looks through it piece by piece."""
    try:
        return os.fdopen(_opened(root, f"{root}/{name}"), "rb")
    except OSError as error:
        if error.errno != errno.ELOOP:
            raise
    return os.fdopen(_opened(root, real(root, name)), "rb")


@contextmanager
def listed(root: str, name: str) -> Iterator[list[os.DirEntry[str]]]:
    """Give what a folder holds that a walk has found, sorted by name; "" is the root.

    Raises `NotInside` where the folder is not in the tree any more, and `OSError` where it cannot be listed.
    """
    path = f"{root}/{name}" if name else root
    handle = os.open(path, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC | (os.O_NOFOLLOW if name else 0))
    try:
        if name:
            _check_opened(handle, root, path)
        with os.scandir(handle) as entries:
            found = sorted(entries, key=lambda entry: entry.name)
        yield found
    finally:
        os.close(handle)


def given(path: str, limit: int) -> bytes:
    """Return the bytes of a file that a person has named, which may lie anywhere and be a pipe (`<(...)` of a shell).

    Raises `NotInside` for a device, a socket, a folder, or more than `limit` bytes.
    """
    with open(path, "rb") as stream:  # noqa: PTH123 - a worker does not load pathlib
        mode = os.fstat(stream.fileno()).st_mode
        if not stat.S_ISREG(mode) and not stat.S_ISFIFO(mode):
            raise NotInside("it is neither a file nor a pipe")
        return _bounded(stream, limit)


def _regular(root: str, path: str, limit: int) -> bytes:
    handle = _opened(root, path)
    try:
        data = os.read(handle, _CHUNK)
        if len(data) < _CHUNK <= limit and not os.read(handle, 1):
            return data  # nearly every file: a stream for it would cost as much as reading it
        with os.fdopen(os.dup(handle), "rb") as stream:
            stream.seek(0)
            return _bounded(stream, limit)
    finally:
        os.close(handle)


def _opened(root: str, path: str) -> int:
    """Return a descriptor of a regular file of the tree at `root`."""
    try:
        # Without O_NONBLOCK, opening a FIFO waits for somebody to write into it.
        handle = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_NOFOLLOW | os.O_CLOEXEC)
    except ValueError as error:  # a NUL in the name
        raise NotInside("the path is no valid one") from error
    try:
        if not stat.S_ISREG(os.fstat(handle).st_mode):
            raise NotInside("it is no regular file")
        _check_opened(handle, root, path)
    except BaseException:
        os.close(handle)
        raise
    return handle


def _check_opened(handle: int, root: str, path: str) -> None:
    """Raise `NotInside` unless what has been opened as `path` lies in the tree at `root`.

    A folder of the path may have become a link since somebody looked: what counts is what is open now.
    """
    try:
        found = os.readlink(f"/proc/self/fd/{handle}")  # noqa: PTH115 - a worker does not load pathlib
    except OSError:  # not Linux, or a path longer than it tells
        found = os.path.realpath(path)
        seen, there = os.fstat(handle), os.stat(found)  # noqa: PTH116
        if (seen.st_dev, seen.st_ino) != (there.st_dev, there.st_ino):
            raise NotInside("it changes while it is read") from None
    if found != path:
        _check(os.path.realpath(root), found)


def _bounded(stream: BinaryIO, limit: int) -> bytes:
    data = stream.read(limit + 1)
    if len(data) > limit:
        raise NotInside(f"it is larger than {limit / 1e6:.0f} MB")
    return data
