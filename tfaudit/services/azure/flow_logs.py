"""Flow logs of Azure networks.

A flow log records a virtual network, or (no longer to be had for new ones) a security group. A network whose
subnets all have a group that is recorded is recorded as well.
"""

from __future__ import annotations

from typing import Any

from tfaudit.assets.facts import Documented, Fact
from tfaudit.assets.inventory import ABSENT, without_index
from tfaudit.assets.settings import Known
from tfaudit.assets.view import Reading, View
from tfaudit.resources import Reference, Resource, Unresolved
from tfaudit.services.azure.expressions import may_name
from tfaudit.services.azure.keys import from_id, named

_DOCS = "learn.microsoft.com/azure/network-watcher/vnet-flow-logs-overview"
_TYPE = "azurerm_network_watcher_flow_log"
_SETTLE = "scan the plan or the live subscription"
FOR_EVER = 36_500
"""The days that stand for "kept until somebody deletes it": Azure's retention of 0 days."""


def _of(resource: Resource, view: View, arm_type: str) -> tuple[View | None, Reading | None]:
    """Return the flow log of `resource`, and one of which that cannot be told."""
    unsure: Reading | None = None
    own = without_index(resource.address)
    for log in view.inventory.of_type(_TYPE):
        shown = View(log, view.inventory)
        target = shown.first("target_resource_id", "network_security_group_id")
        if isinstance(target.value, Reference):
            if without_index(target.value.address) == own:
                return shown, None
        elif isinstance(target.value, Unresolved):
            if may_name(target.value, resource):
                because = f"{log.address} may record it: its target is not known"
                unsure = Reading(Unresolved(because, _SETTLE), log, target.path)
        elif isinstance(target.value, str) and from_id(target.value) == named(
            View(resource, view.inventory), arm_type
        ):
            return shown, None
    return None, unsure


def _by_groups(view: View) -> View | None:
    """Return the flow log of one security group where every subnet of the network has a group that is recorded."""
    name = view.get("name")
    subnets = [
        each
        for each in view.inventory.of_type("azurerm_subnet")
        if _same(each.body.get("virtual_network_name"), name, view.resource.address)
    ]
    logs: list[View] = []
    for subnet in subnets:
        for link in view.inventory.of_type("azurerm_subnet_network_security_group_association"):
            if not _same(link.body.get("subnet_id"), None, subnet.address):
                continue
            for group in View(link, view.inventory).targets("network_security_group_id"):
                log, _ = _of(group.resource, view, "microsoft.network/networksecuritygroups")
                if log is not None and log.read("enabled").value is not False:
                    logs.append(log)
    return logs[0] if subnets and len(logs) >= len(subnets) else None


def _same(value: Any, name: Any, address: str) -> bool:
    if isinstance(value, Reference):
        return without_index(value.address) == without_index(address)
    return isinstance(value, str) and value == name


def _log(view: View) -> tuple[View | None, Reading | None]:
    log, unsure = _of(view.resource, view, "microsoft.network/virtualnetworks")
    return (log or _by_groups(view)), unsure


def _recorded(view: View) -> Any:
    log, unsure = _log(view)
    if log is None:
        return unsure or ABSENT
    enabled = log.read("enabled")
    return Known(True, log.resource) if enabled.absent else enabled


def _retention(view: View) -> Any:
    log, unsure = _log(view)
    if log is None:
        return unsure or ABSENT
    enabled, days = log.read("retention_policy.enabled"), log.read("retention_policy.days")
    if enabled.value is False or days.value == 0:
        return Known(FOR_EVER, log.resource, enabled.path)
    return days


FLOW_LOGS = Fact(terraform=_recorded, default=Documented(False, _DOCS))
"""Whether what passes the network is recorded."""

RETENTION = Fact(terraform=_retention, default=Documented(0, _DOCS))
"""For how many days the record is kept; 0 where there is none."""
