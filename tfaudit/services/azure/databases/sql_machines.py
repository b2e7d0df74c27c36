"""SQL Server on Azure's virtual machines, registered with the platform, as `database` assets.

Copies of its databases are taken by its own agent, or by a Recovery Services vault, whose items name the machine.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tfaudit.model.asset import Asset, Key
from tfaudit.model.resources import Reference, Unresolved
from tfaudit.model.settings import Known, NotApplicable, Unknown
from tfaudit.reading.asset import asset
from tfaudit.reading.documented import Cited, Documented
from tfaudit.reading.fact import Fact, Facts, always, inapplicable
from tfaudit.reading.spelling import NOTHING, Spelling, azure
from tfaudit.reading.states import Absent, Pointer, Reading
from tfaudit.reading.view import Some, View
from tfaudit.services.azure.choices import lower, switched
from tfaudit.services.azure.compute.machine_backups import ITEM, ITEMS, STOPPED, of_databases
from tfaudit.services.azure.keys.keys import RESOURCE, by_id, from_id, raw
from tfaudit.services.azure.pointers import pointing_at
from tfaudit.services.azure.tags import TAGGED, TAGS
from tfaudit.services.databases_seldom import SELDOM

READS = ("azurerm_mssql_virtual_machine", "microsoft.sqlvirtualmachine/sqlvirtualmachines")
KINDS = ("database",)
ARM_TYPES = (
    "Microsoft.SqlVirtualMachine/sqlVirtualMachines",
    "Microsoft.RecoveryServices/vaults/backupFabrics/protectionContainers/protectedItems",
)

ARM_TYPE = "microsoft.sqlvirtualmachine/sqlvirtualmachines"
_MACHINES = "microsoft.compute/virtualmachines"
_PAGE = Cited(
    "hashicorp/azurerm/4.50.0/docs/resources/mssql_virtual_machine",
    "learn.microsoft.com/azure/templates/microsoft.sqlvirtualmachine/sqlvirtualmachines",
)
_COPIES = "learn.microsoft.com/azure/azure-sql/virtual-machines/windows/automated-backup"

TABLE: Spelling = {
    **RESOURCE,
    **TAGGED,
    # word, then its path in Terraform and in ARM
    "machine": azure("virtual_machine_id", "properties.virtualMachineResourceId"),
    "copies": azure("auto_backup", "properties.autoBackupSettings.enable"),
    "days": azure("auto_backup.retention_period_in_days", "properties.autoBackupSettings.retentionPeriod"),
    "patches": azure("auto_patching", "properties.autoPatchingSettings.enable"),
    "reached": azure(
        "sql_connectivity_type",
        "properties.serverConfigurationsManagementSettings.sqlConnectivityUpdateSettings.connectivityType",
    ),
    "password": azure("sql_connectivity_update_password", NOTHING),
}
IDENTITY = (*RESOURCE, "machine")


def _is_on(value: Any) -> Any:
    """Return whether something is on: by its switch, or by the block that Terraform has for it."""
    return True if isinstance(value, (dict, list)) and value else switched(value)


def _by_vault(view: View) -> Reading:
    """Return whether a vault keeps copies of its databases."""
    unsure: Unknown | None = None
    stopped: Reading = Absent(view.resource, view.base)
    for machine in view.leads_to("machine"):
        items = pointing_at(machine, ITEMS, _MACHINES, ITEM, "source")
        unsure = items.more if isinstance(items, Some) else unsure
        for item in items.views:
            inside = of_databases(item)
            if inside is not True:
                unsure = unsure or (inside if isinstance(inside, Unknown) else None)
                continue
            match item.word("state"):
                case Known(value=value, resource=resource, path=path) if str(value).lower() in STOPPED:
                    stopped = Known(False, resource, path)
                case Known(resource=resource, path=path) | Absent(resource=resource, path=path):
                    return Known(True, resource, path)
                case Unknown() as unknown:
                    unsure = unsure or unknown
                case Pointer(unknown=unknown):
                    unsure = unsure or unknown
    return unsure or stopped


def _copied(view: View) -> Reading:
    own = view.word("copies")
    if isinstance(own, Known) and _is_on(own.value) is True:
        return Known(True, own.resource, own.path)
    vault = _by_vault(view)
    if isinstance(vault, Known) and vault.value is True:
        return vault
    if isinstance(own, Known):
        return vault if isinstance(vault, Unknown) else Known(False, own.resource, own.path)
    return own if isinstance(vault, Absent) else vault


def _for_days(view: View) -> Any:
    """Return how far its own copies reach back: a vault's policy is judged by itself."""
    own = view.word("copies")
    if isinstance(own, Known) and _is_on(own.value) is True:
        return view.word("days")
    if isinstance(own, (Unknown, Pointer)):
        return own
    return NotApplicable("it takes no copies itself, which is judged", view.resource, view.base)


def _public(reached: Any) -> bool | None:
    return None if reached is None else lower(reached) == "public"


_OF_MACHINE = inapplicable("its machine and that machine's disks are judged")
_INSIDE = inapplicable("it is set inside of SQL Server, which the platform does not show")
SERVER: Facts = {
    **SELDOM,
    "encryption.at_rest": _OF_MACHINE,
    "encryption.customer_managed_key": _OF_MACHINE,
    "tls.required": _INSIDE,
    "tls.min_version": _INSIDE,
    "network.public": Fact(_public, of=("reached",), default=Documented(False, _PAGE)),
    "network.private_endpoint": _OF_MACHINE,
    "network.published": _OF_MACHINE,
    "network.published_by": _OF_MACHINE,
    "network.allowed_sources": _OF_MACHINE,
    "backup.enabled": Fact(
        joins=_copied, of=("copies", "machine"), default=Documented(False, _COPIES), beside=ITEMS
    ),
    "backup.retention_days": Fact(joins=_for_days, of=("copies", "days"), default=Documented(30, _COPIES)),
    "backup.cross_region": inapplicable("where its copies lie says the account or the vault that has them"),
    "backup.long_term": inapplicable("a vault keeps its long-term copies"),
    "audit.retention_days": _INSIDE,
    "audit.events": _INSIDE,
    "logs.enabled": _INSIDE,
    "threat_detection": inapplicable("a plan of the subscription watches it"),
    "vulnerability_assessment": inapplicable("a plan of the subscription assesses it"),
    "ha.multi_zone": _OF_MACHINE,
    "deletion_protection": _OF_MACHINE,
    "engine": always("sqlserver", _PAGE),
    "version": _INSIDE,
    "auth.iam": _INSIDE,
    "auth.passwords": _INSIDE,
    "inline_secrets": _INSIDE,
    "auto_minor_upgrade": Fact(_is_on, of=("patches",), default=Documented(False, _PAGE)),
    "session.idle_minutes": _INSIDE,
    "tags": TAGS,
}


def _key(view: View) -> Key:
    """Return its key: it is called as its machine is."""
    if (known := by_id(view.spelled(RESOURCE))) is not None:
        return known
    value = raw(view, "machine")
    machine = from_id(value) if isinstance(value, str) else None
    if machine is not None:
        return machine.replace(_MACHINES, ARM_TYPE, 1)
    where = value.address if isinstance(value, Reference) else value
    return Unresolved(f"the id of its machine is {where}", "scan the plan or the live subscription")


def assets(view: View) -> Iterator[Asset]:
    """Yield the one `database` that the server is."""
    yield asset("database", view, SERVER, _key(view))
