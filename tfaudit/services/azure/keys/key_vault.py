"""Azure Key Vault: vaults as `secret_store`, their keys, secrets and certificates as assets of their own."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from tfaudit.model.asset import Asset
from tfaudit.model.resources import Reference, Unresolved
from tfaudit.model.settings import Known
from tfaudit.reading.asset import asset
from tfaudit.reading.documented import Documented
from tfaudit.reading.facts import At, Fact
from tfaudit.reading.inventory import ABSENT
from tfaudit.reading.view import View
from tfaudit.services.azure.durations import days
from tfaudit.services.azure.keys.credentials import written_down
from tfaudit.services.azure.keys.keys import below, named
from tfaudit.services.azure.locks import DELETION_PROTECTION
from tfaudit.services.azure.logs.diagnostics import logged
from tfaudit.services.azure.tags import TAGS

READS = (
    "azurerm_key_vault",
    "azurerm_key_vault_key",
    "azurerm_key_vault_secret",
    "azurerm_key_vault_certificate",
)
KINDS = ("secret_store", "encryption_key", "secret", "certificate")

ARM_TYPE = "microsoft.keyvault/vaults"
_PAGE = "hashicorp/azurerm/4.81.0/docs/resources/key_vault"
_KEY_PAGE = "hashicorp/azurerm/4.50.0/docs/resources/key_vault_key"
_SECRET_PAGE = "hashicorp/azurerm/4.50.0/docs/resources/key_vault_secret"
_SOFT_DELETE = "learn.microsoft.com/azure/key-vault/general/soft-delete-overview"
_NETWORK = "learn.microsoft.com/azure/key-vault/general/network-security"
_SECRETS = "learn.microsoft.com/azure/key-vault/secrets/about-secrets"
_ROTATION = "learn.microsoft.com/azure/key-vault/keys/how-to-configure-key-rotation"
_COMPUTES_TIME = re.compile(r"(?:timeadd|formatdate|timestamp|plantimestamp)\(")


def _open_to_all_networks(view: View) -> Any:
    endpoint = view.read("public_network_access_enabled")
    if endpoint.value is False:
        return Known(False, endpoint.resource, endpoint.path)
    action = view.read("network_acls.default_action")
    if action.absent:
        return endpoint if isinstance(endpoint.value, (Unresolved, Reference)) else ABSENT
    if isinstance(action.value, (Unresolved, Reference)):
        return action
    return Known(str(action.value).lower() != "deny", action.resource, action.path)


def _allowed_sources(view: View) -> Any:
    everyone = _open_to_all_networks(view)
    if not isinstance(everyone, Known):
        return everyone
    if everyone.value:
        return Known(["0.0.0.0/0"], everyone.resource, everyone.path)
    rules = view.read("network_acls.ip_rules")
    return Known([], everyone.resource, everyone.path) if rules.absent else rules


VAULT = {
    "purge_protection": Fact(terraform="purge_protection_enabled", default=Documented(False, _SOFT_DELETE)),
    "soft_delete_days": Fact(terraform="soft_delete_retention_days", default=Documented(90, _SOFT_DELETE)),
    "rbac": Fact(
        terraform=("rbac_authorization_enabled", "enable_rbac_authorization"),
        default=Documented(False, _PAGE),
    ),
    "hsm": Fact(terraform="sku_name", using=lambda sku: str(sku).lower() == "premium"),
    "network.public": Fact(terraform=_open_to_all_networks, default=Documented(True, _NETWORK)),
    "network.allowed_sources": Fact(terraform=_allowed_sources, default=Documented(["0.0.0.0/0"], _NETWORK)),
    "audit.enabled": logged("AuditEvent", arm_type=ARM_TYPE),
    "deletion_protection": DELETION_PROTECTION,
    "tags": TAGS,
}


def _rotation_days(view: View) -> Any:
    return view.first("rotation_policy.automatic.time_after_creation", "rotation_policy.expire_after")


def _vault_soft_delete(view: View) -> Any:
    for vault in view.targets("key_vault_id"):
        return vault.read("soft_delete_retention_days")
    named = view.read("key_vault_id")
    return named if isinstance(named.value, Unresolved) else ABSENT


def _expires(view: View) -> Any:
    """Return whether an end is set: what computes a time gives one, whichever it is."""
    reading = view.first("expiration_date", "rotation_policy.expire_after")
    computed = isinstance(reading.value, Unresolved) and _COMPUTES_TIME.match(reading.value.expression)
    return Known(True, reading.resource, reading.path) if computed else reading


KEY = {
    "rotation": Fact(
        terraform=(
            "rotation_policy.automatic.time_after_creation",
            "rotation_policy.automatic.time_before_expiry",
        ),
        set_means=True,
        default=Documented(False, _ROTATION),
    ),
    "rotation_days": Fact(terraform=_rotation_days, using=days),
    "expires": Fact(terraform=_expires, set_means=True, default=Documented(False, _KEY_PAGE)),
    "hsm": Fact(terraform=At("key_type", lambda type_: str(type_).upper().endswith("-HSM"))),
    "customer_managed": Fact(always=Documented(True, _KEY_PAGE)),
    "policy.public": Fact(not_applicable="a key has no policy of its own: its vault's access is judged"),
    "deletion_window_days": Fact(terraform=_vault_soft_delete, default=Documented(90, _SOFT_DELETE)),
    "deletion_protection": Fact(not_applicable="its vault is judged"),
    "tags": TAGS,
}
SECRET = {
    "encryption.at_rest": Fact(always=Documented(True, _SECRETS)),
    "encryption.algorithm": Fact(always=Documented("AES256", _SECRETS)),
    "encryption.customer_managed_key": Fact(
        not_applicable="a vault encrypts its secrets with keys of its own"
    ),
    "inline": Fact(terraform=written_down("value", "value_wo")),
    "rotation": Fact(not_applicable="Key Vault does not rotate secrets by itself; their expiry is judged"),
    "rotation_days": Fact(
        not_applicable="Key Vault does not rotate secrets by itself; their expiry is judged"
    ),
    "expires": Fact(terraform=_expires, set_means=True, default=Documented(False, _SECRET_PAGE)),
    "external": Fact(always=Documented(True, _SECRETS)),
    "policy.public": Fact(not_applicable="a secret has no policy of its own: its vault's access is judged"),
    "recovery_window_days": Fact(terraform=_vault_soft_delete, default=Documented(90, _SOFT_DELETE)),
    "deletion_protection": Fact(not_applicable="its vault is judged"),
    "tags": TAGS,
}
CERTIFICATE = {
    "auto_renew": Fact(
        terraform="certificate_policy.lifetime_action.action.action_type",
        using=lambda action: str(action).lower() == "autorenew",
        default=Documented(
            False,
            "hashicorp/azurerm/4.50.0/docs/resources/key_vault_certificate",
        ),
    ),
    "key_bits": Fact(terraform="certificate_policy.key_properties.key_size"),
    "issuer": Fact(terraform="certificate_policy.issuer_parameters.name"),
    "deletion_protection": Fact(not_applicable="its vault is judged"),
    "tags": TAGS,
}


def assets(view: View) -> Iterator[Asset]:
    """Yield the asset that the resource declares: a vault, or a key, secret or certificate in one."""
    match view.resource.type:
        case "azurerm_key_vault":
            yield asset("secret_store", view, VAULT, named(view, ARM_TYPE))
        case "azurerm_key_vault_key":
            yield asset("encryption_key", view, KEY, below(view, "key_vault_id", ARM_TYPE, "keys"))
        case "azurerm_key_vault_secret":
            yield asset("secret", view, SECRET, below(view, "key_vault_id", ARM_TYPE, "secrets"))
        case _:
            yield asset(
                "certificate", view, CERTIFICATE, below(view, "key_vault_id", ARM_TYPE, "certificates")
            )
