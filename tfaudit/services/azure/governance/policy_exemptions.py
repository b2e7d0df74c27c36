"""Exemptions from rules of Azure Policy, as `policy_exemption` assets."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tfaudit.model.asset import Asset, Key
from tfaudit.model.resources import Unresolved
from tfaudit.reading.asset import asset
from tfaudit.reading.documented import Documented
from tfaudit.reading.fact import Fact, Facts
from tfaudit.reading.spelling import Spelling, azure
from tfaudit.reading.view import View
from tfaudit.services.azure.keys.keys import raw

READS = (
    "azurerm_subscription_policy_exemption",
    "azurerm_resource_group_policy_exemption",
    "azurerm_management_group_policy_exemption",
    "azurerm_resource_policy_exemption",
    "microsoft.authorization/policyexemptions",
)
KINDS = ("policy_exemption",)
ARM_TYPES = ("Microsoft.Authorization/policyExemptions",)

_PAGE = "learn.microsoft.com/azure/governance/policy/concepts/exemption-structure"

TABLE: Spelling = {
    # word, then its path in Terraform and in ARM
    "name": azure("name", "name"),
    "ends": azure("expires_on", "properties.expiresOn"),
}


def _ends(ends: Any) -> bool | None:
    return None if ends is None else ends != ""


EXEMPTION: Facts = {"expires": Fact(_ends, of=("ends",), default=Documented(False, _PAGE))}


def _key(view: View) -> Key:
    name = raw(view, "name")
    if isinstance(name, str):
        return f"azure:microsoft.authorization/policyexemptions/{name}".lower()
    return Unresolved(f"its name is {name}", "scan the plan or the live subscription")


def assets(view: View) -> Iterator[Asset]:
    """Yield the one `policy_exemption` that the resource declares."""
    if "repeated" not in view.resource.context:
        yield asset("policy_exemption", view, EXEMPTION, _key(view))
