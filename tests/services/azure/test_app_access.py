"""Who reaches an app of App Service: its rules, its certificates, its sign-in, and by which network it sends."""

from __future__ import annotations

from typing import Any

import pytest

from tests.parity import NOT_APPLICABLE, UNKNOWN, from_arm, values
from tests.services.azure.declared import declared, pinned, together, told
from tests.services.azure.pairs import resource
from tfaudit.model.settings import NotApplicable

_PIN = pinned("~> 4.50")
APP = """
variable "choice" {{}}
resource "azurerm_{type}" "shop" {{
  name                = "shop"
  resource_group_name = "rg"
  {outside}
  site_config {{
    {inside}
  }}
}}
"""
_OFFICE = 'ip_restriction { ip_address = "198.51.100.0/24" }'
_EVERYONE = 'ip_restriction { ip_address = "0.0.0.0/0" }'
_DENY = 'ip_restriction_default_action = "Deny"'
_SCM_DENY = 'scm_ip_restriction_default_action = "Deny"'
_NOT = "not applicable"

_RULES: list[tuple[str, str, str, Any]] = [
    # type, what stands in site_config, the setting, what it is
    ("linux_web_app", "", "network.public", True),
    ("linux_web_app", _DENY, "network.public", False),
    ("linux_web_app", _OFFICE, "network.public", True),
    ("linux_web_app", _OFFICE, "network.rules_let_in_all", True),
    ("linux_web_app", f"{_OFFICE}\n{_DENY}", "network.public", False),
    ("linux_web_app", f"{_OFFICE}\n{_DENY}", "network.rules_let_in_all", False),
    ("linux_web_app", f"{_EVERYONE}\n{_DENY}", "network.public", True),
    ("linux_web_app", f"{_OFFICE}\n{_EVERYONE}\n{_DENY}", "network.rules_let_in_all", True),
    ("linux_web_app", _DENY, "network.rules_let_in_all", _NOT),
    (
        "linux_web_app",
        'ip_restriction {\nip_address = "192.0.2.1/32"\naction = "Deny"\n}',
        "network.public",
        True,
    ),
    (
        "linux_web_app",
        'ip_restriction {\nip_address = "192.0.2.1/32"\naction = "Deny"\n}',
        "network.rules_let_in_all",
        _NOT,
    ),
    (
        "linux_web_app",
        'ip_restriction {\nip_address = "0.0.0.0/0"\naction = "Deny"\npriority = 200\n}\n' + _OFFICE,
        "network.public",
        False,
    ),
    (
        "linux_web_app",
        (
            'ip_restriction {\nip_address = "0.0.0.0/0"\naction = "Deny"\npriority = 200\n}\n'
            'ip_restriction {\nip_address = "0.0.0.0/0"\npriority = 100\n}'
        ),
        "network.public",
        True,
    ),
    (
        "linux_web_app",
        _DENY + '\nip_restriction {\nip_address = "0.0.0.0/0"\nheaders { x_azure_fdid = ["f"] }\n}',
        "network.public",
        False,
    ),
    (
        "linux_web_app",
        _DENY + '\nip_restriction { service_tag = "AzureFrontDoor.Backend" }',
        "network.public",
        False,
    ),
    ("linux_web_app", _DENY + "\nip_restriction { ip_address = var.choice }", "network.public", UNKNOWN),
    ("linux_web_app", "ip_restriction_default_action = var.choice", "network.public", UNKNOWN),
    ("linux_web_app", _DENY, "network.publishing_public", True),
    ("linux_web_app", f"{_DENY}\nscm_use_main_ip_restriction = true", "network.publishing_public", False),
    (
        "linux_web_app",
        f"{_DENY}\nscm_use_main_ip_restriction = var.choice",
        "network.publishing_public",
        UNKNOWN,
    ),
    ("linux_web_app", _SCM_DENY, "network.publishing_public", False),
    ("linux_web_app", f"scm_{_OFFICE}", "network.publishing_public", True),
    ("app_service", _OFFICE, "network.public", False),
    ("app_service", f"scm_{_OFFICE}", "network.publishing_public", False),
    ("app_service", f"{_OFFICE}\n{_EVERYONE}", "network.rules_let_in_all", True),
    ("function_app_flex_consumption", _OFFICE, "network.public", True),
    ("linux_web_app_slot", _OFFICE, "network.rules_let_in_all", True),
    ("linux_web_app", "http2_enabled = true", "http2", True),
    ("linux_web_app", "", "http2", False),
]
_OUTSIDE: list[tuple[str, str, str, Any]] = [
    # type, what stands outside of site_config, the setting, what it is
    ("linux_web_app", "public_network_access_enabled = false", "network.public", False),
    ("linux_web_app", "public_network_access_enabled = false", "network.publishing_public", False),
    ("linux_web_app", "public_network_access_enabled = var.choice", "network.public", UNKNOWN),
    ("linux_web_app", "client_certificate_enabled = true", "client_certificates.required", True),
    ("linux_function_app", "client_certificate_enabled = true", "client_certificates.required", False),
    (
        "linux_web_app",
        'client_certificate_enabled = true\nclient_certificate_mode = "Optional"',
        "client_certificates.required",
        False,
    ),
    ("linux_web_app", 'client_certificate_mode = "Required"', "client_certificates.required", False),
    ("function_app", 'client_cert_mode = "Required"', "client_certificates.required", True),
    ("logic_app_standard", "", "client_certificates.required", False),
    ("linux_web_app", "", "client_certificates.paths_left_out", []),
    (
        "linux_web_app",
        'client_certificate_exclusion_paths = "/api"',
        "client_certificates.paths_left_out",
        _NOT,
    ),
    ("linux_web_app", "client_certificate_enabled = true", "client_certificates.paths_left_out", []),
    (
        "linux_web_app",
        'client_certificate_enabled = true\nclient_certificate_exclusion_paths = "/health; /api,/x"',
        "client_certificates.paths_left_out",
        ["/health", "/api", "/x"],
    ),
    ("linux_web_app", "", "network.all_outbound_routed", _NOT),
    ("linux_web_app", 'virtual_network_subnet_id = "s"', "network.all_outbound_routed", False),
    (
        "linux_web_app",
        'virtual_network_subnet_id = "s"\napp_settings = { WEBSITE_VNET_ROUTE_ALL = "1" }',
        "network.all_outbound_routed",
        True,
    ),
    ("linux_web_app", "virtual_network_subnet_id = var.choice", "network.all_outbound_routed", UNKNOWN),
    (
        "linux_web_app",
        'virtual_network_subnet_id = "s"\napp_settings = var.choice',
        "network.all_outbound_routed",
        UNKNOWN,
    ),
    (
        "function_app_flex_consumption",
        'virtual_network_subnet_id = "s"',
        "network.all_outbound_routed",
        UNKNOWN,
    ),
    (
        "linux_web_app",
        (
            "auth_settings_v2 {\nauth_enabled = true\nrequire_authentication = true\n"
            'unauthenticated_action = "AllowAnonymous"\n}'
        ),
        "authentication",
        False,
    ),
    (
        "linux_web_app",
        'auth_settings_v2 {\nauth_enabled = true\nrequire_authentication = true\nexcluded_paths = ["/*"]\n}',
        "authentication",
        False,
    ),
    (
        "linux_web_app",
        (
            "auth_settings_v2 {\nauth_enabled = true\nrequire_authentication = true\n"
            'excluded_paths = ["/health"]\n}'
        ),
        "authentication",
        True,
    ),
]
_TEXTS = [_PIN + APP.format(type=type_, outside="", inside=inside) for type_, inside, _, _ in _RULES]
_TEXTS += [_PIN + APP.format(type=type_, outside=outside, inside="") for type_, outside, _, _ in _OUTSIDE]
together(_TEXTS)
_ASKED = [(text, *case) for text, case in zip(_TEXTS, (*_RULES, *_OUTSIDE), strict=True)]


@pytest.mark.parametrize(("text", "type_", "said", "name", "value"), _ASKED, ids=range(len(_ASKED)))
def test_settings_of_an_app(text: str, type_: str, said: str, name: str, value: object) -> None:
    found = declared(text)[f"azurerm_{type_}.shop"]
    if value == _NOT:
        assert isinstance(found.settings[name], NotApplicable), said
    else:
        assert told(found, name) == value, said


def test_before_azurerm_4_it_is_not_known_who_said_what_becomes_of_others() -> None:
    text = APP.format(type="linux_web_app", outside="", inside=_OFFICE)
    assert told(declared(pinned("~> 3.80") + text)["azurerm_linux_web_app.shop"], "network.public") == UNKNOWN


def _arm(name: str, properties: dict[str, Any], *resources: dict[str, Any]) -> Any:
    (app,) = (
        each
        for each in from_arm(
            resource("Microsoft.Web/sites", "shop", properties=properties, resources=list(resources))
        )
        if each.kind == "web_app"
    )
    return _NOT if isinstance(app.settings[name], NotApplicable) else values(app, [name])[name]


def _config(name: str, **properties: Any) -> dict[str, Any]:
    return resource("config", name, properties=properties)


_ANY = {"ipAddress": "Any", "action": "Allow", "priority": 2147483647}
_ONE = {"ipAddress": "198.51.100.0/24,203.0.113.0/24", "action": "Allow", "priority": 100}
_NONE = {"ipAddress": "Any", "action": "Deny", "priority": 2147483647}
_V2 = {"platform": {"enabled": True}}


@pytest.mark.parametrize(
    ("name", "properties", "beside", "value"),
    [
        ("network.public", {}, (), True),
        ("network.public", {"publicNetworkAccess": "Disabled"}, (), False),
        ("network.public", {"siteConfig": {"publicNetworkAccess": "Disabled"}}, (), False),
        ("network.public", {"siteConfig": {"ipSecurityRestrictions": [_ONE]}}, (), False),
        ("network.public", {"siteConfig": {"ipSecurityRestrictions": [_ANY]}}, (), True),
        ("network.public", {"siteConfig": {"ipSecurityRestrictions": [_NONE, _ONE]}}, (), False),
        (
            "network.public",
            {"siteConfig": {"ipSecurityRestrictions": [{"ipAddress": "AzureCloud", "tag": "ServiceTag"}]}},
            (),
            False,
        ),
        ("network.public", {}, (_config("web", ipSecurityRestrictions=[_ONE]),), False),
        ("network.public", {"hostingEnvironmentProfile": {"id": "e"}}, (), UNKNOWN),
        ("network.rules_let_in_all", {"siteConfig": {"ipSecurityRestrictions": [_ONE, _ANY]}}, (), True),
        ("network.rules_let_in_all", {"siteConfig": {"ipSecurityRestrictions": [_NONE, _ONE]}}, (), False),
        ("network.rules_let_in_all", {"siteConfig": {"ipSecurityRestrictions": [_ANY]}}, (), _NOT),
        ("network.publishing_public", {"siteConfig": {"ipSecurityRestrictions": [_ONE]}}, (), True),
        (
            "network.publishing_public",
            {},
            (_config("web", ipSecurityRestrictions=[_ONE], scmIpSecurityRestrictionsUseMain=True),),
            False,
        ),
        ("http2", {}, (_config("web", http20Enabled=True),), True),
        ("client_certificates.required", {"clientCertEnabled": True}, (), True),
        ("network.all_outbound_routed", {}, (), _NOT),
        ("network.all_outbound_routed", {"virtualNetworkSubnetId": "s"}, (), False),
        (
            "network.all_outbound_routed",
            {"virtualNetworkSubnetId": "s", "outboundVnetRouting": {"applicationTraffic": True}},
            (),
            True,
        ),
        (
            "network.all_outbound_routed",
            {"virtualNetworkSubnetId": "s"},
            (_config("web", vnetRouteAllEnabled=True),),
            True,
        ),
        (
            "network.all_outbound_routed",
            {"siteConfig": {"vnetRouteAllEnabled": False}},
            (resource("networkConfig", "virtualNetwork", properties={"subnetResourceId": "s"}),),
            False,
        ),
        ("authentication", {}, (_config("authsettings", enabled=True),), True),
        (
            "authentication",
            {},
            (_config("authsettings", enabled=True, unauthenticatedClientAction="AllowAnonymous"),),
            False,
        ),
        (
            "authentication",
            {},
            (_config("authsettingsV2", **_V2, globalValidation={"requireAuthentication": True}),),
            True,
        ),
        (
            "authentication",
            {},
            (
                _config("authsettingsV2", platform={"enabled": False}),
                _config("authsettings", enabled=True),
            ),
            False,
        ),
        (
            "authentication",
            {},
            (
                _config(
                    "authsettingsV2",
                    **_V2,
                    globalValidation={
                        "requireAuthentication": True,
                        "unauthenticatedClientAction": "AllowAnonymous",
                    },
                ),
            ),
            False,
        ),
    ],
)
def test_settings_of_an_app_in_a_template(
    name: str, properties: dict[str, Any], beside: tuple[dict[str, Any], ...], value: object
) -> None:
    assert _arm(name, properties, *beside) == value


def test_a_private_endpoint_closes_the_public_address_where_nothing_is_said() -> None:
    app = resource("Microsoft.Web/sites", "shop", properties={})
    endpoint = resource(
        "Microsoft.Network/privateEndpoints",
        "shop",
        properties={
            "privateLinkServiceConnections": [
                {"properties": {"privateLinkServiceId": "[resourceId('Microsoft.Web/sites', 'shop')]"}}
            ]
        },
    )
    found = {each.kind: each for each in from_arm(app, endpoint)}
    assert told(found["web_app"], "network.public") is False


SLOTS = """
resource "azurerm_linux_web_app" "shop" {
  name = "shop"
  site_config {}
}
resource "azurerm_linux_web_app" "desk" {
  name = "desk"
  site_config {}
}
resource "azurerm_linux_web_app_slot" "shop" {
  name           = "next"
  app_service_id = azurerm_linux_web_app.shop.id
  site_config {}
}
resource "azurerm_linux_web_app_slot" "desk" {
  name           = "next"
  app_service_id = azurerm_linux_web_app.desk.id
  site_config {}
}
resource "azurerm_app_service_slot_virtual_network_swift_connection" "shop" {
  app_service_id = azurerm_linux_web_app.shop.id
  slot_name      = "next"
  subnet_id      = "/subscriptions/s/resourceGroups/rg/providers/Microsoft.Network/virtualNetworks/v/subnets/s"
}
"""


def test_a_slot_is_in_a_network_by_what_names_it_and_its_app() -> None:
    found = declared(SLOTS)
    name = "network.all_outbound_routed"
    assert told(found["azurerm_linux_web_app_slot.shop"], name) is False
    assert told(found["azurerm_linux_web_app_slot.desk"], name) == NOT_APPLICABLE
    assert told(found["azurerm_linux_web_app.shop"], name) == NOT_APPLICABLE


CHILDREN = """
resource "azurerm_linux_web_app" "shop" {
  name = "shop"
  site_config {}
}
resource "azapi_resource" "network" {
  type      = "Microsoft.Web/sites/networkConfig@2023-12-01"
  name      = "virtualNetwork"
  parent_id = azurerm_linux_web_app.shop.id
  body = { properties = {
    subnetResourceId = "/subscriptions/s/resourceGroups/rg/providers/Microsoft.Network/virtualNetworks/v/subnets/s"
  } }
}
resource "azapi_update_resource" "web" {
  type        = "Microsoft.Web/sites/config@2023-12-01"
  resource_id = "${azurerm_linux_web_app.shop.id}/config/web"
  body = { properties = { vnetRouteAllEnabled = true, ftpsState = "Disabled", http20Enabled = true } }
}
resource "azapi_update_resource" "sign_in" {
  type        = "Microsoft.Web/sites/config@2023-12-01"
  resource_id = "${azurerm_linux_web_app.shop.id}/config/authsettingsV2"
  body = { properties = {
    platform         = { enabled = true }
    globalValidation = { requireAuthentication = true }
  } }
}
"""


def test_what_azapi_configures_of_an_app_of_azurerms() -> None:
    app = declared(CHILDREN)["azurerm_linux_web_app.shop"]
    expected = {
        "network.all_outbound_routed": True,
        "plain_ftp": False,
        "http2": True,
        "authentication": True,
    }
    assert told(app, *expected) == expected
