"""Azure private endpoints, as `private_endpoint` assets: whether names lead to them.

Without a group of private zones nothing writes the records by which the name of what is reached leads to the private
address: clients go on to the public one.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tfaudit.model.asset import Asset
from tfaudit.reading.asset import asset
from tfaudit.reading.documented import Documented
from tfaudit.reading.fact import Fact, Facts
from tfaudit.reading.parts import there
from tfaudit.reading.spelling import Spelling, azure
from tfaudit.reading.values import as_list
from tfaudit.reading.view import View
from tfaudit.services.azure.keys.keys import RESOURCE, named
from tfaudit.services.azure.tags import TAGGED, TAGS

READS = ("azurerm_private_endpoint", "microsoft.network/privateendpoints")
KINDS = ("private_endpoint",)
NAMES = ("name",)
COMPANIONS = {"microsoft.network/privateendpoints/privatednszonegroups": "parent"}
ARM_TYPES = (
    "Microsoft.Network/privateEndpoints",
    "Microsoft.Network/privateEndpoints/privateDnsZoneGroups",
)

ARM_TYPE = "microsoft.network/privateendpoints"
_DNS = "learn.microsoft.com/azure/private-link/private-endpoint-dns"
_GROUPS = f"{ARM_TYPE}/privatednszonegroups"

TABLE: Spelling = {
    **RESOURCE,
    **TAGGED,
    # word, then its path in Terraform and in ARM
    "zones": azure(
        "private_dns_zone_group.private_dns_zone_ids", f"{_GROUPS}/properties.privateDnsZoneConfigs"
    ),
}
IDENTITY = tuple(RESOURCE)


def _led(zones: Any) -> bool | None:
    return None if zones is None else there(as_list(zones))


FACTS: Facts = {
    "private_dns": Fact(_led, of=("zones",), default=Documented(False, _DNS)),
    "tags": TAGS,
}


def assets(view: View) -> Iterator[Asset]:
    """Yield the one `private_endpoint` that the resource declares."""
    yield asset("private_endpoint", view, FACTS, named(view, ARM_TYPE))
