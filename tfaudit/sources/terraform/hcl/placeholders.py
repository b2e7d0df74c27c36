"""Texts that hold a secret's place, and that Terraform is told to leave alone: the secret is set by hand later."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from tfaudit.model.resources import Unresolved
from tfaudit.redaction import secret_name
from tfaudit.sources.terraform.hcl.syntax import Block, Expression
from tfaudit.sources.terraform.hcl.values import Document
from tfaudit.sources.text.secrets import CONTENT

_PLACEHOLDER = re.compile(
    r"(?:(?:change|replace|update|set|fill|edit|rotate) ?(?:me|it|this|in|later|by hand|manually)(?: in)?"
    r"|to be (?:set|filled|replaced|changed|updated|provided)|managed (?:elsewhere|outside)|(?:not|un) ?set"
    r"|(?:placeholder|dummy|initial|temporary|temp|default|example|fake|bogus)(?: (?:value|secret|password|token|key))?"
    r"|todo|tbd|fixme|none|null|empty|x{3,})?"
    r"(?: (?:later|please|now|here|manually|by hand|by terraform"
    r"|(?:after|in|on|outside|through|via|with)(?: [a-z]+){1,4}))?"
)
_SET_LATER = Unresolved(
    "it is a placeholder: Terraform is told to leave what is set later alone", "scan the live account"
)
_LONGEST = 200
_LONGEST_DOCUMENT = 10_000


def without_placeholders(block: Block, body: dict[str, Any]) -> None:
    """Make the placeholders in the body of `block` unknown that its `ignore_changes` says to leave alone."""
    content = CONTENT if "secret" in block.labels[0].lower() else frozenset[str]()
    for child in block.blocks:
        ignored = child.attributes.get("ignore_changes") if child.type == "lifecycle" else None
        for name, key in _left_alone(ignored[1] if ignored is not None else None, body):
            if name not in body:
                continue
            secret = secret_name(name) or name in content
            if not key:
                body[name] = _without(body[name], secret)
            elif isinstance(body[name], dict) and key in body[name]:
                inner = _without(body[name][key], secret or secret_name(key))
                body[name] = {**body[name], key: inner}


def _left_alone(expression: Expression | None, body: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield the attributes that are listed, each with a key in it or "": `password`, `settings["KEY"]`."""
    if expression is None:
        return
    if expression[0] == "ref" and expression[4] == "all":
        yield from ((name, "") for name in body)
    for each in expression[4] if expression[0] == "list" else ():
        if each[0] == "ref" and not each[5]:
            yield each[4], ""
        elif each[0] == "ref" and len(each[5]) == 1:
            kind, key = each[5][0]
            if kind == "index" and key[0] == "lit":
                key = key[4]
            if isinstance(key, str):
                yield each[4], key


def _without(value: Any, secret: bool) -> Any:
    """Return `value` with each placeholder in it unknown that stands where a secret does."""
    if isinstance(value, Document):
        return _without(value.value, secret)
    if isinstance(value, dict):
        return {name: _without(inner, secret or secret_name(str(name))) for name, inner in value.items()}
    if not secret or not isinstance(value, str):
        return value
    if _is_placeholder(value):
        return _SET_LATER
    if value.lstrip().startswith("{") and len(value) <= _LONGEST_DOCUMENT:
        return _without_in_document(value)
    return value


def _without_in_document(text: str) -> Any:
    """Return what a JSON text holds with the placeholders unknown, and the text itself where there are none."""
    try:
        held = json.loads(text)
    except (ValueError, RecursionError):
        return text
    found = _without(held, secret=True) if isinstance(held, dict) else held
    return found if found != held else text


def _is_placeholder(text: str) -> bool:
    """Whether a text only holds a place: `changeme`, `<to be set>`, `{}`."""
    if not text or len(text) > _LONGEST:
        return False
    return _PLACEHOLDER.fullmatch(re.sub(r"[\W_]+", " ", text).strip().lower()) is not None
