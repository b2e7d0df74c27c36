"""Backends of Azure API Management, as `backend` assets: what its gateway sends requests on to."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from tfaudit.enclosed import text_of
from tfaudit.model.asset import Asset
from tfaudit.model.settings import Known, NotApplicable, Unknown
from tfaudit.reading.asset import asset
from tfaudit.reading.documented import Documented
from tfaudit.reading.fact import Fact, Facts
from tfaudit.reading.spelling import NOTHING, Spelling, azure
from tfaudit.reading.states import Absent, Reading
from tfaudit.reading.values import as_bool
from tfaudit.reading.view import View
from tfaudit.services.azure.choices import lower
from tfaudit.services.azure.keys.keys import RESOURCE
from tfaudit.services.azure.platform.api_management_apis import key_below

READS = ("azurerm_api_management_backend", "microsoft.apimanagement/service/backends")
KINDS = ("backend",)
NAMES = ("name",)
ARM_TYPES = ("Microsoft.ApiManagement/service/backends",)

_PAGE = "learn.microsoft.com/azure/api-management/backends"
_FABRIC = "its address is a name in a cluster, of which the cluster says where it is"
_POOL = "it is a pool of other backends, which are judged"
_SCHEME = re.compile(r"(?i)(?:https?|wss?)://")

TABLE: Spelling = {
    **RESOURCE,
    # word, then its path in Terraform and in ARM
    "service": azure("api_management_name", NOTHING),
    "url": azure("url", "properties.url"),
    "kind": azure(NOTHING, "properties.type"),
    "chain": azure("tls.validate_certificate_chain", "properties.tls.validateCertificateChain"),
    "host": azure("tls.validate_certificate_name", "properties.tls.validateCertificateName"),
}
IDENTITY = (*RESOURCE, "service")


def _address(view: View) -> Reading:
    """Return what the address begins with: of one that is made from what is not known, `https://${...}`, what is."""
    reading = view.word("url")
    if isinstance(reading, Unknown) and _SCHEME.match(text_of(reading.expression)):
        return Known(text_of(reading.expression), reading.resource, reading.path)
    return reading


def _elsewhere(view: View, address: Reading) -> NotApplicable | Unknown | None:
    """Return why the address is not one that is sent to, and why it is not known whether it is."""
    kind = view.word("kind")
    if isinstance(kind, Unknown):
        return kind
    if isinstance(kind, Known) and lower(kind.value) == "pool":
        return NotApplicable(_POOL, kind.resource, kind.path)
    if isinstance(address, Known) and str(address.value).lower().startswith("fabric:"):
        return NotApplicable(_FABRIC, address.resource, address.path)
    return None


def _of_tls(address: Known) -> bool:
    return str(address.value).lower().startswith(("https://", "wss://"))


def _encrypted(view: View) -> Any:
    """Return whether the address is one of TLS."""
    address = _address(view)
    elsewhere = _elsewhere(view, address)
    if elsewhere is not None or not isinstance(address, Known):
        return elsewhere or address
    return Known(_of_tls(address), address.resource, address.path)


def _checked(view: View) -> Any:
    """Return whether the whole of a certificate is checked: who issued it, and whose name it has."""
    checks = [view.word(word) for word in ("chain", "host")]
    for each in checks:
        if isinstance(each, Known) and as_bool(each.value) is False:
            return Known(False, each.resource, each.path)
    unsure = next((each for each in checks if isinstance(each, Unknown)), None)
    if unsure is not None:
        return unsure
    stated = next((each for each in checks if isinstance(each, Known)), None)
    if stated is not None:
        return Known(True, stated.resource, stated.path)
    address = _address(view)
    elsewhere = _elsewhere(view, address)
    if isinstance(elsewhere, NotApplicable):
        return elsewhere
    if isinstance(address, Known) and not _of_tls(address):
        return NotApplicable("it is sent to unencrypted", address.resource, address.path)
    return Absent(view.resource, view.base)


BACKEND: Facts = {
    "encryption.in_transit": Fact(joins=_encrypted, of=("kind", "url")),
    "certificate_checked": Fact(
        joins=_checked, of=("kind", "url", "chain", "host"), default=Documented(True, _PAGE)
    ),
}


def assets(view: View) -> Iterator[Asset]:
    """Yield the one `backend` that the resource declares."""
    yield asset("backend", view, BACKEND, key_below(view, "backends"))
