"""Many entries of a cache in one file, since a file takes longer to make than most of what is kept in it.

Such a pack begins with a mark, the number of its entries, and for each a digest of its key with where it stands and how
long it is. That is believed by nobody: an entry is what its own seal says, or none.
"""

from __future__ import annotations

import hashlib
import os
import struct
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path

from tfaudit.own_files import handle_of

PREFIX = "pack-"
MOST = 4096
"""How many entries a pack may hold."""
_MARK = b"tfaudit1"
_HEAD = struct.Struct("<8sI")
_ENTRY = struct.Struct("<20sQQ")


def packed(entries: Sequence[tuple[str, bytes]]) -> bytes:
    """Return the content of a pack with at most `MOST` entries, each a key with its sealed content."""
    at = _HEAD.size + _ENTRY.size * len(entries)
    parts = [_HEAD.pack(_MARK, len(entries))]
    for key, data in entries:
        parts.append(_ENTRY.pack(_digest(key), at, len(data)))
        at += len(data)
    return b"".join([*parts, *(data for _, data in entries)])


class Packs:
    """The packs in a folder, as they are when the first entry is asked for."""

    def __init__(self, folder: Path, limit: int) -> None:
        """Look into none yet; an entry may have `limit` bytes."""
        self._limit = limit
        self._places: dict[bytes, tuple[str, int, int]] = {}
        for path in _paths(folder):
            with suppress(OSError):
                self._places.update(_index(path))

    def get(self, key: str) -> bytes | None:
        """Return the sealed content that stands under `key`, None for nothing; `OSError` where its pack is gone."""
        place = self._places.get(_digest(key))
        if place is None or place[2] > self._limit:
            return None
        path, at, size = place
        found = handle_of(path)
        if found is None:
            return None
        try:
            return os.pread(found[0], min(size, found[1]), at)
        finally:
            os.close(found[0])


def _paths(folder: Path) -> list[str]:
    """Return the packs of a folder, the oldest first."""
    try:
        with os.scandir(folder) as entries:
            found = [
                (each.stat(follow_symlinks=False).st_mtime_ns, each.path)
                for each in entries
                if each.name.startswith(PREFIX)
            ]
    except OSError:
        return []
    return [path for _, path in sorted(found)]


def _index(path: str) -> Iterator[tuple[bytes, tuple[str, int, int]]]:
    """Yield what a pack says of its entries: digest of the key, path, place and length in bytes."""
    found = handle_of(path)
    if found is None:
        return
    handle, size = found
    try:
        data = os.read(handle, min(size, _HEAD.size + MOST * _ENTRY.size))
    finally:
        os.close(handle)
    if len(data) < _HEAD.size:
        return
    mark, count = _HEAD.unpack_from(data)
    end = _HEAD.size + count * _ENTRY.size
    if mark != _MARK or count > MOST or end > len(data):
        return
    for digest, at, length in _ENTRY.iter_unpack(data[_HEAD.size : end]):
        if at + length <= size:
            yield digest, (path, at, length)


def _digest(key: str) -> bytes:
    return hashlib.blake2b(key.encode("utf-8", "surrogateescape"), digest_size=20).digest()
