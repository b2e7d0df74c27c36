"""Turns the body of a Terraform resource into the form that checkov's checks expect, with marks for what is not known.

In that form each attribute's value stands in a list, a block is a map in a list, JSON texts are documents, and the
words "true" and "false" are booleans. A mark is a tuple: `("?", text, because, settle_with)` for a value that is not
known, `("$", ...)` for a text of which a part is not known, `("@", ...)` for a value of a resource that does not exist
yet, `text` being what checkov would see; and `("*", file, line, end line)` for a text of which a secret was taken out,
and where it is written, of a plan `("*", file, address, step, ...)`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from typing import Any, TypeAlias

from tfaudit.model.resources import Path, Reference, Resource, Unresolved
from tfaudit.redaction import REDACTED

Conf: TypeAlias = dict[str, Any]

UNKNOWN, TEXT, REFERENCE, SECRET = "?", "$", "@", "*"
NOT_WRITTEN = "${unknown}"
"""What stands for a value of which no expression is written anywhere: two of them are not the same."""
_ONE_PART = re.compile(r"\$\{[^{}]*\}")
_WORDS = {"true": True, "false": False, "True": True, "False": False}
_DOCUMENT = re.compile(
    r"(?:policy|policies|policy_document|policy_data|container_(?:definitions|properties))$"
)
"""Arguments that take a text of JSON."""
_IS_DOCUMENT = re.compile(r"(?:json|rendered|policy|document)$")
"""Attributes that are one."""
_MAX_JSON = 1_000_000
_LAST_COMMA = re.compile(r",\s{0,200}([}\]])")


def body(resource: Resource) -> dict[str, Any]:
    """Return a resource's configuration, with marks for what is not known, and what is to be known of it.

    `secrets` says whether some were taken out; `nulls` are the arguments that are null in a plan: checkov has them
    there, with a value of None.
    """
    conversion = _Conversion(resource)
    found = conversion.block(resource.body, ())
    found["__start_line__"] = resource.place.line
    found["__end_line__"] = resource.place.end_line
    found["__address__"] = resource.address
    return {"conf": found, "secrets": conversion.secrets, "nulls": getattr(resource.locate, "nulls", ())}


def plain(resource: Resource) -> Conf:
    """Return an object of Kubernetes as checkov's checks expect it: as it is written, with annotations in a list."""
    found: Conf = _plain(resource.body)
    metadata = found.get("metadata")
    if isinstance(metadata, dict) and isinstance(metadata.get("annotations"), dict):
        found["metadata"] = {**metadata, "annotations": [metadata["annotations"]]}
    found["__startline__"] = resource.place.line
    found["__endline__"] = resource.place.end_line
    return found


def _plain(value: Any) -> Any:
    if isinstance(value, str):
        if REDACTED in value:
            return (TEXT, value, "a secret is taken out of it where it is read", "look at it yourself")
        return value
    if isinstance(value, dict):
        return {name: _plain(inner) for name, inner in value.items()}
    if isinstance(value, list):
        return [_plain(each) for each in value]
    if isinstance(value, Unresolved):
        return (_kind(value.expression), value.expression, value.because, value.settle_with)
    return value


class _Conversion:
    """Converts the body of one resource."""

    def __init__(self, resource: Resource) -> None:
        stated = getattr(resource.locate, "is_block", None)
        # A plan has no word on what is a block: lists of maps are.
        self._is_block: Callable[[Path], bool] = (
            stated if resource.plane == "code" and stated is not None else lambda path: True
        )
        self._resource = resource
        self._is_code = resource.plane == "code"
        self.secrets = False

    def block(self, body: Mapping[str, Any], path: Path) -> Conf:
        """Return a block at `path`."""
        found: Conf = {}
        for name, value in body.items():
            if (
                value is None
            ):  # to Terraform an argument that is null is one that is not there; in a map it is a value
                continue
            at = (*path, name)
            if isinstance(value, list) and _holds_maps(value) and self._is_block(at):
                found[name] = [
                    self.block(each, (*at, index)) if isinstance(each, dict) else self._value(each, at)
                    for index, each in enumerate(value)
                ]
            else:
                given = self._value(value, at)
                found[name] = [_in_order(given) if self._is_code and isinstance(given, list) else given]
        return found

    def _value(self, value: Any, path: Path) -> Any:
        if isinstance(value, str):
            if REDACTED in value:
                return self._secret(path)
            return _WORDS[value] if value in _WORDS else document(value)
        if isinstance(value, dict):
            return {name: self._value(inner, (*path, name)) for name, inner in value.items()}
        if isinstance(value, list):
            return [self._value(each, (*path, index)) for index, each in enumerate(value)]
        if isinstance(value, Reference):
            because = f"it is taken from {value}, which only apply tells"
            # A plan says what an expression refers to, not what it makes of that: most write a policy around it.
            if (
                not self._is_code
                and _DOCUMENT.search(str(path[-1]))
                and not _IS_DOCUMENT.search(value.attribute)
            ):
                return (UNKNOWN, str(value), because, "scan the live account, or the state after apply")
            return (REFERENCE, str(value), because, "scan the plan")
        if isinstance(value, Unresolved):
            return (_kind(value.expression), _written(value), value.because, value.settle_with)
        return value

    def _secret(self, path: Path) -> tuple[Any, ...]:
        place = self._resource.place_of(path)
        if self._resource.plane == "plan":
            self.secrets = True
            return (SECRET, place.origin, self._resource.address, *path)
        # What comes by a variable does not stand in these lines, and its name is no secret to look at.
        if self._resource.plane != "code" or not place.line or self._resource.origins_of(path):
            because = "a secret is taken out of it where it is read"
            return (UNKNOWN, REDACTED, because, "look at it yourself")
        self.secrets = True
        return (SECRET, place.origin, place.line, place.end_line or place.line)


def _in_order(values: list[Any]) -> list[Any]:
    """Return a list of code as checkov reads it: texts in order, behind the rest. Some checks look at the first."""
    texts = [each for each in values if isinstance(each, (str, tuple))]
    others = [_in_order(each) if isinstance(each, list) else each for each in values if each not in texts]
    return [*others, *sorted(texts, key=lambda each: str(each[1]) if isinstance(each, tuple) else each)]


def _holds_maps(value: list[Any]) -> bool:
    return any(isinstance(each, dict) for each in value) and all(
        isinstance(each, (dict, Unresolved, Reference)) for each in value
    )


def _kind(expression: str) -> str:
    """Return the kind of mark for an expression: one with something around its parts is a text, whatever these are."""
    text = expression.strip()
    composed = "${" in text and _ONE_PART.fullmatch(text) is None and not text.startswith(("[", "{"))
    return TEXT if composed or text.startswith("<<") else UNKNOWN


def _written(value: Unresolved) -> str:
    """Return what checkov would see: a plain reference as it stands, any other expression in `${}`."""
    text = value.expression.strip()
    plain = text and all(each.isalnum() or each in "._-" for each in text)
    return text if plain or text.startswith(("${", '"')) else "${" + text + "}" if text else NOT_WRITTEN


def document(text: str) -> Any:
    """Return the document that a JSON text holds, else the text."""
    if len(text) > _MAX_JSON or not text.lstrip().startswith(("{", "[")):
        return text
    try:
        found = json.loads(text)
    except RecursionError:
        return text
    except ValueError:
        # Checkov takes a comma too many, as in HCL.
        try:
            found = json.loads(_LAST_COMMA.sub(r"\1", text))
        except (ValueError, RecursionError):
            return text
    return found if isinstance(found, (dict, list)) else text
