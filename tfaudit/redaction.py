"""Keeps secrets and terminal tricks out of what people and machines are shown: text in, harmless text out.

Sources redact what they read; this is the second wall, for source lines that a report quotes and for values that a
verdict carries. What is a secret is told by the name that it stands under and by its own form.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from string import ascii_letters, digits
from typing import Any

from tfaudit.resources import Reference, Unresolved

REDACTED = "(redacted)"

_KEYWORD = re.compile(
    r"(?i)passw(?:or)?d|(?<=[_-])pwd(?![a-z])|(?<![a-z])pwd(?=[_-])|passphrase|secret|token|api[_-]?key|access[_-]?key|private[_-]?key|auth[_-]?key|account[_-]?key"
    r"|shared[_-]?key|connection[_-]?string|credential|user[_-]?data|custom[_-]?data"
)
# Names that hold one of the words above and never a secret value.
_HARMLESS = re.compile(
    r"(?i)(?:name|arn|id|ids|ref|enabled|required|days|minutes|length|policy|policies|version|versions|type|rotation"
    r"|file|path|url|uri|mode|only|issuer|audience|algorithm|alg|header|backend|provider|prefix|suffix|namespace"
    r"|endpoint|host|port|region|scope|scopes|format|kind|class|store|pull_?secrets?|ssm_?param(?:eter)?|parameter|expiry|ttl|lifetime|tokens?_mounted|automount\w*|purge_protection|count|reuse\w*)$"
    r"|^(?:http|creation|client|client_?request|page|next)_?tokens?$"
    r"|^token\.actions\.githubusercontent\.com|^(?:aws|secretsmanager|sts):[\w/-]+$"  # keys of IAM conditions
    r"|^(?:automount|inline_secrets|secrets?_encrypted|manage_|iam_|kms_|secret_?stores?|external)"
)
_NAME_CHARACTERS = frozenset(ascii_letters + digits + "_.$-")
# Scanned input is hostile: no pattern here may take more than linear time.
_SHAPES = re.compile(
    r"\b(?:AKIA|ASIA)[0-9A-Z]{16}\b"
    r"|\bgh[pousr]_[A-Za-z0-9]{20,}|\bgithub_pat_\w{20,}|\bglpat-[\w-]{20,}|\bxox[abprs]-[\w-]{10,}|\bsk_live_\w{16,}"
    r"|(?<![\w-])eyJ[\w-]{10,}\.[\w-]{10,}\.[\w-]*"
    r"|(?i:(?<=bearer )|(?<=basic ))[A-Za-z0-9._~+/-]{16,}=*"
    r"|-----BEGIN [A-Z ]*PRIVATE KEY-----(?:(?:[^-]|-(?!----))*-----END [A-Z ]*PRIVATE KEY-----)?"
    r"|(?<=://)[^\s:/@\"']+:[^\s@/\"']+(?=@)"
    r"|(?i:(?<=accountkey=)|(?<=accesskey=)|(?<=password=)|(?<=pwd=)|(?<=sig=)|(?<=token=)|(?<=secret=)|(?<=api-key=))(?![$<{%/]|file:)[^;&\s\"']{6,}"
)
_HINT = re.compile(
    r"(?i)bearer |basic |key=|password=|pwd=|token=|secret=|sig="
    r"|AKIA|ASIA|gh[pousr]_|github_pat_|glpat-|xox|sk_live|eyJ|PRIVATE KEY|://"
)
# C0 and C1 controls, marks that turn the direction of text or hide it, and what no encoding can write.
_INVISIBLE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb\ud800-\udfff\ufffe\uffff]"
)


def visible(text: str) -> str:
    r"""Return `text` with control characters and invisible marks shown as `\x1b`; tabs and newlines become spaces."""
    text = text.replace("\t", " ").replace("\n", " ")
    return _INVISIBLE.sub(_escape, text)


def _escape(found: re.Match[str]) -> str:
    code = ord(found[0])
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}"


@lru_cache(maxsize=8192)  # a run says few different sentences, and each of them many times
def redacted(text: str) -> str:
    """Return `text` with everything in it that has the form of a secret replaced."""
    return _SHAPES.sub(REDACTED, text) if _HINT.search(text) else text


def secret_name(name: str) -> bool:
    """Whether a value under `name` is to be kept back: `db_password`, `authToken`, not `secret_arn`."""
    return _KEYWORD.search(name) is not None and _HARMLESS.search(name) is None


def secret_names(text: str) -> Iterator[tuple[int, int]]:
    """Yield start and end of each name in `text` whose value is to be kept back."""
    covered = 0
    for found in _KEYWORD.finditer(text):
        if found.start() < covered:
            continue
        start, end = found.span()
        while start > covered and text[start - 1] in _NAME_CHARACTERS:
            start -= 1
        while end < len(text) and text[end] in _NAME_CHARACTERS:
            end += 1
        covered = end
        if _HARMLESS.search(text[start:end]) is None:
            yield start, end


def redacted_value(value: Any, name: str = "") -> Any:
    """Return `value` as plain JSON data without secrets.

    Sets become sorted lists; what is not known becomes `{"unresolved": why}` and a pointer `{"reference": address}`. A
    bool or number is never a secret; a string is where its `name` says so.
    """
    if value is None or isinstance(value, (bool, int, float)):
        return value
    if isinstance(value, Unresolved):
        return {"unresolved": redacted(value.because)}
    if isinstance(value, Reference):
        return {"reference": str(value)}
    if isinstance(value, Mapping):
        return {str(key): redacted_value(inner, str(key)) for key, inner in value.items()}
    if isinstance(value, (set, frozenset)):
        return [redacted_value(each, name) for each in sorted(value, key=str)]
    if isinstance(value, (list, tuple)):
        return [redacted_value(each, name) for each in value]
    return REDACTED if name and secret_name(name) and str(value) else redacted(str(value))
