"""The version of Terraform's azurerm provider, where a default depends on it.

It is known by the constraint in `required_providers`, and bounded from above by what the code uses: an attribute
that a major version removed (hashicorp/azurerm/latest/docs/guides/5.0-upgrade-guide
and 4.0-upgrade-guide) shows that an earlier one is meant.
"""

from __future__ import annotations

import re
from typing import Any

from tfaudit.model.resources import Unresolved
from tfaudit.reading.documented import Computed, Documented
from tfaudit.reading.inventory import Inventory
from tfaudit.reading.view import View

_MAJOR = re.compile(r"(?:(?<![<>=~!])(?P<operator>[<>=~!]++)\s*+)?v?(?P<major>\d+)")
_REMOVED = {
    3: {
        "azurerm_kubernetes_cluster": ("addon_profile", "role_based_access_control"),
        "azurerm_kubernetes_cluster_node_pool": ("availability_zones",),
        "azurerm_storage_account": ("allow_blob_public_access",),
    },
    4: {
        "azurerm_storage_account": ("enable_https_traffic_only",),
        "azurerm_redis_cache": ("enable_non_ssl_port",),
        "azurerm_kubernetes_cluster": (
            "api_server_authorized_ip_ranges",
            "automatic_channel_upgrade",
            "node_os_channel_upgrade",
        ),
        "azurerm_kubernetes_cluster_node_pool": ("enable_auto_scaling", "enable_node_public_ip"),
        "azurerm_monitor_diagnostic_setting": ("log",),
    },
    5: {
        "azurerm_key_vault": ("enable_rbac_authorization", "contact"),
        "azurerm_storage_account": ("queue_properties", "static_website"),
        "azurerm_storage_container": ("storage_account_name",),
        "azurerm_monitor_diagnostic_setting": ("metric",),
        "azurerm_application_gateway": ("enable_http2", "authentication_certificate"),
        "azurerm_network_watcher_flow_log": ("network_security_group_id",),
        "azurerm_subnet": ("service_endpoints",),
    },
}
"""Major version -> resource type -> attributes that it removed."""

_REMOVED_TYPES = {
    4: (
        "azurerm_sql_server",
        "azurerm_sql_database",
        "azurerm_sql_managed_instance",
        "azurerm_mysql_server",
        "azurerm_mariadb_server",
        "azurerm_servicebus_namespace_network_rule_set",
        "azurerm_template_deployment",
        "azurerm_monitor_log_profile",
    ),
    5: (
        "azurerm_app_service",
        "azurerm_app_service_plan",
        "azurerm_app_service_slot",
        "azurerm_function_app",
        "azurerm_function_app_slot",
        "azurerm_postgresql_server",
        "azurerm_static_site",
        "azurerm_redis_enterprise_cluster",
        "azurerm_security_center_auto_provisioning",
    ),
}
"""Major version -> resource types that it removed."""


def majors(constraint: str) -> tuple[int, int | None]:
    """Return the lowest and highest major version that a constraint (`>= 3.90, < 5.0`) lets in; None for no end."""
    low, high = 0, None
    for operator, number in _MAJOR.findall(",".join(part.split(".")[0] for part in constraint.split(","))):
        major = int(number)
        if operator in ("~>", "=", ""):
            low, high = max(low, major), major
        elif operator.startswith(">"):
            low = max(low, major)
        elif operator == "<":
            high = major - 1
        elif operator == "<=":
            high = major
    return low, high


def _removed(inventory: Inventory) -> dict[int, str]:
    """Return, by major version, an attribute or a type used in the root that this version removed."""
    found: dict[int, str] = {}
    for version, types in _REMOVED.items():
        for type_, names in types.items():
            for resource in inventory.of_type(type_):
                used = next((name for name in names if resource.body.get(name) is not None), "")
                if used:
                    found.setdefault(version, f"{type_}.{used}")
    for version, names in _REMOVED_TYPES.items():
        for type_ in names:
            if version not in found and any(True for _ in inventory.of_type(type_)):
                found[version] = type_
    return found


def changed_in(major: int, before: Any, since: Any, source: str) -> Computed:
    """Return the default of an attribute that is not set, where version `major` of the provider changed it."""

    def default(view: View) -> Documented | Unresolved:
        return _by_version(view, major, before, since, source) or Unresolved(
            f"it is not set, and azurerm {major}.0 changed the default from {_word(before)} to {_word(since)}",
            "set it, or pin the major version of azurerm in required_providers",
        )

    return default


def changed_long_ago_in(major: int, before: Any, since: Any, source: str) -> Computed:
    """Return the default as `changed_in`; an older provider than `major` is only taken where something shows it."""

    def default(view: View) -> Documented | Unresolved:
        return _by_version(view, major, before, since, source) or Documented(
            since, f"{source}, azurerm {major}.0 and later"
        )

    return default


def older_than(view: View, major: int) -> bool:
    """Whether something shows that a version of the provider before `major` is used."""
    shown = _by_version(view, major, True, False, "")
    return shown is not None and shown.value is True


def _by_version(view: View, major: int, before: Any, since: Any, source: str) -> Documented | None:
    constraint = view.resource.context.get("provider_version", "")
    low, high = majors(constraint)
    if constraint and high is not None and high < major:
        return Documented(before, f"{source}, azurerm before {major}.0")
    if constraint and low >= major:
        return Documented(since, f"{source}, azurerm {major}.0 and later")
    removed = view.inventory.derived(_removed)
    gone = next((version for version in sorted(removed) if version <= major), None)
    if gone is not None:
        shown = f"{source}, azurerm before {major}.0: {removed[gone]} is used, which {gone}.0 removed"
        return Documented(before, shown)
    return None


def _word(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
