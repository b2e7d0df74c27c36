"""Azure networks: security groups, virtual networks, and subnets.

A subnet is an asset whether it stands inside its network or as a resource of its own. Flow logs are resources of a
network watcher that name what they record.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tfaudit.model.asset import Asset, Key
from tfaudit.model.resources import Unresolved
from tfaudit.model.settings import Known, NotApplicable
from tfaudit.reading.asset import asset
from tfaudit.reading.documented import Cited, Documented
from tfaudit.reading.fact import Fact, Facts, always, inapplicable
from tfaudit.reading.spelling import NOTHING, Spelling, azure
from tfaudit.reading.states import Absent, Pointer, Unknown
from tfaudit.reading.view import Some, View
from tfaudit.services.azure.elements import element_name, elements
from tfaudit.services.azure.expressions import may_be
from tfaudit.services.azure.keys.keys import RESOURCE, by_id, named, part_of, raw
from tfaudit.services.azure.network.flow_logs import ANALYSED, FLOW_LOGS, RETENTION
from tfaudit.services.azure.network.subnet_outbound import LENT, OUTBOUND
from tfaudit.services.azure.network.watchers import WATCHED
from tfaudit.services.azure.tags import TAGGED, TAGS

READS = (
    "azurerm_network_security_group",
    "azurerm_virtual_network",
    "azurerm_subnet",
    "microsoft.network/networksecuritygroups",
    "microsoft.network/virtualnetworks",
    "microsoft.network/virtualnetworks/subnets",
)
KINDS = ("firewall", "network", "subnet")
NAMES = ("name",)
COMPANIONS = {
    "azurerm_subnet_network_security_group_association": "subnet_id",
    "azurerm_subnet": "virtual_network_name",
    "microsoft.network/virtualnetworks/subnets": "parent",
}
ARM_TYPES = (
    "Microsoft.Network/networkSecurityGroups",
    "Microsoft.Network/virtualNetworks",
    "Microsoft.Network/virtualNetworks/subnets",
    "Microsoft.Network/routeTables",
    "Microsoft.Network/networkWatchers",
)

GROUP_TYPE = "microsoft.network/networksecuritygroups"
NETWORK_TYPE = "microsoft.network/virtualnetworks"
_DDOS = "learn.microsoft.com/azure/ddos-protection/ddos-protection-overview"
_SUBNET = Cited(
    "hashicorp/azurerm/4.50.0/docs/resources/subnet",
    "learn.microsoft.com/azure/virtual-network/network-security-groups-overview",
)
_LINK = "azurerm_subnet_network_security_group_association"

_OWN_RULES = frozenset(
    {"gatewaysubnet", "azurefirewallsubnet", "azurefirewallmanagementsubnet", "routeserversubnet"}
)
# A public address is a resource of its own, which no subnet gives out.
_PUBLIC_ADDRESSES = "learn.microsoft.com/azure/virtual-network/ip-services/public-ip-addresses"

INNER: Spelling = {
    # word of a subnet inside its network, then its path in Terraform and in ARM
    "name": azure("name", "name"),
    "security_group": azure("security_group", "properties.networkSecurityGroup.id"),
    **OUTBOUND,
}
SUBNET_TABLE: Spelling = {
    **RESOURCE,
    "network": azure("virtual_network_name", "parent"),
    "security_group": azure(NOTHING, "properties.networkSecurityGroup.id"),
    **OUTBOUND,
    "route_table": azure(NOTHING, "properties.routeTable.id"),
}
TABLE: Spelling = {
    **RESOURCE,
    **TAGGED,
    "ddos": azure("ddos_protection_plan.enable", "properties.enableDdosProtection"),
    "subnets": azure("subnet", "properties.subnets", rows=INNER),
}
IDENTITY = ("id", "name", "group", "subnets")

GROUP: Facts = {
    "is_default": always(False, "Azure makes no security group by itself"),
    "closed": inapplicable("its rules are judged one by one, and Azure makes no group by itself"),
    "tags": TAGS,
}
NETWORK: Facts = {
    "flow_logs": FLOW_LOGS,
    "flow_logs.retention_days": RETENTION,
    "flow_logs.analysed": ANALYSED,
    "watched": WATCHED,
    "ddos_protection": Fact("ddos", default=Documented(False, _DDOS)),
    "tags": TAGS,
}


def _run_by_azure(view: View) -> NotApplicable | None:
    match view.word("name"):
        case Known(value=str(name)) if name.lower() in _OWN_RULES:
            because = f"{name} is run by an Azure service that brings rules of its own"
            return NotApplicable(because, view.resource, view.base)
        case _:
            return None


def _unguarded(view: View, otherwise: Any) -> Any:
    """Return `otherwise`, what is so without a group; not known where the name may be one of Azure's own."""
    match view.word("name"):
        case Unknown() as name if any(may_be(name.expression, each) for each in _OWN_RULES):
            because = f"its name is not known, and Azure's own subnets have no group: {name.because}"
            return Unknown(because, name.settle_with, name.resource, name.path)
        case _:
            return otherwise


def _guarded_inside(view: View) -> Any:
    """Return whether a subnet that stands inside its network names a security group."""
    if (left_out := _run_by_azure(view)) is not None:
        return left_out
    named = view.word("security_group")
    match named:
        case Known(value=""):
            return _unguarded(view, Known(False, named.resource, named.path))
        case Known():
            return Known(True, named.resource, named.path)
        case Pointer():
            return Known(True, named.resource, named.path)
        case Absent():
            return _unguarded(view, Known(False, named.resource, named.path or view.base))
        case Unknown():
            return named


def _guarded(view: View) -> Any:
    """Return whether a subnet of its own has a security group: named by itself, or bound to it."""
    if (left_out := _run_by_azure(view)) is not None:
        return left_out
    named = view.word("security_group")
    if isinstance(named, (Known, Pointer)):
        return Known(True, named.resource, named.path)
    links = view.companions(_LINK)
    for link in links.views:
        return Known(True, link.resource, ("network_security_group_id",))
    if isinstance(links, Some):
        return links.more
    return _unguarded(view, named) if isinstance(named, Absent) else named


def _subnet(joins: Any) -> Facts:
    of = ("name", "security_group")
    return {
        "network_security_group": Fact(joins=joins, of=of, default=Documented(False, _SUBNET)),
        "assigns_public_ip": always(False, _PUBLIC_ADDRESSES),
        "default_outbound_access": LENT,
        "tags": inapplicable("a subnet has no tags"),
    }


SUBNET = _subnet(_guarded)
INNER_SUBNET = _subnet(_guarded_inside)


def _subnet_key(view: View) -> Key:
    if (key := by_id(view)) is not None:
        return key
    for target in view.leads_to("network"):
        above: Key = named(target, NETWORK_TYPE)
        break
    else:
        group, network = raw(view, "group"), raw(view, "network")
        if not isinstance(group, str) or not isinstance(network, str):
            return Unresolved("its network is not known", "scan the plan or the live subscription")
        above = f"azure:{NETWORK_TYPE}/{group}/{network}"
    return part_of(above, NETWORK_TYPE, "subnets", raw(view, "name"))


def _name(view: View, otherwise: int) -> str:
    match view.word("name"):
        case Known(value=value) if value:
            return str(value)
        case _:
            return str(otherwise)


def assets(view: View) -> Iterator[Asset]:
    """Yield what the resource declares: a security group, a subnet, or a network with the subnets inside it."""
    match view.resource.type:
        case "azurerm_network_security_group" | "microsoft.network/networksecuritygroups":
            yield asset("firewall", view, GROUP, named(view, GROUP_TYPE))
        case "azurerm_subnet" | "microsoft.network/virtualnetworks/subnets":
            own = view.spelled(SUBNET_TABLE)
            yield asset("subnet", own, SUBNET, _subnet_key(own))
        case _:
            key = named(view, NETWORK_TYPE)
            yield asset("network", view, NETWORK, key)
            for index, subnet in enumerate(elements(view, "subnets")):
                name = _name(subnet, index)
                inner = part_of(key, NETWORK_TYPE, "subnets", name)
                yield asset(
                    "subnet",
                    subnet,
                    INNER_SUBNET,
                    inner,
                    name,
                    f"{element_name(view, 'subnets', 0)}[{index}]",
                )
