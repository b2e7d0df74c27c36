"""Azure's DNS zones, as `dns_zone` assets: private ones, which the linked networks ask, and public ones.

A machine in a network whose link registers machines gets a record of its own name in the zone. In a zone for private
endpoints (`privatelink.…`) that name is one which clients take for a service's.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tfaudit.model.asset import Asset
from tfaudit.model.resources import Unresolved
from tfaudit.model.settings import Known, NotApplicable, Unknown
from tfaudit.reading.asset import asset
from tfaudit.reading.documented import ByPlane, Documented
from tfaudit.reading.fact import Fact, Facts, inapplicable
from tfaudit.reading.spelling import Spelling, azure
from tfaudit.reading.states import Absent, Pointer, Reading
from tfaudit.reading.values import as_bool
from tfaudit.reading.view import Some, View
from tfaudit.services.azure.keys.keys import RESOURCE, named
from tfaudit.services.azure.tags import TAGGED, TAGS

READS = (
    "azurerm_private_dns_zone",
    "azurerm_dns_zone",
    "microsoft.network/privatednszones",
    "microsoft.network/dnszones",
)
KINDS = ("dns_zone",)
NAMES = ("name",)
COMPANIONS = {
    "azurerm_private_dns_zone_virtual_network_link": "private_dns_zone_name",
    "microsoft.network/privatednszones/virtualnetworklinks": "parent",
    "microsoft.network/dnszones/dnssecconfigs": "parent",
}
ARM_TYPES = (
    "Microsoft.Network/privateDnsZones",
    "Microsoft.Network/privateDnsZones/virtualNetworkLinks",
    "Microsoft.Network/dnsZones",
)

PRIVATE_TYPE = "microsoft.network/privatednszones"
PUBLIC_TYPE = "microsoft.network/dnszones"
_PRIVATE = ("azurerm_private_dns_zone", PRIVATE_TYPE)
_LINKS = ("azurerm_private_dns_zone_virtual_network_link", f"{PRIVATE_TYPE}/virtualnetworklinks")
_SIGNING = f"{PUBLIC_TYPE}/dnssecconfigs"
_LINKED = "learn.microsoft.com/azure/dns/private-dns-virtual-network-links"
_REGISTERS = "learn.microsoft.com/azure/dns/private-dns-autoregistration"
_DNSSEC = "learn.microsoft.com/azure/dns/dnssec"
_OF_ENDPOINTS = "privatelink."

TABLE: Spelling = {**RESOURCE, **TAGGED}
LINK: Spelling = {
    # word of a link, then its path in Terraform and in ARM
    "registers": azure("registration_enabled", "properties.registrationEnabled"),
}
IDENTITY = tuple(RESOURCE)


def _linked(view: View) -> Reading:
    """Return whether a network asks the zone."""
    links = view.companions(*_LINKS)
    for link in links.views:
        return Known(True, link.resource, link.base)
    return links.more if isinstance(links, Some) else Absent(view.resource, view.base)


def _registers(view: View) -> Any:
    """Return whether a link registers machines in a zone for private endpoints."""
    name = view.word("name")
    if isinstance(name, Known) and not str(name.value).lower().startswith(_OF_ENDPOINTS):
        return NotApplicable("it is no zone for private endpoints", name.resource, name.path)
    links = view.companions(*_LINKS)
    unsure: Unknown | None = links.more if isinstance(links, Some) else None
    for link in links.views:
        registers = link.spelled(LINK).word("registers")
        match registers:
            case Known(value=value):
                if as_bool(value):
                    return name if isinstance(name, Unknown) else Known(True, link.resource, registers.path)
            case Unknown():
                unsure = unsure or registers
            case Pointer():
                unsure = unsure or registers.unknown
            case Absent():
                pass
    return unsure or Absent(view.resource, view.base)


def _signed(view: View) -> Reading:
    """Return whether the zone has a configuration by which it is signed."""
    configured = view.companions(_SIGNING)
    for each in configured.views:
        return Known(True, each.resource, each.base)
    return configured.more if isinstance(configured, Some) else Absent(view.resource, view.base)


_NOT_SAID = Unresolved("azurerm has no word for DNSSEC", "scan the live subscription")
PRIVATE: Facts = {
    "linked": Fact(joins=_linked, default=Documented(False, _LINKED), beside=_LINKS),
    "registers_machines": Fact(
        joins=_registers, of=("name",), default=Documented(False, _REGISTERS), beside=_LINKS
    ),
    "signed": inapplicable("what a private zone says reaches its networks by no other server"),
    "tags": TAGS,
}
PUBLIC: Facts = {
    "linked": inapplicable("everybody may ask it"),
    "registers_machines": inapplicable("machines are registered in private zones only"),
    "signed": Fact(
        joins=_signed,
        default=ByPlane(terraform=_NOT_SAID, arm=Documented(False, _DNSSEC)),
        beside=(_SIGNING,),
    ),
    "tags": TAGS,
}


def assets(view: View) -> Iterator[Asset]:
    """Yield the one `dns_zone` that the resource declares."""
    if view.resource.type in _PRIVATE:
        yield asset("dns_zone", view, PRIVATE, named(view, PRIVATE_TYPE))
    else:
        yield asset("dns_zone", view, PUBLIC, named(view, PUBLIC_TYPE))
