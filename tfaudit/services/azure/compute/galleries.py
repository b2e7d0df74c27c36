"""Azure compute galleries, which hold images of machines, as `registry` assets."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tfaudit.model.asset import Asset
from tfaudit.reading.asset import asset
from tfaudit.reading.documented import Documented
from tfaudit.reading.fact import Fact, Facts, inapplicable
from tfaudit.reading.spelling import Spelling, azure
from tfaudit.reading.view import View
from tfaudit.services.azure.choices import lower
from tfaudit.services.azure.keys.keys import RESOURCE, named
from tfaudit.services.azure.tags import TAGGED, TAGS

READS = ("azurerm_shared_image_gallery", "microsoft.compute/galleries")
KINDS = ("registry",)
NAMES = ("name",)
ARM_TYPES = ("Microsoft.Compute/galleries",)

ARM_TYPE = "microsoft.compute/galleries"
IDENTITY = tuple(RESOURCE)
_SHARING = "learn.microsoft.com/azure/virtual-machines/share-gallery"

TABLE: Spelling = {
    **RESOURCE,
    **TAGGED,
    # word, then its path in Terraform and in ARM
    "shared_with": azure("sharing.permission", "properties.sharingProfile.permissions"),
}


def _with_everybody(shared_with: Any) -> bool | None:
    """Return whether every customer of Azure may start machines from its images."""
    return None if shared_with is None else lower(shared_with) == "community"


_BY_ROLES = "who gets its images is told by roles and by whom it is shared with"
GALLERY: Facts = {
    "anonymous_pull": Fact(_with_everybody, of=("shared_with",), default=Documented(False, _SHARING)),
    "admin_user": inapplicable(_BY_ROLES),
    "network.public": inapplicable(_BY_ROLES),
    "network.private_endpoint": inapplicable("images are copied by Azure and by no network of yours"),
    "encryption.customer_managed_key": inapplicable("each version of an image says which key encrypts it"),
    "exports": inapplicable(_BY_ROLES),
    "own_data_endpoints": inapplicable("images are copied by Azure and by no network of yours"),
    "ha.multi_region": inapplicable("each version of an image says which regions have it"),
    "tags": TAGS,
}


def assets(view: View) -> Iterator[Asset]:
    """Yield the one `registry` that the resource declares."""
    yield asset("registry", view, GALLERY, named(view, ARM_TYPE))
