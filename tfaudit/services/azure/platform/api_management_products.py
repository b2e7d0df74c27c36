"""Products of Azure API Management, by which callers get at its APIs, as `api_product` assets."""

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

READS = ("azurerm_api_management_product", "microsoft.apimanagement/service/products")
KINDS = ("api_product",)
ARM_TYPES = ("Microsoft.ApiManagement/service/products",)

_PAGE = "learn.microsoft.com/rest/api/apimanagement/product/create-or-update"
_HIDDEN = Inapplicable("it is not published: nobody but its administrators gets at it")
_OPEN = Inapplicable("it asks for no subscription that somebody might approve")

TABLE: Spelling = {
    "id": RESOURCE["id"],
    "group": RESOURCE["group"],
    # word, then its path in Terraform and in ARM
    "name": azure("product_id", "name"),
    "service": azure("api_management_name", NOTHING),
    "published": azure("published", "properties.state"),
    "subscribed": azure("subscription_required", "properties.subscriptionRequired"),
    "approved": azure("approval_required", "properties.approvalRequired"),
}
IDENTITY = ("id", "group", "name", "service")


def _hidden(published: Any) -> bool:
    """Whether developers do not see it: a template that does not say so leaves it unpublished."""
    return published is None or switched(published) is False or lower(published) == "notpublished"


def _subscribed(published: Any, subscribed: Any) -> Any:
    if _hidden(published):
        return Said(_HIDDEN, by="published")
    return None if subscribed is None else Said(switched(subscribed), by="subscribed")


def _approved(published: Any, subscribed: Any, approved: Any) -> Any:
    if _hidden(published):
        return Said(_HIDDEN, by="published")
    if subscribed is not None and switched(subscribed) is False:
        return Said(_OPEN, by="subscribed")
    return None if approved is None else Said(switched(approved), by="approved")


PRODUCT: Facts = {
    "subscription_required": Fact(
        _subscribed, of=("published", "subscribed"), default=Documented(True, _PAGE)
    ),
    "approval_required": Fact(
        _approved, of=("published", "subscribed", "approved"), default=Documented(False, _PAGE)
    ),
}


def assets(view: View) -> Iterator[Asset]:
    """Yield the one `api_product` that the resource declares."""
    yield asset("api_product", view, PRODUCT, key_below(view, "products"))
