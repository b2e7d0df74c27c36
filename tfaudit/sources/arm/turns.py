"""Turns of a module's loop that deploy the same: evaluated once, and called by each turn's own address.

Azure's own module tests deploy every module twice, to prove that the second time changes nothing; of a loop over names
only what hangs on the name differs. A turn is as the first one where neither its parameters nor its scope name the
loop's words, and where nothing in it asks how the deployment is called.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, TypeAlias

from msgspec import Struct
from msgspec.structs import replace

from tfaudit.model.resources import Reference, Unresolved
from tfaudit.sources.arm.given import Closed
from tfaudit.sources.arm.handles import Instance, Placed
from tfaudit.sources.arm.syntax import Name, below

Renaming: TypeAlias = tuple[tuple[str, str], ...]
"""What an address begins with, and what it begins with instead: one pair for each loop around, the inner ones first."""


VALUES = 10
"""As how many values a resource of a further turn counts, before its body is looked at: fewer than it has."""


class Body(Struct):
    """A resource before what it names has been looked up; `called` says by what addresses in it are called.

    `body` is None where nobody looks into it.
    """

    instance: Instance
    body: dict[str, Any] | None
    exists: bool | Unresolved
    called: Renaming = ()


def are_alike(first: Instance, found: list[Body | Closed]) -> bool:
    """Whether the other turns of the loop that a module stands in deploy what was `found` in its `first` turn."""
    declaration = first.declaration
    copy = declaration.copy
    if copy is None or not declaration.module:
        return False
    words = {copy.item, copy.index}
    if any(_names(each, words) for each in (declaration.parameters, declaration.scope)):
        return False
    for each in found:  # only what has been worked out tells what it hangs on, as bodies and their names are
        if isinstance(each, Closed):
            each.find()
    return first.inner is None or not first.inner.single


def _names(node: Any, words: set[str]) -> bool:
    """Whether a node names one of `words`, or something in it does."""
    todo = [node]
    while todo:
        each = todo.pop()
        if each.__class__ is Name and each.name in words:
            return True
        todo += below(each)
    return False


def renamed(first: Instance, found: list[Body | Closed], turn: Instance) -> Iterator[Body | Closed]:
    """Yield what a further `turn` deploys: what was `found` in the `first`, by its addresses."""
    pair = f"{first.address}.", f"{turn.address}."
    for each in found:
        if isinstance(each, Body):
            yield Body(_instance(each.instance, pair), each.body, each.exists, (*each.called, pair))
        else:
            yield _closed(each, first, turn)


def _instance(one: Instance, pair: tuple[str, str]) -> Instance:
    stands = one.where()
    if pair[0] in stands.id:
        called: Renaming = (pair,)
        stands = Placed(
            stands.type,
            text(stands.id, called),
            [text(each, called) for each in stands.names],
            value(stands.name, called),
            value(stands.whole_name, called),
            text(stands.parent_id, called),
            text(stands.scope_id, called),
        )
    now = text(one.address, (pair,))
    made = Instance(one.declaration, one.frame, one.env, now, one.place, one.exists, one.parent)
    made.inner, made.unread, made.placed = one.inner, one.unread, stands
    return made


def _closed(one: Closed, first: Instance, turn: Instance) -> Closed:
    where = replace(one.unread.place, at=address(one.unread.place.at, first, turn))
    low = ((f"{first.address}.".lower(), f"{turn.address}.".lower()),)
    unread = replace(one.unread, place=where)
    return Closed(
        unread,
        address(one.address, first, turn),
        lambda: frozenset(text(each, low) for each in one.find()),
    )


def address(of: str, first: Instance, turn: Instance) -> str:
    """Return the address in a further `turn` of what stands at `of` in the first."""
    return turn.address + of[len(first.address) :]


def text(text: str, called: Renaming) -> str:
    """Return a text with the addresses in it as they are called."""
    for before, now in called:
        if before in text:
            text = text.replace(before, now)
    return text


def value(found: Any, called: Renaming) -> Any:
    """Return what is not known by the addresses that it is called by; any other value as it is."""
    if called and found.__class__ is Reference:
        return Reference(text(found.address, called), found.attribute)
    if called and found.__class__ is Unresolved:
        return Unresolved(
            text(found.because, called), found.settle_with, text(found.expression, called), found.literal
        )
    return found
