"""What a word comes to in one resource: a value, nothing, a pointer at another resource, or why it is not known.

    match view.word("key"):
        case Known(value=name): ...
        case Pointer(reference=target): ...
        case Absent(): ...
        case Unknown() as unknown: return unknown

There is no flag to forget: a `match` that leaves a state out does not pass mypy.
"""

from __future__ import annotations

from typing import Any, TypeAlias

from msgspec import Struct

from tfaudit.model.resources import Path, Reference, Resource, Unresolved
from tfaudit.model.settings import Known, Unknown
from tfaudit.reading.inventory import ABSENT

SETTLE = "scan the plan or the live account"


class Absent(Struct):
    """Nothing is stated: not set, or null; `path` is where it would stand."""

    resource: Resource
    path: Path = ()


class Pointer(Struct):
    """Something is stated, and it is what another resource will be named by: neither null nor empty."""

    reference: Reference
    resource: Resource
    path: Path = ()

    @property
    def unknown(self) -> Unknown:
        """The same as a value that is not known, for whom a name is not enough."""
        return Unknown(f"it is taken from {self.reference}", SETTLE, self.resource, self.path)


class Unstated(Unknown):
    """What a plane never states: the table has no path for the word there."""


Reading: TypeAlias = Known | Absent | Pointer | Unknown
__all__ = ["SETTLE", "Absent", "Known", "Pointer", "Reading", "Unknown", "Unstated", "state"]


def state(value: Any, resource: Resource, path: Path) -> Reading:
    """Return the state of a raw value that stands at `path` of `resource`."""
    if value is ABSENT or value is None:
        return Absent(resource, path)
    if isinstance(value, Unresolved):
        return Unknown(value.because, value.settle_with, resource, path, value.expression, value.literal)
    if isinstance(value, Reference):
        return Pointer(value, resource, path)
    return Known(value, resource, path)
