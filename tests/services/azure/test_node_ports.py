"""Shells on nodes of AKS that the internet may try: in Terraform, templates, Bicep, and of what runs."""

from __future__ import annotations

from typing import Any, NamedTuple

import pytest

from tests.parity import UNKNOWN, from_arm, from_bicep
from tests.services.azure.bicep import Spelled
from tests.services.azure.declared import declared, pinned, together, told
from tests.services.azure.pairs import resource
from tfaudit.model.asset import Asset
from tfaudit.pipeline.examples import recorded
from tfaudit.services.registry import Registry, assets

_OPEN = "remote_access_open"
_SUBNET = "azurerm_subnet.s.id"
_SUBNET_ARM = "[resourceId('Microsoft.Network/virtualNetworks/subnets', 'n', 's')]"
_ELSEWHERE = "/subscriptions/s/resourceGroups/g/providers/Microsoft.Network/virtualNetworks/o/subnets/o"


class Case(NamedTuple):
    """A pool: whether its nodes have addresses, the ports that it lets in, its subnet, and what the group allows."""

    expected: Any
    ports: tuple[tuple[int, int, str], ...] = ((22, 22, "TCP"),)
    public: bool | None = True
    subnet: str = ""
    """"own", "elsewhere" or none."""
    allowed: str = ""
    """The port that the subnet's security group lets in from everywhere, "" for no group."""
    ssh: str = ""


CASES = {
    "ssh": Case(True),
    "a desktop": Case(True, ((3389, 3389, "TCP"),)),
    "a range": Case(True, ((20, 30, "TCP"),)),
    "one of several": Case(True, ((80, 80, "TCP"), (22, 22, "TCP"))),
    "another port": Case(False, ((443, 443, "TCP"),)),
    "a range of others": Case(False, ((30000, 32767, "TCP"),)),
    "by udp": Case(False, ((22, 22, "UDP"),)),
    "no port": Case(False, ()),
    "nodes without an address": Case(False, public=False),
    "nodes of which nothing is said": Case(False, public=None),
    "a subnet without a group": Case(True, subnet="own"),
    "a group that lets it in": Case(True, subnet="own", allowed="22"),
    "a group that lets in all": Case(True, subnet="own", allowed="*"),
    "a group that lets in another": Case(False, subnet="own", allowed="443"),
    "a subnet elsewhere": Case(UNKNOWN, subnet="elsewhere"),
    "a subnet elsewhere, and no port": Case(False, (), subnet="elsewhere"),
    "a subnet elsewhere, and no address": Case(False, public=False, subnet="elsewhere"),
}


def _pool(case: Case) -> str:
    ports = "".join(
        f'allowed_host_ports {{\n port_start = {low}\n port_end = {high}\n protocol = "{protocol}"\n }}\n'
        for low, high, protocol in case.ports
    )
    subnet = {"own": _SUBNET, "elsewhere": f'"{_ELSEWHERE}"'}.get(case.subnet, "")
    return "\n".join(
        (
            f"node_network_profile {{\n{ports}}}" if ports else "",
            "" if case.public is None else f"node_public_ip_enabled = {str(case.public).lower()}",
            f"vnet_subnet_id = {subnet}" if subnet else "",
        )
    )


def in_terraform(case: Case) -> str:
    group = f"""
resource "azurerm_network_security_group" "g" {{
  name = "g"
  security_rule {{
    name = "in"
    priority = 100
    direction = "Inbound"
    access = "Allow"
    protocol = "*"
    source_address_prefix = "*"
    source_port_range = "*"
    destination_address_prefix = "*"
    destination_port_range = "{case.allowed}"
  }}
}}
resource "azurerm_subnet_network_security_group_association" "s" {{
  subnet_id = azurerm_subnet.s.id
  network_security_group_id = azurerm_network_security_group.g.id
}}
"""
    return f"""
{pinned("~> 4.50")}
resource "azurerm_virtual_network" "n" {{
  name = "n"
}}
resource "azurerm_subnet" "s" {{
  name                 = "s"
  virtual_network_name = azurerm_virtual_network.n.name
  address_prefixes     = ["10.0.1.0/24"]
}}
{group if case.allowed else ""}
resource "azurerm_kubernetes_cluster" "c" {{
  name = "c"
  default_node_pool {{
    name = "system"
    {_pool(case)}
  }}
}}
resource "azurerm_kubernetes_cluster_node_pool" "p" {{
  name = "more"
  kubernetes_cluster_id = azurerm_kubernetes_cluster.c.id
  {_pool(case)}
}}
"""


together(in_terraform(each) for each in CASES.values())


@pytest.mark.parametrize("name", CASES)
def test_in_terraform(name: str) -> None:
    case = CASES[name]
    found = declared(in_terraform(case))
    pools = [told(each, _OPEN) for each in found.values() if each.kind == "node_pool"]
    assert pools == [case.expected, case.expected]


def _arm_pool(case: Case, subnet: str) -> dict[str, Any]:
    ports = [{"portStart": low, "portEnd": high, "protocol": protocol} for low, high, protocol in case.ports]
    stated: dict[str, Any] = {"networkProfile": {"allowedHostPorts": ports}} if ports else {}
    if case.public is not None:
        stated["enableNodePublicIP"] = case.public
    if case.subnet:
        stated["vnetSubnetID"] = subnet if case.subnet == "own" else _ELSEWHERE
    if case.ssh:
        stated["securityProfile"] = {"sshAccess": case.ssh}
    return stated


def in_template(case: Case) -> list[dict[str, Any]]:
    rule = {
        "priority": 100,
        "direction": "Inbound",
        "access": "Allow",
        "protocol": "*",
        "sourceAddressPrefix": "*",
        "sourcePortRange": "*",
        "destinationAddressPrefix": "*",
        "destinationPortRange": case.allowed,
    }
    nsg = "Microsoft.Network/networkSecurityGroups"
    subnet: dict[str, Any] = {"addressPrefix": "10.0.1.0/24"}
    if case.allowed:
        subnet["networkSecurityGroup"] = {"id": f"[resourceId('{nsg}', 'g')]"}
    return [
        resource(nsg, "g", properties={"securityRules": [{"name": "in", "properties": rule}]}),
        resource(
            "Microsoft.Network/virtualNetworks",
            "n",
            properties={"subnets": [{"name": "s", "properties": subnet}]},
        ),
        resource(
            "Microsoft.ContainerService/managedClusters",
            "c",
            properties={"agentPoolProfiles": [{"name": "system", **_arm_pool(case, _SUBNET_ARM)}]},
        ),
        resource(
            "Microsoft.ContainerService/managedClusters/agentPools",
            "c/more",
            properties=_arm_pool(case, _SUBNET_ARM),
        ),
    ]


IN_ARM = {
    **CASES,
    "ssh that is switched off": Case(False, ssh="Disabled"),
    "ssh by a local user": Case(True, ssh="LocalUser"),
}


@pytest.mark.parametrize("name", IN_ARM)
def test_in_a_template_and_in_bicep(name: str) -> None:
    case = IN_ARM[name]
    resources = in_template(case)
    for found in (from_arm(*resources), from_bicep(Spelled(resources).text)):
        pools = [told(each, _OPEN) for each in found if each.kind == "node_pool"]
        assert pools == [case.expected, case.expected]


@pytest.mark.parametrize("name", [each for each in IN_ARM if IN_ARM[each].subnet != "own"])
def test_of_what_runs(name: str) -> None:
    case = IN_ARM[name]
    cluster = {
        "id": "/subscriptions/0/resourceGroups/g/providers/Microsoft.ContainerService/managedClusters/c",
        "name": "c",
        "properties": {"agentPoolProfiles": [{"name": "system", **_arm_pool(case, "")}]},
    }
    asked = ["microsoft.network/virtualnetworks", "microsoft.network/networksecuritygroups"]
    found = assets(recorded({"azure": [cluster], "asked": asked}, ""), Registry())
    [pool] = [each for each in found if isinstance(each, Asset) and each.kind == "node_pool"]
    assert told(pool, _OPEN) == case.expected
