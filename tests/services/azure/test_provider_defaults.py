"""What azurerm does where nothing is said, of resources whose blocks hold defaults of their own."""

from __future__ import annotations

from typing import Any

import pytest

from tests.parity import UNKNOWN, from_arm, from_bicep, from_terraform, values

_OLDER = """
resource "{type}" "web" {{
  name = "web"
  {body}
}}
"""


def _value(type_: str, body: str, kind: str, setting: str) -> Any:
    found = from_terraform(_OLDER.format(type=type_, body=body))
    (asset,) = [each for each in found if each.kind == kind]
    return values(asset, [setting])[setting]


@pytest.mark.parametrize("type_", ["azurerm_virtual_machine", "azurerm_virtual_machine_scale_set"])
@pytest.mark.parametrize("setting", ["agent", "patches.automatic"])
@pytest.mark.parametrize(
    ("block", "expected"),
    [
        ("os_profile_windows_config {}", False),
        (
            "os_profile_windows_config {\n provision_vm_agent = true\n enable_automatic_upgrades = true\n }",
            True,
        ),
        (
            "os_profile_windows_config {\n provision_vm_agent = var.a\n enable_automatic_upgrades = var.a\n }",
            UNKNOWN,
        ),
    ],
)
def test_older_windows_machines_have_neither_agent_nor_updates_unless_they_say_so(
    type_: str, setting: str, block: str, expected: object
) -> None:
    assert _value(type_, block, "instance", setting) == expected


def test_a_machine_without_that_block_has_azures_own_agent() -> None:
    assert _value("azurerm_virtual_machine", "", "instance", "agent") is True


@pytest.mark.parametrize(
    ("type_", "block", "expected"),
    [
        ("azurerm_virtual_machine_scale_set", "os_profile_linux_config {}", True),
        (
            "azurerm_virtual_machine_scale_set",
            "os_profile_linux_config {\n disable_password_authentication = true\n }",
            False,
        ),
        (
            "azurerm_orchestrated_virtual_machine_scale_set",
            "os_profile {\n linux_configuration {}\n }",
            False,
        ),
    ],
)
def test_older_scale_sets_take_passwords_unless_they_say_no(type_: str, block: str, expected: bool) -> None:
    assert _value(type_, block, "instance", "password_sign_in") is expected


@pytest.mark.parametrize(
    ("inside", "expected"),
    [("", False), ('default_action = "Allow"', True), ('default_action = "Deny"', False)],
)
def test_rules_of_a_batch_account_refuse_whom_they_do_not_name(inside: str, expected: bool) -> None:
    block = f"network_profile {{\n account_access {{\n {inside}\n }}\n }}"
    assert _value("azurerm_batch_account", block, "managed_service", "network.public") is expected


def test_a_batch_account_without_rules_is_open() -> None:
    assert _value("azurerm_batch_account", "", "managed_service", "network.public") is True


@pytest.mark.parametrize(
    ("inside", "expected"),
    [
        ('version = "3.2"', True),
        ('type = "Microsoft_BotManagerRuleSet"\n version = "1.0"', False),
        ("type = var.type", UNKNOWN),
    ],
)
def test_a_set_of_rules_without_a_type_is_owasps(inside: str, expected: object) -> None:
    block = f"managed_rules {{\n managed_rule_set {{\n {inside}\n }}\n }}"
    policy = "azurerm_web_application_firewall_policy"
    assert _value(policy, block, "waf_policy", "waf.managed_rules") == expected


@pytest.mark.parametrize(
    ("copies", "expected"), [("GRS", True), ("Geo", True), ("ZRS", False), ("Local", False)]
)
def test_copies_of_a_databases_backups_are_named_as_each_provider_names_them(
    copies: str, expected: bool
) -> None:
    body = f'server_id = "x"\n storage_account_type = "{copies}"'
    assert _value("azurerm_mssql_database", body, "database", "backup.cross_region") is expected


def test_the_oldest_tls_of_a_cache_in_a_template_is_what_azure_still_speaks() -> None:
    cache = {"type": "Microsoft.Cache/redis", "apiVersion": "2024-11-01", "name": "c", "properties": {}}
    (asset,) = from_arm(cache)
    assert values(asset, ["tls.min_version"]) == {"tls.min_version": "1.2"}


@pytest.mark.parametrize(
    ("stated", "cpu", "memory"),
    [("", "0.5", "1Gi"), ("resources: { cpu: json('0.25'), memory: '0.5Gi' }", "0.25", "0.5Gi")],
)
def test_azure_gives_a_container_of_an_app_its_share_where_nothing_is_said(
    stated: str, cpu: str, memory: str
) -> None:
    found = from_bicep(f"""
resource app 'Microsoft.App/containerApps@2024-03-01' = {{
  name: 'shop'
  properties: {{ template: {{ containers: [{{
    name: 'web'
    image: 'shop.azurecr.io/web:1.4'
    {stated}
  }}] }} }}
}}
""")
    (container,) = [each for each in found if each.kind == "container"]
    told = values(container, ["resources.cpu_limit", "resources.memory_limit", "resources.cpu_request"])
    assert told == {
        "resources.cpu_limit": cpu,
        "resources.memory_limit": memory,
        "resources.cpu_request": cpu,
    }
