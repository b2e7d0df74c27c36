"""Azure Key Vault: vaults as `secret_store`, their keys, secrets and certificates as assets of their own."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from tfaudit.model.asset import Asset
from tfaudit.model.resources import Unresolved
from tfaudit.model.settings import Known
from tfaudit.reading import states
from tfaudit.reading.asset import asset
from tfaudit.reading.documented import ByPlane, Cited, Documented, Inapplicable
from tfaudit.reading.fact import Fact, Facts, always, inapplicable
from tfaudit.reading.spelling import NOTHING, Spelling, azure
from tfaudit.reading.states import Absent, Pointer, Unknown
from tfaudit.reading.view import View
from tfaudit.services.azure.api_versions import changed_with
from tfaudit.services.azure.choices import lower, one_of
from tfaudit.services.azure.durations import days
from tfaudit.services.azure.keys.keys import RESOURCE, below, named, raw
from tfaudit.services.azure.logs.diagnostics import logged
from tfaudit.services.azure.network import store_ways
from tfaudit.services.azure.network.acls import allowed, open_to_all
from tfaudit.services.azure.network.private_endpoints import has_private_endpoint
from tfaudit.services.azure.network.store_ways import Store
from tfaudit.services.azure.tags import TAGGED, TAGS
from tfaudit.services.certificates import left_of_declared
from tfaudit.services.credentials import written_down
from tfaudit.services.key_strength import of_key

READS = (
    "azurerm_key_vault",
    "azurerm_key_vault_key",
    "azurerm_key_vault_secret",
    "azurerm_key_vault_certificate",
    "microsoft.keyvault/vaults",
    "microsoft.keyvault/vaults/keys",
    "microsoft.keyvault/vaults/secrets",
)
KINDS = ("secret_store", "encryption_key", "secret", "certificate")
ARM_TYPES = (
    "Microsoft.KeyVault/vaults",
    "Microsoft.KeyVault/vaults/keys",
    "Microsoft.KeyVault/vaults/secrets",
)

ARM_TYPE = "microsoft.keyvault/vaults"
_PAGE = "hashicorp/azurerm/4.81.0/docs/resources/key_vault"
_KEY_PAGE = Cited(
    "hashicorp/azurerm/4.50.0/docs/resources/key_vault_key",
    "learn.microsoft.com/azure/key-vault/keys/about-keys-details",
)
_SECRET_PAGE = Cited(
    "hashicorp/azurerm/4.50.0/docs/resources/key_vault_secret",
    "learn.microsoft.com/azure/key-vault/secrets/about-secrets",
)
_SOFT_DELETE = "learn.microsoft.com/azure/key-vault/general/soft-delete-overview"
_ACCESS = "learn.microsoft.com/azure/key-vault/general/access-control-default"
_NETWORK = "learn.microsoft.com/azure/key-vault/general/network-security"
_SECRETS = "learn.microsoft.com/azure/key-vault/secrets/about-secrets"
_ROTATION = "learn.microsoft.com/azure/key-vault/keys/how-to-configure-key-rotation"
_CERTIFICATE_PAGE = "hashicorp/azurerm/4.50.0/docs/resources/key_vault_certificate"
_COMPUTES_TIME = re.compile(r"(?:timeadd|formatdate|timestamp|plantimestamp)\(")


TABLE: Spelling = {
    **RESOURCE,
    **TAGGED,
    # word of a vault, then its path in Terraform and in ARM
    "purge_protection": azure("purge_protection_enabled", "properties.enablePurgeProtection"),
    "soft_delete_days": azure("soft_delete_retention_days", "properties.softDeleteRetentionInDays"),
    "rbac": azure(
        ("rbac_authorization_enabled", "enable_rbac_authorization"), "properties.enableRbacAuthorization"
    ),
    "endpoint": azure("public_network_access_enabled", "properties.publicNetworkAccess"),
    "default_action": azure("network_acls.default_action", "properties.networkAcls.defaultAction"),
    "ip_rules": azure("network_acls.ip_rules", "properties.networkAcls.ipRules"),
}
KEY_TABLE: Spelling = {
    **RESOURCE,
    **TAGGED,
    # word of a key, then its path in Terraform and in ARM
    "vault": azure("key_vault_id", "parent"),
    "type": azure("key_type", "properties.kty"),
    "rotates": azure(
        ("rotation_policy.automatic.time_after_creation", "rotation_policy.automatic.time_before_expiry"),
        NOTHING,
    ),
    "rotates_after": azure("rotation_policy.automatic.time_after_creation", NOTHING),
    "actions": azure(
        NOTHING,
        "properties.rotationPolicy.lifetimeActions",
        rows={"action": azure(None, "action.type"), "after": azure(None, "trigger.timeAfterCreate")},
    ),
    "expires_after": azure("rotation_policy.expire_after", "properties.rotationPolicy.attributes.expiryTime"),
    "expires": azure("expiration_date", "properties.attributes.exp"),
}
SECRET_TABLE: Spelling = {
    **RESOURCE,
    **TAGGED,
    # word of a secret, then its path in Terraform and in ARM
    "vault": azure("key_vault_id", "parent"),
    "value": azure("value", "properties.value"),
    "value_wo": azure("value_wo", NOTHING),
    "expires_after": azure(NOTHING, NOTHING),
    "expires": azure("expiration_date", "properties.attributes.exp"),
}
CERTIFICATE_TABLE: Spelling = {
    **RESOURCE,
    **TAGGED,
    # word of a certificate, then its path in Terraform: ARM keeps none
    "vault": azure("key_vault_id", None),
    "renewal": azure("certificate_policy.lifetime_action.action.action_type", None),
    "key_bits": azure("certificate_policy.key_properties.key_size", None),
    "issuer": azure("certificate_policy.issuer_parameters.name", None),
    "key_type": azure("certificate_policy.key_properties.key_type", None),
    "curve": azure("certificate_policy.key_properties.curve", None),
    "months": azure("certificate_policy.x509_certificate_properties.validity_in_months", None),
    "imported": azure("certificate", None),
}
IDENTITY = (*RESOURCE, "vault")

VAULT: Facts = {
    "purge_protection": Fact("purge_protection", default=Documented(False, _SOFT_DELETE)),
    "soft_delete_days": Fact("soft_delete_days", default=Documented(90, _SOFT_DELETE)),
    "rbac": Fact(
        "rbac",
        default=ByPlane(
            terraform=Documented(False, _PAGE), arm=changed_with("2026-02-01", False, True, _ACCESS)
        ),
    ),
    "network.public": open_to_all(_NETWORK),
    "network.private_endpoint": has_private_endpoint(ARM_TYPE),
    **store_ways.facts(
        Store(ARM_TYPE, ("vault.azure.net", "vaultcore.azure.net"), True, sources=allowed(_NETWORK))
    ),
    "audit.enabled": logged("AuditEvent", arm_type=ARM_TYPE),
    "tags": TAGS,
}


def _rotations(actions: Any) -> list[Any]:
    """Return those of a key's actions that make a new version of it, rather than tell somebody."""
    return [each for each in actions or () if lower(each.get("action")) == "rotate"]


def _rotates(rotates: Any, actions: Any) -> bool | None:
    if rotates is not None and rotates is not False:
        return True
    return None if actions is None else bool(_rotations(actions))


def _rotation_days(after: Any, expiry: Any, actions: Any) -> Any:
    made = next((each.get("after") for each in _rotations(actions) if each.get("after") is not None), None)
    return days(next((each for each in (after, made) if each is not None), expiry))


def _in_hardware(type_: Any) -> bool | None:
    return None if type_ is None else str(type_).upper().endswith("-HSM")


def _vault_soft_delete(view: View) -> states.Reading:
    """Return for how many days the key's vault keeps what is deleted."""
    reading = view.word("vault")
    for vault in view.leads_to("vault", "azurerm_key_vault", ARM_TYPE):
        return vault.spelled(TABLE).word("soft_delete_days")
    if isinstance(reading, (Known, Pointer)):
        because = "its vault is not declared here"
        return Unknown(because, "scan the root that declares it", reading.resource, reading.path)
    return reading


def _expires(view: View) -> states.Reading:
    """Return whether an end is set: what computes a time gives one, whichever it is."""
    word = "expires_after" if isinstance(view.word("expires"), Absent) else "expires"
    reading, value = view.word(word), raw(view, word)
    match reading:
        case Known(value=False | [] | ""):
            return Absent(reading.resource, reading.path)
        case Known() | Pointer():
            return Known(True, reading.resource, reading.path)
        case Unknown() if isinstance(value, Unresolved) and _COMPUTES_TIME.match(value.expression):
            return Known(True, reading.resource, reading.path)
        case Absent() | Unknown():
            return reading


_EXPIRES = ("expires", "expires_after")
_KEPT = Fact(joins=_vault_soft_delete, of=("vault",), default=Documented(90, _SOFT_DELETE))
KEY: Facts = {
    "rotation": Fact(_rotates, of=("rotates", "actions"), default=Documented(False, _ROTATION)),
    "rotation_days": Fact(_rotation_days, of=("rotates_after", "expires_after", "actions")),
    "expires": Fact(joins=_expires, of=_EXPIRES, default=Documented(False, _KEY_PAGE)),
    "hsm": Fact(_in_hardware, of=("type",)),
    "policy.public": inapplicable("a key has no policy of its own: its vault's access is judged"),
    "deletion_window_days": _KEPT,
    "tags": TAGS,
}
_EXPIRY_JUDGED = "Key Vault does not rotate secrets by itself; their expiry is judged"
SECRET: Facts = {
    "encryption.customer_managed_key": inapplicable("a vault encrypts its secrets with keys of its own"),
    "inline": written_down("value", "value_wo"),
    "rotation": inapplicable(_EXPIRY_JUDGED),
    "rotation_days": inapplicable(_EXPIRY_JUDGED),
    "expires": Fact(joins=_expires, of=_EXPIRES, default=Documented(False, _SECRET_PAGE)),
    "external": always(True, _SECRETS),
    "policy.public": inapplicable("a secret has no policy of its own: its vault's access is judged"),
    "recovery_window_days": _KEPT,
    "tags": TAGS,
}


def _months(months: Any, imported: Any) -> Any:
    return Inapplicable("it was made elsewhere: its end is judged") if imported is not None else months


CERTIFICATE: Facts = {
    "auto_renew": Fact(one_of("autorenew"), of=("renewal",), default=Documented(False, _CERTIFICATE_PAGE)),
    "key_strength_bits": Fact(of_key, of=("key_type", "key_bits", "curve")),
    "days_left": Fact(left_of_declared, of=("imported",)),
    "validity_months": Fact(_months, of=("months", "imported")),
    "tags": TAGS,
}


def assets(view: View) -> Iterator[Asset]:
    """Yield the asset that the resource declares: a vault, or a key, secret or certificate in one."""
    type_ = view.resource.type
    if type_ not in _INSIDE:
        yield asset("secret_store", view, VAULT, named(view, ARM_TYPE))
        return
    kind, table, facts, child = _INSIDE[type_]
    own = view.spelled(table)
    yield asset(kind, own, facts, below(own, "vault", ARM_TYPE, child))


_INSIDE: dict[str, tuple[str, Spelling, Facts, str]] = {
    "azurerm_key_vault_key": ("encryption_key", KEY_TABLE, KEY, "keys"),
    "azurerm_key_vault_secret": ("secret", SECRET_TABLE, SECRET, "secrets"),
    "azurerm_key_vault_certificate": ("certificate", CERTIFICATE_TABLE, CERTIFICATE, "certificates"),
    "microsoft.keyvault/vaults/keys": ("encryption_key", KEY_TABLE, KEY, "keys"),
    "microsoft.keyvault/vaults/secrets": ("secret", SECRET_TABLE, SECRET, "secrets"),
}
"""What stands inside a vault: its kind, words, facts, and what ARM calls such a child."""
