"""Deterministic zip archives, and a strict reader for archives that somebody else may have made.

Members carry no time, owner or comment, and follow one another without gaps, so equal contents give equal bytes (with
the same zlib) and nothing hides between them.
"""

from __future__ import annotations

import hashlib
import re
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, BinaryIO

from tfaudit.errors import EvidenceError

if TYPE_CHECKING:
    from pathlib import Path

CHUNK = 1 << 20
MEMBER_BYTES = 2_000_000_000
"""What a member may hold without the zip format's extension for large files, which not every desktop opens."""
_EPOCH = (1980, 1, 1, 0, 0, 0)
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*(?:/[A-Za-z0-9][A-Za-z0-9._-]*)*")
# Sizes that the zip format gives its headers, without the names.
_LOCAL_HEADER, _CENTRAL_HEADER, _CENTRAL_END = 30, 46, 22


@dataclass(slots=True, frozen=True)
class Member:
    """One member: its name, and the SHA-256 and size of its content."""

    name: str
    sha256: str
    size: int


@dataclass(slots=True, frozen=True)
class Bounds:
    """What a foreign archive may hold; bytes are those of the unpacked contents."""

    members: int = 20_000
    total_bytes: int = 4_000_000_000
    document_bytes: int = 64_000_000


class Writer:
    """Adds members to a zip archive and remembers their hashes."""

    def __init__(self, out: BinaryIO) -> None:
        """Write to `out`, which has to be seekable."""
        self._zip = zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, allowZip64=True)
        self.members: list[Member] = []

    def add(self, name: str, chunks: Iterable[bytes]) -> Member:
        """Add a member whose content is all of `chunks`; `EvidenceError` for a name that verification would refuse."""
        if not _NAME.fullmatch(name):
            raise EvidenceError(f"{name!r} cannot be the name of a file in a bundle")
        info = zipfile.ZipInfo(name, _EPOCH)
        info.compress_type = zipfile.ZIP_DEFLATED
        info.create_system = 3
        info.external_attr = 0o100644 << 16
        digest, size = hashlib.sha256(), 0
        with self._zip.open(info, "w") as member:
            for chunk in chunks:
                digest.update(chunk)
                size += len(chunk)
                if size > MEMBER_BYTES:
                    raise EvidenceError(
                        f"{name} would be over {MEMBER_BYTES:,} bytes; scan in parts, one bundle each"
                    )
                member.write(chunk)
        added = Member(name, digest.hexdigest(), size)
        self.members.append(added)
        return added

    def close(self) -> None:
        """Write the directory."""
        self._zip.close()


class Reader:
    """An archive whose directory has been checked; contents are read in bounded pieces."""

    def __init__(self, archive: zipfile.ZipFile, bounds: Bounds) -> None:
        """Take an open archive; `EvidenceError` unless its directory is one that `Writer` could have made."""
        self._zip = archive
        self._bounds = bounds
        self._read = 0
        _check_directory(archive, bounds)
        self.names: list[str] = [info.filename for info in archive.infolist()]

    def chunks(self, name: str) -> Iterator[bytes]:
        """Yield the content of a member; `EvidenceError` where it is damaged or the whole grows too large."""
        try:
            with self._zip.open(name) as member:
                while chunk := member.read(CHUNK):
                    self._read += len(chunk)
                    if self._read > self._bounds.total_bytes:
                        raise EvidenceError(
                            f"the archive unpacks to more than {self._bounds.total_bytes:,} bytes"
                        )
                    yield chunk
        except (
            zipfile.BadZipFile,
            zlib.error,
            EOFError,
            NotImplementedError,
            RuntimeError,
            OSError,
        ) as error:
            raise EvidenceError(f"{name}: damaged: {error}") from error

    def content(self, name: str) -> bytes:
        """Return a whole member, which has to be small."""
        out = bytearray()
        for chunk in self.chunks(name):
            out += chunk
            if len(out) > self._bounds.document_bytes:
                raise EvidenceError(f"{name}: larger than {self._bounds.document_bytes:,} bytes")
        return bytes(out)

    def member(self, name: str) -> Member:
        """Return a member with the hash of what is really there."""
        digest, size = hashlib.sha256(), 0
        for chunk in self.chunks(name):
            digest.update(chunk)
            size += len(chunk)
        return Member(name, digest.hexdigest(), size)


@contextmanager
def opened(path: Path, bounds: Bounds) -> Iterator[Reader]:
    """Give a reader of the archive at `path`; `EvidenceError` where it is no sound archive."""
    try:
        with zipfile.ZipFile(path) as archive:
            yield Reader(archive, bounds)
    except zipfile.BadZipFile as error:
        raise EvidenceError(f"{path}: not a zip archive: {error}") from error
    except (OSError, ValueError) as error:
        raise EvidenceError(
            f"{path}: it cannot be read: {getattr(error, 'strerror', '') or error}"
        ) from error


def _check_directory(archive: zipfile.ZipFile, bounds: Bounds) -> None:
    infos = archive.infolist()
    if len(infos) > bounds.members:
        raise EvidenceError(f"the archive has more than {bounds.members:,} members")
    if sum(info.file_size for info in infos) > bounds.total_bytes:
        raise EvidenceError(f"the archive unpacks to more than {bounds.total_bytes:,} bytes")
    for name, count in Counter(info.filename for info in infos).items():
        if count > 1:
            raise EvidenceError(f"the archive has two members called {name[:100]!r}")
    offset = 0
    for info in infos:
        _check_member(info)
        if info.header_offset != offset:
            raise EvidenceError(f"there are bytes before {info.filename!r} that belong to no member")
        offset += _LOCAL_HEADER + len(info.filename.encode()) + info.compress_size
    directory = sum(_CENTRAL_HEADER + len(info.filename.encode()) for info in infos)
    stream = archive.fp
    assert stream is not None  # noqa: S101 - it is open
    stream.seek(0, 2)
    if archive.comment or archive.start_dir != offset or stream.tell() != offset + directory + _CENTRAL_END:
        raise EvidenceError("the archive holds bytes that belong to no member")


def _check_member(info: zipfile.ZipInfo) -> None:
    shown = repr(info.filename[:100])
    if len(info.filename) > 255 or not _NAME.fullmatch(info.filename):
        raise EvidenceError(f"the archive has a member with a name that no bundle has: {shown}")
    if info.flag_bits & ~0x800 or info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise EvidenceError(f"the member {shown} is encrypted or packed in a way that no bundle is")
    if info.external_attr >> 16 not in (0, 0o100644) or info.extra or info.comment:
        raise EvidenceError(f"the member {shown} is a link, or carries more than its content")
