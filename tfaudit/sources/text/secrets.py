"""Takes secret values out of bodies as they are read: their names stay, and that something stands there."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from typing import Any

from msgspec.structs import replace

from tfaudit.model.resources import Unresolved
from tfaudit.redaction import REDACTED, is_connection, is_reference, redacted, secret_name

# No secret, whatever name it stands under: what CloudFormation looks up at deployment, another pointer, a choice
# (`http_tokens = "required"`), or a time (`PasswordLastUsed`).
_HARMLESS = re.compile(
    r"\{\{resolve:|arn:[\w-]+:"
    r"|\{\s*\}$|\[\s*\]$"
    r"|(?i:true|false|yes|no|none|n/a|required|optional|enabled|disabled|active|inactive|\d{4}-\d\d-\d\d(?:T[\d:.+Z-]+)?)$"
)
# What a secret is made of, in blocks and resource types that have the word in their name.
CONTENT = frozenset({"value", "value_wo", "plaintext_value", "secret_data", "payload", "data", "string_data"})
# Of these a value may be a document: who signs in, and where, stands in it beside the secret.
_DOCUMENTS = frozenset({"value", "value_wo", "plaintext_value"})
_BESIDE_SECRETS = re.compile(
    r"(?i)(?:db|data_?base|client|tenant)?_?(?:user(?:_?name)?|login|host(?:_?name)?|port|engine|name|id|region|endpoint|type)"
)
_SHORTEST_MASK = 8
_SHORTEST_MARKED = 4
_FEW = 100
_secret_name = lru_cache(maxsize=16_384)(secret_name)


def without_secrets(value: Any, name: str = "", taken: set[str] | None = None) -> Any:
    """Return `value` with each text that stands under a secret's name, or has a secret's form, as `REDACTED`.

    `{"Name": "DB_PASSWORD", "Value": ...}` counts as a value under that name, and so does the content of a secret:
    `name` is then the type of the resource or the name of the block, `azurerm_key_vault_secret`. Lists and dicts
    are changed in place. `taken` is filled with the texts that stood there.
    """
    if isinstance(value, str):
        if name and value and _secret_name(name) and not is_connection(name, value):
            if _HARMLESS.match(value) or is_reference(value):
                return value
            if taken is not None:
                taken.add(value)
            return REDACTED
        return redacted(value)
    if isinstance(value, dict):
        _take_out(value, name, taken)
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            if isinstance(inner, (str, dict, list, Unresolved)):
                value[index] = without_secrets(inner, name, taken)
    elif isinstance(value, Unresolved) and value.expression:
        return replace(value, expression=without_secrets(value.expression, name))
    return value


def _take_out(body: dict[Any, Any], name: str, taken: set[str] | None) -> None:
    own = ""
    for each in ("Name", "name", "Key"):
        stated = body.get(each)
        if isinstance(stated, str):
            own = stated
            break
    secret = "secret" in name.lower()
    for key, inner in body.items():
        if not isinstance(inner, (str, dict, list, Unresolved)):
            continue
        if secret and key in CONTENT:
            body[key] = _content(inner, taken, encoded=key == "data", document=key in _DOCUMENTS)
        else:
            body[key] = without_secrets(inner, own if key in ("Value", "value") else str(key), taken)


def _content(value: Any, taken: set[str] | None, *, encoded: bool = False, document: bool = False) -> Any:
    if isinstance(value, dict):
        return {
            key: inner
            if (encoded and is_reference(inner)) or (document and _BESIDE_SECRETS.fullmatch(str(key)))
            else without_secrets(inner, "secret", taken)
            for key, inner in value.items()
        }
    return without_secrets(value, "secret", taken)


class Masks:
    """Puts `REDACTED` wherever one of some secrets stands: evaluation carries a password into other texts."""

    def __init__(self, secrets: Iterable[str], marked: Iterable[str] = ()) -> None:
        """Look for each of `secrets` that is long enough, and no plain word, to be nothing else where it stands.

        Of those that somebody has `marked` as secret, for all but the shortest.
        """
        every = {each for each in secrets if may_be_told_apart(each)}
        every |= {each for each in marked if len(each) >= _SHORTEST_MARKED}
        kept = sorted(every, key=lambda each: (-len(each), each))
        self._masked: Callable[[str], str] | None = None
        if 0 < len(kept) <= _FEW:
            pattern = re.compile("|".join(map(re.escape, kept)))
            self._masked = lambda text: pattern.sub(REDACTED, text)
        elif kept:  # a pattern tries each of them at every character
            self._masked = _Many(kept).masked

    def __bool__(self) -> bool:
        """Whether there is anything to look for."""
        return self._masked is not None

    def over(self, value: Any) -> Any:
        """Return plain data with the secrets in its texts masked; names in maps stay."""
        if self._masked is None:
            return value
        if isinstance(value, str):
            return self._masked(value)
        if isinstance(value, dict):
            return {key: self.over(inner) for key, inner in value.items()}
        if isinstance(value, (list, tuple)):
            return type(value)(self.over(inner) for inner in value)
        return value


class _Many:
    """Finds any number of secrets in a text, whose length alone counts: by their first characters, then as a whole."""

    def __init__(self, secrets: Iterable[str]) -> None:
        by_head: dict[str, dict[int, set[str]]] = {}
        for each in secrets:
            by_head.setdefault(each[:_SHORTEST_MARKED], {}).setdefault(len(each), set()).add(each)
        self._by_head = {
            head: sorted(found.items(), key=lambda item: -item[0]) for head, found in by_head.items()
        }

    def masked(self, text: str) -> str:
        """Return `text` with `REDACTED` for each secret, the longest of those that begin at a place."""
        parts: list[str] = []
        at = kept = 0
        last = len(text) - _SHORTEST_MARKED
        by_head = self._by_head
        while at <= last:
            found = by_head.get(text[at : at + _SHORTEST_MARKED])
            length = found and next((size for size, those in found if text[at : at + size] in those), 0)
            if not length:
                at += 1
                continue
            parts += text[kept:at], REDACTED
            at = kept = at + length
        return "".join((*parts, text[kept:])) if parts else text


def texts(value: Any) -> Iterator[str]:
    """Yield the texts in plain data, without the names in maps."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, (dict, list, tuple)):
        for each in value.values() if isinstance(value, dict) else value:
            yield from texts(each)


def may_be_told_apart(secret: str) -> bool:
    """Whether a text is found where it stands, and not within something else: eight characters, some no letter.

    A shorter text, or a word, would take harmless names apart; what stands under a secret's name is taken out anyway.
    """
    return len(secret) >= _SHORTEST_MASK and not secret.isalpha() and secret != REDACTED
