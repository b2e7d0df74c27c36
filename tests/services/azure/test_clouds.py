"""Names that Azure gives in its other clouds are those of the same resources."""

from __future__ import annotations

from typing import Any

import pytest

from tests.parity import from_arm, from_bicep
from tests.services.azure.bicep import Spelled
from tests.services.azure.declared import declared, pinned, together, told
from tests.services.azure.pairs import resource
from tests.services.azure.store_blocks import front_door

_STORES = (
    pinned("~> 4.0")
    + """
resource "azurerm_storage_account" "orders" {
  name = "orders"
}
resource "azurerm_mssql_server" "orders" {
  name = "orders"
}
resource "azurerm_key_vault" "orders" {
  name = "orders"
}
resource "azurerm_cosmosdb_account" "orders" {
  name = "orders"
}
resource "azurerm_linux_web_app" "orders" {
  name = "orders"
}
"""
)
_STORE = "azurerm_storage_account.orders"
_VAULT = "azurerm_key_vault.orders"
_COSMOS = "azurerm_cosmosdb_account.orders"
_APP = "azurerm_linux_web_app.orders"
_LEADS_TO = {
    # a host, then what it is the name of
    "orders.blob.core.windows.net": _STORE,
    "orders.blob.core.usgovcloudapi.net": _STORE,
    "ORDERS.blob.core.chinacloudapi.cn": _STORE,
    "orders.z2.web.core.usgovcloudapi.net": _STORE,
    "orders.vault.usgovcloudapi.net": _VAULT,
    "orders.vault.azure.cn": _VAULT,
    "orders.documents.azure.us": _COSMOS,
    "orders.documents.azure.cn": _COSMOS,
    "orders.azurewebsites.us": _APP,
    "orders.chinacloudsites.cn": _APP,
    "orders-0123456789abcdef.usgovvirginia-01.azurewebsites.us": _APP,
    "orders.example.us": None,
    "orders.core.usgovcloudapi.net.example.org": None,
}
together(_STORES + front_door((f'"{each}"', "")).terraform for each in _LEADS_TO)


@pytest.mark.parametrize("host", _LEADS_TO)
def test_whose_name_a_host_is(host: str) -> None:
    found = declared(_STORES + front_door((f'"{host}"', "")).terraform)
    names = {_STORE: "network.published", _VAULT: "network.published", _COSMOS: "network.published"}
    told_of = {address for address, name in names.items() if told(found[address], name) is not False}
    if told(found[_APP], "network.published_by") != []:
        told_of.add(_APP)
    expected = _LEADS_TO[host]
    if expected is not None:
        assert told_of == {expected}
    else:
        assert _STORE not in told_of or told(found[_STORE], "network.published") == "(unknown)"


def profile(host: str) -> list[dict[str, Any]]:
    """Return a profile of Traffic Manager whose name a Front Door asks, and an app that it leads to."""
    return [
        resource("Microsoft.Web/sites", "orders", properties={}),
        resource(
            "Microsoft.Network/trafficManagerProfiles",
            "tm",
            properties={
                "dnsConfig": {"relativeName": "orders-tm"},
                "endpoints": [
                    {
                        "name": "e",
                        "type": "Microsoft.Network/trafficManagerProfiles/azureEndpoints",
                        "properties": {
                            "targetResourceId": "[resourceId('Microsoft.Web/sites', 'orders')]",
                            "endpointStatus": "Enabled",
                        },
                    }
                ],
            },
        ),
        *front_door(("", host)).arm,
    ]


@pytest.mark.parametrize(
    ("host", "leads"),
    [
        ("orders-tm.trafficmanager.net", True),
        ("orders-tm.usgovtrafficmanager.net", True),
        ("orders-tm.trafficmanager.cn", True),
        ("another.usgovtrafficmanager.net", False),
    ],
)
def test_a_profile_of_traffic_manager_is_known_by_its_name(host: str, leads: bool) -> None:
    resources = profile(host)
    for found in (from_arm(*resources), from_bicep(Spelled(resources).text)):
        app = next(each for each in found if each.kind == "web_app")
        ways = told(app, "network.published_by")
        assert any("Front Door" in each for each in ways) is leads, ways
