"""Azure private endpoints, as `private_endpoint` assets: whether names lead to them.

Without a group of private zones nothing writes the records by which the name of what is reached leads to the private
address, unless they are declared: clients go on to the public one.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tfaudit.model.asset import Asset
from tfaudit.model.settings import Known, Unknown
from tfaudit.reading.asset import asset
from tfaudit.reading.documented import Documented
from tfaudit.reading.fact import Fact, Facts
from tfaudit.reading.parts import there
from tfaudit.reading.spelling import Spelling, azure
from tfaudit.reading.states import Absent
from tfaudit.reading.values import as_list
from tfaudit.reading.view import Some, View
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
_RECORDS = {
    # what writes a record, and where that has the address; of a running endpoint no record tells whose it is
    "azurerm_private_dns_a_record": "records",
    "microsoft.network/privatednszones/a": "properties.aRecords.ipv4Address",
}
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


_BY_GROUP = Fact(_led, of=("zones",), default=Documented(False, _DNS))


def _by_any(view: View) -> Any:
    """Return whether a group of zones writes the records, or one that is declared has the endpoint's address."""
    grouped = _BY_GROUP.read(view, "bool")
    if isinstance(grouped, Unknown) or (isinstance(grouped, Known) and grouped.value):
        return grouped
    if view.resource.plane != "live":
        records = View(view.resource, view.inventory, _RECORDS).companions(*_RECORDS)
        for record in records.views:
            path = _RECORDS[record.resource.type].removesuffix(".ipv4Address")
            return Known(True, record.resource, tuple(path.split(".")))
        if isinstance(records, Some):
            return records.more
    return grouped if isinstance(grouped, Known) else Absent(view.resource, view.base)


FACTS: Facts = {
    "private_dns": Fact(joins=_by_any, of=("zones",), default=Documented(False, _DNS)),
    "tags": TAGS,
}


def assets(view: View) -> Iterator[Asset]:
    """Yield the one `private_endpoint` that the resource declares."""
    yield asset("private_endpoint", view, FACTS, named(view, ARM_TYPE))
