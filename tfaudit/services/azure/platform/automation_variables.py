"""Variables of Azure Automation accounts, as `stored_variable` assets: what runbooks read, and whoever may look."""

from __future__ import annotations

from collections.abc import Iterator

from tfaudit.model.asset import Asset, Key
from tfaudit.model.resources import Unresolved
from tfaudit.reading.asset import asset
from tfaudit.reading.documented import Documented
from tfaudit.reading.fact import Fact, Facts
from tfaudit.reading.spelling import NOTHING, Spelling, azure
from tfaudit.reading.view import View
from tfaudit.services.azure.choices import switched
from tfaudit.services.azure.keys.keys import RESOURCE, by_id, name_of, part_of

READS = (
    "azurerm_automation_variable_string",
    "azurerm_automation_variable_int",
    "azurerm_automation_variable_bool",
    "azurerm_automation_variable_datetime",
    "azurerm_automation_variable_object",
    "microsoft.automation/automationaccounts/variables",
)
KINDS = ("stored_variable",)
ARM_TYPES = ("Microsoft.Automation/automationAccounts/variables",)

_ACCOUNT = "microsoft.automation/automationaccounts"
_PAGE = "learn.microsoft.com/azure/automation/shared-resources/variables"

TABLE: Spelling = {
    **RESOURCE,
    # word, then its path in Terraform and in ARM
    "account": azure("automation_account_name", NOTHING),
    "encrypted": azure("encrypted", "properties.isEncrypted"),
}
IDENTITY = (*RESOURCE, "account")

VARIABLE: Facts = {
    "encryption.at_rest": Fact(switched, of=("encrypted",), default=Documented(False, _PAGE)),
}


def _key(view: View) -> Key:
    if (known := by_id(view.spelled(RESOURCE))) is not None:
        return known
    parts = [name_of(view, word) for word in ("group", "account", "name")]
    open_ = next((each for each in parts if isinstance(each, Unresolved)), None)
    if open_ is not None:
        return open_
    return part_of(f"azure:{_ACCOUNT}/{parts[0]}/{parts[1]}", _ACCOUNT, "variables", parts[2])


def assets(view: View) -> Iterator[Asset]:
    """Yield the one `stored_variable` that the resource declares."""
    yield asset("stored_variable", view, VARIABLE, _key(view))
