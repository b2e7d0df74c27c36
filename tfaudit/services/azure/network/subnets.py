"""The subnets of a scope, by what they are named by, with their security groups and address ranges."""

from __future__ import annotations

from typing import Any

from msgspec import Struct, field

from tfaudit.model.resources import Resource
from tfaudit.model.settings import Known, Unknown
from tfaudit.reading.documented import ByPlane, Documented
from tfaudit.reading.inventory import Inventory
from tfaudit.reading.spelling import NOTHING, Spelling, azure
from tfaudit.reading.states import Absent, Pointer
from tfaudit.reading.values import as_bool
from tfaudit.reading.view import Some, View
from tfaudit.services.azure.elements import elements
from tfaudit.services.azure.network.identities import own
from tfaudit.services.azure.provider import changed_in

ARM_TYPES = ("Microsoft.Network/virtualNetworks", "Microsoft.Network/virtualNetworks/subnets")

_TYPES = ("azurerm_subnet", "microsoft.network/virtualnetworks/subnets")
_NETWORKS = ("azurerm_virtual_network", "microsoft.network/virtualnetworks")
_LINK = "azurerm_subnet_network_security_group_association"
_ROUTE_LINK = "azurerm_subnet_route_table_association"
_TABLES = ("azurerm_route_table", "microsoft.network/routetables")
_SETTLE = "scan the plan or the live subscription"

SUBNET: Spelling = {
    # word of a subnet, then its path in Terraform and in ARM
    "name": azure("name", "name"),
    "group": azure(NOTHING, "properties.networkSecurityGroup.id"),
    "prefix": azure("address_prefix", "properties.addressPrefix"),
    "prefixes": azure("address_prefixes", "properties.addressPrefixes"),
    "endpoints": azure(
        ("private_endpoint_network_policies", "private_endpoint_network_policies_enabled"),
        "properties.privateEndpointNetworkPolicies",
    ),
    "route_table": azure("route_table_id", "properties.routeTable.id"),
    "endpoints_free": azure("enforce_private_link_endpoint_network_policies", NOTHING),
}
IN_NETWORK: Spelling = {
    "subnets": azure(
        "subnet",
        "properties.subnets",
        rows={**SUBNET, "group": azure("security_group", "properties.networkSecurityGroup.id")},
    )
}
LINK: Spelling = {
    "group": azure("network_security_group_id", NOTHING),
    "route_table": azure("route_table_id", NOTHING),
}


class Subnet(Struct):
    """A subnet: the security groups that are its own, why these are not all known, and its ranges, None if not known.

    Not knowing of a group whether it is there and not knowing its rules are the same for who asks what gets through.
    `route_tables` are its own, and `routes_unclear` is why there is one whose routes are not known.
    `guards_endpoints` is whether its security group counts for private endpoints as well, None for not known.
    """

    name: str
    groups: list[Resource]
    unclear: Unknown | None
    prefixes: list[str] | None
    guards_endpoints: bool | None = False
    route_tables: list[Resource] = field(default_factory=list)
    routes_unclear: Unknown | None = None


def of_scope(inventory: Inventory) -> dict[str, Subnet]:
    """Return the subnets of a scope by their identities: to be asked for by `inventory.derived`."""
    found: dict[str, Subnet] = {}
    for resource in inventory.of_type(*_NETWORKS):
        view = View(resource, inventory, table=IN_NETWORK)
        for each in elements(view, "subnets"):
            name = _name(each)
            found[f"{own(view)}/subnets/{name}".lower()] = _subnet(each, name)
    for resource in inventory.of_type(*_TYPES):
        view = View(resource, inventory, {_LINK: "subnet_id", _ROUTE_LINK: "subnet_id"}, table=SUBNET)
        subnet = _subnet(view, _name(view))
        if resource.type == _TYPES[0]:
            links = view.companions(_LINK)
            for link in links.views:
                _take(subnet, link.spelled(LINK))
            if isinstance(links, Some):
                subnet.unclear = subnet.unclear or links.more
            routes = view.companions(_ROUTE_LINK)
            for link in routes.views:
                _route(subnet, link.spelled(LINK))
            if isinstance(routes, Some):
                subnet.routes_unclear = subnet.routes_unclear or routes.more
        found[own(view).lower() if "/" in own(view) else own(view)] = subnet
    return found


def _name(view: View) -> str:
    match view.word("name"):
        case Known(value=str(name)):
            return name
        case _:
            return view.resource.address


def _subnet(view: View, name: str) -> Subnet:
    subnet = Subnet(name, [], None, _prefixes(view), _guards_endpoints(view))
    _take(subnet, view)
    _route(subnet, view)
    return subnet


def _route(subnet: Subnet, view: View) -> None:
    """Take note of the route table that the word `route_table` names."""
    reading = view.word("route_table")
    match reading:
        case Absent() | Known(value=""):
            return
        case Unknown():
            subnet.routes_unclear = subnet.routes_unclear or reading
        case Known() | Pointer():
            found = [each.resource for each in view.leads_to("route_table") if each.resource.type in _TABLES]
            subnet.route_tables += found
            if not found:
                because = "its route table is not declared here, so that its routes are not known"
                unknown = Unknown(because, _SETTLE, reading.resource, reading.path)
                subnet.routes_unclear = subnet.routes_unclear or unknown


def _take(subnet: Subnet, view: View) -> None:
    """Take note of the security group that the word `group` names."""
    found, unclear = named_groups(view, "group")
    subnet.groups += found
    subnet.unclear = subnet.unclear or unclear


_POLICIES = "learn.microsoft.com/azure/private-link/disable-private-endpoint-network-policy"
_ENDPOINTS = ByPlane(
    terraform=changed_in(4, None, False, _POLICIES),
    arm=Documented(False, f"{_POLICIES}: disabled by default"),
)


def _guards_endpoints(view: View) -> bool | None:
    """Return whether the security group counts for private endpoints; azurerm 3 changed its default on the way."""
    policies, free = view.word("endpoints"), view.word("endpoints_free")
    if isinstance(policies, Known):
        return str(policies.value).lower() in ("enabled", "true", "networksecuritygroupenabled")
    if isinstance(free, Known):
        return as_bool(free.value) is False
    if not (isinstance(policies, Absent) and isinstance(free, Absent)):
        return None
    default = _ENDPOINTS.of(view)
    return default.value if isinstance(default, Documented) else None


def named_groups(view: View, word: str) -> tuple[list[Resource], Unknown | None]:
    """Return the security groups that a word leads to, and why there is one whose rules are not known."""
    reading = view.word(word)
    match reading:
        case Absent() | Known(value=""):
            return [], None
        case Unknown():
            return [], reading
        case Known() | Pointer():
            found = [
                each.resource for each in view.leads_to(word) if not each.resource.type.startswith("data.")
            ]
            if found:
                return found, None
            because = "its security group is not declared here, so that its rules are not known"
            return [], Unknown(because, _SETTLE, reading.resource, reading.path)


def _prefixes(view: View) -> list[str] | None:
    found: list[str] = []
    for word in ("prefix", "prefixes"):
        match view.word(word):
            case Known(value=value):
                parts: list[Any] = value if isinstance(value, list) else [value]
                if not all(isinstance(each, str) for each in parts):
                    return None
                found += parts
            case Absent():
                pass
            case _:
                return None
    return found or None
