"""APIs that Azure API Management publishes, as `listener` assets."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tfaudit.model.asset import Asset, Key
from tfaudit.model.resources import Unresolved
from tfaudit.reading.asset import asset
from tfaudit.reading.fact import Fact, Facts, inapplicable
from tfaudit.reading.parts import some
from tfaudit.reading.spelling import NOTHING, Spelling, azure
from tfaudit.reading.values import as_list
from tfaudit.reading.view import View
from tfaudit.services.azure.choices import lower
from tfaudit.services.azure.keys.keys import RESOURCE, by_id, name_of, part_of

READS = ("azurerm_api_management_api", "microsoft.apimanagement/service/apis")
KINDS = ("listener",)
ARM_TYPES = ("Microsoft.ApiManagement/service/apis",)

_SERVICE = "microsoft.apimanagement/service"
_PLAIN = ("http", "ws")

TABLE: Spelling = {
    **RESOURCE,
    # word, then its path in Terraform and in ARM
    "service": azure("api_management_name", NOTHING),
    "protocols": azure("protocols", "properties.protocols"),
}
IDENTITY = (*RESOURCE, "service")


def _encrypted(protocols: Any) -> bool | None:
    if protocols is None:
        return None
    return not some(as_list(protocols), lambda each: lower(each) in _PLAIN)


API: Facts = {
    # What an imported description names is not known here, so nothing holds by default.
    "https_only": Fact(_encrypted, of=("protocols",)),
    "tls.min_version": inapplicable("its service says which versions it takes"),
    "tags": inapplicable("an API has no tags"),
}


def key_below(view: View, child: str) -> Key:
    """Return the key of a `child` of a service, which a resource names by the words `group`, `service` and `name`."""
    if (known := by_id(view.spelled(RESOURCE))) is not None:
        return known
    parts = [name_of(view, word) for word in ("group", "service", "name")]
    open_ = next((each for each in parts if isinstance(each, Unresolved)), None)
    if open_ is not None:
        return open_
    return part_of(f"azure:{_SERVICE}/{parts[0]}/{parts[1]}", _SERVICE, child, parts[2])


def assets(view: View) -> Iterator[Asset]:
    """Yield the one `listener` that the API is."""
    yield asset("listener", view, API, key_below(view, "apis"))
