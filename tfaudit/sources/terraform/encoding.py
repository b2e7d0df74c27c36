"""Terraform's functions that encode, decode and hash texts."""

from __future__ import annotations

import json
from typing import Any

from tfaudit.sources.terraform.values import text_of


def encoded(value: Any) -> str:
    """Return a known value as `jsonencode` writes it."""
    text = json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")


def decoded(value: Any) -> Any:
    """Return the value of a JSON text; `ValueError` where it is none."""
    try:
        return json.loads(text_of(value))
    except RecursionError as error:
        raise ValueError("nested too deeply") from error


def digest(name: str, value: Any) -> str:
    """Return the hash called `name` of a text, in hexadecimal digits."""
    import hashlib

    return hashlib.new(name, text_of(value).encode(), usedforsecurity=False).hexdigest()


def base64_encoded(value: Any) -> str:
    """Return a text in Base64."""
    import base64

    return base64.b64encode(text_of(value).encode()).decode()


def base64_decoded(value: Any) -> str:
    """Return the text behind Base64; `ValueError` where it is none."""
    import base64

    return base64.b64decode(text_of(value), validate=True).decode()
