"""Azure's application security groups, as `firewall` assets: names for machines, by which rules speak of them.

What a rule opens to such a group is judged at the rule, and at the machines that are in it.
"""

from __future__ import annotations

from collections.abc import Iterator

from tfaudit.model.asset import Asset
from tfaudit.reading.asset import asset
from tfaudit.reading.fact import Facts, always, inapplicable
from tfaudit.reading.spelling import Spelling
from tfaudit.reading.view import View
from tfaudit.services.azure.keys.keys import RESOURCE, named
from tfaudit.services.azure.tags import TAGGED, TAGS

READS = ("azurerm_application_security_group", "microsoft.network/applicationsecuritygroups")
KINDS = ("firewall",)
NAMES = ("name",)
ARM_TYPES = ("Microsoft.Network/applicationSecurityGroups",)

ARM_TYPE = "microsoft.network/applicationsecuritygroups"
_PAGE = "learn.microsoft.com/azure/virtual-network/application-security-groups"

TABLE: Spelling = {**RESOURCE, **TAGGED}
IDENTITY = tuple(RESOURCE)

GROUP: Facts = {
    "is_default": always(False, f"{_PAGE}: Azure makes none by itself"),
    "closed": inapplicable("it has no rules: those of security groups name it"),
    "tags": TAGS,
}


def assets(view: View) -> Iterator[Asset]:
    """Yield the one `firewall` that the group is."""
    yield asset("firewall", view, GROUP, named(view, ARM_TYPE))
