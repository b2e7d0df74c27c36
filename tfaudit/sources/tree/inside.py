"""Opens files of the scanned tree, and nothing else: what lies outside, is no regular file, or has no end stays unread.

Scanned input is hostile. Every path that it names goes through here: `..`, absolute paths and links are followed only
as far as the tree goes; devices, FIFOs and sockets are not opened for reading; what version control keeps for itself (a
runner's token stands in `.git/config`) is not part of the tree.
"""

from __future__ import annotations

import errno
import os
import stat
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
    if found != top and not found.startswith(top.rstrip("/") + "/"):
        raise NotInside("it lies outside of the scanned tree", outside=True)
    if not PRIVATE_FOLDERS.isdisjoint(found[len(top) :].casefold().split("/")):
        raise NotInside("it belongs to version control, which is not part of the tree")
    return found


def read(root: str, path: str, limit: int) -> bytes:
    """Return the bytes of a file of the tree at `root`, of `limit` bytes at most.

    Raises `NotInside` for what is not in the tree, not a regular file or larger, and `OSError` for what is not there or
    may not be read.
    """
    return _regular(real(root, path), limit)


def walked(root: str, name: str, limit: int) -> bytes:
    """Return the bytes of a file that a walk has found, which followed no folder out of the tree.

    As `read`, without the cost of resolving every folder of the path: only a link as its last step is resolved.
    """
    try:
        return _regular(f"{root}/{name}", limit)
    except OSError as error:
        if error.errno != errno.ELOOP:
            raise
    return read(root, name, limit)


def walked_head(root: str, name: str, size: int) -> bytes:
    """Return the first `size` bytes of a file that a walk has found, as `walked` does."""
    with walked_stream(root, name) as stream:
        return stream.read(size)


def walked_stream(root: str, name: str) -> BinaryIO:
    """Return a file that a walk has found, open: for whoever looks through it piece by piece. No link is followed."""
    return os.fdopen(_opened(f"{root}/{name}"), "rb")


def given(path: str, limit: int) -> bytes:
    """Return the bytes of a file that a person has named, which may lie anywhere and be a pipe (`<(...)` of a shell).

    Raises `NotInside` for a device, a socket, a folder, or more than `limit` bytes.
    """
    with open(path, "rb") as stream:  # noqa: PTH123 - a worker does not load pathlib
        mode = os.fstat(stream.fileno()).st_mode
        if not stat.S_ISREG(mode) and not stat.S_ISFIFO(mode):
            raise NotInside("it is neither a file nor a pipe")
        return _bounded(stream, limit)


def _regular(path: str, limit: int) -> bytes:
    handle = _opened(path)
    try:
        data = os.read(handle, _CHUNK)
        if len(data) < _CHUNK <= limit and not os.read(handle, 1):
            return data  # nearly every file: a stream for it would cost as much as reading it
        with os.fdopen(os.dup(handle), "rb") as stream:
            stream.seek(0)
            return _bounded(stream, limit)
    finally:
        os.close(handle)


def _opened(path: str) -> int:
    """Return a descriptor of a regular file."""
    try:
        # Without O_NONBLOCK, opening a FIFO waits for somebody to write into it.
        handle = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_NOFOLLOW | os.O_CLOEXEC)
    except ValueError as error:  # a NUL in the name
        raise NotInside("the path is no valid one") from error
    if not stat.S_ISREG(os.fstat(handle).st_mode):
        os.close(handle)
        raise NotInside("it is no regular file")
    return handle


def _bounded(stream: BinaryIO, limit: int) -> bytes:
    data = stream.read(limit + 1)
    if len(data) > limit:
        raise NotInside(f"it is larger than {limit / 1e6:.0f} MB")
    return data
