"""Files that this user alone can have made and can read, in folders into which others may have put something."""

from __future__ import annotations

import os
import stat
from contextlib import suppress
from pathlib import Path

OTHERS = stat.S_IRWXG | stat.S_IRWXO
"""The bits of a mode that let anybody else do something."""


def handle_of(path: str | Path) -> tuple[int, int] | None:
    """Return a file that is open to be read, for the caller to close, and its size in bytes; None for one of others.

    Raises `OSError` where there is none, or something else is called so.
    """
    handle = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    try:
        seen = os.fstat(handle)
        if stat.S_ISREG(seen.st_mode) and seen.st_uid == os.geteuid() and not seen.st_mode & OTHERS:
            return handle, seen.st_size
    except OSError:
        os.close(handle)
        raise
    os.close(handle)
    return None


def own_content(path: str | Path, limit: int) -> bytes | None:
    """Return what a file holds; None for one of others, and beyond `limit` bytes. Raises `OSError` as `handle_of`."""
    found = handle_of(path)
    if found is None:
        return None
    handle, size = found
    try:
        # Should a signal cut it short, it is no entry any more.
        return os.read(handle, size) if size <= limit else None
    finally:
        os.close(handle)


def put_own(folder: Path, name: str, prefix: str, data: bytes) -> None:
    """Put a file of this user's own in place, at once and as a whole; `OSError` leaves nothing behind."""
    draft = f"{folder}/{prefix}{os.urandom(8).hex()}"  # `tempfile` is slow to load
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(data)
        Path(draft).replace(folder / name)
    except OSError:  # the disk is full, or something else is called so
        with suppress(OSError):
            os.unlink(draft)  # noqa: PTH108
        raise
