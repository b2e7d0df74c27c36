"""Rules of Azure's security groups: what they open, and to whom."""

from __future__ import annotations

from typing import Any

import pytest

from tests.parity import UNKNOWN
from tests.services.azure.declared import declared, line, together, told

_RULE = {
    "name": '"rule"',
    "access": '"Allow"',
    "direction": '"Inbound"',
    "protocol": '"Tcp"',
    "source_address_prefix": '"*"',
    "destination_port_range": '"22"',
}


def _text(**changes: str) -> str:
    rule = {**_RULE, **changes}
    body = "\n".join(f"    {name} = {value}" for name, value in rule.items() if value)
    return f"""
variable "source" {{}}
resource "azurerm_network_security_group" "web" {{
  name                = "web"
  resource_group_name = "rg"
  security_rule {{
{body}
  }}
}}
resource "azurerm_network_security_rule" "own" {{
{body}
  resource_group_name         = "rg"
  network_security_group_name = azurerm_network_security_group.web.name
}}
"""


_CHANGES: list[tuple[Any, ...]] = [
    ({}, True),
    ({"source_address_prefix": '"Internet"'}, True),
    ({"source_address_prefix": '"0.0.0.0/0"'}, True),
    ({"source_address_prefix": '"VirtualNetwork"'}, False),
    ({"source_address_prefix": '"198.51.100.0/24"'}, False),
    ({"source_address_prefix": "", "source_address_prefixes": '["10.0.0.0/8", "0.0.0.0/0"]'}, True),
    ({"source_address_prefix": "", "source_application_security_group_ids": '["/s/asg"]'}, False),
    ({"destination_port_range": '"*"'}, True),
    ({"destination_port_range": '"20-30"'}, True),
    ({"destination_port_range": '"443"'}, False),
    ({"destination_port_range": "", "destination_port_ranges": '["443", "3389"]'}, True),
    ({"access": '"Deny"'}, False),
    ({"direction": '"Outbound"'}, False),
    ({"protocol": '"Icmp"'}, False),
    ({"protocol": '"*"'}, True),
    ({"source_address_prefix": "var.source"}, UNKNOWN),
    ({"source_address_prefix": "var.source", "destination_port_range": '"443"'}, False),
    ({"access": "var.source"}, UNKNOWN),
    ({"access": "var.source", "source_address_prefix": '"10.0.0.0/8"'}, False),
]
together(_text(**changes) for changes, _ in _CHANGES)


@pytest.mark.parametrize(("changes", "opens"), _CHANGES)
def test_whether_a_rule_opens_an_administrative_port(changes: dict[str, str], opens: object) -> None:
    assets = declared(_text(**changes))
    assert (
        told(assets["azurerm_network_security_group.web#security_rule[0]"], "rule.opens_admin_port") == opens
    )
    assert told(assets["azurerm_network_security_rule.own"], "rule.opens_admin_port") == opens


def test_a_rule_in_words_that_all_providers_share() -> None:
    changes = {"destination_port_range": "", "destination_port_ranges": '["5432", "*"]'}
    rule = declared(_text(**changes))["azurerm_network_security_rule.own"]
    expected = {
        "rule.action": "allow",
        "rule.direction": "ingress",
        "rule.ports": ["5432", "all"],
        "rule.sources": ["*"],
        "rule.opens_data_port": True,
        "rule.open_to_world": True,
        "rule.all_ports": True,
    }
    assert told(rule, *expected) == expected


def test_the_finding_stands_at_the_source() -> None:
    text = _text()
    rule = declared(text)["azurerm_network_security_group.web#security_rule[0]"]
    assert "source_address_prefix" in text.splitlines()[line(rule, "rule.opens_admin_port") - 1]
