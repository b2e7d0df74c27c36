"""What a prefix list holds: its address ranges where it is declared, a word where AWS keeps it, otherwise not known."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tfaudit.enclosed import text_of
from tfaudit.model.resources import Reference, Unresolved
from tfaudit.model.settings import Known
from tfaudit.reading.spelling import NOTHING, Spelling, aws
from tfaudit.reading.states import Absent
from tfaudit.reading.view import Some, View

_SETTLE = "look the list up by hand, or scan where it is declared"
_ENTRY = "aws_ec2_managed_prefix_list_entry"
_LOOKED_UP = ("data.aws_prefix_list", "data.aws_ec2_managed_prefix_list")
# Lists that AWS keeps, of the addresses of its own services, have names of this form.
_OF_AWS = "com.amazonaws."
_ENTRY_WORDS: Spelling = {"range": aws("cidr", "Cidr")}
_WORDS: Spelling = {
    # of a list that is declared
    "entries": aws("entry", "Entries", NOTHING, rows=_ENTRY_WORDS),
    # of one that is looked up
    "name": aws(("name", "filter.values"), NOTHING, NOTHING),
}


def ranges(named: Any, view: View) -> list[Any]:
    """Return the address ranges of the prefix list that `named` names; a part that is not known is `Unresolved`."""
    if not isinstance(named, Reference):
        shown = named if isinstance(named, str) else "(not known)"
        return [Unresolved(f"what the prefix list {shown} holds is not known", _SETTLE, str(named))]
    found: list[Any] = []
    for target in view.inventory.at(named.address):
        inside = View(target, view.inventory, {_ENTRY: "prefix_list_id"}, ("id",), _WORDS)
        found += _looked_up(inside) if target.type in _LOOKED_UP else _declared(inside)
    return found or [Unresolved(f"the prefix list {named} is not declared here", _SETTLE, str(named))]


def _looked_up(data: View) -> Iterator[Any]:
    match data.parts("name"):
        case Known(value=[_, *_] as names) if all(map(_is_of_aws, names)):
            yield "prefix-list:of-aws"
        case _:
            yield Unresolved(f"what the prefix list {data.resource.address} holds is not known", _SETTLE)


def _is_of_aws(name: Any) -> bool:
    text = text_of(name.expression) if isinstance(name, Unresolved) else name
    return isinstance(text, str) and text.startswith(_OF_AWS)


def _declared(declared: View) -> Iterator[Any]:
    for entry in declared.elements("entries"):
        yield from _range(entry)
    beside = declared.companions(_ENTRY)
    for each in beside.views:
        yield from _range(each.spelled(_ENTRY_WORDS))
    if isinstance(beside, Some):
        yield Unresolved(beside.more.because, _SETTLE)
    elif not beside.views and isinstance(declared.parts("entries"), Absent):
        yield "prefix-list:empty"


def _range(entry: View) -> Iterator[Any]:
    match entry.parts("range"):
        case Known(value=parts):
            yield from (each if isinstance(each, (Unresolved, Reference)) else str(each) for each in parts)
        case Absent():
            pass
