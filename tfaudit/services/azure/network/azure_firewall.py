"""Azure Firewalls and their policies, as `network_firewall` assets.

A firewall is ruled by a policy or, as at first, by what stands inside of it. A policy may take what it does not say
from a base policy.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from tfaudit.model.asset import Asset
from tfaudit.model.settings import Known, NotApplicable, Unknown
from tfaudit.reading import states
from tfaudit.reading.asset import asset
from tfaudit.reading.documented import Documented
from tfaudit.reading.fact import Fact, Facts, inapplicable
from tfaudit.reading.spelling import Spelling, azure
from tfaudit.reading.states import Absent, Pointer
from tfaudit.reading.view import View
from tfaudit.services.azure.choices import lower
from tfaudit.services.azure.keys.keys import RESOURCE, named
from tfaudit.services.azure.logs.diagnostics import logged
from tfaudit.services.azure.network.azure_firewall_rules import ALLOWS_ALL, INSIDE
from tfaudit.services.azure.tags import TAGGED, TAGS
from tfaudit.services.azure.zones import several

READS = (
    "azurerm_firewall",
    "azurerm_firewall_policy",
    "microsoft.network/azurefirewalls",
    "microsoft.network/firewallpolicies",
)
KINDS = ("network_firewall",)
NAMES = ("name",)
ARM_TYPES = ("Microsoft.Network/azureFirewalls", "Microsoft.Network/firewallPolicies")

ARM_TYPE = "microsoft.network/azurefirewalls"
POLICY_TYPE = "microsoft.network/firewallpolicies"
_POLICIES = ("azurerm_firewall_policy", POLICY_TYPE)
_INTELLIGENCE = "learn.microsoft.com/azure/firewall/threat-intel"
_PREMIUM = "learn.microsoft.com/azure/firewall/premium-features"
_ZONES = (
    "learn.microsoft.com/azure/firewall/deploy-availability-zone-powershell: in several unless one is chosen"
)
_LOGS = (
    "AZFWNetworkRule",
    "AZFWApplicationRule",
    "AZFWThreatIntel",
    "AzureFirewallNetworkRule",
    "AzureFirewallApplicationRule",
)

TABLE: Spelling = {
    **RESOURCE,
    **TAGGED,
    **INSIDE,
    # word of a firewall, then its path in Terraform and in ARM
    "policy": azure("firewall_policy_id", "properties.firewallPolicy.id"),
    "intelligence": azure("threat_intel_mode", "properties.threatIntelMode"),
    "zones": azure("zones", "zones"),
}
POLICY_TABLE: Spelling = {
    **RESOURCE,
    **TAGGED,
    # word of a policy, then its path in Terraform and in ARM
    "base": azure("base_policy_id", "properties.basePolicy.id"),
    "intelligence": azure("threat_intelligence_mode", "properties.threatIntelMode"),
    "intrusion": azure("intrusion_detection.mode", "properties.intrusionDetection.mode"),
}
IDENTITY = tuple(RESOURCE)


def _in_lower_case(reading: states.Reading) -> states.Reading:
    if isinstance(reading, Known):
        return Known(lower(reading.value), reading.resource, reading.path)
    return reading


def _by_itself(view: View) -> states.Reading | NotApplicable:
    """Return how a firewall without a policy uses threat intelligence."""
    policy = view.word("policy")
    match policy:
        case Known() | Pointer():
            return NotApplicable("its policy is judged", policy.resource, policy.path)
        case Unknown():
            return policy
        case Absent():
            return _in_lower_case(view.word("intelligence"))


def _inherited(word: str) -> Callable[[View], states.Reading]:
    """Return what joins: what a policy says by `word`, or its base policy where it says nothing."""

    def joins(view: View) -> states.Reading:
        own = view.word(word)
        base = view.word("base")
        if not isinstance(own, Absent) or isinstance(base, Absent):
            return _in_lower_case(own)
        for target in view.leads_to("base", *_POLICIES):
            return _in_lower_case(target.spelled(POLICY_TABLE).word(word))
        if isinstance(base, Unknown):
            return base
        because = "it is not set, and the base policy, which is not declared here, may say it"
        return Unknown(because, "scan the root that declares it", base.resource, base.path)

    return joins


def _spread(zones: Any) -> Any:
    return several(zones) if zones else None


_OF_FIREWALLS = inapplicable("the firewalls that it rules are judged")
FIREWALL: Facts = {
    "threat_intelligence": Fact(
        joins=_by_itself, of=("policy", "intelligence"), default=Documented("alert", _INTELLIGENCE)
    ),
    "intrusion_detection": inapplicable("only a policy can have it"),
    "allows_all": ALLOWS_ALL,
    "logs.enabled": logged(*_LOGS, arm_type=ARM_TYPE),
    "ha.multi_zone": Fact(_spread, of=("zones",), default=Documented(True, _ZONES)),
    "tags": TAGS,
}
POLICY: Facts = {
    "threat_intelligence": Fact(
        joins=_inherited("intelligence"),
        of=("base", "intelligence"),
        default=Documented("alert", _INTELLIGENCE),
    ),
    "intrusion_detection": Fact(
        joins=_inherited("intrusion"), of=("base", "intrusion"), default=Documented("off", _PREMIUM)
    ),
    "allows_all": inapplicable("the groups of rules that belong to it are judged"),
    "logs.enabled": _OF_FIREWALLS,
    "ha.multi_zone": _OF_FIREWALLS,
    "tags": TAGS,
}


def assets(view: View) -> Iterator[Asset]:
    """Yield the `network_firewall` that a firewall or a policy is."""
    if view.resource.type in _POLICIES:
        own = view.spelled(POLICY_TABLE)
        yield asset("network_firewall", own, POLICY, named(own, POLICY_TYPE))
    else:
        yield asset("network_firewall", view, FIREWALL, named(view, ARM_TYPE))
