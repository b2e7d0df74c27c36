"""The words of network interfaces that are resources of their own, and of what is bound to them in Terraform."""

from __future__ import annotations

from tfaudit.reading.spelling import NOTHING, Spelling, azure
from tfaudit.services.azure.keys.keys import RESOURCE
from tfaudit.services.azure.tags import TAGGED

ARM_TYPES = ("Microsoft.Network/networkInterfaces",)

TYPES = ("azurerm_network_interface", "microsoft.network/networkinterfaces")
GROUP_LINK = "azurerm_network_interface_security_group_association"
POOL_LINK = "azurerm_network_interface_backend_address_pool_association"
FORWARD_LINK = "azurerm_network_interface_nat_rule_association"
MEMBER_LINK = "azurerm_network_interface_application_security_group_association"
GATEWAY_LINK = "azurerm_network_interface_application_gateway_backend_address_pool_association"
LINKS = dict.fromkeys(
    (GROUP_LINK, POOL_LINK, FORWARD_LINK, MEMBER_LINK, GATEWAY_LINK), "network_interface_id"
)
"""The resources that bind something to an interface, with the attribute that names it."""

ADDRESS: Spelling = {
    # word of an address of an interface, then its path in Terraform and in ARM
    "name": azure("name", "name"),
    "subnet": azure("subnet_id", "properties.subnet.id"),
    "public": azure("public_ip_address_id", "properties.publicIPAddress.id"),
    "private": azure("private_ip_address", "properties.privateIPAddress"),
    "allocation": azure("private_ip_address_allocation", "properties.privateIPAllocationMethod"),
    "pools": azure(NOTHING, "properties.loadBalancerBackendAddressPools"),
    "forwards": azure(NOTHING, "properties.loadBalancerInboundNatRules"),
    "groups": azure(NOTHING, "properties.applicationSecurityGroups"),
    "gateways": azure(NOTHING, "properties.applicationGatewayBackendAddressPools"),
}
TABLE: Spelling = {
    **RESOURCE,
    **TAGGED,
    # word, then its path in Terraform and in ARM
    "security_group": azure("network_security_group_id", "properties.networkSecurityGroup.id"),
    "forwarding": azure(("ip_forwarding_enabled", "enable_ip_forwarding"), "properties.enableIPForwarding"),
    "addresses": azure("ip_configuration", "properties.ipConfigurations", rows=ADDRESS),
}
LINK: Spelling = {
    "group": azure("network_security_group_id", NOTHING),
    "pools": azure("backend_address_pool_id", NOTHING),
    "forwards": azure("nat_rule_id", NOTHING),
    "gateways": azure("backend_address_pool_id", NOTHING),
    "groups": azure("application_security_group_id", NOTHING),
}
