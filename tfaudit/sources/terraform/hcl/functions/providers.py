"""Functions of providers that depend on their arguments alone, by provider and name."""

from __future__ import annotations

import re
from typing import Any

from tfaudit.model.resources import Unresolved
from tfaudit.sources.terraform.hcl.functions.encodings import MAX_DEPTH
from tfaudit.sources.terraform.hcl.functions.signature import Function, Refused, Unknown, known, too_large
from tfaudit.sources.terraform.hcl.values import SETTLE_APPLY, text_of

_IDENTIFIER = re.compile(r"[^\W\d][\w-]*")
_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"}


def _arn_build(*parts: str) -> str:
    return ":".join(("arn", *parts))


def _arn_parse(arn: str) -> dict[str, str]:
    parts = arn.split(":", 5)
    if len(parts) < 6 or parts[0] != "arn":
        raise Refused("it is no ARN")
    names = ("partition", "service", "region", "account_id", "resource")
    return dict(zip(names, parts[1:], strict=True))


def _trimmed_role(arn: str) -> str:
    found = _arn_parse(arn)
    resource = found["resource"]
    if found["service"] != "iam" or not resource.startswith("role/"):
        raise Refused("it is no ARN of a role")
    return f"{arn[: len(arn) - len(resource)]}role/{resource.rpartition('/')[2]}"


def _expression(value: Any) -> str:
    return _written(value, 0)


def _written(value: Any, depth: int) -> str:
    """Return a value as an expression, in the form of hclwrite."""
    if depth > MAX_DEPTH:
        raise too_large()
    if isinstance(value, str):
        return f'"{_quoted(value)}"'
    if isinstance(value, list):
        if any(isinstance(each, dict) and each for each in value):
            raise Unknown(Unresolved("a list of objects is not written here", SETTLE_APPLY))
        return "[" + ", ".join(_written(each, depth + 1) for each in value) + "]"
    if isinstance(value, dict):
        indent = "  " * (depth + 1)
        names = {key: key if _IDENTIFIER.fullmatch(key) else f'"{_quoted(key)}"' for key in value}
        wide = max(map(len, names.values()), default=0)
        _flat(value)
        lines = [
            f"{indent}{names[key].ljust(wide)} = {_written(value[key], depth + 1)}\n" for key in sorted(value)
        ]
        return "{\n" + "".join(lines) + "  " * depth + "}" if lines else "{}"
    return "null" if value is None else text_of(value)


def _flat(value: dict[str, Any]) -> None:
    """Raise `Unknown` where a value of several spans lines: what hclwrite aligns then is not followed here."""
    if len(value) > 1 and any(isinstance(each, dict) and each for each in value.values()):
        raise Unknown(Unresolved("an object of several objects is not written here", SETTLE_APPLY))


def _quoted(text: str) -> str:
    escaped = "".join(_ESCAPES.get(each, each) for each in text)
    return escaped.replace("${", "$${").replace("%{", "%%{")


def _variables(value: Any) -> str:
    if not isinstance(value, dict) or not all(map(_IDENTIFIER.fullmatch, value)):
        raise Refused("it is no object with the names of variables")
    wide = max(map(len, value), default=0)
    _flat(value)
    return "".join(f"{key.ljust(wide)} = {_written(value[key], 0)}\n" for key in sorted(value))


FUNCTIONS: dict[str, Function] = {
    "aws::arn_build": known(_arn_build, "s s s s s"),
    "aws::arn_parse": known(_arn_parse, "s"),
    "aws::trim_iam_role_path": known(_trimmed_role, "s"),
    "terraform::encode_expr": known(_expression, "a?"),
    "terraform::encode_tfvars": known(_variables, "a"),
}
