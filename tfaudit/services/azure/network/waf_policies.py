"""Policies of Azure's web application firewalls, of Application Gateways and Front Doors, as `waf_policy` assets."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from tfaudit.model.asset import Asset
from tfaudit.model.resources import Unresolved
from tfaudit.model.settings import Known
from tfaudit.reading.asset import asset
from tfaudit.reading.documented import ByPlane, Documented
from tfaudit.reading.fact import Fact, Facts
from tfaudit.reading.parts import some
from tfaudit.reading.spelling import Spelling, Word, azure
from tfaudit.reading.states import Absent, Pointer, Unknown
from tfaudit.reading.view import View
from tfaudit.services.azure.choices import called, lower, switched
from tfaudit.services.azure.keys.keys import RESOURCE, named
from tfaudit.services.azure.tags import TAGGED, TAGS

READS = (
    "azurerm_web_application_firewall_policy",
    "azurerm_cdn_frontdoor_firewall_policy",
    "azurerm_frontdoor_firewall_policy",
    "microsoft.network/applicationgatewaywebapplicationfirewallpolicies",
    "microsoft.network/frontdoorwebapplicationfirewallpolicies",
)
KINDS = ("waf_policy",)
NAMES = ("name",)
ARM_TYPES = (
    "Microsoft.Network/ApplicationGatewayWebApplicationFirewallPolicies",
    "Microsoft.Network/FrontDoorWebApplicationFirewallPolicies",
)

OF_GATEWAYS = "microsoft.network/applicationgatewaywebapplicationfirewallpolicies"
OF_FRONT_DOORS = "microsoft.network/frontdoorwebapplicationfirewallpolicies"
FRONT_DOOR_POLICIES = (
    "azurerm_cdn_frontdoor_firewall_policy",
    "azurerm_frontdoor_firewall_policy",
    OF_FRONT_DOORS,
)
_PAGES = {
    "azurerm_web_application_firewall_policy": (
        "hashicorp/azurerm/4.50.0/docs/resources/web_application_firewall_policy"
    ),
    "azurerm_cdn_frontdoor_firewall_policy": (
        "hashicorp/azurerm/4.50.0/docs/resources/cdn_frontdoor_firewall_policy"
    ),
    "azurerm_frontdoor_firewall_policy": "hashicorp/azurerm/4.50.0/docs/resources/frontdoor_firewall_policy",
}
_FRONT_DOOR = "learn.microsoft.com/rest/api/frontdoorservice/webapplicationfirewall/policies/create-or-update"
_SETS = "learn.microsoft.com/azure/web-application-firewall/ag/application-gateway-crs-rulegroups-rules"
_BOTS = "learn.microsoft.com/azure/web-application-firewall/afds/afds-overview"
_UNSET = Unresolved("it is not set, and no default is documented", "set it")


def _overrides(sets: str, groups: str, number: str, on: str) -> Word:
    """Return the word for the changed rules of each set: Terraform names all otherwise in its two kinds of policy."""
    rules = azure("rule", "rules", rows={"id": azure(number, "ruleId"), "on": azure("enabled", on)})
    row = azure(groups, "ruleGroupOverrides", rows={"rules": rules})
    return azure(sets, "properties.managedRules.managedRuleSets", rows={"groups": row})


TABLE: Spelling = {
    **RESOURCE,
    **TAGGED,
    # word, then its path in Terraform and in ARM: of gateways' policies, then of Front Doors'
    "enabled": azure(
        ("policy_settings.enabled", "enabled"),
        ("properties.policySettings.state", "properties.policySettings.enabledState"),
    ),
    "mode": azure(("policy_settings.mode", "mode"), "properties.policySettings.mode"),
    "bodies": azure(
        ("policy_settings.request_body_check", "request_body_check_enabled"),
        "properties.policySettings.requestBodyCheck",
    ),
    "sets": azure(
        ("managed_rules.managed_rule_set", "managed_rule"),
        "properties.managedRules.managedRuleSets",
        rows={"type": azure("type", "ruleSetType")},
    ),
    "of_gateways": _overrides("managed_rules.managed_rule_set", "rule_group_override", "id", "state"),
    "of_front_doors": _overrides("managed_rule", "override", "rule_id", "enabledState"),
}
IDENTITY = tuple(RESOURCE)
_MANAGED = ("owasp", "microsoft_defaultruleset", "defaultruleset")
_UNNAMED = "owasp"
"""What a set of rules is that says no type: so by azurerm's page, and of gateways only it may be left out."""

_OF_BOTS = ("microsoft_botmanagerruleset", "botprotection")
MODES = {"prevention": "prevention", "detection": "detection"}


def _one_of(names: tuple[str, ...]) -> Callable[[Any], bool | None]:
    """Return a function that gives whether one of a policy's sets of rules is of the types `names`."""

    def has_one(sets: Any) -> bool | None:
        return (
            None if sets is None else some(sets, lambda each: (lower(each.get("type")) or _UNNAMED) in names)
        )

    return has_one


def _rules_off(view: View) -> Any:
    """Return the numbers of managed rules that are switched off: one that is named and not said to be on is off."""
    word = "of_front_doors" if view.resource.type in FRONT_DOOR_POLICIES else "of_gateways"
    sets = view.word(word)
    if isinstance(sets, (Unknown, Absent, Pointer)):
        return sets
    off: list[Any] = []
    where: Known | None = None
    rules = (
        rule
        for each in view.elements(word)
        for group in each.elements("groups")
        for rule in group.elements("rules")
    )
    for rule in rules:
        number, on = rule.word("id"), rule.word("on")
        if isinstance(on, Known) and switched(on.value) is True:
            continue
        unclear = next((each for each in (number, on) if isinstance(each, (Unknown, Pointer))), None)
        if unclear is not None:
            told = unclear if isinstance(unclear, Unknown) else unclear.unknown
            off.append(Unresolved(told.because, told.settle_with))
        elif isinstance(number, Known):
            off.append(str(number.value))
            where = where or number
    return Known(off, where.resource, where.path) if where else Known(off, view.resource, view.base)


def _by_terraform(value: Any) -> Callable[[View], Documented | Unresolved]:
    """Return the default of the provider, by the type of the policy."""

    def default(view: View) -> Documented | Unresolved:
        page = _PAGES.get(view.resource.type)
        return _UNSET if page is None else Documented(value, page)

    return default


def _on_by_arm(view: View) -> Documented | Unresolved:
    return Documented(True, _FRONT_DOOR) if view.resource.type == OF_FRONT_DOORS else _UNSET


def _inspected_by_terraform(view: View) -> Documented | Unresolved:
    if view.resource.type == "azurerm_frontdoor_firewall_policy":
        return Unresolved("the resource has no word for it", "scan the live subscription")
    return _by_terraform(True)(view)


ENABLED = Fact(switched, of=("enabled",), default=ByPlane(terraform=_by_terraform(True), arm=_on_by_arm))
"""Whether a policy is in force at all."""

MODE = Fact(called(MODES), of=("mode",), default=ByPlane(terraform=_by_terraform("prevention"), arm=_UNSET))
"""Whether it stops what it finds, or only writes it down."""

POLICY: Facts = {
    "waf": ENABLED,
    "waf.mode": MODE,
    "waf.managed_rules": Fact(_one_of(_MANAGED), of=("sets",), default=Documented(False, _SETS)),
    "waf.bot_protection": Fact(_one_of(_OF_BOTS), of=("sets",), default=Documented(False, _BOTS)),
    "waf.rules_off": Fact(
        joins=_rules_off, of=("of_gateways", "of_front_doors"), default=Documented([], _SETS)
    ),
    "waf.bodies_inspected": Fact(
        switched, of=("bodies",), default=ByPlane(terraform=_inspected_by_terraform, arm=_UNSET)
    ),
    "tags": TAGS,
}


def assets(view: View) -> Iterator[Asset]:
    """Yield the one `waf_policy` that the resource declares."""
    of_gateways = view.resource.type in (READS[0], OF_GATEWAYS)
    yield asset("waf_policy", view, POLICY, named(view, OF_GATEWAYS if of_gateways else OF_FRONT_DOORS))
