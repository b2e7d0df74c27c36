"""Azure's network interfaces, as `network_interface` assets: the parts of a network that machines are reached by."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tfaudit.model.asset import Asset
from tfaudit.model.settings import Known, NotApplicable, Unknown
from tfaudit.reading.asset import asset
from tfaudit.reading.documented import Documented
from tfaudit.reading.fact import Fact, Facts
from tfaudit.reading.spelling import Spelling
from tfaudit.reading.states import Absent, Pointer, Reading
from tfaudit.reading.view import View
from tfaudit.services.azure.choices import switched
from tfaudit.services.azure.elements import elements
from tfaudit.services.azure.keys.keys import RESOURCE, named
from tfaudit.services.azure.network import attached, exposure, interface_words
from tfaudit.services.azure.network.identities import own
from tfaudit.services.azure.tags import TAGS

READS = ("azurerm_network_interface", "microsoft.network/networkinterfaces")
KINDS = ("network_interface",)
COMPANIONS = {
    "azurerm_network_interface_security_group_association": "network_interface_id",
    "azurerm_network_interface_backend_address_pool_association": "network_interface_id",
    "azurerm_network_interface_nat_rule_association": "network_interface_id",
    "azurerm_network_interface_application_gateway_backend_address_pool_association": "network_interface_id",
    "azurerm_network_interface_application_security_group_association": "network_interface_id",
}
NAMES = ("name",)
ARM_TYPES = ("Microsoft.Network/networkInterfaces",)

_TYPE = "microsoft.network/networkinterfaces"
_PAGE = "learn.microsoft.com/azure/virtual-network/virtual-network-network-interface"
_PUBLIC = "learn.microsoft.com/azure/virtual-network/ip-services/public-ip-addresses"

TABLE: Spelling = interface_words.TABLE
IDENTITY = tuple(RESOURCE)


def _public(view: View) -> Reading:
    """Return whether one of its addresses is public."""
    unsure: Unknown | None = None
    for address in elements(view, "addresses"):
        reading = address.word("public")
        match reading:
            case Known(value=""):
                pass
            case Known() | Pointer():
                return Known(True, reading.resource, reading.path)
            case Unknown():
                unsure = unsure or reading
            case Absent():
                pass
    return unsure or Absent(view.resource, view.base)


def _unless_attached(fact: Fact) -> Fact:
    """Return the fact of an interface that no machine declared here has: of the others the machine is judged."""

    def joins(view: View) -> Any:
        machine = view.inventory.derived(attached.machines).get(own(view))
        if machine is not None:
            return NotApplicable(f"its machine {machine} is judged", view.resource, view.base)
        return fact.joins(view) if fact.joins is not None else None

    return Fact(joins=joins, of=fact.of, beside=fact.beside)


INTERFACE: Facts = {
    "ip_forwarding": Fact(switched, of=("forwarding",), default=Documented(False, _PAGE)),
    "network.public": Fact(joins=_public, of=("addresses",), default=Documented(False, _PUBLIC)),
    **{
        name: _unless_attached(fact)
        for name, fact in exposure.facts(attached.of_resource, "addresses", "security_group").items()
    },
    "tags": TAGS,
}


def assets(view: View) -> Iterator[Asset]:
    """Yield the one `network_interface` that the resource declares."""
    yield asset("network_interface", view, INTERFACE, named(view, _TYPE))
