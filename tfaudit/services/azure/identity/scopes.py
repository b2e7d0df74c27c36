"""How far a scope of Azure reaches: known from an ARM id, or by what a reference leads to."""

from __future__ import annotations

import re
from typing import Any

from tfaudit.enclosed import replaced, text_of
from tfaudit.model.resources import Reference, Unresolved
from tfaudit.reading.inventory import Inventory

_OF_TYPE = {
    "azurerm_management_group": "management_group",
    "azurerm_subscription": "subscription",
    "azurerm_resource_group": "resource_group",
}
_FIRST = re.compile(r"\"?\$\{\s*([\w.\[\]-]+)\s*\}")
"""The reference that a text begins with."""


_ARM_TYPES = {
    "microsoft.management/managementgroups": "management_group",
    "microsoft.resources/subscriptions": "subscription",
    "microsoft.resources/resourcegroups": "resource_group",
}


def scope_of(value: Any, inventory: Inventory | None = None) -> str | None:
    """Return what a scope is (tenant, management_group, subscription, resource_group, resource); None if not known.

    In `inventory` is what a reference may lead to.
    """
    if isinstance(value, Reference):
        for target in inventory.at(value.address) if inventory is not None else ():
            if target.dialect == "arm":
                found = _ARM_TYPES.get(target.type)
                return found or "resource"
        return _referred(value.address)
    text = value.expression if isinstance(value, Unresolved) else value
    if not isinstance(text, str):
        return None
    # Whatever a path names below a resource is a part of it.
    if (first := _FIRST.match(text)) and _referred(first[1]) == "resource":
        return "resource"
    written = text if isinstance(value, str) or text[:1] == "/" else text_of(text)
    parts = replaced(written, "${", "}", "x").lower().strip("/").split("/")
    if parts[0] == "subscriptions":
        kinds = {2: "subscription", 4: "resource_group"}
        return kinds.get(len(parts), "resource" if "providers" in parts else None)
    if parts[:3] == ["providers", "microsoft.management", "managementgroups"]:
        return "management_group"
    return "tenant" if text == "/" else None


def _referred(address: str) -> str | None:
    """Return what the scope is that a reference leads to."""
    type_ = address.rpartition("module.")[2].removeprefix("data.")
    for prefix, scope in _OF_TYPE.items():
        if re.search(rf"(?:^|\.){prefix}\.", "." + type_):
            return scope
    return "resource" if "azurerm_" in type_ or "azapi_" in type_ else None
