"""Takes secret values out of bodies as they are read: their names stay, and that something stands there."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache
from typing import Any

from tfaudit.redaction import REDACTED, redacted, secret_name
from tfaudit.resources import Unresolved

# No secret, whatever name it stands under: what CloudFormation looks up at deployment, another pointer, a choice
# (`http_tokens = "required"`), or a time (`PasswordLastUsed`).
_HARMLESS = re.compile(
    r"\{\{resolve:|arn:[\w-]+:"
    r"|(?i:true|false|yes|no|none|n/a|required|optional|enabled|disabled|active|inactive|\d{4}-\d\d-\d\d(?:T[\d:.+Z-]+)?)$"
)
_secret_name = lru_cache(maxsize=16_384)(secret_name)


def without_secrets(value: Any, name: str = "") -> Any:
    """Return `value` with each text that stands under a secret's name, or has a secret's form, as `REDACTED`.

    `{"Name": "DB_PASSWORD", "Value": ...}` counts as a value under that name. Lists and dicts are changed in
    place.
    """
    if isinstance(value, str):
        if name and value and _secret_name(name):
            return value if _HARMLESS.match(value) else REDACTED
        return redacted(value)
    if isinstance(value, dict):
        own = next((value[each] for each in ("Name", "name", "Key") if isinstance(value.get(each), str)), "")
        for key, inner in value.items():
            if isinstance(inner, (str, dict, list, Unresolved)):
                value[key] = without_secrets(inner, own if key in ("Value", "value") else str(key))
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            if isinstance(inner, (str, dict, list, Unresolved)):
                value[index] = without_secrets(inner, name)
    elif isinstance(value, Unresolved) and value.expression:
        return replace(value, expression=without_secrets(value.expression, name))
    return value
