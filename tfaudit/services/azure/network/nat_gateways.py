"""Azure's NAT gateways, as `nat_gateway` assets: the way out of subnets, by addresses that are known.

Whether a subnet has one is judged at the subnet.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tfaudit.model.asset import Asset
from tfaudit.reading.asset import asset
from tfaudit.reading.documented import Documented
from tfaudit.reading.fact import Fact, Facts
from tfaudit.reading.spelling import Spelling, azure
from tfaudit.reading.view import View
from tfaudit.services.azure.choices import lower
from tfaudit.services.azure.keys.keys import RESOURCE, named
from tfaudit.services.azure.tags import TAGGED, TAGS

READS = ("azurerm_nat_gateway", "microsoft.network/natgateways")
KINDS = ("nat_gateway",)
NAMES = ("name",)
ARM_TYPES = ("Microsoft.Network/natGateways",)

ARM_TYPE = "microsoft.network/natgateways"
_ZONES = "learn.microsoft.com/azure/nat-gateway/nat-sku: one of the SKU Standard lies in one zone"

TABLE: Spelling = {
    **RESOURCE,
    **TAGGED,
    # word, then its path in Terraform and in ARM
    "sku": azure("sku_name", "sku.name"),
}
IDENTITY = tuple(RESOURCE)


def _spread(sku: Any) -> bool | None:
    return None if sku is None else lower(sku) == "standardv2"


GATEWAY: Facts = {
    "ha.multi_zone": Fact(_spread, of=("sku",), default=Documented(False, _ZONES)),
    "tags": TAGS,
}


def assets(view: View) -> Iterator[Asset]:
    """Yield the one `nat_gateway` that the resource declares."""
    yield asset("nat_gateway", view, GATEWAY, named(view, ARM_TYPE))
