"""Azure's public addresses, as `public_address` assets."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Literal

from tfaudit.model.asset import Asset
from tfaudit.model.settings import Default, Known
from tfaudit.reading.asset import asset
from tfaudit.reading.documented import ByPlane, Documented, Inapplicable
from tfaudit.reading.fact import Fact, Facts
from tfaudit.reading.spelling import Spelling, azure
from tfaudit.reading.view import View
from tfaudit.services.azure.choices import lower
from tfaudit.services.azure.keys.keys import RESOURCE, named
from tfaudit.services.azure.provider import changed_in
from tfaudit.services.azure.tags import TAGGED, TAGS

READS = ("azurerm_public_ip", "microsoft.network/publicipaddresses")
KINDS = ("public_address",)
NAMES = ("name",)
ARM_TYPES = ("Microsoft.Network/publicIPAddresses",)

_TYPE = "microsoft.network/publicipaddresses"
_SKU = "learn.microsoft.com/azure/virtual-network/ip-services/public-ip-addresses"

TABLE: Spelling = {
    **RESOURCE,
    **TAGGED,
    # word, then its path in Terraform and in ARM
    "sku": azure("sku", "sku.name"),
    "floods": azure("ddos_protection_mode", "properties.ddosSettings.protectionMode"),
}
IDENTITY = tuple(RESOURCE)
_INHERITED = Inapplicable("it has what its network has, where that is judged")
_KIND: Literal["bool"] = "bool"


def _closed(sku: Any) -> bool | None:
    return None if sku is None else lower(sku) != "basic"


CLOSED = Fact(
    _closed,
    of=("sku",),
    default=ByPlane(terraform=changed_in(4, False, True, _SKU), arm=Documented(False, _SKU)),
)
"""Whether only what a security group allows gets to it: all public addresses but the Basic ones are so."""


def closed(view: View) -> bool | None:
    """Return the same of one address; None where it is not known."""
    found = CLOSED.read(view.spelled(TABLE), _KIND)
    return bool(found.value) if isinstance(found, (Known, Default)) else None


def _guarded(mode: Any) -> Any:
    """Return whether an address has a plan against floods of its own: learn.microsoft.com/azure/ddos-protection."""
    if mode is None or lower(mode) == "virtualnetworkinherited":
        return _INHERITED
    return lower(mode) == "enabled"


PUBLIC: Facts = {
    "closed_by_default": CLOSED,
    "ddos_protection": Fact(_guarded, of=("floods",), default=_INHERITED),
    "tags": TAGS,
}


def assets(view: View) -> Iterator[Asset]:
    """Yield the one `public_address` that the resource declares."""
    yield asset("public_address", view, PUBLIC, named(view, _TYPE))
