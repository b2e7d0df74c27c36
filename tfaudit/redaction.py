"""Keeps secrets out of what people and machines are shown: text in, text without them out.

Sources redact what they read; this is the second wall, for source lines that a report quotes and for values that a
verdict carries. A secret is recognised by the name that it stands under and by its own form.
"""

from __future__ import annotations

import re
from base64 import b64decode
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any

from tfaudit.model.resources import Reference, Unresolved
from tfaudit.secret_shapes import HINT, MARKS, SHAPES, UNMARKED

REDACTED = "(redacted)"
_LONGEST, _LONGEST_PART, _LONGEST_LIST = 120, 400, 1_000
"""Characters that a sentence shows of a value, of a part of a list, and of a list."""

# Searched in small letters: a pattern that is blind to case takes several times as long.
_KEYWORD = re.compile(
    r"passw(?:or)?d|pass[_-]?phrase|pass[_-]?code|(?<!by)(?<!com)(?<!tres)(?<!sur)pass(?![a-z])|(?<=[_-])pwd(?![a-z])"
    r"|(?<![a-z])pwd(?=[_-])"
    r"|(?<![a-z])psk(?![a-z])|secret|token|api[_-]?key|access[_-]?key|private[_-]?key|auth[_-]?key|account[_-]?key"
    r"|shared[_-]?key|connection[_-]?string|credential|user[_-]?data|custom[_-]?data"
)
# Further names that a secret may stand under. What stands there is judged all the same; it is only not quoted.
_DOUBTFUL = re.compile(
    r"passw|(?<![a-z])pw(?![a-z])|psk|creds?(?![a-z])|(?:signing|encryption|master|licen[sc]e|ssh|host|session|storage"
    r"|service|client|admin|root|server|deploy|instrumentation|preshared)[_. -]?key|conn(?:ection)?[_. -]?str"
    r"|dsn(?![a-z])|authori[sz]ation|bearer|cookie|jwt|(?<![a-z])otp(?![a-z])|salt(?![a-z])|hmac|webhook|(?<![a-z])sas(?![a-z])"
    r"|signature|(?<![a-z])pin(?:[_-]?code)?(?![a-z])|kubeconfig|htpasswd|keystore|private|bootstrap[_-]?script"
)
_DOUBTFUL_HARMLESS = re.compile(
    r"(?i)(?:name|arn|id|ids|ref|enabled?|required|days|minutes|hours|seconds|length|policy|policies|versions?|type|rotation"
    r"|mode|only|expiry|ttl|lifetime|count|cidrs?|blocks?|ips?|address|addresses|subnets?|zones?|access|endpoint\w{0,64}|dns\w{0,64}"
    r"|cluster|link|network|nodes)$|private_(?:dns|ip|link|subnet|cluster|endpoint|zone)\w{0,64}$"
)
# Names that hold one of the words above and never a secret value.
_HARMLESS = re.compile(
    r"(?i)(?:name|arn|id|ids|ref|enabled|required|days|minutes|length|policy|policies|version|versions|type|rotation"
    r"|file|path|url|uri|mode|only|expiry|ttl|lifetime|tokens?_mounted|automount\w{0,64}|purge_protection|count"
    r"|reuse\w{0,64}|issuer|audience|algorithm|alg|header|backend|provider|prefix|suffix|namespace|endpoint|host|port"
    r"|region|scopes?|format|kind|class|store|pull_?secrets?|ssm_?param(?:eter)?|parameter)$"
    r"|^(?:http|creation|client|client_?request|page|next)_?tokens?$"
    r"|^token\.actions\.githubusercontent\.com|^(?:aws|secretsmanager|sts):[\w/-]+$"  # keys of IAM conditions
    r"|^(?:automount|inline_secrets|secrets?_encrypted|manage_|iam_|kms_|secret_?stores?|external)"
)
_HINT = re.compile(HINT)
_UNMARKED = re.compile(UNMARKED)

# Keys of a connection string that hold no secret: learn.microsoft.com/dotnet/api/
# microsoft.data.sqlclient.sqlconnection.connectionstring, and azure/storage/common/storage-configure-connection-string
_OF_CONNECTION = frozenset(
    {
        "server", "data source", "address", "addr", "network address", "host", "port", "database", "initial catalog",
        "user id", "userid", "uid", "user", "username", "integrated security", "trusted_connection", "authentication",
        "encrypt", "ssl mode", "sslmode", "trustservercertificate", "trust server certificate", "application name",
        "persist security info", "multipleactiveresultsets", "multisubnetfailover", "connection timeout",
        "connect timeout", "timeout", "pooling", "min pool size", "max pool size",
        "endpoint", "accountendpoint", "accountname", "defaultendpointsprotocol", "endpointsuffix",
    }
)  # fmt: skip

_LONGEST_REFERENCE = 1_000
# What a controller or a tool replaces by the secret: 1Password, Vault, vals, cloud stores, Argo CD; SOPS encrypts.
_REFERENCE = re.compile(
    r"@Microsoft\.KeyVault\(|op://|ref\+\w+://|vault:|(?:\w+-)?(?:secret|key|param)[\w-]*://|s(?:sm|m)://|ENC\[|<[^<>]{1,200}>$"
    r"|\$\{[^{}]*\}$|\{\{[^{}]*\}\}$"
)


@lru_cache(maxsize=1)  # compiled where a text holds a hint of one
def _shapes() -> re.Pattern[str]:
    return re.compile(SHAPES)


@lru_cache(maxsize=8192)  # a run says few different sentences, and each of them many times
def redacted(text: str) -> str:
    """Return `text` with everything in it that has the form of a secret replaced."""
    return _shapes().sub(_without, text) if _may_hold_one(text.lower()) else text


def harmless(text: str) -> bool:
    """Whether no form of a secret can be in `text`: `redacted` returns it as it is.

    Where two texts that begin and end in a blank are harmless, so is one between the other's words: no form begins in
    one and goes on in the other without a mark that stands in one of them.
    """
    return not _may_hold_one(text.lower())


def _may_hold_one(small: str) -> bool:
    """Whether a form may be in a text in small letters; to look for word by word is quicker than for all at once."""
    for mark in MARKS:
        if mark in small:
            return _HINT.search(small) is not None
    return _UNMARKED.search(small) is not None


def _without(found: re.Match[str]) -> str:
    return (found["kept"] or found["named"] or "") + REDACTED


@lru_cache(maxsize=16_384)
def secret_name(name: str) -> bool:
    """Whether a value under `name` is to be kept back: `db_password`, `authToken`, not `secret_arn`."""
    return _KEYWORD.search(name.lower()) is not None and _HARMLESS.search(name) is None


@lru_cache(maxsize=16_384)
def doubtful_name(name: str) -> bool:
    """Whether a value under `name` is not to be quoted: a secret's name, or one that a secret may stand under."""
    if secret_name(name):
        return True
    small = name.lower()
    found = _KEYWORD.search(small) or _DOUBTFUL.search(small)
    return found is not None and _DOUBTFUL_HARMLESS.search(name) is None


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


def is_connection(name: str, value: str) -> bool:
    """Whether a text under a connection's name says where it leads, and holds no secret for it."""
    return "connection" in name.lower() and says_where(value)


def says_where(connection: str) -> bool:
    """Whether a connection string says where to and who, and no more: `Server=sql;Authentication=Active Directory`."""
    parts = [each.partition("=") for each in connection.split(";") if each.strip()]
    return bool(parts) and all(sign and key.strip().lower() in _OF_CONNECTION for key, sign, _ in parts)


def may_be_literal(value: Any) -> bool:
    """Whether a value is, or may be, a text that is written down and that says nothing of where a secret is."""
    if isinstance(value, str):
        return bool(value.strip()) and not value.startswith("{{resolve:") and not is_reference(value)
    return isinstance(value, Unresolved) and value.literal


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


def shown(value: Any, name: str = "") -> str:
    """Return a value as a sentence shows it: `true`, `"aws:kms"`, `nothing`, at most 120 characters, and no secret.

    Of a list each part is shown whole, as far as 1,000 characters go: a way through a network tells nothing in half.
    """
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (list, set, tuple)):
        return _joined(_text(each, name, _LONGEST_PART) for each in value)
    if isinstance(value, dict):
        return _joined(f"{each}={_text(inner, str(each), _LONGEST)}" for each, inner in value.items())
    return _text(value, name, _LONGEST)


def _text(value: Any, name: str, longest: int) -> str:
    if isinstance(value, (bool, list, set, tuple, dict)):
        return shown(value, name)
    if isinstance(value, str) and value and name and secret_name(name):
        return REDACTED
    text = str(value) if value != "" else "empty"
    return text if len(text) <= longest else text[: longest - 3] + "..."


def _joined(parts: Iterable[str]) -> str:
    """Return the parts of a list or map, as many as go into its length, and how many more there are."""
    every = list(parts)
    told, length = 0, 0
    for each in every:
        length += len(each) + 2
        if told and length > _LONGEST_LIST:
            break
        told += 1
    more = f" and {len(every) - told:,} more" if told < len(every) else ""
    return (", ".join(every[:told]) or "nothing") + more
