"""App Service plans, the machines that apps of Azure run on, as `app_plan` assets."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tfaudit.model.asset import Asset
from tfaudit.reading.answers import Said
from tfaudit.reading.asset import asset
from tfaudit.reading.documented import Documented, Inapplicable
from tfaudit.reading.fact import Fact, Facts
from tfaudit.reading.spelling import Spelling, azure
from tfaudit.reading.view import View
from tfaudit.services.azure.choices import lower, switched
from tfaudit.services.azure.keys.keys import RESOURCE, named
from tfaudit.services.azure.tags import TAGGED, TAGS

READS = ("azurerm_service_plan", "azurerm_app_service_plan", "microsoft.web/serverfarms")
KINDS = ("app_plan",)
NAMES = ("name",)
ARM_TYPES = ("Microsoft.Web/serverfarms",)

ARM_TYPE = "microsoft.web/serverfarms"
_ZONES = "learn.microsoft.com/azure/reliability/reliability-app-service"
_SERVERLESS = frozenset({"y1", "dynamic"})

TABLE: Spelling = {
    **RESOURCE,
    **TAGGED,
    # word, then its path in Terraform and in ARM
    "zones": azure(("zone_balancing_enabled", "zone_redundant"), "properties.zoneRedundant"),
    "size": azure(("sku_name", "sku.size"), "sku.name"),
}
IDENTITY = tuple(RESOURCE)


def _spread(zones: Any, size: Any) -> Any:
    if lower(size) in _SERVERLESS:
        return Inapplicable("a consumption plan has no machines of its own")
    return Said(switched(zones), by="zones") if zones is not None else None


PLAN: Facts = {
    "ha.multi_zone": Fact(_spread, of=("zones", "size"), default=Documented(False, _ZONES)),
    "tags": TAGS,
}


def assets(view: View) -> Iterator[Asset]:
    """Yield the one `app_plan` that the resource declares."""
    yield asset("app_plan", view, PLAN, named(view, ARM_TYPE))
