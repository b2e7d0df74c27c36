"""Ways by Traffic Manager, API Management, CDN and private link services: the same in every spelling, and live."""

from __future__ import annotations

from typing import Any, NamedTuple

import pytest

from tests.parity import UNKNOWN, from_arm, from_bicep
from tests.services.azure.bicep import Spelled
from tests.services.azure.declared import declared, together, told
from tests.services.azure.pairs import resource
from tests.services.azure.store_blocks import (
    NETWORK,
    Piece,
    firewall,
    front_door,
    gateway,
    id_,
    live,
    template,
    terraform,
)

_APP_HOST = ("azurerm_linux_web_app.a.default_hostname", "a.azurewebsites.net")
_TYPE = {"app": "azurerm_linux_web_app.a", "machine": "azurerm_linux_virtual_machine.m"}


class Case(NamedTuple):
    """Whether an app, or a machine, is published without a filter, and what stands around it."""

    expected: Any
    pieces: list[Piece]
    of: str = "app"
    way: str = ""


def _app(*, more: str = "", more_arm: dict[str, Any] | None = None) -> Piece:
    text = f'resource "azurerm_linux_web_app" "a" {{\n  name = "a"\n  {more}\n}}\n'
    return Piece(text, (resource("Microsoft.Web/sites", "a", properties=more_arm or {}),))


APP = _app()
CLOSED = _app(more="public_network_access_enabled = false", more_arm={"publicNetworkAccess": "Disabled"})
FRONT_DOOR_ONLY = _app(
    more="""site_config {
    ip_restriction_default_action = "Deny"
    ip_restriction {
      service_tag = "AzureFrontDoor.Backend"
      action      = "Allow"
      priority    = 100
    }
  }""",
    more_arm={
        "siteConfig": {
            "ipSecurityRestrictionsDefaultAction": "Deny",
            "ipSecurityRestrictions": [
                {
                    "ipAddress": "AzureFrontDoor.Backend",
                    "tag": "ServiceTag",
                    "action": "Allow",
                    "priority": 100,
                }
            ],
        }
    },
)


def _traffic_manager(*, external: bool = False) -> Piece:
    word, terraform_, type_ = ("azure", "target_resource_id = azurerm_linux_web_app.a.id", "azureEndpoints")
    target: dict[str, Any] = {"targetResourceId": id_("Microsoft.Web/sites", "a")["id"]}
    if external:
        word, terraform_, type_ = "external", f"target = {_APP_HOST[0]}", "externalEndpoints"
        target = {"target": _APP_HOST[1]}
    text = f"""
resource "azurerm_traffic_manager_profile" "t" {{
  name                   = "t"
  traffic_routing_method = "Weighted"
  dns_config {{
    relative_name = "shop"
    ttl           = 60
  }}
}}
resource "azurerm_traffic_manager_{word}_endpoint" "te" {{
  name       = "te"
  profile_id = azurerm_traffic_manager_profile.t.id
  {terraform_}
}}
"""
    made = resource(
        "Microsoft.Network/trafficmanagerprofiles",
        "t",
        properties={
            "dnsConfig": {"relativeName": "shop", "ttl": 60},
            "endpoints": [
                {
                    "name": "te",
                    "type": f"Microsoft.Network/trafficManagerProfiles/{type_}",
                    "properties": target,
                }
            ],
        },
    )
    return Piece(text, (made,))


def _management(
    *, more: str = "", more_arm: dict[str, Any] | None = None, url: tuple[str, str] | None = None
) -> Piece:
    to = url or (f'"https://${{{_APP_HOST[0]}}}/v1"', f"https://{_APP_HOST[1]}/v1")
    text = f"""
resource "azurerm_api_management" "am" {{
  name     = "am"
  sku_name = "Developer_1"
  {more}
}}
resource "azurerm_api_management_api" "orders" {{
  name                = "orders"
  api_management_name = azurerm_api_management.am.name
  revision            = "1"
  service_url         = {to[0]}
}}
"""
    service = "Microsoft.ApiManagement/service"
    made = (
        resource(service, "am", sku={"name": "Developer", "capacity": 1}, properties=more_arm or {}),
        resource(f"{service}/apis", "am/orders", properties={"serviceUrl": to[1], "path": "orders"}),
    )
    return Piece(text, made)


_INSIDE = (
    (
        'virtual_network_type = "Internal"\n  virtual_network_configuration {\n'
        "    subnet_id = azurerm_subnet.front.id\n  }"
    ),
    {
        "virtualNetworkType": "Internal",
        "virtualNetworkConfiguration": {
            "subnetResourceId": id_("Microsoft.Network/virtualNetworks/subnets", "n", "front")["id"]
        },
    },
)
_OUTSIDE = (_INSIDE[0].replace("Internal", "External"), {**_INSIDE[1], "virtualNetworkType": "External"})
_SHUT = ("public_network_access_enabled = false", {"publicNetworkAccess": "Disabled"})
_NO_GATEWAY = ("gateway_disabled = true", {"disableGateway": True})


def _in(chosen: tuple[str, dict[str, Any]]) -> Piece:
    return _management(more=chosen[0], more_arm=chosen[1])


SELF_HOSTED = Piece(
    """
resource "azurerm_api_management_gateway" "shop" {
  name              = "shop"
  api_management_id = azurerm_api_management.am.id
  location_data {
    name = "shop"
  }
}
""",
    (
        resource(
            "Microsoft.ApiManagement/service/gateways",
            "am/shop",
            properties={"locationData": {"name": "shop"}},
        ),
    ),
)


def _backend(*, named: bool) -> Piece:
    """Return a service with a backend, which the policy of the service names or does not."""
    policy = '<policies><inbound><set-backend-service backend-id="shop" /></inbound></policies>'
    text = f"""
resource "azurerm_api_management" "am" {{
  name     = "am"
  sku_name = "Developer_1"
}}
resource "azurerm_api_management_backend" "shop" {{
  name                = "shop"
  api_management_name = azurerm_api_management.am.name
  protocol            = "http"
  url                 = "https://${{{_APP_HOST[0]}}}"
}}
"""
    service = "Microsoft.ApiManagement/service"
    made = [
        resource(service, "am", sku={"name": "Developer", "capacity": 1}, properties={}),
        resource(
            f"{service}/backends",
            "am/shop",
            properties={"protocol": "http", "url": f"https://{_APP_HOST[1]}"},
        ),
    ]
    if named:
        text += f"""
resource "azurerm_api_management_policy" "p" {{
  api_management_id = azurerm_api_management.am.id
  xml_content       = <<-XML
    {policy}
  XML
}}
"""
        made.append(
            resource(f"{service}/policies", "am/policy", properties={"format": "rawxml", "value": policy})
        )
    return Piece(text, tuple(made))


def _cdn(to: tuple[str, str] = _APP_HOST, *, more: dict[str, Any] | None = None) -> Piece:
    text = f"""
resource "azurerm_cdn_profile" "c" {{
  name = "c"
  sku  = "Standard_Microsoft"
}}
resource "azurerm_cdn_endpoint" "ce" {{
  name         = "ce"
  profile_name = azurerm_cdn_profile.c.name
  origin {{
    name      = "o"
    host_name = {to[0]}
  }}
}}
"""
    made = (
        resource("Microsoft.Cdn/profiles", "c", sku={"name": "Standard_Microsoft"}),
        resource(
            "Microsoft.Cdn/profiles/endpoints",
            "c/ce",
            properties={"origins": [{"name": "o", "properties": {"hostName": to[1]}}], **(more or {})},
        ),
    )
    return Piece(text, made)


_ENDPOINT = Piece(
    """
resource "azurerm_private_endpoint" "e" {
  name      = "e"
  subnet_id = azurerm_subnet.ends.id
  ip_configuration {
    name               = "c"
    private_ip_address = "10.0.3.5"
  }
  private_service_connection {
    name                           = "c"
    private_connection_resource_id = azurerm_linux_web_app.a.id
    is_manual_connection           = false
  }
}
""",
    (
        resource(
            "Microsoft.Network/privateEndpoints",
            "e",
            properties={
                "subnet": id_("Microsoft.Network/virtualNetworks/subnets", "n", "ends"),
                "ipConfigurations": [{"name": "c", "properties": {"privateIPAddress": "10.0.3.5"}}],
                "privateLinkServiceConnections": [
                    {
                        "name": "c",
                        "properties": {"privateLinkServiceId": id_("Microsoft.Web/sites", "a")["id"]},
                    }
                ],
            },
        ),
    ),
)

_BALANCER = "Microsoft.Network/loadBalancers"
_MACHINE = Piece(
    """
resource "azurerm_network_interface" "i" {
  name = "i"
  ip_configuration {
    name                          = "c"
    subnet_id                     = azurerm_subnet.ends.id
    private_ip_address_allocation = "Static"
    private_ip_address            = "10.0.3.4"
  }
}
resource "azurerm_linux_virtual_machine" "m" {
  name                  = "m"
  network_interface_ids = [azurerm_network_interface.i.id]
}
resource "azurerm_lb" "b" {
  name = "b"
  sku  = "Standard"
  frontend_ip_configuration {
    name               = "in"
    subnet_id          = azurerm_subnet.front.id
    private_ip_address = "10.0.2.10"
  }
}
resource "azurerm_lb_backend_address_pool" "bp" {
  name            = "bp"
  loadbalancer_id = azurerm_lb.b.id
}
resource "azurerm_network_interface_backend_address_pool_association" "b" {
  network_interface_id    = azurerm_network_interface.i.id
  ip_configuration_name   = "c"
  backend_address_pool_id = azurerm_lb_backend_address_pool.bp.id
}
resource "azurerm_lb_rule" "br" {
  name                           = "br"
  loadbalancer_id                = azurerm_lb.b.id
  protocol                       = "Tcp"
  frontend_port                  = 443
  backend_port                   = 8443
  frontend_ip_configuration_name = "in"
  backend_address_pool_ids       = [azurerm_lb_backend_address_pool.bp.id]
}
""",
    (
        resource(
            "Microsoft.Network/networkInterfaces",
            "i",
            properties={
                "ipConfigurations": [
                    {
                        "name": "c",
                        "properties": {
                            "subnet": id_("Microsoft.Network/virtualNetworks/subnets", "n", "ends"),
                            "privateIPAllocationMethod": "Static",
                            "privateIPAddress": "10.0.3.4",
                            "loadBalancerBackendAddressPools": [
                                id_(f"{_BALANCER}/backendAddressPools", "b", "bp")
                            ],
                        },
                    }
                ]
            },
        ),
        resource(
            "Microsoft.Compute/virtualMachines",
            "m",
            properties={
                "networkProfile": {"networkInterfaces": [id_("Microsoft.Network/networkInterfaces", "i")]}
            },
        ),
        resource(
            _BALANCER,
            "b",
            sku={"name": "Standard"},
            properties={
                "frontendIPConfigurations": [
                    {
                        "name": "in",
                        "properties": {
                            "subnet": id_("Microsoft.Network/virtualNetworks/subnets", "n", "front"),
                            "privateIPAddress": "10.0.2.10",
                        },
                    }
                ],
                "backendAddressPools": [{"name": "bp", "properties": {}}],
                "loadBalancingRules": [
                    {
                        "name": "br",
                        "properties": {
                            "protocol": "Tcp",
                            "frontendPort": 443,
                            "backendPort": 8443,
                            "frontendIPConfiguration": id_(
                                f"{_BALANCER}/frontendIPConfigurations", "b", "in"
                            ),
                            "backendAddressPool": id_(f"{_BALANCER}/backendAddressPools", "b", "bp"),
                        },
                    }
                ],
            },
        ),
    ),
)
_LINK_SERVICE = Piece(
    """
resource "azurerm_private_link_service" "pls" {
  name                                        = "pls"
  load_balancer_frontend_ip_configuration_ids = [azurerm_lb.b.frontend_ip_configuration[0].id]
  nat_ip_configuration {
    name      = "c"
    primary   = true
    subnet_id = azurerm_subnet.front.id
  }
}
""",
    (
        resource(
            "Microsoft.Network/privateLinkServices",
            "pls",
            properties={
                "loadBalancerFrontendIpConfigurations": [
                    id_(f"{_BALANCER}/frontendIPConfigurations", "b", "in")
                ],
                "ipConfigurations": [
                    {
                        "name": "c",
                        "properties": {
                            "subnet": id_("Microsoft.Network/virtualNetworks/subnets", "n", "front")
                        },
                    }
                ],
            },
        ),
    ),
)
_TO_LINK = (
    "azurerm_private_link_service.pls.id",
    id_("Microsoft.Network/privateLinkServices", "pls"),
)
_ANY_NAME = ('"shop.example"', "shop.example")
_OFF = (
    'traffic_routing_method = "Weighted"',
    'traffic_routing_method = "Weighted"\n  profile_status = "Disabled"',
    '"dnsConfig"',
    '"profileStatus": "Disabled", "dnsConfig"',
)
_MANAGER = ('"shop.trafficmanager.net"', "shop.trafficmanager.net")
_MANAGED = ('"am.azure-api.net"', "am.azure-api.net")
_MANAGED_URL = ('trimprefix(azurerm_api_management.am.gateway_url, "https://")', "am.azure-api.net")

CASES: dict[str, Case] = {
    "an app alone": Case(False, [NETWORK, APP]),
    # Traffic Manager
    "Traffic Manager": Case(
        True, [NETWORK, APP, _traffic_manager()], way="the internet > Traffic Manager t > endpoint te > a"
    ),
    "Traffic Manager by a name": Case(True, [NETWORK, APP, _traffic_manager(external=True)]),
    "Traffic Manager that is switched off": Case(False, [NETWORK, APP, _traffic_manager().with_(_OFF)]),
    "Traffic Manager to a closed app": Case(False, [NETWORK, CLOSED, _traffic_manager()]),
    "Traffic Manager to an app that lets in Front Door alone": Case(
        False, [NETWORK, FRONT_DOOR_ONLY, _traffic_manager()]
    ),
    "Front Door to an app that lets in Front Door alone": Case(
        True, [NETWORK, FRONT_DOOR_ONLY, front_door(_APP_HOST)]
    ),
    "Front Door to Traffic Manager": Case(
        True,
        [NETWORK, FRONT_DOOR_ONLY, _traffic_manager(), front_door(_MANAGER)],
        way="the internet > Front Door endpoint fe > route r > origin o > Traffic Manager t > endpoint te > a",
    ),
    "Front Door to another profile": Case(
        False,
        [
            NETWORK,
            FRONT_DOOR_ONLY,
            _traffic_manager(),
            front_door(('"other.trafficmanager.net"', "other.trafficmanager.net")),
        ],
    ),
    # API Management
    "API Management": Case(
        True, [NETWORK, APP, _management()], way="the internet > API Management am > API orders > a"
    ),
    "API Management to another app": Case(
        False,
        [NETWORK, APP, _management(url=('"https://b.azurewebsites.net"', "https://b.azurewebsites.net"))],
    ),
    "API Management to what is not known": Case(
        UNKNOWN, [NETWORK, APP, _management(url=("var.x", "[parameters('x')]"))]
    ),
    "API Management outside, to a closed app": Case(False, [NETWORK, CLOSED, _management()]),
    "API Management in a network, to a closed app": Case(True, [NETWORK, CLOSED, _in(_OUTSIDE)]),
    "API Management inside": Case(False, [NETWORK, APP, _in(_INSIDE)]),
    "API Management that takes nothing from outside": Case(False, [NETWORK, APP, _in(_SHUT)]),
    "API Management without its gateway": Case(False, [NETWORK, APP, _in(_NO_GATEWAY)]),
    "API Management inside, and a gateway that runs elsewhere": Case(
        UNKNOWN, [NETWORK, APP, _in(_INSIDE), SELF_HOSTED]
    ),
    "API Management without its own gateway, and one that runs elsewhere": Case(
        UNKNOWN, [NETWORK, APP, _in(_NO_GATEWAY), SELF_HOSTED]
    ),
    "API Management outside, and a gateway that runs elsewhere": Case(
        True, [NETWORK, APP, _management(), SELF_HOSTED]
    ),
    "API Management inside, behind a gateway": Case(
        True,
        [NETWORK, APP, _in(_INSIDE), gateway(_MANAGED)],
        way="the internet > public address p > application gateway gw > listener l > rule r > pool stores > "
        "API Management am > API orders > a",
    ),
    "API Management, and Front Door by its address": Case(
        True, [NETWORK, APP, _in(_NO_GATEWAY), front_door(_MANAGED_URL)]
    ),
    "a backend that a policy names": Case(True, [NETWORK, APP, _backend(named=True)]),
    "a backend that no policy names": Case(UNKNOWN, [NETWORK, APP, _backend(named=False)]),
    # CDN
    "CDN": Case(True, [NETWORK, APP, _cdn()], way="the internet > CDN endpoint ce > origin o > a"),
    "CDN to a closed app": Case(False, [NETWORK, CLOSED, _cdn()]),
    "CDN to another app": Case(False, [NETWORK, APP, _cdn(('"b.azurewebsites.net"', "b.azurewebsites.net"))]),
    # private endpoints of apps
    "a gateway to the private endpoint of an app": Case(
        True, [NETWORK, CLOSED, _ENDPOINT, gateway(('"10.0.3.5"', "10.0.3.5"), address=True)]
    ),
    "a firewall to the private endpoint of an app": Case(
        True,
        [NETWORK, CLOSED, _ENDPOINT, firewall(('"10.0.3.5"', "10.0.3.5"), port=443)],
        way="the internet > public address p > firewall f > rule data of nat > a",
    ),
    "a firewall to another address": Case(
        False, [NETWORK, CLOSED, _ENDPOINT, firewall(('"10.0.3.6"', "10.0.3.6"), port=443)]
    ),
    "a gateway to another address": Case(
        False, [NETWORK, CLOSED, _ENDPOINT, gateway(('"10.0.3.6"', "10.0.3.6"), address=True)]
    ),
    # private links to a service of one's own
    "Front Door to a private link service": Case(
        True,
        [NETWORK, _MACHINE, _LINK_SERVICE, front_door(_ANY_NAME, _TO_LINK)],
        "machine",
        "the internet > Front Door endpoint fe > route r > origin o > private link service pls > rule br of "
        "load balancer b > interface i: 8443",
    ),
    "a private link service that nothing leads to": Case(
        False, [NETWORK, _MACHINE, _LINK_SERVICE], "machine"
    ),
    "Front Door to another private link service": Case(
        False,
        [
            NETWORK,
            _MACHINE,
            _LINK_SERVICE,
            front_door(
                _ANY_NAME,
                (
                    (
                        '"/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg/providers/'
                        'Microsoft.Network/privateLinkServices/other"'
                    ),
                    id_("Microsoft.Network/privateLinkServices", "other"),
                ),
            ),
        ],
        "machine",
    ),
}
together(terraform(each.pieces) for each in CASES.values())
_UNFILTERED = "network.published_unfiltered"


def _same(found: Any, case: Case) -> None:
    assert told(found, _UNFILTERED) == case.expected
    if case.way:
        assert told(found, "network.published_by") == [case.way]


@pytest.mark.parametrize("name", CASES)
def test_in_terraform(name: str) -> None:
    case = CASES[name]
    _same(declared(terraform(case.pieces))[_TYPE[case.of]], case)


def _of(found: list[Any], case: Case) -> Any:
    kind, name = ("web_app", "a") if case.of == "app" else ("instance", "m")
    return next(each for each in found if each.kind == kind and each.name == name)


@pytest.mark.parametrize("name", CASES)
@pytest.mark.parametrize("spelling", ["template", "bicep"])
def test_in_a_template_and_in_bicep(name: str, spelling: str) -> None:
    case = CASES[name]
    resources = template(case.pieces)
    if spelling == "template":
        found = from_arm(*resources, parameters={"x": {"type": "string"}})
    else:
        found = from_bicep("param x string\n" + Spelled(resources).text.replace("parameters('x')", "x"))
    _same(_of(found, case), case)


@pytest.mark.parametrize(
    "name", [name for name, case in CASES.items() if "parameters(" not in str(template(case.pieces))]
)
def test_in_a_live_subscription(name: str) -> None:
    case = CASES[name]
    _same(_of(live(template(case.pieces)), case), case)


_STOPPED = {"resourceState": "Stopped"}


def test_a_cdn_that_was_stopped_leads_nowhere() -> None:
    found = live(template([NETWORK, APP, _cdn(more=_STOPPED)]))
    assert told(_of(found, Case(False, [])), _UNFILTERED) is False


@pytest.mark.parametrize(("state", "expected"), [("Enabled", False), ("Disabled", True)])
def test_a_firewall_of_a_cdn_filters_where_it_is_on(state: str, expected: bool) -> None:
    policy = resource(
        "Microsoft.Cdn/cdnWebApplicationFirewallPolicies",
        "w",
        properties={"policySettings": {"enabledState": state}},
    )
    link = {"webApplicationFirewallPolicyLink": id_("Microsoft.Cdn/cdnWebApplicationFirewallPolicies", "w")}
    found = from_arm(*template([NETWORK, APP, _cdn(more=link)]), policy)
    assert told(_of(found, Case(expected, [])), _UNFILTERED) is expected


@pytest.mark.parametrize("state", ["Pending", "Rejected", "Disconnected"])
def test_a_private_link_that_is_not_approved_leads_nowhere(state: str) -> None:
    resources = template([NETWORK, CLOSED, front_door(_APP_HOST, ("", id_("Microsoft.Web/sites", "a")))])
    for each in resources:
        if each["type"].endswith("/origins"):
            each["properties"]["sharedPrivateLinkResource"]["status"] = state
    assert told(_of(live(resources), Case(False, [])), _UNFILTERED) is False
