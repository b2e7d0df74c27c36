"""How strong a key is, in bits of security, whatever its algorithm: to be compared across RSA and elliptic curves.

NIST SP 800-57 part 1, revision 5, table 2: nvlpubs.nist.gov/nistpubs/SpecialPublications/NIST.SP.800-57pt1r5.pdf
"""

from __future__ import annotations

import re
from typing import Any

from tfaudit.reading.values import as_int

_OF_RSA = ((15360, 256), (7680, 192), (3072, 128), (2048, 112), (1024, 80))
"""The least length of a key of RSA for so many bits of security; shorter keys have none to speak of."""

_CURVES = {"prime256v1": 128, "p-256": 128, "p256": 128, "secp384r1": 192, "p-384": 192, "p384": 192}
_CURVES |= {"secp521r1": 256, "p-521": 256, "p521": 256, "secp256k1": 128, "ed25519": 128, "ed448": 224}


def of_rsa(bits: int) -> int:
    """Return the bits of security of a key of RSA of `bits` bits, 0 below 1,024."""
    return next((strength for least, strength in _OF_RSA if bits >= least), 0)


def of_curve(bits: int) -> int:
    """Return the bits of security of a key on an elliptic curve of `bits` bits: about half of them."""
    return min(256, bits // 2)


def of_algorithm(name: str) -> int | None:
    """Return the bits of security of a key of an algorithm as providers write it: `RSA_2048`, `P-256`, `Ed25519`.

    None for one that is not known here.
    """
    text = name.strip().lower()
    if found := re.fullmatch(r"rsa[-_ ]?(\d{3,5})", text):
        return of_rsa(int(found[1]))
    curve = re.sub(r"^(?:ecdsa|ecc?)[-_]", "", text)
    return _CURVES.get(curve)


def of_key(type_: Any, bits: Any, curve: Any) -> int | None:
    """Return the bits of security of a key that is given by its type, `RSA` or `EC`, and its length or curve.

    None where they do not tell it.
    """
    if curve is not None:
        return of_algorithm(str(curve))
    length = as_int(bits)
    if type_ is None or length is None:
        return None
    return of_rsa(length) if str(type_).upper().startswith("RSA") else of_curve(length)
