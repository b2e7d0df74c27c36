"""What belongs to a resource that a data source finds belongs to the one that is declared here, if that is the same."""

from __future__ import annotations

from pathlib import Path

import pytest

from tfaudit import scan
from tfaudit.data import folder
from tfaudit.pipeline.options import Options
from tfaudit.policies.load import PolicySet, read_folder

CHOSEN = PolicySet([each for each in read_folder(folder("policies")) if each.id == "database-requires-tls"])
_SERVER = """
variable "name" {{ type = string }}

resource "azurerm_postgresql_flexible_server" "orders" {{
  name                = {own}
  location            = "westeurope"
  resource_group_name = "shop"
  version             = "16"
}}
"""
_OFF = """
data "azurerm_postgresql_flexible_server" "found" {{
  name                = {name}
  resource_group_name = "shop"
}}

resource "azurerm_postgresql_flexible_server_configuration" "off" {{
  server_id = data.azurerm_postgresql_flexible_server.found.id
  name      = "require_secure_transport"
  value     = "off"
}}
"""
OWN = "azurerm_postgresql_flexible_server.orders"
OTHER = "azurerm_postgresql_flexible_server_configuration.off"


@pytest.mark.parametrize(
    ("own", "name", "expected"),
    [
        ('"orders"', '"orders"', {OWN: "fail"}),
        ('"orders"', f"{OWN}.name", {OWN: "fail"}),
        ('"orders"', '"bills"', {OWN: "pass", OTHER: "fail"}),
        ('"orders"', "var.name", {OWN: "unknown", OTHER: "fail"}),
        ("var.name", '"bills"', {OWN: "unknown", OTHER: "fail"}),
        ("var.name", f"{OWN}.name", {OWN: "fail"}),
        ("var.name", "var.name", {OWN: "fail", OTHER: "fail"}),
        ("", '"bills"', {OTHER: "fail"}),
        ("", "var.name", {OTHER: "fail"}),
    ],
)
def test_what_is_attached_to_what_is_looked_up(
    tmp_path: Path, own: str, name: str, expected: dict[str, str]
) -> None:
    declared = _SERVER.format(own=own) if own else 'variable "name" { type = string }\n'
    (tmp_path / "main.tf").write_text(declared + _OFF.format(name=name))
    found = {each.asset.address: each.outcome.value for each in scan(tmp_path, Options(CHOSEN)).verdicts}
    assert found == expected
