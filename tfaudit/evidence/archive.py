"""Deterministic zip archives, and a strict reader for archives that somebody else may have made.

Members carry no time, owner or comment, and follow one another without gaps. What the reader takes is no more than what
`Writer` could have written: of all bytes that are no member's data there is one form only (`layout.py`), so that every
unzip program sees the same. Packed data depends on the version of zlib; the manifest states its hash.
"""

from __future__ import annotations

import hashlib
import re
import zlib
from collections import Counter
from contextlib import contextmanager
from typing import TYPE_CHECKING, BinaryIO

from msgspec import Struct

from tfaudit.errors import EvidenceError
from tfaudit.evidence import layout
from tfaudit.evidence.layout import DEFLATED, STORED, Entry

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

CHUNK = 1 << 20
MEMBER_BYTES = 2_000_000_000
"""What a member may hold without the zip format's extension for large files, which not every desktop opens."""
# No part ends with a dot: some systems leave that out, and two names would be one.
_PART = r"[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9_-])?"
_NAME = re.compile(rf"{_PART}(?:/{_PART})*")
_LONGEST_NAME = 255


class Member(Struct, frozen=True):
    """One member: its name, the SHA-256 and size of its content, and the SHA-256 of its data as it is packed."""

    name: str
    sha256: str
    size: int
    packed_sha256: str


class Bounds(Struct, frozen=True):
    """What a foreign archive may hold; bytes are those of the unpacked contents."""

    members: int = 20_000
    total_bytes: int = 4_000_000_000
    document_bytes: int = 64_000_000


class Writer:
    """Adds members to a zip archive and remembers their hashes."""

    def __init__(self, out: BinaryIO) -> None:
        """Write to `out`, which has to be seekable."""
        self._out = out
        self._entries: list[Entry] = []
        self.members: list[Member] = []

    def add(self, name: str, chunks: Iterable[bytes], *, packed: bool = True) -> Member:
        """Add a member whose content is all of `chunks`; `EvidenceError` for a name that verification would refuse.

        Unless it is to be `packed`, its data is its content.
        """
        if not _NAME.fullmatch(name) or len(name) > _LONGEST_NAME:
            raise EvidenceError(f"{name!r} cannot be the name of a file in a bundle")
        method = DEFLATED if packed else STORED
        offset = self._entries[-1].end if self._entries else 0
        self._out.write(layout.local_header(Entry(name, method, 0, 0, 0, offset)))
        packer = (
            zlib.compressobj(zlib.Z_DEFAULT_COMPRESSION, zlib.DEFLATED, -zlib.MAX_WBITS) if packed else None
        )
        content, data = hashlib.sha256(), hashlib.sha256()
        crc = size = length = 0
        for chunk in chunks:
            content.update(chunk)
            crc = zlib.crc32(chunk, crc)
            size += len(chunk)
            if size > MEMBER_BYTES:
                raise EvidenceError(
                    f"{name} would be over {MEMBER_BYTES:,} bytes; scan in parts, one bundle each"
                )
            piece = packer.compress(chunk) if packer else chunk
            data.update(piece)
            length += self._out.write(piece)
        if packer:
            piece = packer.flush()
            data.update(piece)
            length += self._out.write(piece)
        entry = Entry(name, method, crc, length, size, offset)
        self._out.seek(offset)
        self._out.write(layout.local_header(entry))
        self._out.seek(entry.end)
        self._entries.append(entry)
        added = Member(name, content.hexdigest(), size, data.hexdigest())
        self.members.append(added)
        return added

    def close(self) -> None:
        """Write the directory."""
        try:
            self._out.write(layout.directory(self._entries))
        except ValueError as error:
            raise EvidenceError("the bundle would be over 4 GB; scan in parts, one bundle each") from error


class Reader:
    """An archive of which all but the contents has been checked; contents are read in bounded pieces."""

    def __init__(self, stream: BinaryIO, bounds: Bounds) -> None:
        """Take an open file; `EvidenceError` unless its headers and its directory are what `Writer` would write."""
        self._stream = stream
        self._bounds = bounds
        self._read = 0
        found = _entries(stream, bounds)
        self._entries = {entry.name: entry for entry in found}
        self.names: list[str] = [entry.name for entry in found]

    def chunks(self, name: str, data: hashlib._Hash | None = None) -> Iterator[bytes]:
        """Yield the content of a member; `EvidenceError` where it is damaged or the whole grows too large.

        `data` is given its bytes as they are packed.
        """
        entry = self._entries[name]
        crc = size = 0
        for chunk in self._unpacked(entry, data):
            crc = zlib.crc32(chunk, crc)
            size += len(chunk)
            self._read += len(chunk)
            if self._read > self._bounds.total_bytes:
                raise EvidenceError(f"the archive unpacks to more than {self._bounds.total_bytes:,} bytes")
            if size > entry.size:
                break
            yield chunk
        if (crc, size) != (entry.crc, entry.size):
            raise EvidenceError(f"{name}: damaged: its content is not what its header says")

    def _unpacked(self, entry: Entry, data: hashlib._Hash | None) -> Iterator[bytes]:
        """Yield the content of a member, whatever it is; nothing may stand behind the end of packed data."""
        unpacker = zlib.decompressobj(-zlib.MAX_WBITS) if entry.method == DEFLATED else None
        try:
            for piece in self._pieces(entry):
                if data is not None:
                    data.update(piece)
                if unpacker is None:
                    yield piece
                    continue
                rest = piece
                while rest and not unpacker.eof:
                    yield unpacker.decompress(rest, CHUNK)
                    rest = unpacker.unconsumed_tail
                if unpacker.unused_data or (unpacker.eof and rest):
                    raise EvidenceError(f"{entry.name}: damaged: bytes stand behind the end of its content")
            if unpacker is not None and not unpacker.eof:
                yield unpacker.flush(CHUNK)
                if not unpacker.eof:
                    raise EvidenceError(f"{entry.name}: damaged: its content has no end")
        except zlib.error as error:
            raise EvidenceError(f"{entry.name}: damaged: {error}") from error

    def _pieces(self, entry: Entry) -> Iterator[bytes]:
        at = entry.data
        while at < entry.end:
            self._stream.seek(at)
            piece = self._stream.read(min(CHUNK, entry.end - at))
            if not piece:
                raise EvidenceError(f"{entry.name}: damaged: it is cut off")
            at += len(piece)
            yield piece

    def is_packed(self, name: str) -> bool:
        """Whether the data of a member is not simply its content."""
        return self._entries[name].method != STORED

    def content(self, name: str) -> bytes:
        """Return a whole member, which has to be small."""
        out = bytearray()
        for chunk in self.chunks(name):
            out += chunk
            if len(out) > self._bounds.document_bytes:
                raise EvidenceError(f"{name}: larger than {self._bounds.document_bytes:,} bytes")
        return bytes(out)

    def member(self, name: str) -> Member:
        """Return a member with the hashes of what is really there."""
        digest, data, size = hashlib.sha256(), hashlib.sha256(), 0
        for chunk in self.chunks(name, data):
            digest.update(chunk)
            size += len(chunk)
        return Member(name, digest.hexdigest(), size, data.hexdigest())


@contextmanager
def opened(path: Path, bounds: Bounds) -> Iterator[Reader]:
    """Give a reader of the archive at `path`; `EvidenceError` where it is no sound archive."""
    try:
        with path.open("rb") as stream:
            try:
                reader = Reader(stream, bounds)
            except EvidenceError as error:
                raise EvidenceError(f"{path}: {error}") from error
            yield reader
    except OSError as error:
        raise EvidenceError(f"{path}: it cannot be read: {error.strerror or error}") from error


def _entries(stream: BinaryIO, bounds: Bounds) -> list[Entry]:
    """Return the members of an archive, once every byte that is not their data has been found to be as it must be."""
    size = stream.seek(0, 2)
    try:
        stream.seek(max(0, size - layout.END_BYTES))
        offset, length, count = layout.directory_span(stream.read(), size)
        if count > bounds.members or length > bounds.members * (_LONGEST_NAME + 64):
            raise EvidenceError(f"the archive has more than {bounds.members:,} members")
        stream.seek(offset)
        found = layout.entries(stream.read(length), count)
    except ValueError as error:
        raise EvidenceError(f"not the archive of a bundle: {error}") from error
    _check_members(found, bounds)
    at = 0
    for entry in found:
        if entry.offset != at:
            raise EvidenceError(f"there are bytes before {entry.name!r} that belong to no member, or to two")
        expected = layout.local_header(entry)
        stream.seek(at)
        if stream.read(len(expected)) != expected:
            raise EvidenceError(f"{entry.name}: altered: its header says otherwise than the directory")
        at = entry.end
    stream.seek(at)
    if stream.read(length + layout.END_BYTES + 1) != layout.directory(found):
        raise EvidenceError("altered: the directory of the archive is not as tfaudit writes it")
    return found


def _check_members(found: list[Entry], bounds: Bounds) -> None:
    if sum(entry.size for entry in found) > bounds.total_bytes:
        raise EvidenceError(f"the archive unpacks to more than {bounds.total_bytes:,} bytes")
    alike = Counter(entry.name.lower() for entry in found)  # some systems do not tell capitals apart
    for name in dict.fromkeys(entry.name for entry in found):
        shown = repr(name[:100])
        if len(name) > _LONGEST_NAME or not _NAME.fullmatch(name):
            raise EvidenceError(f"the archive has a member with a name that no bundle has: {shown}")
        if alike[name.lower()] > 1:
            raise EvidenceError(f"the archive has two members called {shown}")
        folders = name.lower().split("/")[:-1]
        if any("/".join(folders[: length + 1]) in alike for length in range(len(folders))):
            raise EvidenceError(f"the archive has a member that is the folder of {shown}")
    for entry in found:
        if entry.method not in (STORED, DEFLATED):
            raise EvidenceError(f"the member {entry.name!r} is packed in a way that no bundle is")
