"""Unfolds `Fn::ForEach`, CloudFormation's loop over names, wherever a template may have one."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from tfaudit.resources import Path, Reference, Unresolved

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_LOOP = "Fn::ForEach::"
_NOT_ALPHANUMERIC = re.compile(r"[^A-Za-z0-9]")


def unfolded(
    value: Callable[[Any], Any], node: dict[Any, Any], written: Path
) -> Iterator[tuple[str, Any, Path]]:
    """Yield the name, value and place of each entry of `node`, with loops unfolded.

    `value` evaluates the collection of a loop; one that is not known gives a single `Unresolved` entry.
    `written` is where `node` stands. See docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/
    intrinsic-function-reference-foreach.html.
    """
    for name, inner in node.items():
        if isinstance(name, str) and name.startswith(_LOOP):
            yield from _rounds(value, name, inner, (*written, name))
        else:
            yield str(name), inner, (*written, name)


def _rounds(
    value: Callable[[Any], Any], name: str, loop: Any, written: Path
) -> Iterator[tuple[str, Any, Path]]:
    if not (
        isinstance(loop, list) and len(loop) == 3 and isinstance(loop[0], str) and isinstance(loop[2], dict)
    ):
        yield name, Unresolved(f"{name} wants an identifier, a collection and an output", "mend it"), written
        return
    identifier, fragment = loop[0], loop[2]
    collection = value(loop[1])
    if not isinstance(collection, list) or any(
        isinstance(each, (Unresolved, Reference)) for each in collection
    ):
        because = collection.because if isinstance(collection, Unresolved) else "its collection is not known"
        settle = collection.settle_with if isinstance(collection, Unresolved) else "scan the live account"
        yield name, Unresolved(f"{name} cannot be unfolded: {because}", settle), written
        return
    for each in collection:
        for key, inner in fragment.items():
            filled = {_filled(str(key), identifier, str(each)): _replaced(inner, identifier, str(each))}
            for inner_name, inner_value, place in unfolded(value, filled, (*written, 2)):
                yield inner_name, inner_value, (*written, 2, key) if len(place) == len(written) + 2 else place


def _replaced(node: Any, identifier: str, value: str) -> Any:
    if isinstance(node, str):
        return _filled(node, identifier, value)
    if isinstance(node, list):
        return [_replaced(each, identifier, value) for each in node]
    if isinstance(node, dict):
        if node == {"Ref": identifier}:
            return value
        return {
            _filled(str(key), identifier, value): _replaced(inner, identifier, value)
            for key, inner in node.items()
        }
    return node


def _filled(text: str, identifier: str, value: str) -> str:
    if "{" not in text:
        return text
    text = text.replace(f"${{{identifier}}}", value)
    return text.replace(f"&{{{identifier}}}", _NOT_ALPHANUMERIC.sub("", value))
