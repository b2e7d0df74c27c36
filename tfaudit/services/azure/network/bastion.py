"""Azure Bastion, by which people sign in to machines that have no public address, as `bastion` assets."""

from __future__ import annotations

from collections.abc import Iterator

from tfaudit.model.asset import Asset
from tfaudit.reading.asset import asset
from tfaudit.reading.documented import Documented
from tfaudit.reading.fact import Fact, Facts
from tfaudit.reading.spelling import Spelling, azure
from tfaudit.reading.view import View
from tfaudit.services.azure.choices import switched
from tfaudit.services.azure.keys.keys import RESOURCE, named
from tfaudit.services.azure.tags import TAGGED, TAGS

READS = ("azurerm_bastion_host", "microsoft.network/bastionhosts")
KINDS = ("bastion",)
NAMES = ("name",)
ARM_TYPES = ("Microsoft.Network/bastionHosts",)

_TYPE = "microsoft.network/bastionhosts"
_LINKS = "learn.microsoft.com/azure/bastion/shareable-link"

TABLE: Spelling = {
    **RESOURCE,
    **TAGGED,
    # word, then its path in Terraform and in ARM
    "links": azure("shareable_link_enabled", "properties.enableShareableLink"),
}
IDENTITY = tuple(RESOURCE)

BASTION: Facts = {
    "shareable_links": Fact(switched, of=("links",), default=Documented(False, _LINKS)),
    "tags": TAGS,
}


def assets(view: View) -> Iterator[Asset]:
    """Yield the one `bastion` that the resource declares."""
    yield asset("bastion", view, BASTION, named(view, _TYPE))
