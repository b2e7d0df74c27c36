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
from tfaudit.reading.documented import Documented
from tfaudit.reading.facts import Fact
from tfaudit.reading.inventory import ABSENT
from tfaudit.reading.view import Reading, View
from tfaudit.services.azure.keys.keys import inside, named
from tfaudit.services.azure.locks import DELETION_PROTECTION
from tfaudit.services.azure.network.flow_logs import FLOW_LOGS, RETENTION
from tfaudit.services.azure.tags import TAGS

READS = ("azurerm_network_security_group", "azurerm_virtual_network", "azurerm_subnet")
KINDS = ("firewall", "network", "subnet")
NAMES = ("name",)
COMPANIONS = {"azurerm_subnet_network_security_group_association": "subnet_id"}

GROUP_TYPE = "microsoft.network/networksecuritygroups"
NETWORK_TYPE = "microsoft.network/virtualnetworks"
_RULES = "learn.microsoft.com/azure/virtual-network/network-security-groups-overview"
_DDOS = "learn.microsoft.com/azure/ddos-protection/ddos-protection-overview"
_SUBNET = "hashicorp/azurerm/4.50.0/docs/resources/subnet"

_OWN_RULES = frozenset(
    {"gatewaysubnet", "azurefirewallsubnet", "azurefirewallmanagementsubnet", "routeserversubnet"}
)
_FLOWS = "Azure records the flows of a network or a security group; its network is judged"

GROUP = {
    "is_default": Fact(always=Documented(False, "Azure makes no security group by itself")),
    "closed": Fact(not_applicable="its rules are judged one by one, and Azure makes no group by itself"),
    "default_deny": Fact(always=Documented(True, _RULES)),
    "description": Fact(not_applicable="a security group has no description"),
    "deletion_protection": DELETION_PROTECTION,
    "tags": TAGS,
}
NETWORK = {
    "flow_logs": FLOW_LOGS,
    "flow_logs.retention_days": RETENTION,
    "logs.enabled": FLOW_LOGS,
    "default_deny": Fact(not_applicable="the security groups of its subnets say what gets in"),
    "is_default": Fact(always=Documented(False, "Azure makes no network by itself")),
    "ddos_protection": Fact(terraform="ddos_protection_plan.enable", default=Documented(False, _DDOS)),
    "deletion_protection": DELETION_PROTECTION,
    "tags": TAGS,
}


def _guarded(view: View) -> Any:
    name = view.get("name")
    if isinstance(name, str) and name.lower() in _OWN_RULES:
        return NotApplicable(
            f"{name} is run by an Azure service that brings rules of its own", view.resource, view.base
        )
    within = view.read("security_group")
    if isinstance(within.value, Unresolved):
        return within
    if not within.absent or view.resource.type == "azurerm_virtual_network":
        return Known(within.value not in ("", ABSENT), within.resource, within.path or view.base)
    found, unsure = view.companions("azurerm_subnet_network_security_group_association")
    if found:
        return Known(True, found[0].resource, ("network_security_group_id",))
    return Reading(unsure, view.resource) if unsure else ABSENT


SUBNET = {
    "network_security_group": Fact(terraform=_guarded, default=Documented(False, _SUBNET)),
    "assigns_public_ip": Fact(always=Documented(False, "a subnet of Azure gives out no public addresses")),
    "flow_logs": Fact(not_applicable=_FLOWS),
    "deletion_protection": Fact(not_applicable="its network is judged"),
    "tags": Fact(not_applicable="a subnet has no tags"),
}


def _subnet_key(view: View) -> Key:
    for target in view.targets("virtual_network_name"):
        above: Key = named(target, NETWORK_TYPE)
        break
    else:
        group, network = view.read("resource_group_name").value, view.read("virtual_network_name").value
        if not isinstance(group, str) or not isinstance(network, str):
            return Unresolved("its network is not known", "scan the plan or the live subscription")
        above = f"azure:{NETWORK_TYPE}/{group}/{network}"
    name = view.read("name").value
    if isinstance(above, Unresolved):
        return above
    if not isinstance(name, str):
        return Unresolved(f"its name is {name}", "scan the plan or the live subscription")
    return inside(above, NETWORK_TYPE, "subnets", name)


def assets(view: View) -> Iterator[Asset]:
    """Yield what the resource declares: a security group, a subnet, or a network with the subnets inside it."""
    match view.resource.type:
        case "azurerm_network_security_group":
            yield asset("firewall", view, GROUP, named(view, GROUP_TYPE))
        case "azurerm_subnet":
            yield asset("subnet", view, SUBNET, _subnet_key(view))
        case _:
            key = named(view, NETWORK_TYPE)
            yield asset("network", view, NETWORK, key)
            for index, subnet in enumerate(view.each("subnet")):
                name = str(subnet.get("name") or index)
                own = inside(key, NETWORK_TYPE, "subnets", name) if isinstance(key, str) else key
                yield asset("subnet", subnet, SUBNET, own, name, f"subnet[{index}]")
