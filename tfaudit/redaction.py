"""Keeps secrets and terminal tricks out of what people and machines are shown: text in, harmless text out.

Sources redact what they read; this is the second wall, for source lines that a report quotes and for values that a
verdict carries. What is a secret is told by the name that it stands under and by its own form.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any

from tfaudit.resources import Reference, Unresolved

REDACTED = "(redacted)"

_WORDS = (
    r"(?:passw(?:or)?d|passphrase|secret|token|api[_-]?key|apikey|access[_-]?key|private[_-]?key|auth[_-]?key"
    r"|account[_-]?key|shared[_-]?key|connection[_-]?string|credential|user[_-]?data|custom[_-]?data)"
)
_NAME = rf"[\w.$-]*{_WORDS}[\w.$-]*"
# Names that hold one of the words above and never a secret value.
_HARMLESS = re.compile(
    r"(?i)(?:name|arn|id|ids|ref|enabled|required|days|minutes|length|policy|policies|version|versions|type|rotation"
    r"|file|path|url|uri|mode|only|expiry|ttl|lifetime|tokens?_mounted|automount\w*|purge_protection|count|reuse\w*)$"
    r"|^(?:automount|inline_secrets|secrets?_encrypted|manage_|iam_|kms_|secret_?stores?|external)"
)
_ASSIGNED = re.compile(rf"(?i)(?P<head>[\"']?(?P<name>{_NAME})[\"']?\s*(?:=>|[:=])\s*)(?P<value>\S.*)$")
_NAMED_ELSEWHERE = re.compile(
    rf"(?i)^\s*(?:- *)?[\"']?(?:name|key)[\"']?\s*[:=]\s*[\"']?(?P<name>{_NAME})[\"']?\s*,?\s*$"
)
_VALUE_LINE = re.compile(r"(?i)^(?P<head>\s*(?:- *)?[\"']?value[\"']?\s*[:=]\s*)(?P<value>\S.*)$")
_OPENS = re.compile(r"(?:[{(\[]|<<[-~]?\w+|[|>][+-]?\d*)\s*$")
_LITERAL = re.compile(
    r"^(?:true|false|null|~|\d+|\"\"|''|[a-z_][\w.\[\]\"*-]*\.[\w.\[\]\"*-]+|var\.\w+)\s*,?\s*(?:[#/].*)?$"
)
_SHAPES = re.compile(
    r"\b(?:AKIA|ASIA)[0-9A-Z]{16}\b"
    r"|\bgh[pousr]_[A-Za-z0-9]{20,}|\bgithub_pat_\w{20,}|\bglpat-[\w-]{20,}|\bxox[abprs]-[\w-]{10,}|\bsk_live_\w{16,}"
    r"|\beyJ[\w-]{10,}\.[\w-]{10,}\.[\w-]*"
    r"|-----BEGIN [A-Z ]*PRIVATE KEY-----(?:.*?-----END [A-Z ]*PRIVATE KEY-----)?"
    r"|(?<=://)[^\s:/@\"']+:[^\s@/\"']+(?=@)"
    r"|(?i:(?<=accountkey=)|(?<=accesskey=)|(?<=password=)|(?<=pwd=)|(?<=sig=))[^;&\s\"']{6,}",
    re.DOTALL,
)
_BULK = re.compile(r"^\s*[\"']?[A-Za-z0-9+/=_-]{44,}[\"']?,?\s*$")
_HINT = re.compile(
    rf"(?i){_WORDS}|AKIA|ASIA|gh[pousr]_|github_pat_|glpat-|xox|sk_live|eyJ|PRIVATE KEY|://|pwd=|sig="
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
    return re.fullmatch(_NAME, name, re.IGNORECASE) is not None and _HARMLESS.search(name) is None


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


def redacted_lines(lines: Iterable[str], every_value: bool = False) -> list[str]:
    """Return source lines with the values of secret-bearing names replaced, also where they go on over several lines.

    `every_value` is for files that are secrets as a whole: whatever stands after `:` or `=` is replaced.
    """
    out: list[str] = []
    kept_back: int | None = None  # the indent of the name whose value goes on below it
    value_next = False
    for line in lines:
        indent = len(line) - len(line.lstrip())
        if kept_back is not None and (not line.strip() or indent > kept_back):
            out.append(line[:indent] + REDACTED if line.strip() else line)
            continue
        kept_back = None
        shown, opened = _line(line, value_next or every_value)
        if opened:
            kept_back = indent
        value_next = bool(_NAMED_ELSEWHERE.match(line))
        out.append(shown)
    return out


def _line(line: str, value_is_secret: bool) -> tuple[str, bool]:
    """Return the line without secrets, and whether a secret goes on in the lines below it."""
    named = _VALUE_LINE.match(line) if value_is_secret else None
    if named is None and value_is_secret:
        named = re.match(r"^(?P<head>\s*[\"']?[\w./-]+[\"']?\s*[:=]\s*)(?P<value>\S.*)$", line)
    if named is None and _HINT.search(line):
        named = _ASSIGNED.search(line)
        while named is not None and _HARMLESS.search(named["name"]):
            named = _ASSIGNED.search(line, named.end("head"))
    if named is None:
        return (REDACTED if _BULK.match(line) else redacted(line)), False
    value = named["value"]
    if _LITERAL.match(value):
        return redacted(line), False
    opened = bool(_OPENS.search(value))
    return line[: named.end("head")] + REDACTED, opened
