"""Ed25519 keys as PEM text: made, read, and named by the SHA-256 of their public half."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from tfaudit.errors import EvidenceError, UsageError

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey


def generate() -> tuple[str, str]:
    """Return a new private key and its public key, both as PEM."""
    from cryptography.hazmat.primitives import serialization
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    private = Ed25519PrivateKey.generate()
    text = private.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    return text.decode(), public_text(private.public_key())


def private_key(text: str, origin: str) -> Ed25519PrivateKey:
    """Return the private key in PEM `text`; `UsageError` names its `origin` (a file, a variable), never its content."""
    from cryptography.exceptions import UnsupportedAlgorithm
    from cryptography.hazmat.primitives import serialization
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    try:
        key = serialization.load_pem_private_key(text.encode(), None)
    except TypeError as error:
        raise UsageError(f"{origin}: the key is locked by a password; give one that is not") from error
    except (ValueError, UnsupportedAlgorithm) as error:
        raise UsageError(
            f"{origin}: not a private key in PEM; make one with tfaudit evidence keygen"
        ) from error
    if not isinstance(key, Ed25519PrivateKey):
        raise UsageError(f"{origin}: not an Ed25519 key; make one with tfaudit evidence keygen")
    return key


def public_key(text: str, origin: str) -> Ed25519PublicKey:
    """Return the public key in PEM `text`, which may be that of the private key; `UsageError` names its `origin`."""
    from cryptography.exceptions import UnsupportedAlgorithm
    from cryptography.hazmat.primitives import serialization
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    if "PRIVATE KEY" in text:
        return private_key(text, origin).public_key()
    try:
        key = serialization.load_pem_public_key(text.encode())
    except (ValueError, UnsupportedAlgorithm) as error:
        raise UsageError(
            f"{origin}: not a public key in PEM; give the .pub file that keygen wrote"
        ) from error
    if not isinstance(key, Ed25519PublicKey):
        raise UsageError(f"{origin}: not an Ed25519 key; bundles are signed with Ed25519")
    return key


def public_text(key: Ed25519PublicKey) -> str:
    """Return a public key as PEM."""
    from cryptography.hazmat.primitives import serialization

    return key.public_bytes(
        serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
    ).decode()


def key_id(key: Ed25519PublicKey) -> str:
    """Return the name of a key: the SHA-256 of its SubjectPublicKeyInfo in DER (`openssl pkey -outform DER`)."""
    from cryptography.hazmat.primitives import serialization

    form = (serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo)
    return hashlib.sha256(key.public_bytes(*form)).hexdigest()


def signature(key: Ed25519PrivateKey, message: bytes) -> bytes:
    """Return the signature of `message`."""
    return key.sign(message)


def check(key: Ed25519PublicKey, signed: bytes, message: bytes) -> None:
    """Raise `EvidenceError` unless `signed` is the signature of `message` by `key`."""
    from cryptography.exceptions import InvalidSignature

    try:
        key.verify(signed, message)
    except InvalidSignature as error:
        raise EvidenceError("the signature does not fit what was signed") from error
