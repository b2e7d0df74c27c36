"""Management locks, which are how Azure protects a resource from being deleted.

A lock on the resource itself, on its resource group, or on a whole subscription declared in the same root covers it.
"""

from __future__ import annotations

from typing import Any

from tfaudit.model.resources import Reference, Resource
from tfaudit.model.settings import Known
from tfaudit.reading.documented import Documented
from tfaudit.reading.facts import Fact
from tfaudit.reading.inventory import ABSENT, Inventory
from tfaudit.reading.view import View
from tfaudit.services.azure.identity.scopes import scope_of
from tfaudit.services.azure.pointers import pointing_at

_LOCKS = "learn.microsoft.com/azure/azure-resource-manager/management/lock-resources"
_TYPE = "azurerm_management_lock"
_GROUPS = ("azurerm_resource_group", "data.azurerm_resource_group")


def _of_subscriptions(inventory: Inventory) -> list[Resource]:
    return [lock for lock in inventory.of_type(_TYPE) if scope_of(lock.body.get("scope")) == "subscription"]


def _of_groups(inventory: Inventory) -> dict[str, Resource]:
    """Return the locks of resource groups, by the groups' names and, where these are not known, addresses."""
    found: dict[str, Resource] = {}
    for group in inventory.of_type(*_GROUPS):
        locks, _ = pointing_at(View(group, inventory), _TYPE, "", "scope")
        for lock in locks[:1]:
            found[group.address] = lock
            if isinstance(name := group.body.get("name"), str):
                found[name] = lock
    return found


def _locked(view: View) -> Any:
    locks, unsure = pointing_at(view, _TYPE, "", "scope")
    group = view.read("resource_group_name").value
    of_groups = view.inventory.derived(_of_groups)
    word = group.address if isinstance(group, Reference) else group
    of_group = of_groups.get(word) if isinstance(word, str) else None
    for lock in (*locks, *([of_group] if of_group else ()), *view.inventory.derived(_of_subscriptions)):
        return Known(True, lock, ("scope",))
    return unsure or ABSENT


DELETION_PROTECTION = Fact(terraform=_locked, default=Documented(False, _LOCKS))
"""Whether a lock declared in the same root keeps the resource from being deleted."""
