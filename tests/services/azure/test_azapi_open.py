"""Updates by azapi of which it is not known whether they are made, or of what; and bodies that are open in part."""

from __future__ import annotations

from pathlib import Path

import pytest

from tfaudit import scan
from tfaudit.data import folder
from tfaudit.pipeline.options import Options
from tfaudit.policies.load import PolicySet, read_folder

CHOSEN = PolicySet(
    [each for each in read_folder(folder("policies")) if each.id == "object-store-requires-tls"]
)
_HEAD = """
variable "text" { type = string }
variable "flag" { type = bool }
variable "rest" { type = any }
"""
_ACCOUNT = """
resource "azapi_resource" "orders" {{
  type      = "Microsoft.Storage/storageAccounts@2023-01-01"
  name      = "orders"
  parent_id = "/subscriptions/1/resourceGroups/shop"
  location  = "westeurope"
  {body}
}}
"""
_OF_AZURERM = """
resource "azurerm_storage_account" "orders" {
  name                       = "orders"
  resource_group_name        = "shop"
  location                   = "westeurope"
  account_tier               = "Standard"
  account_replication_type   = "GRS"
  https_traffic_only_enabled = false
}
"""
_UPDATE = """
resource "azapi_update_resource" "later" {{
  {count}
  type        = "Microsoft.Storage/storageAccounts@2023-01-01"
  resource_id = {id}
  body        = {{ properties = {{ supportsHttpsTrafficOnly = {value} }} }}
}}
"""
OWN = "azapi_resource.orders"


def outcomes(folder_: Path, text: str) -> dict[str, str]:
    """Return how each account of a root comes out."""
    (folder_ / "main.tf").write_text(_HEAD + text)
    return {each.asset.address: each.outcome.value for each in scan(folder_, Options(CHOSEN)).verdicts}


def account(value: str) -> str:
    """Return an account that takes requests without TLS, or takes none."""
    return _ACCOUNT.format(body=f"body = {{ properties = {{ supportsHttpsTrafficOnly = {value} }} }}")


@pytest.mark.parametrize(
    ("count", "before", "after", "expected"),
    [
        ("", "false", "true", "pass"),
        ("", "true", "false", "fail"),
        ("count = var.flag ? 1 : 0", "false", "true", "unknown"),
        ("count = var.flag ? 1 : 0", "true", "false", "unknown"),
        ("count = var.flag ? 1 : 0", "true", "true", "pass"),
        ("count = var.flag ? 1 : 0", "false", "false", "fail"),
        ("count = 0", "true", "false", "pass"),
    ],
)
def test_an_update_that_may_not_be_made_leaves_open_what_it_says(
    tmp_path: Path, count: str, before: str, after: str, expected: str
) -> None:
    update = _UPDATE.format(count=count, id=f"{OWN}.id", value=after)
    assert outcomes(tmp_path, account(before) + update) == {OWN: expected}


def test_so_does_one_of_what_azurerm_declares(tmp_path: Path) -> None:
    of = "azurerm_storage_account.orders"
    update = _UPDATE.format(count="count = var.flag ? 1 : 0", id=f"{of}.id", value="true")
    assert outcomes(tmp_path, _OF_AZURERM + update) == {of: "unknown"}


@pytest.mark.parametrize("id_", ["var.text", f"var.flag ? {OWN}.id : var.text"])
def test_an_update_of_what_is_not_known_may_be_of_any(tmp_path: Path, id_: str) -> None:
    update = _UPDATE.format(count="", id=id_, value="false")
    found = outcomes(tmp_path, account("true") + update)
    assert found == {OWN: "unknown", "azapi_update_resource.later": "fail"}


def test_an_update_of_another_leaves_it_as_it_is(tmp_path: Path) -> None:
    id_ = '"/subscriptions/${var.text}/resourceGroups/shop/providers/Microsoft.Storage/storageAccounts/bills"'
    assert (
        outcomes(tmp_path, account("true") + _UPDATE.format(count="", id=id_, value="false"))[OWN] == "pass"
    )


@pytest.mark.parametrize(
    "body",
    [
        "body = { properties = { supportsHttpsTrafficOnly = true } }\n  sensitive_body = var.rest",
        "body = { properties = { supportsHttpsTrafficOnly = true, SupportsHttpsTrafficOnly = false } }",
        "body = { properties = { (var.text) = false } }",
        "body = var.rest",
    ],
)
def test_a_body_that_is_open_in_part_passes_nothing(tmp_path: Path, body: str) -> None:
    assert outcomes(tmp_path, _ACCOUNT.format(body=body)) == {OWN: "unknown"}


def test_a_type_is_known_where_its_version_is_not(tmp_path: Path) -> None:
    text = account("false").replace("@2023-01-01", "@${var.text}")
    assert outcomes(tmp_path, text) == {OWN: "fail"}
