"""Azure ExpressRoute, as `dedicated_line` assets: ports that are yours, and circuits, which are those of a carrier."""

from __future__ import annotations

from collections.abc import Iterator

from tfaudit.model.asset import Asset
from tfaudit.model.settings import Known, Unknown
from tfaudit.reading import states
from tfaudit.reading.asset import asset
from tfaudit.reading.documented import Documented
from tfaudit.reading.fact import Fact, Facts, inapplicable
from tfaudit.reading.spelling import NOTHING, Spelling, azure
from tfaudit.reading.states import Absent, Pointer
from tfaudit.reading.view import View
from tfaudit.services.azure.elements import elements
from tfaudit.services.azure.keys.keys import RESOURCE, named
from tfaudit.services.azure.tags import TAGGED, TAGS

READS = (
    "azurerm_express_route_port",
    "azurerm_express_route_circuit",
    "microsoft.network/expressrouteports",
    "microsoft.network/expressroutecircuits",
)
KINDS = ("dedicated_line",)
NAMES = ("name",)
ARM_TYPES = ("Microsoft.Network/ExpressRoutePorts", "Microsoft.Network/expressRouteCircuits")

_PORT = "microsoft.network/expressrouteports"
_CIRCUIT = "microsoft.network/expressroutecircuits"
_PORTS = ("azurerm_express_route_port", _PORT)
_PAGE = "learn.microsoft.com/azure/expressroute/expressroute-about-encryption"

_LINK: Spelling = {
    "key": azure("macsec_cak_keyvault_secret_id", "properties.macSecConfig.cakSecretIdentifier")
}
TABLE: Spelling = {
    **RESOURCE,
    **TAGGED,
    # word, then its path in Terraform and in ARM
    "first": azure("link1", NOTHING, rows=_LINK),
    "second": azure("link2", NOTHING, rows=_LINK),
    "links": azure(NOTHING, "properties.links", rows=_LINK),
}
IDENTITY = tuple(RESOURCE)


def _encrypted(view: View) -> states.Reading:
    """Return whether both links of a port have a key by which they are encrypted."""
    keys: list[states.Reading] = []
    for word in ("first", "second", "links"):
        keys += [link.word("key") for link in elements(view, word)]
    for key in keys:
        if isinstance(key, Absent) or (isinstance(key, Known) and not key.value):
            return Known(False, key.resource, key.path)
    unsure = next((each for each in keys if isinstance(each, Unknown)), None)
    if unsure is not None:
        return unsure
    found = [each for each in keys if isinstance(each, (Known, Pointer))]
    # A link that is not written has no key: a port has two of them.
    if len(found) < _LINKS:
        return Absent(view.resource, view.base)
    return Known(True, found[0].resource, found[0].path)


_LINKS = 2
PORT: Facts = {
    "encryption.in_transit": Fact(
        joins=_encrypted, of=("first", "second", "links"), default=Documented(False, _PAGE)
    ),
    "tags": TAGS,
}
CIRCUIT: Facts = {
    "encryption.in_transit": inapplicable("it is a carrier's line, or a part of a port that is judged"),
    "tags": TAGS,
}


def assets(view: View) -> Iterator[Asset]:
    """Yield the one `dedicated_line` that the resource declares."""
    if view.resource.type in _PORTS:
        yield asset("dedicated_line", view, PORT, named(view, _PORT))
    else:
        yield asset("dedicated_line", view, CIRCUIT, named(view, _CIRCUIT))
