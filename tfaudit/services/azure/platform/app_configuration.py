"""Azure App Configuration, as `managed_service` assets."""

from __future__ import annotations

from collections.abc import Iterator

from tfaudit.model.asset import Asset
from tfaudit.reading.asset import asset
from tfaudit.reading.documented import Cited, Documented
from tfaudit.reading.fact import Fact, Facts
from tfaudit.reading.spelling import NOTHING, Spelling, azure
from tfaudit.reading.view import View
from tfaudit.services.azure.choices import switched
from tfaudit.services.azure.keys.keys import named
from tfaudit.services.azure.platform import common

READS = ("azurerm_app_configuration", "microsoft.appconfiguration/configurationstores")
KINDS = ("managed_service",)
NAMES = ("name",)
ARM_TYPES = ("Microsoft.AppConfiguration/configurationStores",)

ARM_TYPE = "microsoft.appconfiguration/configurationstores"
IDENTITY = common.IDENTITY
_PAGE = Cited(
    "hashicorp/azurerm/4.50.0/docs/resources/app_configuration",
    "learn.microsoft.com/azure/templates/microsoft.appconfiguration/configurationstores",
)
_KEYS = Cited(
    _PAGE.terraform,
    "learn.microsoft.com/azure/azure-app-configuration/howto-disable-access-key-authentication",
)

_PURGE = Cited(_PAGE.terraform, "learn.microsoft.com/azure/azure-app-configuration/concept-soft-delete")

TABLE: Spelling = {
    **common.spelling(
        azure("public_network_access", "properties.publicNetworkAccess"),
        keys_taken=azure("local_auth_enabled", NOTHING),
        no_keys=azure(NOTHING, "properties.disableLocalAuth"),
        key=azure(
            "encryption.key_vault_key_identifier", "properties.encryption.keyvaultproperties.keyIdentifier"
        ),
    ),
    # word, then its path in Terraform and in ARM
    "no_purge": azure("purge_protection_enabled", "properties.enablePurgeProtection"),
}

SERVICE: Facts = {
    **common.facts(_PAGE, ARM_TYPE, keys=_KEYS),
    "purge_protection": Fact(switched, of=("no_purge",), default=Documented(False, _PURGE)),
}


def assets(view: View) -> Iterator[Asset]:
    """Yield the one `managed_service` that the resource declares."""
    yield asset("managed_service", view, SERVICE, named(view, ARM_TYPE))
