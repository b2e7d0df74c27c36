"""Management locks, which are how Azure protects a resource from being deleted.

A lock on the resource itself, on its resource group, or on a whole subscription declared in the same root covers it.
"""

from __future__ import annotations

from typing import Any

from tfaudit.model.resources import Reference, Resource, Unresolved
from tfaudit.model.settings import Known, Unknown
from tfaudit.reading import states
from tfaudit.reading.companions import may_be_missing
from tfaudit.reading.documented import Documented
from tfaudit.reading.fact import Fact
from tfaudit.reading.inventory import Inventory
from tfaudit.reading.spelling import Spelling, azure
from tfaudit.reading.states import Absent
from tfaudit.reading.view import Some, View
from tfaudit.services.azure.identity.scopes import scope_of
from tfaudit.services.azure.keys.keys import IDENTITY, RESOURCE, id_text, raw
from tfaudit.services.azure.pointers import pointing_at

_LOCKS = "learn.microsoft.com/azure/azure-resource-manager/management/lock-resources"
_TYPES = ("azurerm_management_lock", "microsoft.authorization/locks")
ARM_TYPES = ("Microsoft.Authorization/locks",)
_GROUP = 4
"""Where the name of a resource group stands in an id."""
_GROUPS = ("azurerm_resource_group", "data.azurerm_resource_group")
LOCK: Spelling = {"scope": azure("scope", "scope")}


def _of_subscriptions(inventory: Inventory) -> list[Resource]:
    locks = inventory.of_type(*_TYPES)
    return [
        each
        for each in locks
        if scope_of(raw(View(each, inventory, table=LOCK), "scope"), inventory) == "subscription"
    ]


def _of_groups(inventory: Inventory) -> dict[str, Resource]:
    """Return the locks of resource groups, by the groups' names and, where these are not known, addresses."""
    found: dict[str, Resource] = {}
    for group in inventory.of_type(*_GROUPS):
        view = View(group, inventory, table=RESOURCE)
        for lock in pointing_at(view, _TYPES, "", LOCK, "scope").views[:1]:
            found[group.address] = lock.resource
            if isinstance(name := raw(view, "name"), str):
                found[name] = lock.resource
    return found


def _of_ids(inventory: Inventory) -> dict[str, Resource]:
    """Return the locks of groups, subscriptions and resources whose ids are known, by these ids."""
    found: dict[str, Resource] = {}
    for lock in inventory.of_type(*_TYPES):
        scope = raw(View(lock, inventory, table=LOCK), "scope")
        if isinstance(scope, Reference):
            for target in inventory.at(scope.address):
                found.setdefault(id_text(View(target, inventory)), lock)
        else:
            text = scope.expression if isinstance(scope, Unresolved) else scope
            found.setdefault(text.lower() if isinstance(text, str) else "", lock)
    found.pop("", None)
    return found


def _from_above(view: View) -> Resource | None:
    """Return the lock of what holds the resource, its group or subscription: its id begins with that one's."""
    own = id_text(view)
    if own:
        for scope, lock in view.inventory.derived(_of_ids).items():
            if own.startswith(f"{scope}/"):
                return lock
    return None


def _group(view: View) -> Any:
    """Return the resource group that a resource is in: its name, a reference to it, or why it is not known."""
    if view.dialect != "arm":
        return raw(view.spelled(RESOURCE), "group")
    scope = raw(view.spelled(LOCK), "scope")
    if isinstance(scope, Reference):
        targets = view.inventory.at(scope.address)
        above = targets[0].body.get("scope") if targets and targets[0].dialect == "arm" else None
        return above if isinstance(above, Reference) else scope
    steps = scope.split("/") if isinstance(scope, str) else ()
    return (
        steps[_GROUP]
        if len(steps) > _GROUP and "${" not in steps[_GROUP]
        else raw(view.spelled(RESOURCE), "group")
    )


def _locked(view: View) -> states.Reading:
    locks = pointing_at(view, _TYPES, "", LOCK, "scope")
    for each in locks.views:
        return Known(True, each.resource, ("scope",))
    if (above := _from_above(view)) is not None:
        doubt = may_be_missing(above, view.resource)
        if doubt is not None:
            return Unknown(doubt.because, doubt.settle_with, above)
        return Known(True, above, ("scope",))
    of_groups = view.inventory.derived(_of_groups)
    group = _group(view)
    word = group.address if isinstance(group, Reference) else group
    of_group = of_groups.get(word) if isinstance(word, str) else None
    for lock in (*([of_group] if of_group else ()), *view.inventory.derived(_of_subscriptions)):
        doubt = may_be_missing(lock, view.resource)
        if doubt is not None:
            return Unknown(doubt.because, doubt.settle_with, lock)
        return Known(True, lock, ("scope",))
    if isinstance(locks, Some):
        return locks.more
    if of_groups and isinstance(group, Unresolved):
        because = "its resource group is not known, and some are locked"
        return Unknown(because, group.settle_with, view.resource, view.base)
    return Absent(view.resource, view.base)


DELETION_PROTECTION = Fact(joins=_locked, of=IDENTITY, default=Documented(False, _LOCKS), beside=_TYPES)
"""Whether a lock declared in the same root keeps the resource from being deleted."""
