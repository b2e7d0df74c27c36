"""DSSE envelopes: a payload with its type and signatures over both, as JSON.

The format is DSSE 1.0 (github.com/secure-systems-lab/dsse), which in-toto statements travel in.
"""

from __future__ import annotations

import base64
import binascii
import json
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from tfaudit import strict_json
from tfaudit.errors import EvidenceError
from tfaudit.evidence import keys

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

IN_TOTO = "application/vnd.in-toto+json"


class Envelope(Struct, frozen=True):
    """A payload and its signatures by key id; no signature at all for an unsigned one."""

    payload: bytes
    signatures: tuple[tuple[str, bytes], ...]
    payload_type: str = IN_TOTO

    @property
    def signed_bytes(self) -> bytes:
        """What is signed: type and payload, each with its length."""
        kind = self.payload_type.encode()
        return b"DSSEv1 %d %b %d %b" % (len(kind), kind, len(self.payload), self.payload)

    def text(self) -> str:
        """Return the envelope as JSON."""
        document = {
            "payloadType": self.payload_type,
            "payload": base64.b64encode(self.payload).decode(),
            "signatures": [
                {"keyid": id_, "sig": base64.b64encode(sig).decode()} for id_, sig in self.signatures
            ],
        }
        return json.dumps(document, indent=1) + "\n"

    def signed_by(self, trusted: Iterable[Ed25519PublicKey]) -> str:
        """Return the id of the trusted key that signed it.

        `EvidenceError` where a trusted key's signature does not fit, or none of its keys is trusted.
        """
        by_id = {keys.key_id(key): key for key in trusted}
        for id_, signed in self.signatures:
            if id_ in by_id:
                keys.check(by_id[id_], signed, self.signed_bytes)
                return id_
        named = ", ".join(id_[:16] for id_, _ in self.signatures)
        raise EvidenceError(f"it is signed by the key {named}, which is not one of the keys given")


def sign(payload: bytes, key: Ed25519PrivateKey | None) -> Envelope:
    """Return `payload` signed by `key`; without one, an envelope that says it has no signature."""
    bare = Envelope(payload, ())
    if key is None:
        return bare
    id_ = keys.key_id(key.public_key())
    return Envelope(payload, ((id_, keys.signature(key, bare.signed_bytes)),))


def parse(text: bytes) -> Envelope:
    """Return the envelope that `text` holds; `EvidenceError` where it is none, or not spelt as `Envelope.text` does.

    Readers of JSON differ in what they make of a name that stands twice, so there is one spelling, and one signature.
    """
    try:
        document: Any = strict_json.parsed(text)
        payload = base64.b64decode(document["payload"], validate=True)
        signatures = tuple(
            (str(each["keyid"]), base64.b64decode(each["sig"], validate=True))
            for each in document["signatures"]
        )
        kind = document["payloadType"]
        names = [set(document), *(set(each) for each in document["signatures"])]
    except (ValueError, KeyError, TypeError, RecursionError, binascii.Error) as error:
        raise EvidenceError("it is not a DSSE envelope") from error
    if kind != IN_TOTO:
        raise EvidenceError("it does not hold an in-toto statement")
    if names != [{"payloadType", "payload", "signatures"}, *({"keyid", "sig"} for _ in signatures)]:
        raise EvidenceError("the envelope holds more than a payload and its signature")
    if len(signatures) > 1:
        raise EvidenceError("the envelope has more than one signature")
    found = Envelope(payload, signatures)
    if found.text().encode() != text:
        raise EvidenceError("the envelope is not spelt as tfaudit writes it")
    return found
