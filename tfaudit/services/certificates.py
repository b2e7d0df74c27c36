"""How long a certificate holds, and how strong its key is."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from tfaudit.reading.answers import CannotTell
from tfaudit.reading.documented import Inapplicable
from tfaudit.reading.states import SETTLE, Known
from tfaudit.services.key_strength import of_algorithm, of_curve, of_rsa


def days_until(ends: Known) -> Known | CannotTell:
    """Return the whole days until what is read (a time, or its ISO text), 0 where it is past."""
    value, resource = ends.value, ends.resource
    try:
        end = value if isinstance(value, datetime) else datetime.fromisoformat(str(value))
    except ValueError:
        return CannotTell("when it ends is not told in a form that is understood", SETTLE)
    seen = resource.context.get("observed_at", "")
    now = datetime.fromisoformat(seen) if seen else datetime.now(UTC)
    days = ((end if end.tzinfo else end.replace(tzinfo=UTC)) - now).days
    return Known(max(0, days), resource, ends.path)


def left_of_declared(imported: Any) -> Inapplicable | CannotTell:
    """Return what code tells of a certificate's end: nothing of one that is issued later, nor of one that is given."""
    if imported is None:
        return Inapplicable("it is issued later: where it is kept it is told when it ends")
    return CannotTell("when it ends stands in the certificate alone", "look at it where it is kept")


_LONGEST = 20_000
"""So many characters of a certificate's text are read: one with many names has some thousand."""


_UNREADABLE = CannotTell("its text is no certificate that can be read", "look at it by hand")


def end_of_text(pem: str) -> str | CannotTell:
    """Return when a certificate that is given as PEM text ends, as ISO text."""
    found = _certificate(pem)
    return _UNREADABLE if found is None else str(found.not_valid_after_utc.isoformat())


def key_of_text(pem: str) -> int | CannotTell:
    """Return the bits of security of the key in a certificate that is given as PEM text."""
    from cryptography.exceptions import UnsupportedAlgorithm

    found = _certificate(pem)
    try:
        bits = None if found is None else _bits(found.public_key())
    except (ValueError, UnsupportedAlgorithm):
        bits = None
    return _UNREADABLE if bits is None else bits


def _certificate(pem: str) -> Any:
    """Return the certificate in a PEM text; None for what is none."""
    from cryptography import x509

    if "-----BEGIN CERTIFICATE-----" not in pem[:_LONGEST]:
        return None
    try:
        return x509.load_pem_x509_certificate(pem[:_LONGEST].encode())
    except ValueError:
        return None


def _bits(key: Any) -> int | None:
    from cryptography.hazmat.primitives.asymmetric import ec, ed448, ed25519, rsa

    if isinstance(key, rsa.RSAPublicKey):
        return of_rsa(key.key_size)
    if isinstance(key, ec.EllipticCurvePublicKey):
        return of_curve(key.key_size)
    if isinstance(key, ed25519.Ed25519PublicKey):
        return of_algorithm("ed25519")
    return of_algorithm("ed448") if isinstance(key, ed448.Ed448PublicKey) else None
