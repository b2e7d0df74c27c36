"""What an expression that could not be evaluated may and may not name."""

from __future__ import annotations

import re

from tfaudit.assets.inventory import without_index
from tfaudit.resources import Resource, Unresolved

_NAMED = re.compile(r"(?:data\.)?azurerm_[a-z0-9_]+\.[\w-]+")


def may_name(value: Unresolved, resource: Resource) -> bool:
    """Return whether `value` can turn out as the id of `resource`.

    An expression that names other resources and not this one cannot; one that names none (a variable) can.
    """
    names = _NAMED.findall(value.expression)
    if not names:
        return True
    bare = without_index(resource.address)
    return any(bare.endswith(name) for name in names)
