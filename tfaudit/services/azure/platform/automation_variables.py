"""Variables of Azure Automation accounts, as `stored_variable` assets: what runbooks read, and whoever may look."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tfaudit.model.asset import Asset, Key
from tfaudit.model.settings import Known, NotApplicable, Unknown
from tfaudit.reading.asset import asset
from tfaudit.reading.documented import Documented
from tfaudit.reading.fact import Fact, Facts
from tfaudit.reading.spelling import NOTHING, Spelling, azure
from tfaudit.reading.view import View
from tfaudit.redaction import secret_name
from tfaudit.services.azure.choices import switched
from tfaudit.services.azure.keys.keys import RESOURCE, part_of_named
from tfaudit.services.credentials import written_down

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
    "value": azure("value", "properties.value"),
}
IDENTITY = (*RESOURCE, "account")


def inline(*names: str) -> Fact:
    """Return the fact that the word `value` is written in the code, of what is a secret by the words `names`.

    Whoever has it encrypted says that it is one, too.
    """
    literal = written_down("value")

    def joins(view: View) -> Any:
        if view.resource.plane == "live":
            return NotApplicable("no answer holds it: the code is judged", view.resource, view.base)
        encrypted = view.word("encrypted")
        stated = [view.word(each) for each in names]
        named = any(isinstance(each, Known) and secret_name(str(each.value)) for each in stated)
        if named or (isinstance(encrypted, Known) and switched(encrypted.value) is True):
            return literal.read(view, "bool")
        unsure = next((each for each in (encrypted, *stated) if isinstance(each, Unknown)), None)
        if unsure is not None:
            said = literal.read(view, "bool")
            return unsure if getattr(said, "value", None) is not False else said
        return NotApplicable("nothing says that it is a secret", view.resource, view.base)

    return Fact(joins=joins, of=("value", "encrypted", *names), default=Documented(False, _NOT_HERE))


_NOT_HERE = "its value is not written here"
VARIABLE: Facts = {
    "encryption.at_rest": Fact(switched, of=("encrypted",), default=Documented(False, _PAGE)),
    "inline_secrets": inline("name"),
}


def _key(view: View) -> Key:
    return part_of_named(view, _ACCOUNT, "variables")


def assets(view: View) -> Iterator[Asset]:
    """Yield the one `stored_variable` that the resource declares."""
    yield asset("stored_variable", view, VARIABLE, _key(view))
