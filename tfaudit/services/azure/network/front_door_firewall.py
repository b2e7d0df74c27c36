"""Which firewall policies stand before the names of a Front Door, by its security policies.

A Front Door answers by the name of each of its endpoints and by its customers' own names. A security policy puts a
firewall before those that it lists: one that is left out has none.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tfaudit.model.resources import Reference, Unresolved
from tfaudit.model.settings import Known, NotApplicable, Unknown
from tfaudit.reading import states
from tfaudit.reading.spelling import Spelling, azure
from tfaudit.reading.states import Absent
from tfaudit.reading.values import as_bool
from tfaudit.reading.view import Companions, Some, View
from tfaudit.services.azure.keys.keys import from_id, id_text, raw
from tfaudit.services.azure.network import waf_policies
from tfaudit.services.azure.network.waf_policies import ENABLED, FRONT_DOOR_POLICIES, MODE

ARM_TYPES = (
    "Microsoft.Cdn/profiles/securityPolicies",
    "Microsoft.Network/FrontDoorWebApplicationFirewallPolicies",
)

_PROFILE = "microsoft.cdn/profiles"
POLICIES = ("azurerm_cdn_frontdoor_security_policy", f"{_PROFILE}/securitypolicies")
ANSWERING = (
    "azurerm_cdn_frontdoor_endpoint",
    "azurerm_cdn_frontdoor_custom_domain",
    f"{_PROFILE}/afdendpoints",
    f"{_PROFILE}/customdomains",
)
SECURITY: Spelling = {
    # word, then its path in Terraform and in ARM
    "policy": azure(
        "security_policies.firewall.cdn_frontdoor_firewall_policy_id", "properties.parameters.wafPolicy.id"
    ),
    "before": azure(
        "security_policies.firewall.association",
        "properties.parameters.associations",
        rows={"domains": azure("domain", "domains", rows={"id": azure("cdn_frontdoor_domain_id", "id")})},
    ),
}
_SETTLE = "scan the plan or the live subscription"


def _listed(policy: View) -> Iterator[Any]:
    """Yield the ids of what a security policy lists, as they stand."""
    for association in policy.elements("before"):
        for domain in association.elements("domains"):
            yield raw(domain, "id")


def _names(answering: View, id_: Any) -> bool:
    """Whether an id is that of what answers."""
    if isinstance(id_, Reference):
        return id_.address == answering.resource.address
    text = id_.expression if isinstance(id_, Unresolved) else str(id_)
    own = id_text(answering)
    if own:
        return own == text.lower()
    key, name = from_id(text), raw(answering.spelled({"name": azure("name", "name")}), "name")
    return key is not None and isinstance(name, str) and key.endswith(f"/{name.lower()}")


def _unsure(policies: Companions) -> Unknown | None:
    """Return why there may be a further policy, or why it is not known what one of them lists."""
    for policy in policies.views:
        for id_ in _listed(policy.spelled(SECURITY)):
            if isinstance(id_, Unresolved) and not id_.expression.startswith("/"):
                return Unknown(id_.because, id_.settle_with, policy.resource)
    return policies.more if isinstance(policies, Some) else None


def _enabled(policy: View) -> Known | Unknown:
    """Return whether the firewall policy that a security policy names is in force."""
    named = policy.word("policy")
    for target in policy.leads_to("policy", *FRONT_DOOR_POLICIES):
        found = ENABLED.read(target.spelled(waf_policies.TABLE), "bool")
        if isinstance(found, Unknown):
            return found
        return Known(as_bool(getattr(found, "value", None)) is not False, found.resource, found.path)
    return Known(True, named.resource, named.path)


def guarded(view: View) -> states.Reading:
    """Return whether a firewall in force stands before all names of a Front Door."""
    policies, answering = view.companions(*POLICIES), view.companions(*ANSWERING)
    if isinstance(policies, Some) and not policies.views:
        return policies.more
    if not policies.views:
        return Absent(view.resource, view.base)
    unsure = _unsure(policies)
    for each in answering.views:
        before = [
            policy
            for policy in (one.spelled(SECURITY) for one in policies.views)
            if any(_names(each, id_) for id_ in _listed(policy))
        ]
        if not before:
            return unsure or Known(False, each.resource)
        found = _enabled(before[0])
        if isinstance(found, Unknown) or found.value is False:
            return found
    first = policies.views[0].spelled(SECURITY).word("policy")
    return answering.more if isinstance(answering, Some) else Known(True, first.resource, first.path)


def mode(view: View) -> Any:
    """Return the mode of the firewall policies before a Front Door: of several, one that only writes down."""
    policies = view.companions(*POLICIES)
    if not policies.views:
        if isinstance(policies, Some):
            return policies.more
        return NotApplicable("it has no web application firewall", view.resource, view.base)
    answers = [_mode(policy.spelled(SECURITY)) for policy in policies.views]
    idle = [each for each in answers if getattr(each, "value", "prevention") != "prevention"]
    unclear = [each for each in answers if isinstance(each, Unknown)]
    return next(iter((*idle, *unclear, *answers)))


def _mode(policy: View) -> Any:
    for target in policy.leads_to("policy", *FRONT_DOOR_POLICIES):
        return MODE.read(target.spelled(waf_policies.TABLE), "str")
    named = policy.word("policy")
    because = f"its firewall policy {raw(policy, 'policy')} is not declared here"
    return Unknown(because, "scan the root that declares it", named.resource, named.path)
