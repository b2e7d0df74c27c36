"""Every path that a service reads exists in what the provider publishes: a misspelt one reads nothing, silently.

Terraform's are held against `schemas/terraform.json`, the attributes of the resources that services read, taken from
the providers' own schemas (`python -m tests.guards.test_paths_exist FOLDER` makes it anew); CloudFormation's against
the schemas that cfn-lint ships; those of AWS's answers against botocore's models.
"""

from __future__ import annotations

import ast
import importlib
import json
import re
import sys
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest

import tfaudit.services
from tests.guards.tables import paths, tables
from tfaudit.discovery import module_at

SERVICES = Path(str(tfaudit.services.__file__)).parent
MODULES = sorted(each for each in SERVICES.rglob("*.py") if each.name not in ("__init__.py", "registry.py"))
SCHEMA = Path(__file__).parent / "schemas" / "terraform.json"
OLDER = {
    "allow_blob_public_access": "azurerm 2",
    "addon_profile.azure_keyvault_secrets_provider": "azurerm 2",
    "addon_profile.azure_keyvault_secrets_provider.secret_rotation_enabled": "azurerm 2",
    "addon_profile.azure_policy.enabled": "azurerm 2",
    "addon_profile.http_application_routing.enabled": "azurerm 2",
    "addon_profile.kube_dashboard.enabled": "azurerm 2",
    "node_os_channel_upgrade": "azurerm 3",
    "role_based_access_control.azure_active_directory": "azurerm 2",
    "api_server_authorized_ip_ranges": "azurerm 3",
    "automatic_channel_upgrade": "azurerm 3",
    "default_node_pool.enable_host_encryption": "azurerm 3",
    "enable_host_encryption": "azurerm 3",
    "availability_zones": "azurerm 2",
    "extended_auditing_policy": "azurerm 2",
    "extended_auditing_policy.retention_in_days": "azurerm 2",
    "extended_auditing_policy.storage_endpoint": "azurerm 2",
    "sql_managed_instance_id": "azurerm 3",
    "ssl_enforcement": "azurerm 2",
    "storage_profile.backup_retention_days": "azurerm 2",
    "storage_profile.geo_redundant_backup": "azurerm 2",
    "default_node_pool.availability_zones": "azurerm 2",
    "default_node_pool.enable_node_public_ip": "azurerm 3",
    "enforcement_mode": "azurerm 2",
    "enable_ip_forwarding": "azurerm 3",
    "enable_https_traffic_only": "azurerm 3",
    "enable_node_public_ip": "azurerm 3",
    "enable_non_ssl_port": "azurerm 3",
    "log": "azurerm 3",
    "log.category": "azurerm 3",
    "log.category_group": "azurerm 3",
    "log.enabled": "azurerm 3",
    "private_link_enabled": "azurerm 2",
    "private_endpoint_network_policies_enabled": "azurerm 3",
    "enforce_private_link_endpoint_network_policies": "azurerm 3",
    "subnet.private_endpoint_network_policies_enabled": "azurerm 3",
    "subnet.enforce_private_link_endpoint_network_policies": "azurerm 3",
    "enable_disk_encryption": "azurerm 2",
    "public_access_behind_virtual_network_enabled": "azurerm 3",
    "redis_configuration.enable_authentication": "azurerm 3",
    "retention_duration": "azurerm 3",
    "app_service_name": "azurerm 3",
    "auth_settings.unauthenticated_client_action": "azurerm 3",
    "function_app_name": "azurerm 3",
    "is_virtual_network_filter_enabled": "azurerm 4",
    "site_config.min_tls_version": "azurerm 3",
    "role_based_access_control.enabled": "azurerm 2",
}
"""Attributes of older generations of a provider, with the last that had them."""

DATA = {
    "data.aws_iam_policy_document": ("statement.sid", "statement.condition.test"),
    "data.aws_prefix_list": ("name", "filter.values"),
    "(ours)": ("provider_version", "observed_at", "map", "holder"),
    # hashicorp/azurerm/4.50.0/docs/resources/eventhub_namespace: the schema has what is in the rules as one attribute
    "azurerm_eventhub_namespace": ("network_rulesets.ip_rule.ip_mask",),
    # hashicorp/azurerm/4.50.0/docs/resources/data_factory: the published schema at hand lacks this one type
    "azurerm_data_factory": (
        "name",
        "resource_group_name",
        "public_network_enabled",
        "customer_managed_key_id",
        "identity",
        "tags",
    ),
    # hashicorp/azurerm/4.50.0/docs/resources/data_protection_backup_vault, and so on: it lacks this family, too
    "azurerm_data_protection_backup_vault": (
        "name",
        "resource_group_name",
        "redundancy",
        "soft_delete",
        "retention_duration_in_days",
        "immutability",
        "cross_region_restore_enabled",
        "tags",
    ),
    "azurerm_data_protection_backup_policy_blob_storage": (
        "name",
        "vault_id",
        "operational_default_retention_duration",
        "vault_default_retention_duration",
    ),
    "azurerm_data_protection_backup_policy_disk": ("name", "vault_id", "default_retention_duration"),
    "azurerm_data_protection_backup_policy_kubernetes_cluster": (
        "name",
        "default_retention_rule.life_cycle.duration",
    ),
    "azurerm_data_protection_backup_policy_postgresql": ("name", "vault_id", "default_retention_duration"),
    "azurerm_data_protection_backup_instance_postgresql_flexible_server": ("name", "vault_id", "server_id"),
    "azurerm_data_protection_backup_instance_mysql_flexible_server": ("name", "vault_id", "server_id"),
}
"""Attributes of data blocks, words of ours that stand where a path might, and what the schemas leave out."""

ELSEWHERE = {
    "deletionProtectionEnabled": "CloudWatch Logs' answers have it since botocore 1.41",
    "deletionProtection": "EKS's answers have it since a later botocore than this one",
    "AccountAccessKeysPresent": "a key of IAM's SummaryMap",
    "AccountMFAEnabled": "a key of IAM's SummaryMap",
    "Sid": "of a policy document",
}
"""Names that stand in answers, and in no model of the botocore that is installed."""

OLDER_TYPES = ("azurerm_mariadb_", "azurerm_mysql_", "azurerm_sql_", "azurerm_servicebus_namespace_network_")
"""Types of single servers, of SQL and of rules of networks, which azurerm 4 has no more."""

_READERS = frozenset({"read", "first", "get", "each", "_read", "get_top"})
_FACT = frozenset({"terraform", "cloudformation", "api"})
_CALLS = frozenset(
    {
        "spelled",
        "customer_key",
        "written_down",
        "tagged",
        "At",
        "unless",
        "reported_key",
        "declared_key",
        "aws",
    }
)
_PATH = re.compile(r"[A-Za-z][A-Za-z0-9_:]*(?:[./][A-Za-z0-9_]+)*$")


def literal_paths(module: Path) -> Iterator[str]:
    """Yield the paths that stand as texts where a path is read: in facts, and in a view's own methods."""
    for node in ast.walk(ast.parse(module.read_text("utf-8"))):
        if isinstance(node, ast.Call):
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            if (name in _READERS and _of_a_view(node.func)) or name in _CALLS:
                yield from _texts(node.args)
            elif name == "Fact":
                yield from _texts([each.value for each in node.keywords if each.arg in _FACT])


def table_paths(module: Path) -> Iterator[str]:
    """Yield the paths of the words in a module's tables, but for those of ARM (`test_arm_paths`)."""
    for _, table in tables(module_at(module)):
        for plane in ("terraform", "cloudformation", "api"):
            yield from paths(table, plane)


def written_paths(module: Path) -> list[str]:
    """Return all paths that a module has: in its tables, or else where a path is read."""
    return sorted(set(table_paths(module)) or set(literal_paths(module)))


def _of_a_view(function: ast.expr) -> bool:
    return not isinstance(function, ast.Attribute) or not (
        isinstance(function.value, ast.Attribute) and function.value.attr == "body"
    )


def _texts(nodes: Iterable[ast.expr]) -> Iterator[str]:
    for node in nodes:
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and _PATH.fullmatch(node.value):
            yield node.value
        elif isinstance(node, (ast.Tuple, ast.List)):
            yield from _texts(node.elts)


def _mentioned(text: str) -> set[str]:
    return set(re.findall(r"\b(?:aws|azurerm)_[a-z0-9_]+", text))


@cache
def _schema() -> dict[str, list[str]]:
    found: dict[str, list[str]] = json.loads(SCHEMA.read_text("utf-8"))
    return found


@cache
def _parts(type_: str) -> frozenset[str]:
    """Return every part of a path of `type_`: services read nested blocks from within."""
    found: set[str] = set()
    for path in _schema().get(type_, ()):
        steps = path.split(".")
        found |= {
            ".".join(steps[start:end])
            for start in range(len(steps))
            for end in range(start + 1, len(steps) + 1)
        }
    return frozenset(found)


def _types(module: Path) -> set[str]:
    """Return the types that a module names, and those of the service modules that it imports."""
    text = module.read_text("utf-8")
    found = _mentioned(text)
    for name in re.findall(r"^from (tfaudit\.services\.[\w.]+) import", text, re.MULTILINE):
        imported = SERVICES.parent.parent / (name.replace(".", "/") + ".py")
        if imported.exists():
            found |= _mentioned(imported.read_text("utf-8"))
    return found & _schema().keys()


def terraform_faults(module: Path) -> tuple[list[str], int]:
    """Return the Terraform paths of a module that no resource it names has, and how many were looked up."""
    types = _types(module) if "READS = " in module.read_text("utf-8") else set(_schema())
    known = {part for type_ in types for part in _parts(type_)} | set(OLDER)
    known |= {part for paths in DATA.values() for path in paths for part in (path, path.rpartition(".")[2])}
    wrong: list[str] = []
    looked_up = 0
    for written in written_paths(module):
        companion, _, rest = written.rpartition("/")
        if rest != rest.lower() or (companion and not companion.startswith(("aws_", "azurerm_"))):
            continue
        if companion.startswith(OLDER_TYPES) and companion not in _schema():
            continue
        looked_up += 1
        path = ".".join(each for each in rest.split(".") if not each.isdigit())
        there = not path or path in (_parts(companion) if companion else known) or _in_answers(path)
        # Lists of several blocks and types share the words of their elements: each is one of some of them.
        if not there and path.partition(".")[2] not in known - {""}:
            wrong.append(written)
    return wrong, looked_up


@cache
def _aws_members() -> frozenset[str]:
    """Return the name of each member that something of CloudFormation or of an answer of the API has."""
    found: set[str] = set()
    for schema in _cloudformation():
        _members(schema, found)
    for client in sorted({call[0] for call in _calls()}):
        _answers(client, found)
    return frozenset(found)


def _cloudformation() -> Iterator[dict[str, Any]]:
    folder = Path(str(importlib.import_module("cfnlint.data.schemas").__file__)).parent
    index = json.loads((folder / "providers" / "us-east-1.json").read_text("utf-8"))
    for type_ in sorted(
        {word for module in MODULES for word in re.findall(r"AWS::\w+::\w+", module.read_text("utf-8"))}
    ):
        if type_ in index:
            yield json.loads((folder / "resources" / f"{index[type_]}.json").read_text("utf-8"))


def _members(schema: Any, found: set[str]) -> None:
    """Collect the names of properties, wherever a schema defines them."""
    if isinstance(schema, list):
        for each in schema:
            _members(each, found)
    elif isinstance(schema, dict):
        properties = schema.get("properties")
        found.update(properties if isinstance(properties, dict) else ())
        for each in schema.values():
            _members(each, found)


@cache
def _calls() -> tuple[tuple[str, str], ...]:
    """Return client and operation of each call that a service states."""
    from tfaudit.services.registry import Registry

    found: set[tuple[str, str]] = set()
    for module in Registry().calling("aws"):
        for listing in module.CALLS:
            found.add((listing.client, listing.operation))
            waiting = [(listing.client, each) for each in listing.details]
            while waiting:
                client, detail = waiting.pop()
                own = detail.client or client
                found.add((own, detail.operation))
                found.add(("", detail.key))
                waiting += [(own, each) for each in detail.details]
    return tuple(sorted(found))


def _answers(client: str, found: set[str]) -> None:
    import botocore.session

    if not client:
        return
    model = botocore.session.get_session().get_service_model(client)
    for shape in (model.shape_for(name) for name in model.shape_names):
        found.update(getattr(shape, "members", {}))


@cache
def _names() -> frozenset[str]:
    return _aws_members() | {key for client, key in _calls() if not client} | {"value"} | set(ELSEWHERE)


def _in_answers(path: str) -> bool:
    return all(each in _names() or each.isdigit() for each in path.split("."))


def aws_faults(module: Path) -> tuple[list[str], int]:
    """Return the paths of a module with a name that neither CloudFormation nor an answer of the API has."""
    wrong: list[str] = []
    looked_up = 0
    for written in written_paths(module):
        companion, _, rest = written.rpartition("/")
        if rest == rest.lower() or companion.startswith(("aws_", "azurerm_")):
            continue
        looked_up += 1
        if not _in_answers(rest):
            wrong.append(written)
    return wrong, looked_up


def provider_of(module: Path) -> str:
    """Return the folder below `services` that a module stands in: aws, azure, kubernetes ..."""
    return module.relative_to(SERVICES).parts[0]


def schema_name() -> str:
    """Return in words what Terraform's paths are looked up in."""
    attributes = sum(map(len, _schema().values()))
    return f"{attributes:,} attributes of {len(_schema()):,} Terraform types"


@pytest.mark.parametrize("provider", ["aws", "azure"])
def test_every_terraform_path_is_an_attribute_of_what_is_read(provider: str) -> None:
    answers = {each.name: terraform_faults(each) for each in MODULES if provider_of(each) == provider}
    assert sum(number for _, number in answers.values()) > 100
    assert {name: wrong for name, (wrong, _) in answers.items() if wrong} == {}


def test_every_path_of_aws_is_in_cloudformations_schemas_or_the_apis_models() -> None:
    answers = {each.name: aws_faults(each) for each in MODULES if provider_of(each) == "aws"}
    assert sum(number for _, number in answers.values()) > 200
    assert {name: wrong for name, (wrong, _) in answers.items() if wrong} == {}


def test_companions_are_types_of_the_provider() -> None:
    stated = {
        type_: attribute
        for each in MODULES
        if provider_of(each) in ("aws", "azure")
        for type_, attributes in getattr(module_at(each), "COMPANIONS", {}).items()
        for attribute in attributes.split("|")[:1]  # the others are older names of it
        if type_.startswith(("aws_", "azurerm_"))
    }
    assert len(stated) > 20
    gone = {type_ for type_ in stated if type_.startswith(OLDER_TYPES) and type_ not in _schema()}
    assert {
        type_: name
        for type_, name in stated.items()
        # One that holds for the whole account points at nothing.
        if type_ not in gone and (name not in _parts(type_) if name else type_ not in _schema())
    } == {}


def test_older_attributes_are_not_those_of_today() -> None:
    """An exception that is not needed hides a fault."""
    written = {path for module in MODULES for path in written_paths(module)}
    assert {each for each in OLDER if each not in written} == set()


def _write(folder: Path) -> None:
    """Write `schemas/terraform.json` from a folder with the providers' schemas, `{type: {path: kind}}` each."""
    types: set[str] = set()
    for module in MODULES:
        types |= _mentioned(module.read_text("utf-8"))
    found: dict[str, list[str]] = {}
    for file in sorted(folder.glob("terraform-*.json")):
        schema = json.loads(file.read_text("utf-8"))
        found |= {type_: sorted(schema[type_]) for type_ in sorted(types & schema.keys())}
    lines = ",\n".join(f"{json.dumps(type_)}: {json.dumps(paths)}" for type_, paths in found.items())
    SCHEMA.parent.mkdir(exist_ok=True)
    SCHEMA.write_text(f"{{\n{lines}\n}}\n", "utf-8")


if __name__ == "__main__":
    _write(Path(sys.argv[1]))
