"""Whose network reaches a namespace of Service Bus or Event Hubs: without a rule nothing is denied."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.parity import UNKNOWN
from tests.services.azure.declared import declared, told
from tfaudit.pipeline.files import scan

_SUBNET = "/subscriptions/s/resourceGroups/rg/providers/Microsoft.Network/virtualNetworks/n/subnets/a"
_BUS = [
    # what stands in the rules of a Service Bus, and whether everybody's network reaches it
    ('default_action = "Deny"', True),
    ('default_action = "Deny"\n ip_rules = []', True),
    ('default_action = "Deny"\n ip_rules = ["198.51.100.0/24"]', False),
    ('default_action = "Deny"\n ip_rules = ["198.51.100.0/24", "0.0.0.0/0"]', True),
    (f'default_action = "Deny"\n network_rules {{ subnet_id = "{_SUBNET}" }}', False),
    ('default_action = "Allow"\n ip_rules = ["198.51.100.0/24"]', True),
    ('ip_rules = ["198.51.100.0/24"]', True),
    ("default_action = var.x", UNKNOWN),
    ('default_action = "Deny"\n ip_rules = var.x', UNKNOWN),
    ('default_action = "Deny"\n ip_rules = [var.x]', UNKNOWN),
]


@pytest.mark.parametrize(("rules", "reached"), _BUS)
def test_rules_of_a_service_bus(rules: str, reached: object) -> None:
    text = (
        'variable "x" {}\nresource "azurerm_servicebus_namespace" "n" {\n'
        f'  name = "n"\n  network_rule_set {{\n{rules}\n  }}\n}}\n'
    )
    assert told(declared(text)["azurerm_servicebus_namespace.n"], "network.public") == reached


@pytest.mark.parametrize(
    ("rules", "reached"),
    [
        ('default_action = "Deny"', True),
        ('default_action = "Deny"\n ip_rule { ip_mask = "198.51.100.0/24" }', False),
        ('default_action = "Deny"\n ip_rule { ip_mask = "0.0.0.0/0" }', True),
        ('default_action = "Deny"\n ip_rule { ip_mask = var.x }', UNKNOWN),
        (f'default_action = "Deny"\n virtual_network_rule {{ subnet_id = "{_SUBNET}" }}', False),
    ],
)
def test_rules_of_event_hubs(rules: str, reached: object) -> None:
    text = (
        'variable "x" {}\nresource "azurerm_eventhub_namespace" "n" {\n'
        f'  name = "n"\n  network_rulesets {{\n{rules}\n  }}\n}}\n'
    )
    assert told(declared(text)["azurerm_eventhub_namespace.n"], "network.public") == reached


@pytest.mark.parametrize("service", ["ServiceBus", "EventHub"])
@pytest.mark.parametrize(
    ("rules", "outcome"),
    [
        ("defaultAction: 'Deny'", "fail"),
        ("defaultAction: 'Deny'\n ipRules: []\n virtualNetworkRules: []", "fail"),
        ("defaultAction: 'Deny'\n ipRules: [{ ipMask: '198.51.100.0/24', action: 'Allow' }]", "pass"),
        ("defaultAction: 'Deny'\n ipRules: [{ ipMask: '0.0.0.0/0', action: 'Allow' }]", "fail"),
        (f"defaultAction: 'Deny'\n virtualNetworkRules: [{{ subnet: {{ id: '{_SUBNET}' }} }}]", "pass"),
        ("defaultAction: 'Deny'\n ipRules: ranges", "unknown"),
        ("defaultAction: 'Deny'\n publicNetworkAccess: 'Disabled'", "pass"),
    ],
)
def test_rules_of_either_in_a_template(tmp_path: Path, service: str, rules: str, outcome: str) -> None:
    (tmp_path / "main.bicep").write_text(
        f"""
param ranges array
resource n 'Microsoft.{service}/namespaces@2024-01-01' = {{
  name: 'n'
  location: 'westeurope'
}}
resource r 'Microsoft.{service}/namespaces/networkRuleSets@2024-01-01' = {{
  parent: n
  name: 'default'
  properties: {{
    {rules}
  }}
}}
""",
        "utf-8",
    )
    found = [each for each in scan(tmp_path).verdicts if each.policy.id == "queue-not-public"]
    assert [str(each.outcome) for each in found] == [outcome]
