"""The headers and the directory of a zip archive, each in the one form that a bundle has.

A zip archive says most things twice, and programs differ in which of the two they believe. Whoever checks a bundle has
to see what every other program would: so these bytes are made anew from what was read, and compared.
"""

from __future__ import annotations

import struct

from msgspec import Struct

STORED, DEFLATED = 0, 8

_LOCAL = struct.Struct("<4s5H3L2H")
_CENTRAL = struct.Struct("<4s6H3L5H2L")
_END = struct.Struct("<4s4H2LH")
_LOCAL_SIGN, _CENTRAL_SIGN, _END_SIGN = b"PK\x03\x04", b"PK\x01\x02", b"PK\x05\x06"
_VERSION = 20
_MADE_BY = 3 << 8 | _VERSION  # 3: the attributes are those of Unix
_TIME, _DATE = 0, 1 << 5 | 1  # 1980-01-01 00:00, where the format's calendar begins
_FILE = 0o100644 << 16
END_BYTES = _END.size
_MOST_BYTES = 0xFFFFFFFF


class Entry(Struct, frozen=True):
    """What the directory says of a member: `packed` is the size of its data in the archive, `offset` its header's."""

    name: str
    method: int
    crc: int
    packed: int
    size: int
    offset: int

    @property
    def data(self) -> int:
        """Where its data begins."""
        return self.offset + _LOCAL.size + len(self.name.encode())

    @property
    def end(self) -> int:
        """Where its data ends."""
        return self.data + self.packed


def local_header(entry: Entry) -> bytes:
    """Return what stands before a member's data."""
    name = entry.name.encode()
    sizes = (entry.crc, entry.packed, entry.size)
    return _LOCAL.pack(_LOCAL_SIGN, _VERSION, 0, entry.method, _TIME, _DATE, *sizes, len(name), 0) + name


def directory(entries: list[Entry]) -> bytes:
    """Return what stands behind all members; `ValueError` for an archive too large for the plain format."""
    start = entries[-1].end if entries else 0
    parts = []
    for entry in entries:
        name = entry.name.encode()
        sizes = (entry.crc, entry.packed, entry.size)
        head = (_CENTRAL_SIGN, _MADE_BY, _VERSION, 0, entry.method, _TIME, _DATE, *sizes)
        parts.append(_CENTRAL.pack(*head, len(name), 0, 0, 0, 0, _FILE, entry.offset) + name)
    listed = b"".join(parts)
    if start > _MOST_BYTES or len(entries) > 0xFFFF:
        raise ValueError("the archive is too large")
    return listed + _END.pack(_END_SIGN, 0, 0, len(entries), len(entries), len(listed), start, 0)


def directory_span(end: bytes, size: int) -> tuple[int, int, int]:
    """Return offset and size of the directory and the number of members, from the last bytes of `size` in all.

    `ValueError` where these are not the end of a bundle.
    """
    if len(end) != _END.size or not end.startswith(_END_SIGN):
        raise ValueError("not a zip archive, or one that does not end where its directory does")
    _, _, _, _, count, length, offset, _ = _END.unpack(end)
    if offset + length + _END.size != size:
        raise ValueError("the archive holds bytes that belong to no member")
    return offset, length, count


def entries(listed: bytes, count: int) -> list[Entry]:
    """Return the members that a directory lists; `ValueError` where it does not list `count` in its own length."""
    found: list[Entry] = []
    at = 0
    while at < len(listed) and len(found) < count:
        if len(listed) - at < _CENTRAL.size:
            raise ValueError("its directory is cut off")
        _, _, _, _, method, _, _, crc, packed, size, length, *_, offset = _CENTRAL.unpack_from(listed, at)
        at += _CENTRAL.size + length
        name = listed[at - length : at].decode("ascii", "backslashreplace")
        found.append(Entry(name, method, crc, packed, size, offset))
    if at != len(listed) or len(found) != count:
        raise ValueError("its directory is not one that a bundle has")
    return found
