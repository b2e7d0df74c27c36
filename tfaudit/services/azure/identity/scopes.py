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
    "azurerm_subscriptions": "subscription",
    "azurerm_resource_group": "resource_group",
}
_OF_ATTRIBUTE = {
    "management_group_id": "management_group",
    "subscription_id": "subscription",
    "resource_group_id": "resource_group",
}
"""What the id of another resource is of, by the end of the attribute that holds it."""
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
                return _ARM_TYPES.get(target.type) or "resource"
        return _referred(value.address, value.attribute)
    text = written_id(value.expression) if isinstance(value, Unresolved) else value
    if not isinstance(text, str):
        return None
    if first := _FIRST.match(text):
        return _below(_referred(first[1]), text[first.end() :]) or _of_path(text)
    return _of_path(text)


def written_id(expression: str) -> str:
    """Return the text that stands in an expression whatever is filled in; an id of ARM's is written as it is."""
    return expression if expression[:1] == "/" else text_of(expression)


def _below(above: str | None, rest: str) -> str | None:
    """Return what a scope is that is named below another one; None where that is not known."""
    steps = [each for each in rest.strip('"').lower().split("/") if each]
    if above == "resource":
        return above  # whatever a path names below a resource is a part of it
    if above is None or "$" in rest.partition("/")[0]:
        return None
    if not steps:
        return above
    if "providers" in steps and above in ("subscription", "resource_group"):
        return "resource"
    of_group = (
        above == "subscription" and steps[0] == "resourcegroups" and len(steps) == len(("word", "name"))
    )
    return "resource_group" if of_group else None


def _of_path(text: str) -> str | None:
    """Return what a scope is by its path, in which an expression stands for one step."""
    parts = replaced(text, "${", "}", "x").lower().strip("/").split("/")
    if parts[0] == "subscriptions":
        kinds = {2: "subscription", 4: "resource_group"}
        return kinds.get(len(parts), "resource" if "providers" in parts else None)
    if parts[:3] == ["providers", "microsoft.management", "managementgroups"]:
        return "management_group"
    return "tenant" if text == "/" else None


def _referred(address: str, attribute: str = "") -> str | None:
    """Return what the scope is that a reference leads to."""
    type_ = address.rpartition("module.")[2].removeprefix("data.")
    for prefix, scope in _OF_TYPE.items():
        if re.search(rf"(?:^|\.){prefix}\.", "." + type_):
            return scope
    asked = attribute.rpartition(".")[2].lower()
    for ending, scope in _OF_ATTRIBUTE.items():
        if asked.endswith(ending):
            return scope
    return "resource" if "azurerm_" in type_ and asked in ("", "id") else None
