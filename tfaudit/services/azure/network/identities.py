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
from tfaudit.services.azure.keys.keys import id_text

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
