"""Web apps and function apps of Azure."""

from __future__ import annotations

from typing import Any

import pytest

from tests.parity import UNKNOWN
from tests.services.azure.declared import declared, together, told
from tfaudit.model.settings import Default

APP = """
variable "choice" {}
resource "azurerm_linux_web_app" "shop" {
  name                = "shop"
  resource_group_name = "rg"
  %s
}
"""
OLDER = """
resource "azurerm_app_service" "shop" {
  name                = "shop"
  resource_group_name = "rg"
  %s
}
"""
_ADDRESS = "azurerm_linux_web_app.shop"

_SETTINGS: list[tuple[Any, ...]] = [
    ("https_only", "", False),
    ("https_only", "https_only = true", True),
    ("https_only", "https_only = var.choice", UNKNOWN),
    ("tls.min_version", "", "1.2"),
    ("tls.min_version", 'site_config { minimum_tls_version = "1.0" }', "1.0"),
    ("plain_ftp", "", False),
    ("plain_ftp", 'site_config { ftps_state = "AllAllowed" }', True),
    ("plain_ftp", 'site_config { ftps_state = "FtpsOnly" }', False),
    ("plain_ftp", "site_config { ftps_state = var.choice }", UNKNOWN),
    ("basic_publishing", "", True),
    ("basic_publishing", "ftp_publish_basic_authentication_enabled = false", True),
    (
        "basic_publishing",
        "ftp_publish_basic_authentication_enabled = false\nwebdeploy_publish_basic_authentication_enabled = false",
        False,
    ),
    (
        "basic_publishing",
        "ftp_publish_basic_authentication_enabled = false\nwebdeploy_publish_basic_authentication_enabled = var.choice",
        UNKNOWN,
    ),
    ("remote_debugging", "", False),
    ("remote_debugging", "site_config { remote_debugging_enabled = true }", True),
    ("managed_identity", "", False),
    ("managed_identity", 'identity { type = "SystemAssigned" }', True),
    ("authentication", "", False),
    ("authentication", "auth_settings_v2 { auth_enabled = true }", False),
    ("authentication", "auth_settings_v2 {\nauth_enabled = true\nrequire_authentication = true\n}", True),
    ("authentication", "auth_settings { enabled = true }", True),
    (
        "authentication",
        'auth_settings {\nenabled = true\nunauthenticated_client_action = "AllowAnonymous"\n}',
        False,
    ),
    ("inline_secrets", "", False),
    ("inline_secrets", 'app_settings = { COLOUR = "red" }', False),
    ("inline_secrets", 'app_settings = { DB_PASSWORD = "hunter2!" }', True),
    ("inline_secrets", 'app_settings = { DB_PASSWORD = "@Microsoft.KeyVault(SecretUri=x)" }', False),
    ("inline_secrets", "app_settings = { DB_PASSWORD = azurerm_key_vault_secret.db.value }", False),
    ("inline_secrets", "app_settings = var.choice", UNKNOWN),
    ("inline_secrets", "app_settings = { DB_PASSWORD = var.choice }", False),
    (
        "inline_secrets",
        'connection_string {\nname = "db"\ntype = "SQLAzure"\nvalue = "Server=x;Password=hunter2!"\n}',
        True,
    ),
]
together(APP % inside for _, inside, _ in _SETTINGS)


@pytest.mark.parametrize(("name", "inside", "value"), _SETTINGS)
def test_settings_of_an_app(name: str, inside: str, value: object) -> None:
    assert told(declared(APP % inside)[_ADDRESS], name) == value


def test_the_older_resource_lets_plain_ftp_in_by_default() -> None:
    found = declared(OLDER % "")["azurerm_app_service.shop"]
    assert told(found, "plain_ftp") is True
    assert told(found, "tls.min_version") == "1.2"


def test_a_slot_is_an_app_of_its_own() -> None:
    text = APP % "" + (
        'resource "azurerm_linux_web_app_slot" "next" {\n'
        '  name = "next"\n  app_service_id = azurerm_linux_web_app.shop.id\n}\n'
    )
    found = declared(text)
    assert found["azurerm_linux_web_app_slot.next"].key == "azure:microsoft.web/sites/slots/shop/next"


@pytest.mark.parametrize("type_", ["linux_web_app", "windows_web_app", "linux_function_app", "app_service"])
def test_a_default_names_the_page_of_the_resource_s_own_type(type_: str) -> None:
    address = f"azurerm_{type_}.shop"
    found = declared((APP % "").replace("azurerm_linux_web_app", f"azurerm_{type_}"))[address].settings[
        "https_only"
    ]
    assert isinstance(found, Default)
    assert found.documented.endswith(f"/docs/resources/{type_}")
