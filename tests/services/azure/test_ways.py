"""What firewalls, gateways and Front Door let through to a machine and to an app, in Terraform, ARM and Bicep alike."""

from __future__ import annotations

from typing import Any, NamedTuple

import pytest

from tests.parity import UNKNOWN, from_arm, from_bicep
from tests.services.azure.bicep import Spelled
from tests.services.azure.declared import declared, together, told
from tests.services.azure.pairs import resource
from tests.services.azure.ways import in_arm, in_terraform

_PORTS = "network.reachable_ports"
_UNFILTERED = "network.published_unfiltered"
_SAME = ["22"], True, True


_OUTSIDE = '    name = "out"\n    public_ip_address_id = azurerm_public_ip.p.id'
_INSIDE = '    name = "out"\n    subnet_id = azurerm_subnet.front.id\n    private_ip_address = "10.0.2.9"'
_PUBLIC = '"publicIPAddress": {"id": "[resourceId(\'Microsoft.Network/publicIPAddresses\', \'p\')]"}'
_FRONT = "[resourceId('Microsoft.Network/virtualNetworks/subnets', 'n', 'front')]"
_OUTSIDE_ARM = f'"frontendIPConfigurations": [{{"name": "out", "properties": {{{_PUBLIC}}}}}]'
_INSIDE_ARM = (
    '"frontendIPConfigurations": [{"name": "out", "properties": '
    f'{{"subnet": {{"id": "{_FRONT}"}}, "privateIPAddress": "10.0.2.9"}}}}]'
)
_IN_POOL = "[resourceId('Microsoft.Network/applicationGateways/backendAddressPools', 'gw', 'vms')]"
_OWN_POLICY = (
    "/subscriptions/0/resourceGroups/rg/providers/Microsoft.Network"
    "/ApplicationGatewayWebApplicationFirewallPolicies/w"
)
_NEXT = 'resource "azurerm_firewall_policy"'
_IN_FRONT = "    subnet_id = azurerm_subnet.front.id\n"
_PATH_RULE = (
    '    path_rule {\n      name = "app"\n      paths = ["/app/*"]\n'
    '      backend_address_pool_name = "apps"\n      backend_http_settings_name = "h"\n    }\n'
)
_LINK = (
    '\n  private_link {\n    location = "westeurope"\n    target_type = "sites"\n'
    "    private_link_target_id = azurerm_linux_web_app.a.id\n  }"
)


class Case(NamedTuple):
    """An input: what is changed in Terraform and in the template, and what is expected.

    That is the machine's ports, whether it is published without a filter, and whether the app is.
    """

    expected: tuple[Any, Any, Any]
    terraform: list[tuple[str, str]]
    arm: list[tuple[str, str]]
    more: str = ""
    more_arm: tuple[dict[str, Any], ...] = ()


def group(name: str, where: str, *rules: tuple[int, str, str, str]) -> tuple[str, tuple[dict[str, Any], ...]]:
    """Return a security group of a subnet, in both spellings: rules are priority, access, source and port."""
    inside = "\n".join(
        f"""security_rule {{
    name = "{access.lower()}-{priority}"
    priority = {priority}
    direction = "Inbound"
    access = "{access}"
    protocol = "*"
    source_address_prefix = "{source}"
    source_port_range = "*"
    destination_address_prefix = "*"
    destination_port_range = "{port}"
  }}"""
        for priority, access, source, port in rules
    )
    text = f"""
resource "azurerm_network_security_group" "{name}" {{
  name = "{name}"
  {inside}
}}
resource "azurerm_subnet_network_security_group_association" "{name}" {{
  subnet_id = azurerm_subnet.{where}.id
  network_security_group_id = azurerm_network_security_group.{name}.id
}}
"""
    made = resource(
        "Microsoft.Network/networkSecurityGroups",
        name,
        properties={
            "securityRules": [
                {
                    "name": f"{access.lower()}-{priority}",
                    "properties": {
                        "priority": priority,
                        "direction": "Inbound",
                        "access": access,
                        "protocol": "*",
                        "sourceAddressPrefix": source,
                        "sourcePortRange": "*",
                        "destinationAddressPrefix": "*",
                        "destinationPortRange": port,
                    },
                }
                for priority, access, source, port in rules
            ]
        },
    )
    return text, (made,)


def guarded(expected: tuple[Any, Any, Any], where: str, *rules: tuple[int, str, str, str]) -> Case:
    """Return the case of a security group before the machine (`s`) or the gateway (`front`)."""
    text, made = group("nsg", where, *rules)
    prefix = {"s": "10.0.1.0/24", "front": "10.0.2.0/24"}[where]
    old = f'"addressPrefix": "{prefix}"'
    id_ = "[resourceId('Microsoft.Network/networkSecurityGroups', 'nsg')]"
    new = f'{old}, "networkSecurityGroup": {{"id": "{id_}"}}'
    return Case(expected, [], [(old, new)], text, made)


_RULE_SOURCES = ('source_addresses = ["*"]', '"sourceAddresses": ["*"]')
_TO = (
    "translated_address = azurerm_network_interface.i.private_ip_address",
    '"translatedAddress": "10.0.1.4"',
)
_FOR = ("destination_address = azurerm_public_ip.p.ip_address", '"destinationAddresses": ["203.0.113.7"]')
_VARIABLE = "[parameters('x')]"


def _rule(number: int, terraform: str, arm: str, expected: tuple[Any, Any, Any]) -> Case:
    both = (_RULE_SOURCES, _TO, _FOR)[number]
    return Case(expected, [(both[0], terraform)], [(both[1], arm)])


def _same_text(expected: tuple[Any, Any, Any], *changes: tuple[str, str, str, str]) -> Case:
    """Return a case by changes: what is there and what is put there, in Terraform and then in the template."""
    return Case(expected, [each[:2] for each in changes], [each[2:] for each in changes])


_TIER = (
    'tier = "Standard_v2"',
    (
        'tier = "WAF_v2"\n  }\n  waf_configuration {\n    enabled = true\n    firewall_mode = "Prevention"\n'
        '    rule_set_version = "3.2"'
    ),
)
_TIER_ARM = (
    '"tier": "Standard_v2"}',
    '"tier": "WAF_v2"}, "webApplicationFirewallConfiguration": {"enabled": true, "firewallMode": "Prevention"}',
)
_ROUTE_OFF = (
    ('patterns_to_match = ["/*"]', 'patterns_to_match = ["/*"]\n  enabled = false'),
    ('"httpsRedirect": "Enabled"', '"httpsRedirect": "Enabled", "enabledState": "Disabled"'),
)
_NO_ROUTE: tuple[str, str, str, str] = (*_ROUTE_OFF[0], *_ROUTE_OFF[1])
_HOST = ("host_name = azurerm_linux_web_app.a.default_hostname", '"hostName": "a.azurewebsites.net"')
_POOL = ("fqdns = [azurerm_linux_web_app.a.default_hostname]", '{"fqdn": "a.azurewebsites.net"}')
_CLOSED = (
    (
        'resource "azurerm_linux_web_app" "a" {',
        'resource "azurerm_linux_web_app" "a" {\n  public_network_access_enabled = false',
    ),
    ('"name": "a", "properties": {', '"name": "a", "properties": {"publicNetworkAccess": "Disabled", '),
)


CASES: dict[str, Case] = {
    "as it is": _same_text(_SAME),
    # the firewall's rule
    "from one network": _rule(
        0,
        'source_addresses = ["198.51.100.0/24"]',
        '"sourceAddresses": ["198.51.100.0/24"]',
        ([], True, True),
    ),
    "from both halves": _rule(
        0,
        'source_addresses = ["0.0.0.0/1", "128.0.0.0/1"]',
        '"sourceAddresses": ["0.0.0.0/1", "128.0.0.0/1"]',
        _SAME,
    ),
    "from somewhere that is not known": _rule(
        0, "source_addresses = [var.x]", f'"sourceAddresses": ["{_VARIABLE}"]', (UNKNOWN, True, True)
    ),
    "to another address": _rule(
        1, 'translated_address = "10.0.1.5"', '"translatedAddress": "10.0.1.5"', ([], True, True)
    ),
    "to its address as a text": _rule(
        1, 'translated_address = "10.0.1.4"', '"translatedAddress": "10.0.1.4"', _SAME
    ),
    "to an address that is not known": _rule(
        1, "translated_address = var.x", f'"translatedAddress": "{_VARIABLE}"', (UNKNOWN, True, True)
    ),
    "to a name": _rule(
        1, 'translated_fqdn = "db.corp.example"', '"translatedFqdn": "db.corp.example"', (UNKNOWN, True, True)
    ),
    "for a private address of the firewall": _rule(
        2, 'destination_address = "10.0.2.4"', '"destinationAddresses": ["10.0.2.4"]', ([], True, True)
    ),
    "for an address that is not known": _rule(
        2, "destination_address = var.x", f'"destinationAddresses": ["{_VARIABLE}"]', (UNKNOWN, True, True)
    ),
    "over UDP": _same_text(
        (["udp 22"], True, True),
        ('protocols = ["TCP"]', 'protocols = ["UDP"]', '"ipProtocols": ["TCP"]', '"ipProtocols": ["UDP"]'),
    ),
    "over both": _same_text(
        (["22", "udp 22"], True, True),
        (
            'protocols = ["TCP"]',
            'protocols = ["TCP", "UDP"]',
            '"ipProtocols": ["TCP"]',
            '"ipProtocols": ["TCP", "UDP"]',
        ),
    ),
    "by a protocol that is not known": _same_text(
        (UNKNOWN, True, True),
        (
            'protocols = ["TCP"]',
            "protocols = [var.x]",
            '"ipProtocols": ["TCP"]',
            f'"ipProtocols": ["{_VARIABLE}"]',
        ),
    ),
    "to the same ports": _same_text(
        (["2222"], True, True),
        ("      translated_port = 22\n", "", '"translatedPort": "22"', '"description": ""'),
    ),
    "to a port that is not known": _same_text(
        (UNKNOWN, True, True),
        (
            "translated_port = 22",
            "translated_port = var.x",
            '"translatedPort": "22"',
            f'"translatedPort": "{_VARIABLE}"',
        ),
    ),
    "an action that is not known": _same_text(
        (UNKNOWN, True, True),
        ('action = "Dnat"', "action = var.x", '"type": "DNAT"', f'"type": "{_VARIABLE}"'),
    ),
    "a policy of no firewall that is declared here": _same_text(
        (UNKNOWN, True, True),
        (
            "  firewall_policy_id = azurerm_firewall_policy.fp.id\n  ip_configuration",
            "  ip_configuration",
            """"firewallPolicy": {"id": "[resourceId('Microsoft.Network/firewallPolicies', 'fp')]"}, """,
            "",
        ),
    ),
    "a firewall without a public address": Case(
        ([], True, True),
        [
            (
                f"{_IN_FRONT}    public_ip_address_id = azurerm_public_ip.p.id\n  }}\n}}\n{_NEXT}",
                f"{_IN_FRONT}  }}\n}}\n{_NEXT}",
            )
        ],
        [
            (
                f', {_PUBLIC}}}}}]}}}}, {{"type": "Microsoft.Network/firewallPolicies"',
                """}}]}}, {"type": "Microsoft.Network/firewallPolicies\"""",
            )
        ],
    ),
    "an address of its own that is not fixed": _same_text(
        (["22"], True, True),
        (
            '"Static"\n    private_ip_address = "10.0.1.4"',
            '"Dynamic"',
            '"privateIPAllocationMethod": "Static", "privateIPAddress": "10.0.1.4"',
            '"privateIPAllocationMethod": "Static", "privateIPAddress": "10.0.1.4"',
        ),
    ),
    # the security group before the machine
    "the last rules let in what a firewall passes on": guarded(_SAME, "s"),
    "the internet is denied, and it comes from inside": guarded(_SAME, "s", (100, "Deny", "Internet", "*")),
    "everything is denied": guarded(([], False, True), "s", (100, "Deny", "*", "*")),
    "the network is denied": guarded(([], False, True), "s", (100, "Deny", "VirtualNetwork", "*")),
    "the front's range is denied": guarded(([], False, True), "s", (100, "Deny", "10.0.2.0/24", "*")),
    "a larger range is denied": guarded(([], False, True), "s", (100, "Deny", "10.0.0.0/8", "*")),
    "a part of the front's range is denied": guarded(
        (UNKNOWN, UNKNOWN, True), "s", (100, "Deny", "10.0.2.0/26", "*")
    ),
    "another range is denied": guarded(_SAME, "s", (100, "Deny", "10.0.3.0/24", "*")),
    "let in before it is denied": guarded(
        (["22"], False, True), "s", (100, "Allow", "10.0.2.0/24", "22"), (200, "Deny", "*", "*")
    ),
    "let in after it is denied": guarded(
        ([], False, True), "s", (300, "Allow", "10.0.2.0/24", "22"), (200, "Deny", "*", "*")
    ),
    "only the gateway's port is let in": guarded(
        ([], True, True), "s", (100, "Allow", "VirtualNetwork", "8080"), (200, "Deny", "*", "*")
    ),
    "only balancers are let in": guarded(
        ([], False, True), "s", (100, "Allow", "AzureLoadBalancer", "*"), (200, "Deny", "*", "*")
    ),
    "only Front Door is let in": guarded(
        ([], False, True), "s", (100, "Allow", "AzureFrontDoor.Backend", "*"), (200, "Deny", "*", "*")
    ),
    "Azure's own addresses are denied": guarded(_SAME, "s", (100, "Deny", "AzureCloud", "*")),
    # the security group before the gateway
    "the gateway's subnet lets nobody in": guarded((["22"], False, True), "front"),
    "the gateway's subnet lets in its port": guarded(_SAME, "front", (100, "Allow", "Internet", "443")),
    "the gateway's subnet lets in another port": guarded(
        (["22"], False, True), "front", (100, "Allow", "Internet", "80")
    ),
    "the gateway's subnet lets in its managers alone": guarded(
        (["22"], False, True), "front", (100, "Allow", "GatewayManager", "*")
    ),
    # the gateway
    "a firewall of the gateway": _same_text((["22"], False, True), (*_TIER, *_TIER_ARM)),
    "and no route": _same_text((["22"], False, False), (*_TIER, *_TIER_ARM), _NO_ROUTE),
    "a firewall that is off": _same_text(
        _SAME,
        (_TIER[0], _TIER[1].replace("true", "false"), _TIER_ARM[0], _TIER_ARM[1].replace("true", "false")),
    ),
    "a firewall of which it is not known": _same_text(
        (["22"], UNKNOWN, True),
        (
            _TIER[0],
            _TIER[1].replace("true", "var.x"),
            _TIER_ARM[0],
            _TIER_ARM[1].replace("true", f'"{_VARIABLE}"'),
        ),
    ),
    "a firewall policy of the listener alone": _same_text(
        (["22"], False, True),
        ('tier = "Standard_v2"', 'tier = "WAF_v2"', '"tier": "Standard_v2"', '"tier": "WAF_v2"'),
        (
            'protocol = "Https"\n',
            f'protocol = "Https"\n    firewall_policy_id = "{_OWN_POLICY}"\n',
            '"protocol": "Https"',
            f'"protocol": "Https", "firewallPolicy": {{"id": "{_OWN_POLICY}"}}',
        ),
    ),
    "a gateway inside": Case(
        (["22"], False, True),
        [
            (
                _OUTSIDE,
                _INSIDE,
            )
        ],
        [
            (
                _OUTSIDE_ARM,
                _INSIDE_ARM,
            )
        ],
    ),
    "a gateway inside, behind the firewall": Case(
        ([], True, True),
        [
            (
                _OUTSIDE,
                _INSIDE,
            ),
            (_TO[0], 'translated_address = "10.0.2.9"'),
            ("translated_port = 22", "translated_port = 443"),
        ],
        [
            (
                _OUTSIDE_ARM,
                _INSIDE_ARM,
            ),
            (_TO[1], '"translatedAddress": "10.0.2.9"'),
            ('"translatedPort": "22"', '"translatedPort": "443"'),
        ],
    ),
    "a gateway inside, and the firewall sends to another port of it": Case(
        ([], False, True),
        [
            (
                _OUTSIDE,
                _INSIDE,
            ),
            (_TO[0], 'translated_address = "10.0.2.9"'),
        ],
        [
            (
                _OUTSIDE_ARM,
                _INSIDE_ARM,
            ),
            (_TO[1], '"translatedAddress": "10.0.2.9"'),
        ],
    ),
    "in a pool that no rule leads to": Case(
        (["22"], False, True),
        [('default_backend_address_pool_name = "vms"', 'default_backend_address_pool_name = "apps"')],
        [
            (
                """'gw', 'vms')]"}, "defaultBackendHttpSettings\"""",
                """'gw', 'apps')]"}, "defaultBackendHttpSettings\"""",
            )
        ],
    ),
    "a pool that is not known": Case(
        (["22"], UNKNOWN, True),
        [('default_backend_address_pool_name = "vms"', "default_backend_address_pool_name = var.x")],
        [
            (
                f'{{"id": "{_IN_POOL}"}}, "defaultBackendHttpSettings"',
                f'{{"id": "{_VARIABLE}"}}, "defaultBackendHttpSettings"',
            )
        ],
    ),
    "in a pool by its address": Case(
        (["22"], True, True),
        [
            (
                "azurerm_application_gateway.gw.backend_address_pool).0.id",
                "azurerm_application_gateway.gw.backend_address_pool).1.id",
            ),
            ('name = "vms"\n', 'name = "vms"\n    ip_addresses = ["10.0.1.4"]\n'),
            (
                _PATH_RULE,
                "",
            ),
        ],
        [
            (
                f', "applicationGatewayBackendAddressPools": [{{"id": "{_IN_POOL}"}}]',
                "",
            ),
            (
                '"name": "vms", "properties": {}',
                '"name": "vms", "properties": {"backendAddresses": [{"ipAddress": "10.0.1.4"}]}',
            ),
        ],
    ),
    "a pool with a name of somebody's own": _same_text(
        (["22"], True, UNKNOWN),
        (_POOL[0], 'fqdns = ["www.shop.example"]', _POOL[1], '{"fqdn": "www.shop.example"}'),
        _NO_ROUTE,
    ),
    # Front Door
    "no route": _same_text(_SAME, _NO_ROUTE),
    "an app that takes nothing from outside": _same_text(_SAME, (*_CLOSED[0], *_CLOSED[1])),
    "the same, and a gateway with a firewall": _same_text(
        (["22"], False, False), (*_CLOSED[0], *_CLOSED[1]), (*_TIER, *_TIER_ARM)
    ),
    "the same, and a private link": _same_text(
        (["22"], False, True),
        (*_CLOSED[0], *_CLOSED[1]),
        (*_TIER, *_TIER_ARM),
        (
            _HOST[0],
            _HOST[0] + _LINK,
            _HOST[1],
            f'{_HOST[1]}, "sharedPrivateLinkResource": {{"groupId": "sites"}}',
        ),
    ),
    "an origin of another name": _same_text(
        (["22"], False, False),
        (_HOST[0], 'host_name = "b.azurewebsites.net"', _HOST[1], '"hostName": "b.azurewebsites.net"'),
        (*_TIER, *_TIER_ARM),
    ),
    "an origin that is not known": _same_text(
        (["22"], UNKNOWN, UNKNOWN),
        (_HOST[0], "host_name = var.x", _HOST[1], f'"hostName": "{_VARIABLE}"'),
        (*_TIER, *_TIER_ARM),
    ),
    "an origin that is switched off": _same_text(
        (["22"], False, False),
        (_HOST[0], f"{_HOST[0]}\n  enabled = false", _HOST[1], f'{_HOST[1]}, "enabledState": "Disabled"'),
        (*_TIER, *_TIER_ARM),
    ),
    "an origin of which that is not known": _same_text(
        (["22"], False, UNKNOWN),
        (_HOST[0], f"{_HOST[0]}\n  enabled = var.x", _HOST[1], f'{_HOST[1]}, "enabledState": "{_VARIABLE}"'),
        (*_TIER, *_TIER_ARM),
    ),
    "a pool with another app": _same_text(
        _SAME, (_POOL[0], 'fqdns = ["b.azurewebsites.net"]', _POOL[1], '{"fqdn": "b.azurewebsites.net"}')
    ),
    "neither a pool nor a route to it": _same_text(
        (["22"], True, False),
        (_POOL[0], 'fqdns = ["b.azurewebsites.net"]', _POOL[1], '{"fqdn": "b.azurewebsites.net"}'),
        _NO_ROUTE,
    ),
    "an app with a name that begins alike": _same_text(
        (["22"], True, False),
        (_POOL[0], 'fqdns = ["a-b.azurewebsites.net"]', _POOL[1], '{"fqdn": "a-b.azurewebsites.net"}'),
        _NO_ROUTE,
    ),
    "an app by its name with a region": _same_text(
        _SAME,
        (
            _POOL[0],
            'fqdns = ["a-b1c2d3e4f5g6h7i8.westeurope-01.azurewebsites.net"]',
            _POOL[1],
            '{"fqdn": "a-b1c2d3e4f5g6h7i8.westeurope-01.azurewebsites.net"}',
        ),
        _NO_ROUTE,
    ),
}
together(in_terraform(each.terraform, each.more) for each in CASES.values())


@pytest.mark.parametrize("name", CASES)
def test_in_terraform(name: str) -> None:
    case = CASES[name]
    found = declared(in_terraform(case.terraform, case.more))
    machine, app = found["azurerm_linux_virtual_machine.m"], found["azurerm_linux_web_app.a"]
    assert (told(machine, _PORTS), told(machine, _UNFILTERED), told(app, _UNFILTERED)) == case.expected


@pytest.mark.parametrize("name", CASES)
@pytest.mark.parametrize("spelling", ["template", "bicep"])
def test_in_a_template_and_in_bicep(name: str, spelling: str) -> None:
    case = CASES[name]
    resources = in_arm(case.arm, case.more_arm)
    if spelling == "template":
        found = from_arm(*resources, parameters={"x": {"type": "string"}})
    else:
        found = from_bicep("param x string\n" + Spelled(resources).text.replace("parameters('x')", "x"))
    by_name = {f"{each.kind} {each.name}": each for each in found}
    machine, app = by_name["instance m"], by_name["web_app a"]
    assert (told(machine, _PORTS), told(machine, _UNFILTERED), told(app, _UNFILTERED)) == case.expected
