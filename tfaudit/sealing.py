"""Seals what is kept on disk: nobody without the user's secret can make an entry that is believed, or read one.

Infrastructure code holds passwords in places that no list of names foresees, and caches are copied to many places. The
stream is SHAKE-256 of secret and nonce, the seal over it keyed BLAKE2b (encrypt, then authenticate), each with a key of
its own. A library's cipher would be the first choice; to load one takes longer than most scans that find a cache.
"""

from __future__ import annotations

import hashlib
import os
import zlib

SECRET_BYTES = 32
OVERHEAD = 48
_SEAL = 32
_NONCE = OVERHEAD - _SEAL


def seal(secret: bytes, bound_to: bytes, content: bytes) -> bytes:
    """Return `content`, compressed, so that only `unsealed` with the same secret and the same `bound_to` returns it."""
    nonce = os.urandom(_NONCE)
    hidden = nonce + _mixed(secret, nonce, zlib.compress(content, 1))
    return _seal(secret, bound_to, hidden) + hidden


def unsealed(secret: bytes, bound_to: bytes, data: bytes) -> bytes | None:
    """Return what was sealed; None for anything that this secret did not seal for `bound_to`."""
    hidden = data[_SEAL:]
    # A plain comparison: whoever can measure its time has read the secret.
    if len(data) < OVERHEAD or data[:_SEAL] != _seal(secret, bound_to, hidden):
        return None
    return zlib.decompress(_mixed(secret, hidden[:_NONCE], hidden[_NONCE:]))


def _seal(secret: bytes, bound_to: bytes, hidden: bytes) -> bytes:
    digest = hashlib.blake2b(key=secret, digest_size=_SEAL, person=b"tfaudit seal")
    digest.update(len(bound_to).to_bytes(8, "little") + bound_to)
    digest.update(hidden)
    return digest.digest()


def _mixed(secret: bytes, nonce: bytes, text: bytes) -> bytes:
    """Return `text` mixed with the stream of this nonce; done twice it is the same text again."""
    key = hashlib.blake2b(nonce, key=secret, digest_size=64, person=b"tfaudit stream").digest()
    stream = hashlib.shake_256(key).digest(len(text))
    return (int.from_bytes(text, "little") ^ int.from_bytes(stream, "little")).to_bytes(len(text), "little")
