"""Azure's route tables, as `route_table` assets: whether one sends what goes out straight to the internet.

By default Azure does so as well; a route that says it goes before one that a gateway announces, and so past the
firewall that what goes out was meant to pass.
"""

from __future__ import annotations

from collections.abc import Iterator

from tfaudit.model.asset import Asset
from tfaudit.model.settings import Known, Unknown
from tfaudit.reading import states
from tfaudit.reading.asset import asset
from tfaudit.reading.documented import Documented
from tfaudit.reading.fact import Fact, Facts
from tfaudit.reading.spelling import Spelling, azure
from tfaudit.reading.states import Absent, Pointer
from tfaudit.reading.view import Some, View
from tfaudit.services.azure.elements import elements
from tfaudit.services.azure.keys.keys import RESOURCE, named
from tfaudit.services.azure.network.subnet_outbound import ROUTE, ROUTES
from tfaudit.services.azure.tags import TAGGED, TAGS

READS = ("azurerm_route_table", "microsoft.network/routetables")
KINDS = ("route_table",)
NAMES = ("name",)
COMPANIONS = {"azurerm_route": "route_table_name", "microsoft.network/routetables/routes": "parent"}
ARM_TYPES = ("Microsoft.Network/routeTables", "Microsoft.Network/routeTables/routes")

ARM_TYPE = "microsoft.network/routetables"
_PAGE = "learn.microsoft.com/azure/virtual-network/virtual-networks-udr-overview"
_EVERYWHERE = ("0.0.0.0/0", "::/0")
_OUTSIDE = "internet"

TABLE: Spelling = {
    **RESOURCE,
    **TAGGED,
    # word, then its path in Terraform and in ARM
    "routes": azure("route", "properties.routes", rows=ROUTE),
}
IDENTITY = tuple(RESOURCE)


def _straight_out(view: View) -> states.Reading:
    """Return whether a route for all addresses leads to the internet."""
    beside = view.companions(*ROUTES)
    unsure = beside.more if isinstance(beside, Some) else None
    where: states.Reading | None = None
    for route in (*elements(view, "routes"), *(each.spelled(ROUTE) for each in beside.views)):
        prefix, hop = route.word("prefix"), route.word("hop")
        where = where or hop
        if isinstance(prefix, Known) and str(prefix.value).lower() not in _EVERYWHERE:
            continue
        if isinstance(hop, Known) and str(hop.value).lower() != _OUTSIDE:
            continue
        if isinstance(prefix, Known) and isinstance(hop, Known):
            return Known(True, hop.resource, hop.path)
        for each in (prefix, hop):
            if isinstance(each, (Unknown, Pointer)):
                unsure = unsure or (each if isinstance(each, Unknown) else each.unknown)
    if unsure is not None:
        return unsure
    return Known(False, where.resource, where.path) if where else Absent(view.resource, view.base)


ROUTE_TABLE: Facts = {
    "routes.internet": Fact(
        joins=_straight_out,
        of=("routes",),
        default=Documented(False, f"{_PAGE}: it has no route"),
        beside=ROUTES,
    ),
    "tags": TAGS,
}


def assets(view: View) -> Iterator[Asset]:
    """Yield the one `route_table` that the resource declares."""
    yield asset("route_table", view, ROUTE_TABLE, named(view, ARM_TYPE))
