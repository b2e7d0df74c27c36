"""Subscriptions of Azure API Management, each a pair of keys by which callers get in, as `api_key` assets."""

from __future__ import annotations

from collections.abc import Iterator

from tfaudit.enclosed import text_of
from tfaudit.model.asset import Asset
from tfaudit.model.settings import Known, NotApplicable, Unknown
from tfaudit.reading.asset import asset
from tfaudit.reading.documented import Cited, Documented
from tfaudit.reading.fact import Fact, Facts
from tfaudit.reading.spelling import NOTHING, Spelling, azure
from tfaudit.reading.states import Absent, Pointer, Reading
from tfaudit.reading.view import View
from tfaudit.services.azure.choices import lower
from tfaudit.services.azure.keys.keys import RESOURCE
from tfaudit.services.azure.platform.api_management_apis import key_below

READS = ("azurerm_api_management_subscription", "microsoft.apimanagement/service/subscriptions")
KINDS = ("api_key",)
ARM_TYPES = ("Microsoft.ApiManagement/service/subscriptions",)

_PAGE = Cited(
    "hashicorp/azurerm/4.50.0/docs/resources/api_management_subscription",
    "learn.microsoft.com/azure/api-management/api-management-subscriptions",
)
_BUILT_IN = "master"
_ENDED = ("suspended", "cancelled", "rejected", "expired")

TABLE: Spelling = {
    "id": RESOURCE["id"],
    "group": RESOURCE["group"],
    # word, then its path in Terraform and in ARM
    "name": azure("subscription_id", "name"),
    "service": azure("api_management_name", NOTHING),
    "api": azure("api_id", NOTHING),
    "product": azure("product_id", NOTHING),
    "of": azure(NOTHING, "properties.scope"),
    "state": azure("state", "properties.state"),
}
IDENTITY = ("id", "group", "name", "service")


def _scope(of: str) -> str | None:
    """Return what keys open by the text of a scope; None for a text that ends in what is not known."""
    text = of.lower().rstrip("/")
    for step, word in (("/products/", "product"), ("/apis/", "api")):
        if step in text:
            return word
    return None if text.endswith("}") or not text else "service"


def _by_text(of: Reading) -> Reading:
    """Return the scope of a template, which is an id or the end of one: what stands behind a step may be unknown."""
    if isinstance(of, (Known, Unknown)):
        text = str(of.value) if isinstance(of, Known) else text_of(of.expression)
        scope = _scope(text)
        if scope is not None and (isinstance(of, Known) or scope != "service"):
            return Known(scope, of.resource, of.path)
    return of


def _opens(view: View) -> Reading | NotApplicable:
    """Return what the keys open: one API, the APIs of a product, or all of the service."""
    state, name = view.word("state"), view.word("name")
    if isinstance(state, Known) and lower(state.value) in _ENDED:
        return NotApplicable(f"it is {lower(state.value)}: its keys open nothing", state.resource, state.path)
    if view.dialect == "arm":
        if isinstance(name, Known) and lower(str(name.value).rpartition("/")[2]) == _BUILT_IN:
            because = (
                "Azure makes it with the service, to try APIs out in its portal, and it cannot be taken away"
            )
            return NotApplicable(because, name.resource, name.path)
        return _by_text(view.word("of"))
    unsure: Unknown | None = None
    for word in ("api", "product"):
        stated = view.word(word)
        match stated:
            case Known(value=value) if value:
                return Known(word, stated.resource, stated.path)
            case Pointer():
                return Known(word, stated.resource, stated.path)
            case Unknown():
                unsure = unsure or stated
            case Known() | Absent():
                pass
    return unsure or Absent(view.resource, view.base)


KEYS: Facts = {
    "scope": Fact(
        joins=_opens,
        of=("of", "api", "product", "state", "name"),
        default=Documented("service", _PAGE),
    ),
}


def assets(view: View) -> Iterator[Asset]:
    """Yield the one `api_key` that the subscription is."""
    yield asset("api_key", view, KEYS, key_below(view, "subscriptions"))
