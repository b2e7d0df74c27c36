"""Unfolds `Fn::ForEach`, CloudFormation's loop over names, wherever a template may have one."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Protocol

from tfaudit.model.resources import Path, Reference, Unresolved

if TYPE_CHECKING:
    from collections.abc import Iterator

_LOOP = "Fn::ForEach::"
_NOT_ALPHANUMERIC = re.compile(r"[^A-Za-z0-9]")


CHARACTERS = 64
"""How many characters of text that a template makes count as one value."""


class Evaluates(Protocol):
    """What evaluates values, within a bound on how many: `spend` raises where it is passed."""

    def value(self, node: Any) -> Any:
        """Return `node` evaluated."""

    def spend(self, values: int) -> None:
        """Count so many values."""


def unfolded(evaluates: Evaluates, node: dict[Any, Any], written: Path) -> Iterator[tuple[str, Any, Path]]:
    """Yield the name, value and place of each entry of `node`, with loops unfolded.

    `evaluates` evaluates the collection of a loop; one that is not known gives a single `Unresolved` entry.
    `written` is where `node` stands. See docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/
    intrinsic-function-reference-foreach.html.
    """
    for name, inner in node.items():
        if isinstance(name, str) and name.startswith(_LOOP):
            yield from _rounds(evaluates, name, inner, (*written, name))
        else:
            yield str(name), inner, (*written, name)


def _rounds(evaluates: Evaluates, name: str, loop: Any, written: Path) -> Iterator[tuple[str, Any, Path]]:
    if not (
        isinstance(loop, list) and len(loop) == 3 and isinstance(loop[0], str) and isinstance(loop[2], dict)
    ):
        yield name, Unresolved(f"{name} wants an identifier, a collection and an output", "mend it"), written
        return
    identifier, fragment = loop[0], loop[2]
    collection = evaluates.value(loop[1])
    if not isinstance(collection, list) or any(
        isinstance(each, (Unresolved, Reference)) for each in collection
    ):
        because = collection.because if isinstance(collection, Unresolved) else "its collection is not known"
        settle = collection.settle_with if isinstance(collection, Unresolved) else "scan the live account"
        yield name, Unresolved(f"{name} cannot be unfolded: {because}", settle), written
        return
    for each in collection:
        filler = _Filler(evaluates, identifier, str(each))
        for key, inner in fragment.items():
            filled = {filler.filled(str(key)): filler.replaced(inner)}
            for inner_name, inner_value, place in unfolded(evaluates, filled, (*written, 2)):
                yield inner_name, inner_value, (*written, 2, key) if len(place) == len(written) + 2 else place


class _Filler:
    """One round of a loop: puts the round's value in place of the loop's identifier."""

    def __init__(self, evaluates: Evaluates, identifier: str, value: str) -> None:
        self.evaluates = evaluates
        self.reference = {"Ref": identifier}
        self.value = value
        self.forms = ((f"${{{identifier}}}", value), (f"&{{{identifier}}}", _NOT_ALPHANUMERIC.sub("", value)))

    def replaced(self, node: Any) -> Any:
        """Return a copy of `node` for this round."""
        self.evaluates.spend(1)
        if isinstance(node, str):
            return self.filled(node)
        if isinstance(node, list):
            return [self.replaced(each) for each in node]
        if isinstance(node, dict):
            if node == self.reference:
                return self.value
            return {self.filled(str(key)): self.replaced(inner) for key, inner in node.items()}
        return node

    def filled(self, text: str) -> str:
        """Return `text` for this round."""
        if "{" not in text:
            return text
        for form, value in self.forms:
            self.evaluates.spend(text.count(form) * len(value) // CHARACTERS)
            text = text.replace(form, value)
        return text
