"""Names of somebody's own are followed by the records of the DNS zones that are declared beside them."""

from __future__ import annotations

from typing import Any, NamedTuple

import pytest

from tests.parity import from_arm, from_bicep
from tests.services.azure.bicep import Spelled
from tests.services.azure.declared import declared, pinned, together, told
from tests.services.azure.pairs import resource
from tests.services.azure.store_blocks import front_door
from tfaudit.model.asset import Asset

_ZONE = "Microsoft.Network/dnsZones"


class Record(NamedTuple):
    """A record: its type, its name and what it says."""

    type: str
    name: str
    to: str


class Case(NamedTuple):
    """The host that a Front Door asks, the records, and whether it leads to the account."""

    host: str
    records: tuple[Record, ...]
    expected: Any


_WEB = "orders.z6.web.core.windows.net"
CASES = {
    "its own name": Case(_WEB, (), True),
    "a name that leads to it": Case("shop.example.org", (Record("CNAME", "shop", _WEB),), True),
    "in capitals, with a dot": Case("SHOP.example.org", (Record("CNAME", "shop", f"{_WEB}."),), True),
    "of the zone itself": Case("example.org", (Record("CNAME", "@", _WEB),), True),
    "by two records": Case(
        "shop.example.org",
        (Record("CNAME", "shop", "web.example.org"), Record("CNAME", "web", _WEB)),
        True,
    ),
    "to another account": Case(
        "shop.example.org", (Record("CNAME", "shop", "others.z6.web.core.windows.net"),), False
    ),
    "to an app": Case("shop.example.org", (Record("CNAME", "shop", "shop.azurewebsites.net"),), False),
    "to somebody else's": Case("shop.example.org", (Record("CNAME", "shop", "shop.example.com"),), False),
    "in a circle": Case(
        "a.example.org",
        (Record("CNAME", "a", "b.example.org"), Record("CNAME", "b", "a.example.org")),
        False,
    ),
    "a record of another name": Case("shop.example.org", (Record("CNAME", "web", _WEB),), False),
    "to an address": Case("shop.example.org", (Record("A", "shop", "203.0.113.9"),), False),
    "without a record": Case("shop.example.org", (), False),
}


def in_terraform(case: Case) -> str:
    records = "".join(
        f"""
resource "azurerm_dns_{"cname" if each.type == "CNAME" else "a"}_record" "r{number}" {{
  name                = "{each.name}"
  zone_name           = azurerm_dns_zone.z.name
  resource_group_name = "rg"
  {f'record = "{each.to}"' if each.type == "CNAME" else f'records = ["{each.to}"]'}
}}
"""
        for number, each in enumerate(case.records)
    )
    return f"""
{pinned("~> 4.0")}
variable "x" {{}}
resource "azurerm_storage_account" "orders" {{
  name = "orders"
}}
resource "azurerm_dns_zone" "z" {{
  name                = "example.org"
  resource_group_name = "rg"
}}
{records}
{front_door((f'"{case.host}"', "")).terraform}
"""


together(in_terraform(each) for each in CASES.values())


@pytest.mark.parametrize("name", CASES)
def test_in_terraform(name: str) -> None:
    case = CASES[name]
    found = declared(in_terraform(case))["azurerm_storage_account.orders"]
    assert told(found, "network.published") == case.expected


def in_template(case: Case) -> list[dict[str, Any]]:
    return [
        resource("Microsoft.Storage/storageAccounts", "orders", properties={}),
        resource(_ZONE, "example.org"),
        *(
            resource(
                f"{_ZONE}/{each.type}",
                f"example.org/{each.name}",
                properties={"CNAMERecord": {"cname": each.to}}
                if each.type == "CNAME"
                else {"ARecords": [{"ipv4Address": each.to}]},
            )
            for each in case.records
        ),
        *front_door(("", case.host)).arm,
    ]


def account(found: list[Asset]) -> Asset:
    return next(each for each in found if each.kind == "object_store")


@pytest.mark.parametrize("name", CASES)
def test_in_a_template_and_in_bicep(name: str) -> None:
    case = CASES[name]
    resources = in_template(case)
    for found in (from_arm(*resources), from_bicep(Spelled(resources).text)):
        assert told(account(found), "network.published") == case.expected


_APP = """
resource "azurerm_linux_web_app" "a" {
  name                          = "shop"
  resource_group_name           = "rg"
}
resource "azurerm_traffic_manager_profile" "t" {
  name                   = "t"
  resource_group_name    = "rg"
  traffic_routing_method = "Priority"
  dns_config {
    relative_name = "shop-tm"
    ttl           = 60
  }
}
resource "azurerm_traffic_manager_azure_endpoint" "e" {
  name               = "e"
  profile_id         = azurerm_traffic_manager_profile.t.id
  target_resource_id = azurerm_linux_web_app.a.id
}
resource "azurerm_dns_zone" "z" {
  name                = "example.org"
  resource_group_name = "rg"
}
resource "azurerm_dns_cname_record" "www" {
  name                = "www"
  zone_name           = "example.org"
  resource_group_name = "rg"
  %s
}
"""
_RECORDS = {
    "by the profile's name": 'record = "shop-tm.trafficmanager.net"',
    "by the profile": "target_resource_id = azurerm_traffic_manager_profile.t.id",
    "by the app's name": "record = azurerm_linux_web_app.a.default_hostname",
}
_HOSTS = ('"www.example.org"', "azurerm_dns_cname_record.www.fqdn")
_TEXTS = {
    (name, host): pinned("~> 4.0") + 'variable "x" {}\n' + _APP % record + front_door((host, "")).terraform
    for name, record in _RECORDS.items()
    for host in _HOSTS
}
together(_TEXTS.values())


@pytest.mark.parametrize(("name", "host"), _TEXTS)
def test_a_name_leads_to_an_app(name: str, host: str) -> None:
    found = declared(_TEXTS[name, host])["azurerm_linux_web_app.a"]
    ways = told(found, "network.published_by")
    assert any("Front Door" in each for each in ways), ways
