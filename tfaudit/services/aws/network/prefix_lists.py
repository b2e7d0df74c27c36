"""What a prefix list holds: its address ranges where it is declared, a word where AWS keeps it, otherwise not known."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tfaudit.model.resources import Reference, Unresolved
from tfaudit.reading.view import View

_SETTLE = "look the list up by hand, or scan where it is declared"
_ENTRIES = "aws_ec2_managed_prefix_list_entry"
_LOOKED_UP = ("data.aws_prefix_list", "data.aws_ec2_managed_prefix_list")
# Lists that AWS keeps, of the addresses of its own services, have names of this form.
_OF_AWS = "com.amazonaws."


def ranges(named: Any, view: View) -> list[Any]:
    """Return the address ranges of the prefix list that `named` names; a part that is not known is `Unresolved`."""
    if not isinstance(named, Reference):
        shown = named if isinstance(named, str) else "(not known)"
        return [Unresolved(f"what the prefix list {shown} holds is not known", _SETTLE, str(named))]
    found: list[Any] = []
    for target in view.inventory.at(named.address):
        inside = View(target, view.inventory)
        if target.type in _LOOKED_UP:
            found += _looked_up(inside)
        else:
            found += _declared(inside)
    return found or [Unresolved(f"the prefix list {named} is not declared here", _SETTLE, str(named))]


def _looked_up(data: View) -> Iterator[Any]:
    name = data.first("name", "filter.values")
    texts = name.value if isinstance(name.value, list) else [name.value]
    if texts and all(_is_of_aws(each) for each in texts):
        yield "prefix-list:of-aws"
    else:
        yield Unresolved(f"what the prefix list {data.resource.address} holds is not known", _SETTLE)


def _is_of_aws(name: Any) -> bool:
    text = name.expression.strip('"') if isinstance(name, Unresolved) else name
    return isinstance(text, str) and text.startswith(_OF_AWS)


def _declared(declared: View) -> Iterator[Any]:
    for path, field in (("entry", "cidr"), ("Entries", "Cidr")):
        for entry in declared.each(path):
            value = entry.read(field).value
            yield value if isinstance(value, (Unresolved, Reference)) else str(value)
    names = [name] if isinstance(name := declared.get("id"), str) else []
    found, unsure = declared.inventory.pointing_at(declared.resource, names, _ENTRIES, "prefix_list_id")
    for each in found:
        value = each.body.get("cidr")
        yield value if isinstance(value, (Unresolved, Reference)) else str(value)
    if unsure:
        yield Unresolved(
            f"{unsure[0].address} may be an entry of it: its prefix_list_id is not known", _SETTLE
        )
    if not found and declared.read("entry").absent and declared.read("Entries").absent:
        yield "prefix-list:empty"
