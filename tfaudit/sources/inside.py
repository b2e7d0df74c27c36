"""Opens files of the scanned tree, and nothing else: what lies outside, is no regular file, or has no end stays unread.

Scanned input is hostile. Every path that it names goes through here: `..`, absolute paths and links are followed only
as far as the tree goes; devices, FIFOs and sockets are not opened for reading; what version control keeps for itself (a
runner's token stands in `.git/config`) is not part of the tree.
"""

from __future__ import annotations

import os
import stat

PRIVATE_FOLDERS = frozenset({".git", ".hg", ".svn"})
"""Folders of version control: they hold credentials and hooks, and nothing that describes infrastructure."""


class NotInside(OSError):
    """The path leads out of the tree, or to something that is no regular file of it; `strerror` says which."""

    def __init__(self, because: str) -> None:
        """Hold the reason."""
        super().__init__(None, because)


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
        raise NotInside("it lies outside of the scanned tree")
    if not PRIVATE_FOLDERS.isdisjoint(found[len(top) :].split("/")):
        raise NotInside("it belongs to version control, which is not part of the tree")
    return found


def read(root: str, path: str, limit: int) -> bytes:
    """Return the bytes of a file of the tree at `root`, of `limit` bytes at most.

    Raises `NotInside` for what is not in the tree, not a regular file or larger, and `OSError` for what is not there or
    may not be read.
    """
    # Without O_NONBLOCK, opening a FIFO waits for somebody to write into it.
    handle = os.open(real(root, path), os.O_RDONLY | os.O_NONBLOCK | os.O_NOFOLLOW | os.O_CLOEXEC)
    with os.fdopen(handle, "rb") as stream:
        if not stat.S_ISREG(os.fstat(handle).st_mode):
            raise NotInside("it is no regular file")
        data = stream.read(limit + 1)
    if len(data) > limit:
        raise NotInside(f"it is larger than {limit / 1e6:.0f} MB")
    return data
