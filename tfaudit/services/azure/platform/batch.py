"""Azure Batch accounts, as `managed_service` assets."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tfaudit.model.asset import Asset
from tfaudit.reading.answers import Said
from tfaudit.reading.asset import asset
from tfaudit.reading.documented import Cited, Documented
from tfaudit.reading.fact import Fact, Facts
from tfaudit.reading.parts import some
from tfaudit.reading.spelling import Spelling, azure
from tfaudit.reading.values import as_list
from tfaudit.reading.view import View
from tfaudit.services.azure.choices import lower, switched
from tfaudit.services.azure.keys.keys import named
from tfaudit.services.azure.platform import common

READS = ("azurerm_batch_account", "microsoft.batch/batchaccounts")
KINDS = ("managed_service",)
NAMES = ("name",)
ARM_TYPES = ("Microsoft.Batch/batchAccounts",)

ARM_TYPE = "microsoft.batch/batchaccounts"
IDENTITY = common.IDENTITY
_PAGE = Cited(
    "hashicorp/azurerm/4.50.0/docs/resources/batch_account",
    "learn.microsoft.com/azure/batch/public-network-access",
)
_MODES = "learn.microsoft.com/azure/batch/security-best-practices"

TABLE: Spelling = {
    **common.spelling(
        azure("public_network_access_enabled", "properties.publicNetworkAccess"),
        key=azure("encryption.key_vault_key_id", "properties.encryption.keyvaultproperties.keyIdentifier"),
        action=azure(
            "network_profile.account_access.default_action",
            "properties.networkProfile.accountAccess.defaultAction",
        ),
    ),
    "rules": azure("network_profile.account_access", "properties.networkProfile.accountAccess"),
    # word, then its path in Terraform and in ARM
    "modes": azure("allowed_authentication_modes", "properties.allowedAuthenticationModes"),
}


def _takes_keys(modes: Any) -> Any:
    """Return whether one of the ways in is the key of the account, which anybody can pass on."""
    return None if modes is None else some(as_list(modes), lambda each: lower(each) == "sharedkey")


def _reached(endpoint: Any, action: Any, rules: Any) -> Any:
    """Return whether everybody's network reaches it: rules that say nothing of the rest refuse it."""
    if action is None and rules is not None and switched(endpoint) is not False:
        return Said(Documented(False, _PAGE), by="rules")
    return common.reached_by_all(endpoint, action)


SERVICE: Facts = {
    **common.facts(_PAGE, ARM_TYPE),
    "network.public": Fact(
        _reached,
        of=("endpoint", "default_action", "rules"),
        default=Documented(True, _PAGE),
    ),
    "shared_key_access": Fact(_takes_keys, of=("modes",), default=Documented(True, _MODES)),
}


def assets(view: View) -> Iterator[Asset]:
    """Yield the one `managed_service` that the resource declares."""
    yield asset("managed_service", view, SERVICE, named(view, ARM_TYPE))
