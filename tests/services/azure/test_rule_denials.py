"""What an allowance of Azure's security groups opens after the rules that are tried before it."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.parity import UNKNOWN
from tests.services.azure.declared import declared, together, told
from tests.services.azure.test_exposure import group, rule

_FRONTS = "[azurerm_application_security_group.fronts.id]"
_STORES = "[azurerm_application_security_group.stores.id]"
_BASE = """
variable "x" {}
resource "azurerm_application_security_group" "fronts" {
  name = "fronts"
}
resource "azurerm_application_security_group" "stores" {
  name = "stores"
}
"""


def _sources(*ranges: str) -> dict[str, str]:
    return {"source_address_prefix": "", "source_address_prefixes": _list(*ranges)}


def _list(*parts: str) -> str:
    return json.dumps(parts)


def _to(*ranges: str) -> dict[str, str]:
    return {"destination_address_prefix": "", "destination_address_prefixes": _list(*ranges)}


def _to_groups(groups: str) -> dict[str, str]:
    return {"destination_address_prefix": "", "destination_application_security_group_ids": groups}


def _ports(*ranges: str) -> dict[str, str]:
    return {"destination_port_range": "", "destination_port_ranges": _list(*ranges)}


def _allow(port: str = "22", **more: str) -> str:
    return rule("100", "Allow", port, **more)


def _deny(port: str = "22", priority: str = "90", **more: str) -> str:
    return rule(priority, "Deny", port, **more)


_ONE = {"destination_address_prefix": '"10.0.0.4"'}
_MANY = {"destination_address_prefix": '"10.0.0.0/8"'}
_CASES: dict[str, tuple[tuple[str, ...], Any, Any]] = {
    # what is so, the rules, whether the first opens a port of administration, and any port
    "nothing before it": ((_allow(),), True, True),
    "all sources in a list": ((_allow(), _deny("*", **_sources("0.0.0.0/0"))), False, False),
    "all sources in halves": ((_allow(), _deny("*", **_sources("0.0.0.0/1", "128.0.0.0/1"))), False, False),
    "one half of them": ((_allow(), _deny("*", **_sources("128.0.0.0/1"))), True, True),
    "the half that is allowed": (
        (_allow(source_address_prefix='"128.0.0.0/1"'), _deny("*", **_sources("128.0.0.0/1"))),
        False,
        False,
    ),
    "of IPv4, where IPv6 is allowed": (
        (_allow(source_address_prefix='"::/0"'), _deny(source_address_prefix='"0.0.0.0/0"')),
        True,
        True,
    ),
    "sources that are not known": ((_allow(), _deny(source_address_prefix="var.x")), UNKNOWN, UNKNOWN),
    "to the whole network": ((_allow(), _deny(destination_address_prefix='"VirtualNetwork"')), False, False),
    "to more than is allowed": ((_allow(**_ONE), _deny(**_to("10.0.0.0/8"))), False, False),
    "to less than is allowed": ((_allow(**_MANY), _deny(**_ONE)), True, True),
    "to the same group": ((_allow(**_to_groups(_FRONTS)), _deny(**_to_groups(_FRONTS))), False, False),
    "to another group": ((_allow(**_to_groups(_FRONTS)), _deny(**_to_groups(_STORES))), True, True),
    "to groups that are not known": (
        (_allow(**_to_groups(_FRONTS)), _deny(**_to_groups("var.x"))),
        UNKNOWN,
        UNKNOWN,
    ),
    "from all ports, in a list": (
        (_allow(), _deny(source_port_range="", source_port_ranges='["0-65535"]')),
        False,
        False,
    ),
    "from one port": ((_allow(), _deny(source_port_range='"1024"')), True, True),
    "by TCP, which a shell takes": ((_allow(protocol='"*"'), _deny()), False, True),
    "by UDP": ((_allow(protocol='"*"'), _deny(protocol='"Udp"')), True, True),
    "by all protocols": ((_allow(), _deny(protocol='"*"')), False, False),
    "two together": ((_allow("20-30"), _deny("20-24", "80"), _deny("25-30")), False, False),
    "two that leave a gap": ((_allow("20-30"), _deny("20-21", "80"), _deny("23-30")), True, True),
    "what is not known of other ports": ((_allow(), _deny("443", source_address_prefix="var.x")), True, True),
    "a port that is not known, and one that is denied": (
        (_allow("", destination_port_range="", destination_port_ranges='["22", var.x]'), _deny("22")),
        UNKNOWN,
        UNKNOWN,
    ),
    "outwards": ((_allow(), _deny(direction='"Outbound"')), True, True),
    "later": ((_allow(), _deny(priority="200")), True, True),
}
_TEXTS = {case: _BASE + group("g", *rules) for case, (rules, _, _) in _CASES.items()}
together(_TEXTS.values())
_FIRST = "azurerm_network_security_group.g#security_rule[0]"


@pytest.mark.parametrize("case", _CASES)
def test_what_is_denied_before_is_not_open(case: str) -> None:
    _, admin, any_ = _CASES[case]
    found = told(declared(_TEXTS[case])[_FIRST], "rule.opens_admin_port", "rule.open_to_world")
    assert found == {"rule.opens_admin_port": admin, "rule.open_to_world": any_}


@pytest.mark.parametrize(
    ("more", "opens", "all_ports"),
    [
        (_ports("0-32767", "32768-65535"), True, True),
        (_ports("0-32767", "32769-65535"), True, False),
        (_sources(*(f"{each * 16}.0.0.0/4" for each in range(16))), True, False),
        (_sources("16.0.0.0/4", "64.0.0.0/4"), False, False),
    ],
    ids=["ports side by side", "ports with a gap", "sources side by side", "sources apart"],
)
def test_parts_that_lie_side_by_side_count_together(
    more: dict[str, str], opens: bool, all_ports: bool
) -> None:
    found = declared(_BASE + group("g", _allow(**more)))[_FIRST]
    assert told(found, "rule.open_to_world", "rule.all_ports") == {
        "rule.open_to_world": opens,
        "rule.all_ports": all_ports,
    }
