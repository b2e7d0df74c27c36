"""The digest of a file, taken when it is read: what is quoted, and what evidence names, is what was judged."""

from __future__ import annotations

import hashlib


def digest(data: bytes) -> str:
    """Return the SHA-256 of what was read of a file, in hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def same(before: str | None, now: str) -> str:
    """Return a file's digest, "" where another one was taken before: it has changed while it was read."""
    return now if before in (None, now) else ""
