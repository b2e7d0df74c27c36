"""Named values of Azure API Management, which its policies read, as `stored_variable` assets."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tfaudit.model.asset import Asset
from tfaudit.reading.answers import Said
from tfaudit.reading.asset import asset
from tfaudit.reading.documented import Inapplicable
from tfaudit.reading.fact import Fact, Facts
from tfaudit.reading.spelling import NOTHING, Spelling, azure
from tfaudit.reading.view import View
from tfaudit.redaction import secret_name
from tfaudit.services.azure.choices import switched
from tfaudit.services.azure.keys.keys import RESOURCE
from tfaudit.services.azure.platform.api_management_apis import key_below
from tfaudit.services.azure.platform.automation_variables import inline

READS = ("azurerm_api_management_named_value", "microsoft.apimanagement/service/namedvalues")
KINDS = ("stored_variable",)
ARM_TYPES = ("Microsoft.ApiManagement/service/namedValues",)

TABLE: Spelling = {
    **RESOURCE,
    # word, then its path in Terraform and in ARM
    "service": azure("api_management_name", NOTHING),
    "shown_as": azure("display_name", "properties.displayName"),
    "encrypted": azure("secret", "properties.secret"),
    "vault": azure("value_from_key_vault.secret_id", "properties.keyVault.secretIdentifier"),
    "value": azure("value", "properties.value"),
}
IDENTITY = (*RESOURCE, "service")


def _kept_secret(encrypted: Any, vault: Any, shown_as: Any, name: Any) -> Any:
    """Return whether nobody who may look at the service reads it: of what its name says to be a secret."""
    if vault is not None or (encrypted is not None and switched(encrypted) is True):
        return Said(True, by="encrypted" if vault is None else "vault")
    if not any(isinstance(each, str) and secret_name(each) for each in (shown_as, name)):
        return Inapplicable("nothing says that it is a secret")
    return Said(False, by="encrypted" if encrypted is not None else "")


VALUE: Facts = {
    "encryption.at_rest": Fact(_kept_secret, of=("encrypted", "vault", "shown_as", "name")),
    "inline_secrets": inline("shown_as", "name"),
}


def assets(view: View) -> Iterator[Asset]:
    """Yield the one `stored_variable` that the resource declares."""
    yield asset("stored_variable", view, VALUE, key_below(view, "namedvalues"))
