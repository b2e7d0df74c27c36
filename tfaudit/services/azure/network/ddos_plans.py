"""Azure's DDoS protection plans, as `ddos_plan` assets: paid by the month, whether they guard a network or none.

A plan is shared by the networks of a tenant: those that name it may stand in another root. Live it lists them itself.
"""

from __future__ import annotations

from collections.abc import Iterator

from tfaudit.model.asset import Asset
from tfaudit.model.resources import Unresolved
from tfaudit.model.settings import Known, Unknown
from tfaudit.reading import states
from tfaudit.reading.asset import asset
from tfaudit.reading.documented import ByPlane, Documented
from tfaudit.reading.fact import Fact, Facts
from tfaudit.reading.spelling import NOTHING, Spelling, azure
from tfaudit.reading.states import Absent, Pointer
from tfaudit.reading.values import as_bool
from tfaudit.reading.view import Some, View
from tfaudit.services.azure.keys.keys import RESOURCE, named
from tfaudit.services.azure.pointers import pointing_at
from tfaudit.services.azure.tags import TAGGED, TAGS

READS = ("azurerm_network_ddos_protection_plan", "microsoft.network/ddosprotectionplans")
KINDS = ("ddos_plan",)
NAMES = ("name",)
ARM_TYPES = (
    "Microsoft.Network/ddosProtectionPlans",
    "Microsoft.Network/virtualNetworks",
    "Microsoft.Network/publicIPAddresses",
)

ARM_TYPE = "microsoft.network/ddosprotectionplans"
_PAGE = "learn.microsoft.com/azure/ddos-protection/manage-ddos-protection"
_NETWORKS = ("azurerm_virtual_network", "microsoft.network/virtualnetworks")
_ADDRESSES = ("azurerm_public_ip", "microsoft.network/publicipaddresses")
_SETTLE = "scan the live subscription"
_ELSEWHERE = Unresolved(
    "no network that is declared here names it, and one that is declared elsewhere may", _SETTLE
)

TABLE: Spelling = {
    **RESOURCE,
    **TAGGED,
    # word, then its path in Terraform and in ARM
    "networks": azure(NOTHING, "properties.virtualNetworks"),
    "addresses": azure(NOTHING, "properties.publicIPAddresses"),
}
NETWORK: Spelling = {
    # word of a network, then its path in Terraform and in ARM
    "plan": azure("ddos_protection_plan.id", "properties.ddosProtectionPlan.id"),
    "enabled": azure("ddos_protection_plan.enable", "properties.enableDdosProtection"),
}
ADDRESS: Spelling = {
    # word of a public address, then its path in Terraform and in ARM
    "plan": azure("ddos_protection_plan_id", "properties.ddosSettings.ddosProtectionPlan.id"),
}
IDENTITY = tuple(RESOURCE)


def _covers(view: View) -> states.Reading:
    """Return whether a network, or a public address by itself, is guarded by the plan."""
    lists = [view.word(word) for word in ("networks", "addresses")]
    listed = [each for each in lists if isinstance(each, Known)]
    if listed:
        return _listed(listed)
    unsure = next((each for each in lists if isinstance(each, Unknown)), None)
    for types, table in ((_NETWORKS, NETWORK), (_ADDRESSES, ADDRESS)):
        naming = pointing_at(view, types, ARM_TYPE, table, "plan")
        for each in naming.views:
            enabled = each.word("enabled") if "enabled" in table else Known(True, each.resource, each.base)
            if isinstance(enabled, Known) and as_bool(enabled.value):
                return Known(True, enabled.resource, enabled.path)
            if isinstance(enabled, (Unknown, Pointer)):
                unsure = unsure or (enabled if isinstance(enabled, Unknown) else enabled.unknown)
        if isinstance(naming, Some):
            unsure = unsure or naming.more
    return unsure or Absent(view.resource, view.base)


def _listed(lists: list[Known]) -> Known | Unknown:
    """Return whether the plan itself lists one that it covers."""
    found = next((each for each in lists if each.value), lists[0])
    if found.value and all(isinstance(each, Unresolved) for each in found.value):
        return Unknown("which networks it covers is not known", _SETTLE, found.resource, found.path)
    return Known(bool(found.value), found.resource, found.path)


def _of_arm(view: View) -> Documented | Unresolved:
    return Documented(False, f"{_PAGE}: it lists none") if view.resource.plane == "live" else _ELSEWHERE


PLAN: Facts = {
    "covers_network": Fact(
        joins=_covers,
        of=("networks", "addresses"),
        default=ByPlane(terraform=_ELSEWHERE, arm=_of_arm),
        beside=(*_NETWORKS, *_ADDRESSES),
    ),
    "tags": TAGS,
}


def assets(view: View) -> Iterator[Asset]:
    """Yield the one `ddos_plan` that the resource declares."""
    yield asset("ddos_plan", view, PLAN, named(view, ARM_TYPE))
