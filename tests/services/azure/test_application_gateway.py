"""Application gateways of Azure and their listeners."""

from __future__ import annotations

from typing import Any

import pytest

from tests.parity import NOT_APPLICABLE, UNKNOWN
from tests.services.azure.declared import declared, pinned, together, told

GATEWAY = """
variable "choice" {}
resource "azurerm_application_gateway" "shop" {
  name                = "shop"
  resource_group_name = "rg-shop"
  sku {
    name = "%(sku)s"
    tier = "%(sku)s"
  }
  http_listener {
    name     = "tls"
    protocol = "Https"
    %(listener)s
  }
  %(inside)s
}
"""
_ADDRESS = "azurerm_application_gateway.shop"


def _text(inside: str = "", sku: str = "Standard_v2", listener: str = "") -> str:
    return GATEWAY % {"inside": inside, "sku": sku, "listener": listener}


def _policy(**attributes: str) -> str:
    return "ssl_policy {\n" + "\n".join(f"{name} = {value}" for name, value in attributes.items()) + "\n}"


_POLICIES: list[tuple[Any, ...]] = [
    (_policy(policy_name='"AppGwSslPolicy20150501"'), "1.0"),
    (_policy(policy_name='"AppGwSslPolicy20170401"'), "1.1"),
    (_policy(policy_name='"AppGwSslPolicy20170401S"'), "1.2"),
    (_policy(policy_name='"AppGwSslPolicy20220101"'), "1.2"),
    (_policy(policy_name='"AppGwSslPolicy20990101"'), UNKNOWN),
    (_policy(policy_type='"Custom"', min_protocol_version='"TLSv1_1"'), "1.1"),
    (_policy(policy_type='"CustomV2"', min_protocol_version='"TLSv1_3"'), "1.3"),
    (_policy(disabled_protocols='["TLSv1_0", "TLSv1_1"]'), "1.2"),
    (_policy(policy_name="var.choice"), UNKNOWN),
]
together(_text(policy) for policy, _ in _POLICIES)


@pytest.mark.parametrize(("policy", "oldest"), _POLICIES)
def test_the_oldest_tls_version(policy: str, oldest: object) -> None:
    assert told(declared(_text(policy))[_ADDRESS], "tls.min_version") == oldest


@pytest.mark.parametrize(("version", "oldest"), [("~> 3.0", "1.0"), ("~> 4.0", "1.2"), ("", UNKNOWN)])
def test_without_a_policy_it_hangs_on_the_provider(version: str, oldest: object) -> None:
    pin = pinned(version) if version else ""
    assert told(declared(pin + _text())[_ADDRESS], "tls.min_version") == oldest


def test_a_gateway_that_speaks_no_tls_has_no_oldest_version() -> None:
    gateway = declared(_text().replace('"Https"', '"Http"'))[_ADDRESS]
    assert told(gateway, "tls.min_version") == NOT_APPLICABLE


REDIRECT = """
  http_listener {
    name     = "plain"
    protocol = "Http"
  }
  request_routing_rule {
    name                        = "up"
    http_listener_name          = "plain"
    redirect_configuration_name = "up"
  }
  redirect_configuration {
    name          = "up"
    redirect_type = "Permanent"
    %s
  }
"""


@pytest.mark.parametrize(
    ("target", "redirects"),
    [
        ('target_listener_name = "tls"', True),
        ('target_listener_name = "plain"', False),
        ('target_url = "https://shop.example"', True),
        ('target_url = "http://shop.example"', False),
        ("target_url = var.choice", UNKNOWN),
    ],
)
def test_a_plain_listener_may_only_redirect(target: str, redirects: object) -> None:
    assets = declared(_text(REDIRECT % target))
    plain = assets[f"{_ADDRESS}#http_listener[1]"]
    assert told(plain, "https_only") == redirects
    assert told(assets[f"{_ADDRESS}#http_listener[0]"], "https_only") is True


def test_a_plain_listener_that_serves() -> None:
    text = _text('http_listener {\n name = "plain"\n protocol = "Http"\n}')
    assets = declared(text)
    assert told(assets[f"{_ADDRESS}#http_listener[1]"], "https_only") is False


@pytest.mark.parametrize(
    ("redirect", "expected"), [("", False), ("redirect_configuration_name = var.to", UNKNOWN)]
)
def test_a_plain_listener_without_a_known_name_serves_where_no_rule_redirects(
    redirect: str, expected: object
) -> None:
    inside = """
  http_listener {
    name     = var.name
    protocol = "Http"
  }
  request_routing_rule {
    name               = "all"
    http_listener_name = var.name
    %s
  }
"""
    assets = declared(_text(inside % redirect) + 'variable "name" {}\nvariable "to" {}\n')
    assert told(assets[f"{_ADDRESS}#http_listener[1]"], "https_only") == expected


WAF = """
resource "azurerm_web_application_firewall_policy" "shop" {
  name = "shop"
  policy_settings {
    enabled = %s
    mode    = "%s"
  }
}
"""


@pytest.mark.parametrize(
    ("sku", "inside", "beside", "waf", "mode"),
    [
        ("Standard_v2", "", "", False, NOT_APPLICABLE),
        ("WAF_v2", "", "", False, UNKNOWN),
        (
            "WAF_v2",
            'waf_configuration {\n enabled = true\n firewall_mode = "Prevention"\n}',
            "",
            True,
            "prevention",
        ),
        (
            "WAF_v2",
            'waf_configuration {\n enabled = false\n firewall_mode = "Prevention"\n}',
            "",
            False,
            UNKNOWN,
        ),
        (
            "WAF_v2",
            "firewall_policy_id = azurerm_web_application_firewall_policy.shop.id",
            WAF % ("true", "Detection"),
            True,
            "detection",
        ),
        (
            "WAF_v2",
            "firewall_policy_id = azurerm_web_application_firewall_policy.shop.id",
            WAF % ("false", "Detection"),
            False,
            UNKNOWN,
        ),
        ("WAF_v2", 'firewall_policy_id = "/subscriptions/s/waf"', "", True, UNKNOWN),
    ],
)
def test_a_web_application_firewall(sku: str, inside: str, beside: str, waf: bool, mode: object) -> None:
    gateway = declared(_text(inside, sku) + beside)[_ADDRESS]
    assert told(gateway, "waf") is waf
    if mode != UNKNOWN or waf:
        assert told(gateway, "waf.mode") == mode


def test_a_listener_with_a_policy_of_its_own() -> None:
    profile = 'ssl_profile {\n name = "old"\n ' + _policy(policy_name='"AppGwSslPolicy20150501"') + "\n}"
    listener = declared(_text(profile, listener='ssl_profile_name = "old"'))[f"{_ADDRESS}#http_listener[0]"]
    assert told(listener, "tls.min_version") == "1.0"


@pytest.mark.parametrize(
    ("frontend", "public"),
    [
        ('frontend_ip_configuration {\n name = "f"\n public_ip_address_id = "/subscriptions/s/ip"\n}', True),
        ('frontend_ip_configuration {\n name = "f"\n subnet_id = "/subscriptions/s/subnet"\n}', False),
        ('frontend_ip_configuration {\n name = "f"\n public_ip_address_id = var.choice\n}', UNKNOWN),
    ],
)
def test_a_public_address(frontend: str, public: object) -> None:
    assert told(declared(_text(frontend))[_ADDRESS], "network.public") == public
