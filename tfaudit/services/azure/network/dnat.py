"""Ways through Azure Firewalls: rules that translate the address of what comes in to one inside (DNAT).

A rule stands in a collection of the firewall, or in a group of collections of its policy. What fits one is translated
and let through, without a look at network rules; it comes from the firewall's own subnet then.

learn.microsoft.com/azure/firewall-manager/rule-processing, "NAT rules"
learn.microsoft.com/azure/firewall/tutorial-firewall-dnat
"""

from __future__ import annotations

import ipaddress
from collections.abc import Iterator
from typing import Any

from msgspec import Struct

from tfaudit.model.resources import Reference, Unresolved
from tfaudit.model.settings import Known, Unknown
from tfaudit.reading.companions import may_be_missing
from tfaudit.reading.inventory import Inventory
from tfaudit.reading.spelling import NOTHING, Spelling, azure
from tfaudit.reading.states import Absent, Pointer
from tfaudit.reading.view import Some, View
from tfaudit.services import open_ports
from tfaudit.services.azure.elements import elements
from tfaudit.services.azure.network import rule_cover, subnets
from tfaudit.services.azure.network.addresses import public_of
from tfaudit.services.azure.network.doors import Door, inside, is_inner
from tfaudit.services.azure.network.hosts import host
from tfaudit.services.azure.network.identities import identity, own
from tfaudit.services.reach import EVERY, PROTOCOLS, Ranges, ranges

FIREWALLS = ("azurerm_firewall", "microsoft.network/azurefirewalls")
POLICIES = ("azurerm_firewall_policy", "microsoft.network/firewallpolicies")
GROUPS = (
    "azurerm_firewall_policy_rule_collection_group",
    "microsoft.network/firewallpolicies/rulecollectiongroups",
)
COLLECTION = "azurerm_firewall_nat_rule_collection"
IP_GROUPS = ("azurerm_ip_group", "microsoft.network/ipgroups")
_MORE_OF_GROUP = "azurerm_ip_group_cidr"
ARM_TYPES = (
    "Microsoft.Network/azureFirewalls",
    "Microsoft.Network/firewallPolicies",
    "Microsoft.Network/firewallPolicies/ruleCollectionGroups",
    "Microsoft.Network/ipGroups",
)
_SETTLE = "scan the plan or the live subscription"

_RULE: Spelling = {
    # word of a rule, then its path in Terraform and in ARM
    "name": azure("name", "name"),
    "sources": azure("source_addresses", "sourceAddresses"),
    "source_groups": azure("source_ip_groups", "sourceIpGroups"),
    "destinations": azure(("destination_addresses", "destination_address"), "destinationAddresses"),
    "ports": azure("destination_ports", "destinationPorts"),
    "protocols": azure("protocols", "protocols"),
    "address": azure("translated_address", "translatedAddress"),
    "host": azure("translated_fqdn", "translatedFqdn"),
    "port": azure("translated_port", "translatedPort"),
}
_OF_POLICY: Spelling = {**_RULE, "protocols": azure("protocols", "ipProtocols")}
_ALONE: Spelling = {name: azure(word.terraform, NOTHING) for name, word in _RULE.items()}
_COLLECTION: Spelling = {
    "name": azure("name", "name"),
    "action": azure("action", "properties.action.type"),
    "rules": azure("rule", "properties.rules", rows=_RULE),
}
_COLLECTION_OF_POLICY: Spelling = {
    "name": azure("name", "name"),
    "action": azure("action", "action.type"),
    "rules": azure("rule", "rules", rows=_OF_POLICY),
}
FIREWALL: Spelling = {
    # word of a firewall, then its path in Terraform and in ARM
    "name": azure("name", "name"),
    "policy": azure("firewall_policy_id", "properties.firewallPolicy.id"),
    "addresses": azure(
        "ip_configuration",
        "properties.ipConfigurations",
        rows={
            "public": azure("public_ip_address_id", "properties.publicIPAddress.id"),
            "subnet": azure("subnet_id", "properties.subnet.id"),
        },
    ),
    "hub": azure("virtual_hub", "properties.hubIPAddresses.publicIPs"),
    "collections": azure(NOTHING, "properties.natRuleCollections", rows=_COLLECTION),
}
GROUP: Spelling = {
    # word of a group of collections, then its path in Terraform and in ARM
    "policy": azure("firewall_policy_id", "parent"),
    "collections": azure("nat_rule_collection", "properties.ruleCollections", rows=_COLLECTION_OF_POLICY),
}
ALONE: Spelling = {
    # word of a collection that is a resource of its own, then its path in Terraform
    "name": azure("name", "name"),
    "firewall": azure("azure_firewall_name", NOTHING),
    "action": azure("action", NOTHING),
    "rules": azure("rule", NOTHING, rows=_ALONE),
}
POLICY: Spelling = {"base": azure("base_policy_id", "properties.basePolicy.id")}
IP_GROUP: Spelling = {
    "ranges": azure("cidrs", "properties.ipAddresses"),
    "range": azure("cidr", NOTHING),
}


class Forward(Struct):
    """A door that leads to an address, as it stands there: a text, a reference, or why it is not known."""

    door: Door
    to: Any


def of_scope(inventory: Inventory) -> list[Forward]:
    """Return where the firewalls of a scope send what comes from the internet: for `inventory.derived`."""
    return list(_all(inventory))


def _all(inventory: Inventory) -> Iterator[Forward]:
    firewalls = [View(each, inventory, table=FIREWALL) for each in inventory.of_type(*FIREWALLS)]
    for firewall in firewalls:
        for collection in elements(firewall, "collections"):
            yield from _of(collection, firewall, None)
    for resource in inventory.of_type(COLLECTION):
        alone = View(resource, inventory, table=ALONE)
        named = [each.spelled(FIREWALL) for each in alone.leads_to("firewall", *FIREWALLS, named=("name",))]
        for each in named or (None,):
            yield from _of(alone, each, None)
    by_policy = _by_policy(firewalls, inventory)
    for resource in inventory.of_type(*GROUPS):
        group = View(resource, inventory, table=GROUP)
        policies = {each.resource.address for each in group.leads_to("policy", *POLICIES)}
        ruled = [each for name in policies for each in by_policy.get(name, ())]
        for collection in elements(group, "collections"):
            for ruling, doubt in ruled or [(None, None)]:
                yield from _of(collection, ruling, doubt)


def _by_policy(
    firewalls: list[View], inventory: Inventory
) -> dict[str, list[tuple[View | None, Unknown | None]]]:
    """Return the firewalls by the policies that rule them, be it as the base of another policy."""
    found: dict[str, list[tuple[View | None, Unknown | None]]] = {}
    for firewall in firewalls:
        for policy in firewall.leads_to("policy", *POLICIES):
            found.setdefault(policy.resource.address, []).append((firewall, None))
            seen = {policy.resource.address}
            above = policy.spelled(POLICY).leads_to("base", *POLICIES)
            while above and above[0].resource.address not in seen:
                base = above[0]
                seen.add(base.resource.address)
                # The pages on policies do not agree on whether rules that translate addresses are inherited.
                because = (
                    "whether such rules are taken from the base of a policy is not documented for certain"
                )
                doubt = Unknown(because, "test it", policy.resource)
                found.setdefault(base.resource.address, []).append((firewall, doubt))
                above = base.spelled(POLICY).leads_to("base", *POLICIES)
    return found


def _of(collection: View, firewall: View | None, doubt: Unknown | None) -> Iterator[Forward]:
    """Yield the forwards of one collection of rules."""
    action = collection.word("action")
    if isinstance(action, Known) and str(action.value).lower() != "dnat":
        return
    unclear = doubt if isinstance(action, Known) else doubt or _unknown("its action is not known", collection)
    called, origin = "a firewall", inside(None)
    public: bool | None = None
    if firewall is None:
        unclear = unclear or _unknown("the firewall that its rule is for is not declared here", collection)
    else:
        public, by = _public(firewall)
        name = f"firewall {_text(firewall, 'name') or firewall.resource.address}"
        called = f"{by} > {name}" if by else name
        origin = inside(_networks(firewall))
        missing = may_be_missing(firewall.resource, collection.resource)
        if missing is not None:
            unclear = unclear or Unknown(missing.because, missing.settle_with, firewall.resource)
        if public is None:
            unclear = unclear or _unknown(f"whether {name} has a public address is not known", firewall)
    if public is False:
        return
    for rule in elements(collection, "rules"):
        fits = _from_internet(rule)
        reached = _by_public(rule)
        if fits is False or reached is False:
            continue
        shown = (
            f"rule {_text(rule, 'name') or 'without a name'} of {_text(collection, 'name') or 'a collection'}"
        )
        why = unclear
        if fits is None or reached is None:
            why = why or _unknown(f"what {shown} of {called} is about is not wholly known", rule)
        protocols, ports, unsure = _traffic(rule)
        door = Door(
            f"{called} > {shown}",
            rule.resource,
            ports,
            protocols,
            closed=False,
            unclear=why or unsure,
            origin=origin,
            decided=rule.base,
        )
        for to in _to(rule):
            yield Forward(door, to)


def _to(rule: View) -> Iterator[Any]:
    for word in ("address", "host"):
        value = rule.stated(word)
        if not value.absent and value.value != "":
            yield host(value.value, rule.resource, rule.inventory)


def _public(firewall: View) -> tuple[bool | None, str]:
    """Return whether a firewall has a public address, and what that is called."""
    unsure = False
    for each in elements(firewall, "addresses"):
        reading = each.word("public")
        match reading:
            case Absent() | Known(value=""):
                pass
            case Known() | Pointer():
                name = public_of(each, "public")[2]
                return True, f"public address {name}" if name else "a public address"
            case Unknown():
                unsure = True
    hub = firewall.word("hub")
    if isinstance(hub, (Known, Pointer)):
        return True, "a public address of its hub"
    return (None, "") if unsure or isinstance(hub, Unknown) else (False, "")


def _networks(firewall: View) -> list[str] | None:
    """Return the ranges of the subnet that a firewall stands in, None where they are not known."""
    known = firewall.inventory.derived(subnets.of_scope)
    for each in elements(firewall, "addresses"):
        named = identity(each.stated("subnet").value, firewall.inventory)
        subnet = known.get(named or "")
        if subnet is not None:
            return subnet.prefixes
    return None


def _from_internet(rule: View) -> bool | None:
    """Return whether a rule is about what comes from the internet: by its addresses, or by its groups of them."""
    sources = list(rule_cover.values(rule, "sources"))
    groups = rule.stated("source_groups")
    parts = groups.value if isinstance(groups.value, list) else [] if groups.absent else [groups.value]
    for part in parts:
        sources += _ranges(part, rule)
    return open_ports.from_world(sources)


def _ranges(group: Any, rule: View) -> list[Any]:
    unknown = Unresolved("a group of addresses is not declared here", _SETTLE)
    named = identity(group, rule.inventory)
    for resource in rule.inventory.of_type(*IP_GROUPS):
        view = View(resource, rule.inventory, {_MORE_OF_GROUP: "ip_group_id"}, ("name",), IP_GROUP)
        if named != own(view):
            continue
        found = list(rule_cover.values(view, "ranges"))
        if resource.type == IP_GROUPS[0]:
            more = view.companions(_MORE_OF_GROUP)
            for each in more.views:
                found += rule_cover.values(each.spelled(IP_GROUP), "range")
            if isinstance(more, Some):
                found.append(unknown)
        return found
    return [unknown]


def _by_public(rule: View) -> bool | None:
    """Return whether a rule is for a public address: one of the firewall's private ones is not on the internet."""
    found: bool | None = False
    parts = list(rule_cover.values(rule, "destinations"))
    for each in parts:
        if isinstance(each, Unresolved):
            found = None
            continue
        try:
            private = is_inner(ipaddress.ip_network(str(each), strict=False))
        except ValueError:
            return True
        if not private:
            return True
    return found if parts else None


def _traffic(rule: View) -> tuple[tuple[str, ...], Ranges, Unknown | None]:
    """Return the protocols and the ports inside that a rule leads to, and why these are not known."""
    named = list(rule_cover.values(rule, "protocols"))
    known = [str(each).lower() for each in named if not isinstance(each, (Unresolved, Reference))]
    whole = len(known) == len(named)
    protocols = PROTOCOLS if "any" in known or not whole else tuple(p for p in PROTOCOLS if p in known)
    unclear = None if whole else _unknown("its protocols are not known", rule)
    parts = list(rule_cover.values(rule, "port")) or list(rule_cover.values(rule, "ports"))
    if any(isinstance(each, (Unresolved, Reference)) for each in parts):
        return protocols, EVERY, unclear or _unknown("the port that a rule leads to is not known", rule)
    return protocols, ranges(open_ports.bounds(str(each)) for each in parts), unclear


def _text(view: View, word: str) -> str:
    match view.word(word):
        case Known(value=str(value)):
            return value
        case _:
            return ""


def _unknown(because: str, view: View) -> Unknown:
    return Unknown(because, _SETTLE, view.resource, view.base)
