"""Seals what is kept on disk: nobody without the user's secret can make an entry that is believed, or read one.

Infrastructure code holds passwords in places that no list of names foresees, and caches are copied to many places. Each
entry is encrypted by AES-256-GCM under a key of its own, which BLAKE2b makes of the secret and of 16 random bytes: so a
key is used once, and entries may be many. What the entry is bound to is authenticated with it.
"""

from __future__ import annotations

import hashlib
import os
import zlib
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

SECRET_BYTES = 32
OVERHEAD = 33
"""How much longer an entry is at most than what it holds: the random bytes, the seal, and how it is written."""
_LARGE = 100_000
"""From so many bytes on content is compressed: of what is smaller there is much, and it is wanted soon."""
_PLAIN, _COMPRESSED = b"0", b"1"
_SALT = 16
_NONCE = bytes(12)  # a key is used once


def seal(secret: bytes, bound_to: bytes, content: bytes) -> bytes:
    """Return `content` so that only `unsealed` with the same secret and the same `bound_to` returns it."""
    salt = os.urandom(_SALT)
    written = _PLAIN + content if len(content) < _LARGE else _COMPRESSED + zlib.compress(content, 1)
    return salt + _cipher(secret, salt).encrypt(_NONCE, written, bound_to)


def unsealed(secret: bytes, bound_to: bytes, data: bytes) -> bytes | None:
    """Return what was sealed; None for anything that this secret did not seal for `bound_to`."""
    if len(data) < OVERHEAD:
        return None
    from cryptography.exceptions import InvalidTag

    salt = data[:_SALT]
    try:
        written = _cipher(secret, salt).decrypt(_NONCE, data[_SALT:], bound_to)
    except InvalidTag:
        return None
    return written[1:] if written[:1] == _PLAIN else zlib.decompress(written[1:])


def _cipher(secret: bytes, salt: bytes) -> AESGCM:
    key = hashlib.blake2b(salt, key=secret, digest_size=32, person=b"tfaudit cache").digest()
    return _aes_gcm()(key)


@lru_cache(maxsize=1)
def _aes_gcm() -> type[AESGCM]:
    """Return the class by itself: the package that it is documented in loads all other ciphers first, as slowly."""
    try:
        from cryptography.hazmat.bindings._rust import openssl
    except ImportError:
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM

        return AESGCM
    return openssl.aead.AESGCM
