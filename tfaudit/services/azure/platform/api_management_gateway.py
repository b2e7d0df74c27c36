"""The gateway that an API Management service comes with, as a `listener` asset: which versions of TLS it takes.

Protocols that are older than TLS 1.2 are switched on one by one: in azurerm each has an attribute, in ARM each is a
member of one map.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from tfaudit.model.asset import Asset
from tfaudit.reading.answers import Said
from tfaudit.reading.asset import asset
from tfaudit.reading.documented import Documented
from tfaudit.reading.fact import Fact, Facts, inapplicable
from tfaudit.reading.spelling import NOTHING, Spelling, azure
from tfaudit.reading.view import View
from tfaudit.services.azure.choices import switched
from tfaudit.services.azure.keys.keys import RESOURCE, named, part_of
from tfaudit.services.azure.tags import TAGGED, TAGS

READS = ("azurerm_api_management", "microsoft.apimanagement/service")
KINDS = ("listener",)
NAMES = ("name",)
ARM_TYPES = ("Microsoft.ApiManagement/service",)

_SERVICE = "microsoft.apimanagement/service"
_NAME = "managed"
"""What Azure calls this gateway, beside those that somebody runs elsewhere."""

_OLD = (("ssl30", "SSL 3", "ssl30"), ("tls10", "1.0", "tls10"), ("tls11", "1.1", "tls11"))
"""Old protocols, the oldest first: the word, the version, and how the member of ARM's map ends."""

_MEMBER = "microsoft.windowsazure.apimanagement.gateway.security.protocols."
_PAGE = (
    "learn.microsoft.com/rest/api/apimanagement/api-management-service/create-or-update: "
    "none is on in services made since April 2018"
)

TABLE: Spelling = {
    **RESOURCE,
    **TAGGED,
    # word, then its path in Terraform (azurerm 4, and before) and in ARM
    "ssl30": azure(("security.frontend_ssl30_enabled", "security.enable_frontend_ssl30"), NOTHING),
    "tls10": azure(("security.frontend_tls10_enabled", "security.enable_frontend_tls10"), NOTHING),
    "tls11": azure(("security.frontend_tls11_enabled", "security.enable_frontend_tls11"), NOTHING),
    "custom": azure(NOTHING, "properties.customProperties"),
}
IDENTITY = tuple(RESOURCE)


def _oldest(custom: Any, ssl30: Any, tls10: Any, tls11: Any) -> Any:
    """Return the oldest version that is switched on; None where nothing is said of any."""
    members = _members(custom)
    said: Said | None = None
    for (word, version, ending), stated in zip(_OLD, (ssl30, tls10, tls11), strict=True):
        member = members.get(_MEMBER + ending)
        if stated is not None:
            said = Said(version if switched(stated) else "1.2", by=word)
        elif member is not None:
            said = Said(version if switched(custom[member]) else "1.2", by="custom", row=member)
        else:
            continue
        if said.value != "1.2":
            return said
    return said


def _members(custom: Any) -> dict[str, str]:
    """Return the members of ARM's map by their names in small letters, in which ARM compares them."""
    return {str(each).lower(): each for each in custom} if isinstance(custom, Mapping) else {}


GATEWAY: Facts = {
    "https_only": inapplicable("each of its APIs says which protocols it takes"),
    "tls.min_version": Fact(
        _oldest, of=("custom", "ssl30", "tls10", "tls11"), default=Documented("1.2", _PAGE)
    ),
    "tags": TAGS,
}


def assets(view: View) -> Iterator[Asset]:
    """Yield the one `listener` that the service's own gateway is."""
    key = part_of(named(view, _SERVICE), _SERVICE, "gateways", _NAME)
    yield asset("listener", view, GATEWAY, key, "gateway", "gateway")
