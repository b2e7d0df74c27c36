"""Every ARM path of a table exists in one of the types that its module names: a misspelt one reads nothing, silently.

They are held against `schemas/arm.json`, the properties of these types, taken from the definitions behind Bicep
(`python -m tests.guards.test_arm_paths FILE` makes it anew). A module states the types that its tables speak of,

    ARM_TYPES = ("Microsoft.Storage/storageAccounts",)

Live resources and templates have the same paths.
"""

from __future__ import annotations

import json
import sys
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import tfaudit.services
from tests.guards.tables import paths, tables
from tfaudit.discovery import module_at
from tfaudit.reading.spelling import azure
from tfaudit.sources.arm.names import canonical

if TYPE_CHECKING:
    from types import ModuleType

    from tfaudit.reading.spelling import Spelling

AZURE = Path(str(tfaudit.services.__file__)).parent / "azure"
MODULES = sorted(each for each in AZURE.rglob("*.py") if each.name != "__init__.py")
SCHEMA = Path(__file__).parent / "schemas" / "arm.json"
EVERYWHERE = frozenset({"id", "name", "parent", "scope", "apiVersion"})
"""What every resource of ARM has, and its schema leaves out; `parent` and `scope` are ids that sources fill in."""

OLDER = {
    "properties.apiServerAuthorizedIPRanges": "Microsoft.ContainerService/managedClusters, 2019-10-01",
    "properties.email": "Microsoft.Security/securityContacts, 2017-08-01-preview",
    "properties.alertNotifications": "Microsoft.Security/securityContacts, 2017-08-01-preview",
    "properties.alertsToAdmins": "Microsoft.Security/securityContacts, 2017-08-01-preview",
}
"""Properties of older versions of an API, with the last that had them."""

_INSIDE = "networkInterfaceConfigurations[].properties.ipConfigurations[].properties"
LEFT_OUT = {
    # learn.microsoft.com/azure/templates/microsoft.network/privateendpoints
    "Microsoft.Network/privateEndpoints": (
        "properties.ipConfigurations[].properties.privateIPAddress",
        "properties.customDnsConfigs[].ipAddresses",
    ),
    # learn.microsoft.com/rest/api/authorization/role-definitions/list
    "Microsoft.Authorization/roleDefinitions": ("properties.permissions[].condition",),
    # learn.microsoft.com/azure/templates/microsoft.managedservices/registrationdefinitions
    "Microsoft.ManagedServices/registrationDefinitions": (
        "properties.authorizations",
        "properties.eligibleAuthorizations",
        "properties.authorizations[].principalId",
        "properties.authorizations[].roleDefinitionId",
        "properties.authorizations[].delegatedRoleDefinitionIds",
        "properties.eligibleAuthorizations[].principalId",
        "properties.eligibleAuthorizations[].roleDefinitionId",
        "properties.eligibleAuthorizations[].delegatedRoleDefinitionIds",
    ),
    # learn.microsoft.com/azure/templates/microsoft.managedservices/registrationassignments
    "Microsoft.ManagedServices/registrationAssignments": ("properties.registrationDefinitionId",),
    # learn.microsoft.com/rest/api/backup/protected-items
    "Microsoft.RecoveryServices/vaults/backupFabrics/protectionContainers/protectedItems": (
        "properties.friendlyName",
        "properties.protectedItemType",
        "properties.protectionState",
        "properties.sourceResourceId",
        "properties.virtualMachineId",
    ),
    # learn.microsoft.com/azure/templates/microsoft.sqlvirtualmachine/sqlvirtualmachines
    "Microsoft.SqlVirtualMachine/sqlVirtualMachines": (
        "tags",
        "properties.virtualMachineResourceId",
        "properties.autoBackupSettings.enable",
        "properties.autoBackupSettings.retentionPeriod",
        "properties.autoPatchingSettings.enable",
        "properties.serverConfigurationsManagementSettings.sqlConnectivityUpdateSettings.connectivityType",
    ),
    # learn.microsoft.com/azure/templates/microsoft.network/networkinterfaces
    "Microsoft.Network/networkInterfaces": ("properties.ipConfigurations[].properties.publicIPAddress.id",),
    # learn.microsoft.com/azure/templates/microsoft.compute/virtualmachines
    "Microsoft.Compute/virtualMachines": (
        f"properties.networkProfile.{_INSIDE}.publicIPAddressConfiguration.sku.name",
    ),
    # learn.microsoft.com/azure/templates/microsoft.compute/virtualmachinescalesets
    "Microsoft.Compute/virtualMachineScaleSets": tuple(
        f"properties.virtualMachineProfile.networkProfile.{_INSIDE}.{each}"
        for each in ("subnet.id", "publicIPAddressConfiguration.sku.name")
    ),
}
"""What is read and the definitions at hand leave out, whole types or the deepest properties of one."""

_NOTHING: dict[str, dict[str, str]] = {"properties": {}}
DEEPEST = 7
"""The dots in the longest path that is kept of the schema: no table reads deeper."""


@cache
def schema() -> dict[str, list[str]]:
    found: dict[str, list[str]] = json.loads(SCHEMA.read_text("utf-8"))
    return found


@cache
def known(type_: str) -> frozenset[str]:
    """Return the paths of a type, as a table writes them: without marks for lists; ARM minds no case."""
    return frozenset(each.replace("[]", "").lower() for each in schema()[type_])


def exists(path: str, types: tuple[str, ...]) -> bool:
    """Whether one of `types` has `path`, or a map above it, whose keys are anybody's."""
    companion, _, rest = path.rpartition("/")
    if companion:
        types, path = tuple(each for each in types if each.lower() == companion), rest
    steps = [each for each in path.split(".") if not each.isdigit()]
    path = ".".join(steps)
    above = {".".join([*steps[:end], "*"]).lower() for end in range(1, len(steps))}
    return any(path.lower() in known(type_) or not above.isdisjoint(known(type_)) for type_ in types)


def faults(table: Spelling, types: tuple[str, ...]) -> list[str]:
    """Return the ARM paths of a table that none of `types` has."""
    free = EVERYWHERE if types else EVERYWHERE | {"tags"}
    return [
        each
        for each in paths(table, "arm")
        if each not in free and each not in OLDER and not exists(each, types)
    ]


def module_faults(file: Path) -> tuple[list[str], int]:
    """Return the ARM paths of a module's tables that none of its types has, and how many were looked up."""
    module = module_at(file)
    wrong: list[str] = []
    looked_up = 0
    for name, table in tables(module):
        looked_up += len(list(paths(table, "arm")))
        wrong += [f"{file.stem}.{name} {each}" for each in faults(table, _types(module))]
    return wrong, looked_up


def _types(module: ModuleType) -> tuple[str, ...]:
    found: tuple[str, ...] = getattr(module, "ARM_TYPES", ())
    return found


def test_every_arm_path_is_a_property_of_a_type_that_the_module_names() -> None:
    answers = [module_faults(each) for each in MODULES]
    assert sum(number for _, number in answers) > 200
    assert [each for wrong, _ in answers for each in wrong] == []


@pytest.mark.parametrize("file", MODULES, ids=lambda file: file.stem)
def test_every_service_spells_its_words_and_names_its_arm_types(file: Path) -> None:
    module = module_at(file)
    if not hasattr(module, "READS"):
        return
    assert hasattr(module, "TABLE")
    assert _types(module)


def test_every_arm_type_is_one_that_there_is() -> None:
    named = {type_ for file in MODULES for type_ in _types(module_at(file))}
    assert named == schema().keys()


def test_the_source_knows_the_case_of_every_name_that_a_table_reads() -> None:
    """ARM minds no case, and a view does: `tfaudit.sources.arm.names` has the names in the tables' case."""
    read = {
        step
        for file in MODULES
        for _, table in tables(module_at(file))
        for path in paths(table, "arm")
        for step in path.rpartition("/")[2].split(".")
        if not step.isdigit()
    }
    assert {step for step in read if canonical(step.upper()) != step} == set()


def test_a_path_that_does_not_exist_is_noticed() -> None:
    storage = ("Microsoft.Storage/storageAccounts",)
    address = {"value": azure(None, "value"), "wrong": azure(None, "adress")}
    table = {
        "right": azure(None, "properties.minimumTlsVersion"),
        "misspelt": azure(None, "properties.minimalTlsVersion"),
        "rules": azure(None, "properties.networkAcls.ipRules", rows=address),
        "name": azure("name", "name"),
    }
    wrong = ["properties.minimalTlsVersion", "properties.networkAcls.ipRules.adress"]
    assert faults(table, storage) == wrong
    assert exists("properties.addonProfiles.any.enabled", ("Microsoft.ContainerService/managedClusters",))


def _write(file: Path) -> None:
    """Write `schemas/arm.json` from a file with the properties of all types, `{type: {"properties": {path: kind}}}`."""
    every = json.loads(file.read_text("utf-8"))
    types = sorted({type_ for each in MODULES for type_ in _types(module_at(each))})
    found = {
        type_: sorted(
            {
                *LEFT_OUT.get(type_, ()),
                *(each for each in every.get(type_, _NOTHING)["properties"] if each.count(".") <= DEEPEST),
            }
        )
        for type_ in types
    }
    lines = ",\n".join(f"{json.dumps(type_)}: {json.dumps(of_type)}" for type_, of_type in found.items())
    SCHEMA.write_text(f"{{\n{lines}\n}}\n", "utf-8")


if __name__ == "__main__":
    _write(Path(sys.argv[1]))
