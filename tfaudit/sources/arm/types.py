"""Types that a template or a Bicep file names: what one comes to where it is named after another.

learn.microsoft.com/azure/azure-resource-manager/templates/definitions
learn.microsoft.com/azure/azure-resource-manager/bicep/user-defined-data-types
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from msgspec import Struct

from tfaudit.sources.arm.frames import Parameter

_BEGINS = "#/definitions/"
_SECURE = ("securestring", "secureobject")


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


def written(declared: Mapping[str, Any]) -> Type:
    """Return the type that JSON states: by its word, or as one of the template's own (`$ref`)."""
    stated, nullable = declared.get("$ref"), declared.get("nullable")
    own = isinstance(stated, str) and stated.startswith(_BEGINS)
    word = str(stated).removeprefix(_BEGINS) if own else str(declared.get("type", "" if stated else "string"))
    return Type(word.lower(), nullable if isinstance(nullable, bool) else None, word.lower() in _SECURE)
