"""Vaults of Azure, their keys, secrets and certificates."""

from __future__ import annotations

from typing import Any

import pytest

from tests.parity import NOT_APPLICABLE, UNKNOWN
from tests.services.azure.declared import declared, together, told

VAULT = """
variable "choice" {}
resource "azurerm_key_vault" "app" {
  name     = "kv-app"
  sku_name = "standard"
  %s
}
"""
KEY = """
resource "azurerm_key_vault_key" "disks" {
  name         = "disks"
  key_vault_id = azurerm_key_vault.app.id
  key_type     = "RSA"
  %s
}
"""
SECRET = """
variable "smtp" {}
resource "azurerm_key_vault_secret" "smtp" {
  name         = "smtp"
  key_vault_id = azurerm_key_vault.app.id
  %s
}
"""


def test_what_a_bare_vault_is_by_default() -> None:
    expected = {
        "purge_protection": False,
        "soft_delete_days": 90,
        "rbac": False,
        "network.public": True,
        "audit.enabled": False,
    }
    assert told(declared(VAULT % "")["azurerm_key_vault.app"], *expected) == expected


_ATTRIBUTES: list[tuple[Any, ...]] = [
    ("purge_protection", "purge_protection_enabled = true", True),
    ("soft_delete_days", "soft_delete_retention_days = 7", 7),
    ("rbac", "rbac_authorization_enabled = true", True),
    ("rbac", "enable_rbac_authorization = true", True),
    ("rbac", "rbac_authorization_enabled = var.choice", UNKNOWN),
    ("network.public", "public_network_access_enabled = false", False),
    ("network.public", 'network_acls { default_action = "Deny" }', False),
    ("network.public", 'network_acls { default_action = "Allow" }', True),
    ("network.public", "network_acls { default_action = var.choice }", UNKNOWN),
    ("network.public", "public_network_access_enabled = var.choice", UNKNOWN),
]
together(VAULT % inside for _, inside, _ in _ATTRIBUTES)


@pytest.mark.parametrize(("name", "inside", "value"), _ATTRIBUTES)
def test_attributes_of_a_vault(name: str, inside: str, value: object) -> None:
    assert told(declared(VAULT % inside)["azurerm_key_vault.app"], name) == value


@pytest.mark.parametrize(
    ("inside", "expires", "rotates", "days"),
    [
        ("", False, False, UNKNOWN),
        ('expiration_date = "2027-01-01T00:00:00Z"', True, False, UNKNOWN),
        ('expiration_date = timeadd(timestamp(), "720h")', True, False, UNKNOWN),
        ("expiration_date = var.choice", UNKNOWN, False, UNKNOWN),
        ('rotation_policy {\n expire_after = "P90D"\n}', True, False, 90),
        (
            'rotation_policy {\n expire_after = "P1Y"\n automatic { time_before_expiry = "P30D" }\n}',
            True,
            True,
            365,
        ),
        ('rotation_policy {\n automatic { time_after_creation = "P18M" }\n}', False, True, 540),
    ],
)
def test_the_end_and_the_rotation_of_a_key(inside: str, expires: object, rotates: bool, days: object) -> None:
    key = declared(VAULT % "" + KEY % inside)["azurerm_key_vault_key.disks"]
    assert told(key, "expires", "rotation", "rotation_days") == {
        "expires": expires,
        "rotation": rotates,
        "rotation_days": days,
    }


def test_a_key_in_hardware() -> None:
    key = declared(VAULT % "" + (KEY % "").replace("RSA", "EC-HSM"))["azurerm_key_vault_key.disks"]
    assert told(key, "hsm") is True


@pytest.mark.parametrize(
    ("inside", "inline"),
    [
        ('value = "hunter2"', True),
        ("value = var.smtp", False),
        ("value = random_password.smtp.result", False),
    ],
)
def test_a_value_written_down(inside: str, inline: bool) -> None:
    secret = declared(VAULT % "" + SECRET % inside)["azurerm_key_vault_secret.smtp"]
    assert told(secret, "inline") is inline


def test_a_secret_can_end_and_is_kept_as_long_as_its_vault_says() -> None:
    text = VAULT % "soft_delete_retention_days = 14" + SECRET % 'expiration_date = "2027-01-01T00:00:00Z"'
    secret = declared(text)["azurerm_key_vault_secret.smtp"]
    assert told(secret, "expires", "recovery_window_days", "rotation") == {
        "expires": True,
        "recovery_window_days": 14,
        "rotation": NOT_APPLICABLE,
    }


@pytest.mark.parametrize(("action", "renews"), [("AutoRenew", True), ("EmailContacts", False)])
def test_a_certificate_that_renews_itself(action: str, renews: bool) -> None:
    text = (
        VAULT % ""
        + f"""
resource "azurerm_key_vault_certificate" "web" {{
  name         = "web"
  key_vault_id = azurerm_key_vault.app.id
  certificate_policy {{
    issuer_parameters {{
      name = "Self"
    }}
    key_properties {{
      key_size = 4096
    }}
    lifetime_action {{
      action {{
        action_type = "{action}"
      }}
    }}
  }}
}}
"""
    )
    certificate = declared(text)["azurerm_key_vault_certificate.web"]
    assert told(certificate, "auto_renew") is renews
