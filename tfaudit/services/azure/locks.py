"""Management locks, which are how Azure protects a resource from being deleted.

A lock on the resource itself, on its resource group, or on a whole subscription declared in the same root covers
it.
"""

from __future__ import annotations

from typing import Any

from tfaudit.assets.facts import Documented, Fact
from tfaudit.assets.inventory import ABSENT, without_index
from tfaudit.assets.settings import Known
from tfaudit.assets.view import Reading, View
from tfaudit.resources import Reference, Resource, Unresolved
from tfaudit.services.azure.expressions import may_name

_LOCKS = "learn.microsoft.com/azure/azure-resource-manager/management/lock-resources"
_SUBSCRIPTIONS = ("azurerm_subscription", "data.azurerm_subscription")


def _locked(view: View) -> Any:
    unsure: Resource | None = None
    for lock in view.inventory.of_type("azurerm_management_lock"):
        covers = _covers(view, lock.body.get("scope", ABSENT))
        if covers:
            return Known(True, lock, ("scope",))
        if covers is None:
            unsure = lock
    if unsure is not None:
        because = f"{unsure.address} may lock it: its scope is not known"
        return Reading(Unresolved(because, "scan the plan or the live subscription"), unsure, ("scope",))
    return ABSENT


def _covers(view: View, scope: Any) -> bool | None:
    own = {view.resource.address, without_index(view.resource.address)}
    if isinstance(scope, Reference):
        if scope.address in own or scope.address.startswith(_SUBSCRIPTIONS):
            return True
        groups = view.inventory.at(scope.address)
        name = view.body.get("resource_group_name") if isinstance(view.body, dict) else None
        if isinstance(name, Reference):
            return without_index(name.address) == without_index(scope.address)
        return any(
            group.type.endswith("azurerm_resource_group") and group.body.get("name") == name
            for group in groups
        )
    if isinstance(scope, Unresolved):
        return None if may_name(scope, view.resource) else False
    return False


DELETION_PROTECTION = Fact(terraform=_locked, default=Documented(False, _LOCKS))
"""Whether a lock declared in the same root keeps the resource from being deleted."""
