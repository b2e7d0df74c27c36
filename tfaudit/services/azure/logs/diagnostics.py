"""Diagnostic settings, joined to the resource whose logs they send.

Azure keeps no resource logs unless a diagnostic setting sends them somewhere: none declared means none kept.
Provider 3.x spells a log `log` with `enabled`, from 3.39 on `enabled_log`; a category group (`audit`, `allLogs`)
stands for many.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from msgspec import Struct, field

from tfaudit.model.resources import Path, Reference, Resource, Unresolved
from tfaudit.model.settings import Known
from tfaudit.reading.documented import Documented
from tfaudit.reading.facts import Fact
from tfaudit.reading.inventory import ABSENT
from tfaudit.reading.view import Reading, View
from tfaudit.services.azure.pointers import pointing_at

NOT_SENT = "learn.microsoft.com/azure/azure-monitor/platform/diagnostic-settings"
"""Says that resource logs are not collected until a diagnostic setting sends them somewhere."""

TYPE = "azurerm_monitor_diagnostic_setting"
_GROUPS = ("audit", "alllogs")
_SETTLE = "scan the plan or the live subscription"


class Sent(Struct):
    """The log categories that diagnostic settings send, where each is said, and what could not be told."""

    categories: dict[str, tuple[Resource, Path]] = field(default_factory=dict)
    unsure: Reading | None = None

    def first(self, wanted: frozenset[str]) -> tuple[Resource, Path] | None:
        """Return where the first of `wanted`, or a group that holds it, is sent."""
        for name in (*_GROUPS, *sorted(wanted)):
            if name in self.categories:
                return self.categories[name]
        return None


def sent(view: View, arm_type: str = "") -> Sent:
    """Return what the diagnostic settings of the resource that `view` shows send.

    `arm_type` lets a setting name the resource by its literal ARM id.
    """
    settings, unsure = pointing_at(view, TYPE, arm_type, "target_resource_id")
    found = Sent(unsure=unsure)
    for setting in settings:
        _collect(setting, view, found)
    return found


def _collect(setting: Resource, view: View, found: Sent) -> None:
    for name, entry in _logs(View(setting, view.inventory)):
        enabled = entry.read("enabled").value
        if enabled is False or name == "metric":
            continue
        if isinstance(enabled, (Unresolved, Reference)):
            found.unsure = entry.read("enabled")
            continue
        reading = entry.first("category_group", "category")
        if isinstance(reading.value, (Unresolved, Reference)):
            found.unsure = Reading(
                Unresolved(f"a log category of {setting.address} is not known", _SETTLE),
                setting,
                reading.path,
            )
        elif reading.known:
            found.categories.setdefault(str(reading.value).lower(), (setting, reading.path))


def _logs(view: View) -> Iterator[tuple[str, View]]:
    for block in ("enabled_log", "log"):
        for entry in view.each(block):
            yield block, entry


def sends(*categories: str, arm_type: str = "") -> Callable[[View], Any]:
    """Return a spelling: whether one of `categories`, or a group that holds it, is sent; none named: any at all."""
    wanted = frozenset(name.lower() for name in categories)

    def spelling(view: View) -> Any:
        told = sent(view, arm_type)
        names = wanted or frozenset(told.categories)
        where = told.first(names)
        if where is not None:
            return Known(True, *where)
        if told.unsure is not None:
            return told.unsure
        if told.categories:
            resource, path = next(iter(told.categories.values()))
            return Known(False, resource, path)
        return ABSENT

    return spelling


def logged(*categories: str, arm_type: str = "") -> Fact:
    """Return a fact: whether one of `categories` is sent somewhere by a diagnostic setting."""
    return Fact(terraform=sends(*categories, arm_type=arm_type), default=Documented(False, NOT_SENT))
