"""What parts of a network are named by, so that a name meets what it names: an id in ARM, an address in Terraform.

An id may hold what is chosen at deployment, `${resourceGroup().name}`, and is compared as it is written. A part of a
resource, a subnet inside of its network, has the id of the whole with its own name behind.
"""

from __future__ import annotations

import re
from typing import Any

from tfaudit.model.resources import Reference, Unresolved
from tfaudit.reading.inventory import ABSENT, Inventory, walk
from tfaudit.reading.view import View
from tfaudit.services.azure.keys.keys import RESOURCE, id_text, name_of

_PART = re.compile(r"properties\.(\w+)\.(\d+)(?:\.id)?$")


def identity(value: Any, inventory: Inventory) -> str | None:
    """Return what `value`, an id or a reference, names; None where that is not known."""
    if isinstance(value, dict):
        value = value.get("id", ABSENT)
    if isinstance(value, Reference):
        return _referred(value, inventory)
    text = value.expression if isinstance(value, Unresolved) else value
    return text.lower().rstrip("/") if isinstance(text, str) and text[:1] == "/" else None


def _referred(reference: Reference, inventory: Inventory) -> str | None:
    """Return the id of what a reference leads to, its address where it has none, as in Terraform's code."""
    for target in inventory.at(reference.address):
        whole = id_text(View(target, inventory))
        part = _PART.match(reference.attribute)
        if not whole or part is None:
            return whole or reference.address
        name, _ = walk(target.body, ("properties", part[1], int(part[2]), "name"))
        return f"{whole}/{part[1]}/{name}".lower() if isinstance(name, str) else None
    return None


def own(view: View) -> str:
    """Return the identity of the resource that `view` shows."""
    return id_text(view) or view.resource.address


def same(one: str | None, other: str | None, inventory: Inventory) -> bool | None:
    """Return whether two identities name the same thing; None where that is not known.

    What one root declares another looks up, by a data source or an id: such two are apart only where their names are.
    """
    if one is None or other is None:
        return None
    if one == other:
        return True
    if _form(one) == _form(other) != _LOOKED_UP:
        return False
    names = [_name(each, inventory) for each in (one, other)]
    return False if None not in names and names[0] != names[1] else None


_DECLARED, _LOOKED_UP, _ID = "declared", "looked up", "id"


def _form(identity_: str) -> str:
    if identity_[:1] == "/":
        return _ID
    return _LOOKED_UP if identity_.startswith("data.") or ".data." in identity_ else _DECLARED


def _name(identity_: str, inventory: Inventory) -> str | None:
    """Return the name of what an identity stands for, as Azure compares it; None where it is not known."""
    if identity_[:1] == "/":
        last = identity_.rpartition("/")[2]
        return None if "$" in last else last
    for target in inventory.at(identity_):
        found = name_of(View(target, inventory, table=RESOURCE), "name")
        return found.lower() if isinstance(found, str) else None
    return None
