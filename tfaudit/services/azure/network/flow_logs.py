"""Flow logs of Azure networks.

A flow log records a virtual network, or (no longer to be had for new ones) a security group. A network whose
subnets all have a group that is recorded is recorded as well.
"""

from __future__ import annotations

from typing import Any

from tfaudit.model.settings import Known
from tfaudit.reading.documented import Documented
from tfaudit.reading.facts import Fact
from tfaudit.reading.inventory import ABSENT
from tfaudit.reading.view import Reading, View
from tfaudit.services.azure.pointers import pointing_at

_DOCS = "learn.microsoft.com/azure/network-watcher/vnet-flow-logs-overview"
_TYPE = "azurerm_network_watcher_flow_log"
_LINK = "azurerm_subnet_network_security_group_association"
FOR_EVER = 36_500
"""The days that stand for "kept until somebody deletes it": Azure's retention of 0 days."""


def _of(view: View, arm_type: str) -> tuple[View | None, Reading | None]:
    """Return the flow log of what `view` shows, and one of which that cannot be told."""
    logs, unsure = pointing_at(view, _TYPE, arm_type, "target_resource_id", "network_security_group_id")
    return (View(logs[0], view.inventory) if logs else None), unsure


def _by_groups(view: View) -> View | None:
    """Return the flow log of one security group where every subnet of the network has a group that is recorded."""
    name = view.get("name")
    names = [name] if isinstance(name, str) else []
    subnets, _ = view.inventory.pointing_at(view.resource, names, "azurerm_subnet", "virtual_network_name")
    logs: list[View] = []
    for subnet in subnets:
        links, _ = view.inventory.pointing_at(subnet, (), _LINK, "subnet_id")
        for link in links:
            for group in View(link, view.inventory).targets("network_security_group_id"):
                log, _ = _of(group, "microsoft.network/networksecuritygroups")
                if log is not None and log.read("enabled").value is not False:
                    logs.append(log)
    return logs[0] if subnets and len(logs) >= len(subnets) else None


def _log(view: View) -> tuple[View | None, Reading | None]:
    log, unsure = _of(view, "microsoft.network/virtualnetworks")
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
