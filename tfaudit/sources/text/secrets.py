"""Takes secret values out of bodies as they are read: their names stay, and that something stands there."""

from __future__ import annotations

import re
from base64 import b64decode
from functools import lru_cache
from typing import Any

from msgspec.structs import replace

from tfaudit.model.resources import Unresolved
from tfaudit.redaction import REDACTED, redacted, secret_name

# No secret, whatever name it stands under: what CloudFormation looks up at deployment, another pointer, a choice
# (`http_tokens = "required"`), or a time (`PasswordLastUsed`).
_HARMLESS = re.compile(
    r"\{\{resolve:|arn:[\w-]+:"
    r"|\{\s*\}$|\[\s*\]$"
    r"|(?i:true|false|yes|no|none|n/a|required|optional|enabled|disabled|active|inactive|\d{4}-\d\d-\d\d(?:T[\d:.+Z-]+)?)$"
)
_LONGEST_REFERENCE = 1_000
# What a controller or a tool replaces by the secret: 1Password, Vault, vals, cloud stores, Argo CD; SOPS encrypts.
_REFERENCE = re.compile(
    r"op://|ref\+\w+://|vault:|(?:\w+-)?(?:secret|key|param)[\w-]*://|s(?:sm|m)://|ENC\[|<[^<>]{1,200}>$"
    r"|\$\{[^{}]*\}$|\{\{[^{}]*\}\}$"
)
# What a secret is made of, in blocks and resource types that have the word in their name.
_CONTENT = frozenset(
    {"value", "value_wo", "plaintext_value", "secret_data", "payload", "data", "string_data"}
)
_secret_name = lru_cache(maxsize=16_384)(secret_name)


def without_secrets(value: Any, name: str = "") -> Any:
    """Return `value` with each text that stands under a secret's name, or has a secret's form, as `REDACTED`.

    `{"Name": "DB_PASSWORD", "Value": ...}` counts as a value under that name, and so does the content of a secret:
    `name` is then the type of the resource or the name of the block, `azurerm_key_vault_secret`. Lists and dicts
    are changed in place.
    """
    if isinstance(value, str):
        if name and value and _secret_name(name):
            return value if _HARMLESS.match(value) or _REFERENCE.match(value) else REDACTED
        return redacted(value)
    if isinstance(value, dict):
        _take_out(value, name)
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            if isinstance(inner, (str, dict, list, Unresolved)):
                value[index] = without_secrets(inner, name)
    elif isinstance(value, Unresolved) and value.expression:
        return replace(value, expression=without_secrets(value.expression, name))
    return value


def _take_out(body: dict[Any, Any], name: str) -> None:
    own = next((body[each] for each in ("Name", "name", "Key") if isinstance(body.get(each), str)), "")
    secret = "secret" in name.lower()
    for key, inner in body.items():
        if not isinstance(inner, (str, dict, list, Unresolved)):
            continue
        if secret and key in _CONTENT:
            body[key] = _content(inner, encoded=key == "data")
        else:
            body[key] = without_secrets(inner, own if key in ("Value", "value") else str(key))


def _content(value: Any, *, encoded: bool = False) -> Any:
    if isinstance(value, dict):
        return {
            key: inner if encoded and is_reference(inner) else without_secrets(inner, "secret")
            for key, inner in value.items()
        }
    return without_secrets(value, "secret")


def is_reference(value: Any) -> bool:
    """Whether `value`, or the text that it is in base64, says where a secret is and is none itself."""
    if not isinstance(value, str) or len(value) > _LONGEST_REFERENCE:
        return False
    if _REFERENCE.match(value):
        return True
    try:
        return _REFERENCE.match(b64decode(value, validate=True).decode("utf-8")) is not None
    except ValueError:
        return False
