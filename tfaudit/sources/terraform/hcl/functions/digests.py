"""Functions that hash texts and bytes."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from typing import Any

from tfaudit.sources.terraform.hcl.functions.signature import Function, Refused, known

_NAMESPACES = {
    "dns": "6ba7b810-9dad-11d1-80b4-00c04fd430c8",
    "url": "6ba7b811-9dad-11d1-80b4-00c04fd430c8",
    "oid": "6ba7b812-9dad-11d1-80b4-00c04fd430c8",
    "x500": "6ba7b814-9dad-11d1-80b4-00c04fd430c8",
}


def hexadecimal(name: str, data: bytes) -> str:
    """Return the hash called `name` of `data` in hexadecimal digits."""
    return hashlib.new(name, data, usedforsecurity=False).hexdigest()


def in_base64(name: str, data: bytes) -> str:
    """Return the hash called `name` of `data` in Base64."""
    import base64

    return base64.b64encode(hashlib.new(name, data, usedforsecurity=False).digest()).decode()


DIGESTS: dict[str, tuple[Callable[[str, bytes], str], str]] = {
    **{name: (hexadecimal, name) for name in ("md5", "sha1", "sha256", "sha512")},
    **{f"base64{name}": (in_base64, name) for name in ("sha256", "sha512")},
}


def _of_text(write: Callable[[str, bytes], str], name: str) -> Function:
    return known(lambda text: write(name, text.encode()), "s")


def _uuid(namespace: str, name: str) -> Any:
    import uuid

    try:
        space = uuid.UUID(_NAMESPACES.get(namespace, namespace))
    except ValueError as error:
        raise Refused("the namespace is none") from error
    return str(uuid.uuid5(space, name))


FUNCTIONS: dict[str, Function] = {
    **{name: _of_text(write, algorithm) for name, (write, algorithm) in DIGESTS.items()},
    "uuidv5": known(_uuid, "s s"),
}
