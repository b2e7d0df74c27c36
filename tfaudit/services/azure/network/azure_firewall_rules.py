"""Groups of rules of Azure Firewalls, as `network_firewall` assets: whether one lets everything through."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tfaudit.model.asset import Asset, Key
from tfaudit.model.resources import Unresolved
from tfaudit.reading.answers import Said
from tfaudit.reading.asset import asset
from tfaudit.reading.documented import Documented
from tfaudit.reading.fact import Fact, Facts, inapplicable
from tfaudit.reading.parts import among, every, some
from tfaudit.reading.spelling import NOTHING, Spelling, azure
from tfaudit.reading.values import as_list
from tfaudit.reading.view import View
from tfaudit.services.azure.choices import lower
from tfaudit.services.azure.keys.keys import RESOURCE, below, named, part_of, raw

READS = (
    "azurerm_firewall_policy_rule_collection_group",
    "azurerm_firewall_network_rule_collection",
    "microsoft.network/firewallpolicies/rulecollectiongroups",
)
KINDS = ("network_firewall",)
NAMES = ("name",)
ARM_TYPES = (
    "Microsoft.Network/firewallPolicies/ruleCollectionGroups",
    "Microsoft.Network/azureFirewalls",
)

_POLICY = "microsoft.network/firewallpolicies"
_FIREWALL = "microsoft.network/azurefirewalls"
_DENIES = "learn.microsoft.com/azure/firewall/rule-processing"

RULE: Spelling = {
    "sources": azure("source_addresses", "sourceAddresses"),
    "destinations": azure("destination_addresses", "destinationAddresses"),
    "ports": azure("destination_ports", "destinationPorts"),
}
INSIDE: Spelling = {
    # Terraform has the collections of a firewall without a policy as resources of their own
    "collections": azure(
        NOTHING,
        "properties.networkRuleCollections",
        rows={
            "action": azure(None, "properties.action.type"),
            "rules": azure(None, "properties.rules", rows=RULE),
        },
    )
}
TABLE: Spelling = {
    **RESOURCE,
    # word of a group, then its path in Terraform and in ARM
    "policy": azure("firewall_policy_id", "parent"),
    "collections": azure(
        "network_rule_collection",
        "properties.ruleCollections",
        rows={
            "action": azure("action", "action.type"),
            "rules": azure("rule", "rules", rows=RULE),
        },
    ),
}
COLLECTION: Spelling = {
    **RESOURCE,
    # word of one collection of a firewall, then its path in Terraform
    "firewall": azure("azure_firewall_name", NOTHING),
    "action": azure("action", NOTHING),
    "rules": azure("rule", NOTHING, rows=RULE),
}
IDENTITY = (*RESOURCE, "policy", "firewall")
_EVERYWHERE = ("*", "0.0.0.0/0", "any")
_PORTS = ("*", "0-65535", "1-65535")


def _holds(values: Any, wanted: tuple[str, ...]) -> bool:
    return some(as_list(values), lambda each: lower(each) in wanted)


def _all(rule: Any) -> bool:
    """Whether a rule is about everything: from anywhere to anywhere, on every port."""
    return every(
        lambda: _holds(rule.get("sources"), _EVERYWHERE),
        lambda: _holds(rule.get("destinations"), _EVERYWHERE),
        lambda: _holds(rule.get("ports"), _PORTS),
    )


def _found(action: Any, rules: Any) -> int | None:
    """Return the number of the first rule that lets everything through."""
    return among(
        rules,
        lambda index, rule: index if every(lambda: lower(action) == "allow", lambda: _all(rule)) else None,
    )


def _in_collections(collections: Any) -> Any:
    def of(index: int, collection: Any) -> Said | None:
        at = _found(collection.get("action"), collection.get("rules"))
        return None if at is None else Said(True, by="collections", row=(index, "rules", at))

    return None if collections is None else among(collections, of) or False


def _in_rules(action: Any, rules: Any) -> Any:
    at = _found(action, rules)
    return Said(True, by="rules", row=at) if at is not None else False


ALLOWS_ALL = Fact(_in_collections, of=("collections",), default=Documented(False, _DENIES))
"""Whether a rule of a collection lets everything through; what no rule lets through is denied."""

_OF_POLICY = inapplicable("its policy, or its firewall, is judged")
GROUP: Facts = {
    "threat_intelligence": _OF_POLICY,
    "intrusion_detection": _OF_POLICY,
    "allows_all": ALLOWS_ALL,
    "logs.enabled": _OF_POLICY,
    "ha.multi_zone": _OF_POLICY,
    "tags": inapplicable("a group of rules has no tags"),
}
ONE: Facts = {**GROUP, "allows_all": Fact(_in_rules, of=("action", "rules"))}


def _collection_key(view: View) -> Key:
    for target in view.leads_to("firewall"):
        return part_of(named(target, _FIREWALL), _FIREWALL, "networkrulecollections", raw(view, "name"))
    return Unresolved("its firewall is not known", "scan the plan or the live subscription")


def assets(view: View) -> Iterator[Asset]:
    """Yield the `network_firewall` that a group of rules, or one collection of a firewall, is a part of."""
    if view.resource.type == READS[1]:
        own = view.spelled(COLLECTION)
        yield asset("network_firewall", own, ONE, _collection_key(own))
    else:
        yield asset("network_firewall", view, GROUP, below(view, "policy", _POLICY, "rulecollectiongroups"))
