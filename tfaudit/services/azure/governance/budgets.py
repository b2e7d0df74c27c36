"""Budgets of Azure, as `budget` assets: who hears that money runs out, which an attack may be the reason of."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tfaudit.model.asset import Asset, Key
from tfaudit.model.resources import Unresolved
from tfaudit.model.settings import Known
from tfaudit.reading import states
from tfaudit.reading.asset import asset
from tfaudit.reading.documented import Documented
from tfaudit.reading.fact import Fact, Facts
from tfaudit.reading.spelling import NOTHING, Spelling, azure
from tfaudit.reading.values import as_bool
from tfaudit.reading.view import View
from tfaudit.services.azure.identity.scopes import scope_of
from tfaudit.services.azure.keys.keys import raw
from tfaudit.services.azure.security.statements import more, statements

READS = (
    "azurerm_consumption_budget_subscription",
    "azurerm_consumption_budget_resource_group",
    "azurerm_consumption_budget_management_group",
    "microsoft.consumption/budgets",
)
KINDS = ("budget",)
ARM_TYPES = ("Microsoft.Consumption/budgets",)

_BUDGETS = "learn.microsoft.com/azure/cost-management-billing/costs/tutorial-acm-create-budgets"
_OF_TYPE = {
    "azurerm_consumption_budget_subscription": "subscription",
    "azurerm_consumption_budget_resource_group": "resource_group",
    "azurerm_consumption_budget_management_group": "management_group",
}

TABLE: Spelling = {
    # word, then its path in Terraform and in ARM
    "name": azure("name", "name"),
    "scope": azure(NOTHING, "scope"),
    "amount": azure("amount", "properties.amount"),
    "notices": azure(
        "notification",
        NOTHING,
        rows={
            "enabled": azure("enabled", NOTHING),
            "emails": azure("contact_emails", NOTHING),
            "groups": azure("contact_groups", NOTHING),
            "roles": azure("contact_roles", NOTHING),
        },
    ),
    "by_name": azure(NOTHING, "properties.notifications"),
}
IDENTITY = ("name", "scope")
_CONTACTS = {
    "email": ("emails", "contactEmails"),
    "group": ("groups", "contactGroups"),
    "role": ("roles", "contactRoles"),
}
"""The kinds of receivers, with their words in Terraform's table and in ARM."""


def _receivers(notices: Any, by_name: Any) -> list[str] | None:
    """Return the kinds of receivers whom the notices that are on go to."""
    stated = [*(notices or ()), *(by_name or {}).values()]
    going = [each for each in stated if as_bool(each.get("enabled")) is not False]
    found = [
        kind
        for kind, names in _CONTACTS.items()
        if any(one for each in going for name in names for one in each.get(name) or ())
    ]
    return found or None


def _scope(view: View) -> states.Reading:
    own = _OF_TYPE.get(view.resource.type)
    if own is not None:
        return Known(own, view.resource, ())
    reading = view.word("scope")
    scope = scope_of(raw(view, "scope"), view.inventory)
    return Known(scope, reading.resource, reading.path) if scope else reading


BUDGET: Facts = {
    "receivers": Fact(_receivers, of=("notices", "by_name"), default=Documented([], _BUDGETS)),
    "scope": Fact(joins=_scope, of=("scope",), default=Documented("subscription", _BUDGETS)),
    "limit": Fact("amount"),
}


def _is_of_subscription(view: View) -> bool:
    reading = BUDGET["scope"].read(view, "str")
    return getattr(reading, "value", None) == "subscription"


def _budgeted(view: View) -> states.Reading:
    found = statements(view, READS, TABLE, "budgets")
    for each in found.views:
        if _is_of_subscription(each):
            return Known(True, each.resource, ())
    return more(found) or Known(False, view.resource, ())


BUDGETED = Fact(joins=_budgeted, beside=READS)
"""Whether a budget is there for the whole subscription."""


def _key(view: View) -> Key:
    name = raw(view, "name")
    if isinstance(name, str):
        return f"azure:microsoft.consumption/budgets/{name}".lower()
    return Unresolved(f"its name is {name}", "scan the plan or the live subscription")


def assets(view: View) -> Iterator[Asset]:
    """Yield the one `budget` that the resource declares."""
    yield asset("budget", view, BUDGET, _key(view))
