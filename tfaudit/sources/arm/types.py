"""Types that a template or a Bicep file names: what one comes to where it is named after another.

learn.microsoft.com/azure/azure-resource-manager/templates/definitions
learn.microsoft.com/azure/azure-resource-manager/bicep/user-defined-data-types
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from msgspec import Struct

from tfaudit.model.resources import Unresolved
from tfaudit.redaction import REDACTED
from tfaudit.sources.arm.frames import Frame, Parameter
from tfaudit.sources.arm.parts import NOT_KNOWN, settled
from tfaudit.sources.arm.values import LIVE, mend

_BEGINS = "#/definitions/"
_SECURE = ("securestring", "secureobject")
_KINDS: dict[str, Any] = {
    "string": str,
    "securestring": str,
    "int": (int, float),
    "bool": bool,
    "array": list,
    "object": dict,
    "secureobject": dict,
}


class Type(Struct, frozen=True):
    """A type as it is written: its word or name, whether it may be null where it says so, whether it is secure."""

    word: str
    nullable: bool | None = None
    secure: bool = False


def followed(declared: Type, named: Mapping[str, Type]) -> Type:
    """Return what a type comes to by the types that it is named after, which are `named` in lower case.

    What is written nearest counts of whether it may be null; it is secure where one of them is.
    """
    found, seen = declared, {""}
    while (name := found.word.lower()) in named and name not in seen:
        seen.add(name)
        above = named[name]
        nullable = above.nullable if found.nullable is None else found.nullable
        found = Type(above.word, nullable, found.secure or above.secure)
    return found


def settle(parameters: Iterable[Parameter], named: Mapping[str, Type]) -> None:
    """Give parameters what the types say that they are named after."""
    for each in parameters:
        found = followed(Type(each.type, each.nullable, each.secure), named)
        each.type, each.nullable, each.secure = found.word, found.nullable, found.secure


def is_of(type_: str, value: Any) -> bool:
    """Whether a value that is known is one of a type's: Resource Manager takes no other, and null only by itself."""
    kinds = _KINDS.get(type_)
    if kinds is None or value is None:
        return True
    return isinstance(value, kinds) and (kinds is bool or not isinstance(value, bool))


def told(declared: Parameter, value: Any, *, written: bool) -> Any:
    """Return the value that a parameter has, which must be of its type; that of a secure one is not shown.

    That a literal stands in the code is told, if one does, but not which.
    """
    value = settled(value)
    if isinstance(value, NOT_KNOWN):
        return value
    if not is_of(declared.type, value):
        return mend(f"the parameter {declared.name[:80]} takes {declared.type}, and is given another type")
    if not declared.secure or value in ("", None, {}, []):
        return value
    if not written:
        because = f"the parameter {declared.name[:80]} is secure: its value is not shown"
        return Unresolved(because, LIVE)
    return dict.fromkeys(value, REDACTED) if isinstance(value, dict) else REDACTED


def not_given(declared: Parameter, frame: Frame) -> Unresolved:
    """Return what stands for a parameter without a value: who deploys it may give one."""
    because = f"the parameter {declared.name[:80]} has no value here"
    mark = declared.name if frame.source.language == "bicep" else f"parameters('{declared.name}')"
    inner = frame.instance is not None
    settle = (
        f"give it where {frame.address[:120]} is deployed"
        if inner
        else f"pass --parameter {declared.name}=..."
    )
    return Unresolved(because, settle, f"${{{mark}}}")


def written(declared: Mapping[str, Any]) -> Type:
    """Return the type that JSON states: by its word, or as one of the template's own (`$ref`)."""
    stated, nullable = declared.get("$ref"), declared.get("nullable")
    own = isinstance(stated, str) and stated.startswith(_BEGINS)
    word = str(stated).removeprefix(_BEGINS) if own else str(declared.get("type", "" if stated else "string"))
    return Type(word.lower(), nullable if isinstance(nullable, bool) else None, word.lower() in _SECURE)
