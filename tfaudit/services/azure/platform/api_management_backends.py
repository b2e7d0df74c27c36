"""Backends of Azure API Management, as `backend` assets: what its gateway sends requests on to."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tfaudit.model.asset import Asset
from tfaudit.reading.answers import Said
from tfaudit.reading.asset import asset
from tfaudit.reading.documented import Documented, Inapplicable
from tfaudit.reading.fact import Fact, Facts
from tfaudit.reading.spelling import NOTHING, Spelling, azure
from tfaudit.reading.view import View
from tfaudit.services.azure.choices import lower, switched
from tfaudit.services.azure.keys.keys import RESOURCE
from tfaudit.services.azure.platform.api_management_apis import key_below

READS = ("azurerm_api_management_backend", "microsoft.apimanagement/service/backends")
KINDS = ("backend",)
NAMES = ("name",)
ARM_TYPES = ("Microsoft.ApiManagement/service/backends",)

_PAGE = "learn.microsoft.com/azure/api-management/backends"
_FABRIC = Inapplicable("its address is a name in a cluster, of which the cluster says where it is")
_POOL = Inapplicable("it is a pool of other backends, which are judged")

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


def _elsewhere(kind: Any, url: Any) -> Inapplicable | None:
    """Return why the address is not one that is sent to."""
    if lower(kind) == "pool":
        return _POOL
    return _FABRIC if url is not None and str(url).lower().startswith("fabric:") else None


def _of_tls(url: Any) -> bool:
    return str(url).lower().startswith(("https://", "wss://"))


def _encrypted(kind: Any, url: Any) -> Any:
    if (elsewhere := _elsewhere(kind, url)) is not None or url is None:
        return elsewhere
    return Said(_of_tls(url), by="url")


def _checked(kind: Any, url: Any, chain: Any, host: Any) -> Any:
    if lower(kind) == "pool":
        return _POOL
    for word, stated in (("chain", chain), ("host", host)):
        if stated is not None and switched(stated) is False:
            return Said(False, by=word)
    if url is not None and _elsewhere(kind, url) is None and not _of_tls(url):
        return Inapplicable("it is sent to unencrypted")
    return None if chain is None and host is None else Said(True, by="host" if chain is None else "chain")


BACKEND: Facts = {
    "encryption.in_transit": Fact(_encrypted, of=("kind", "url")),
    "certificate_checked": Fact(
        _checked, of=("kind", "url", "chain", "host"), default=Documented(True, _PAGE)
    ),
}


def assets(view: View) -> Iterator[Asset]:
    """Yield the one `backend` that the resource declares."""
    yield asset("backend", view, BACKEND, key_below(view, "backends"))
