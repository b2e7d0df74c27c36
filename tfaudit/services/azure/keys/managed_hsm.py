"""Azure Managed HSMs as `secret_store` assets, and their keys as `encryption_key`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tfaudit.model.asset import Asset
from tfaudit.model.resources import Unresolved
from tfaudit.model.settings import Known, Unknown
from tfaudit.reading import states
from tfaudit.reading.asset import asset
from tfaudit.reading.documented import ByPlane, Cited, Documented
from tfaudit.reading.fact import Fact, Facts, always, inapplicable, stated
from tfaudit.reading.spelling import NOTHING, Spelling, azure
from tfaudit.reading.states import Pointer
from tfaudit.reading.view import View
from tfaudit.services.azure.choices import lower
from tfaudit.services.azure.durations import days
from tfaudit.services.azure.keys.keys import RESOURCE, below, named
from tfaudit.services.azure.logs.diagnostics import logged
from tfaudit.services.azure.network import store_ways
from tfaudit.services.azure.network.acls import open_to_all
from tfaudit.services.azure.network.private_endpoints import has_private_endpoint
from tfaudit.services.azure.network.store_ways import Store
from tfaudit.services.azure.tags import TAGGED, TAGS

READS = (
    "azurerm_key_vault_managed_hardware_security_module",
    "azurerm_key_vault_managed_hardware_security_module_key",
    "microsoft.keyvault/managedhsms",
    "microsoft.keyvault/managedhsms/keys",
)
KINDS = ("secret_store", "encryption_key")
NAMES = ("name",)
COMPANIONS = {"azurerm_key_vault_managed_hardware_security_module_key_rotation_policy": "managed_hsm_key_id"}
ARM_TYPES = ("Microsoft.KeyVault/managedHSMs", "Microsoft.KeyVault/managedHSMs/keys")

ARM_TYPE = "microsoft.keyvault/managedhsms"
_PAGE = "hashicorp/azurerm/4.50.0/docs/resources/key_vault_managed_hardware_security_module"
_KEY_PAGE = Cited(
    "hashicorp/azurerm/4.50.0/docs/resources/key_vault_managed_hardware_security_module_key",
    "learn.microsoft.com/azure/key-vault/keys/about-keys-details",
)
_OVERVIEW = "learn.microsoft.com/azure/key-vault/managed-hsm/overview"
_ACCESS = "learn.microsoft.com/azure/key-vault/managed-hsm/access-control"
_SOFT_DELETE = "learn.microsoft.com/azure/key-vault/managed-hsm/soft-delete-overview"
_NETWORK = "learn.microsoft.com/azure/key-vault/managed-hsm/network-security"
_ROTATION = "learn.microsoft.com/azure/key-vault/managed-hsm/key-rotation"
_POLICY = "azurerm_key_vault_managed_hardware_security_module_key_rotation_policy"

TABLE: Spelling = {
    **RESOURCE,
    **TAGGED,
    # word of an HSM, then its path in Terraform and in ARM
    "purge_protection": azure("purge_protection_enabled", "properties.enablePurgeProtection"),
    "soft_delete_days": azure("soft_delete_retention_days", "properties.softDeleteRetentionInDays"),
    "endpoint": azure("public_network_access_enabled", "properties.publicNetworkAccess"),
    "default_action": azure("network_acls.default_action", "properties.networkAcls.defaultAction"),
    "ip_rules": azure(NOTHING, "properties.networkAcls.ipRules"),
}
KEY_TABLE: Spelling = {
    **RESOURCE,
    **TAGGED,
    # word of a key, then its path in Terraform, where how it is rotated is a resource of its own, and in ARM
    "hsm": azure("managed_hsm_id", "parent"),
    "rotates": azure((f"{_POLICY}/time_after_creation", f"{_POLICY}/time_before_expiry"), NOTHING),
    "rotates_after": azure(f"{_POLICY}/time_after_creation", NOTHING),
    "expires_after": azure(f"{_POLICY}/expire_after", "properties.rotationPolicy.attributes.expiryTime"),
    "actions": azure(
        NOTHING,
        "properties.rotationPolicy.lifetimeActions",
        rows={"action": azure(None, "action.type"), "after": azure(None, "trigger.timeAfterCreate")},
    ),
    "expires": azure("expiration_date", "properties.attributes.exp"),
}
IDENTITY = (*RESOURCE, "hsm")
_KEYS = ("azurerm_key_vault_managed_hardware_security_module_key", f"{ARM_TYPE}/keys")

HSM: Facts = {
    "purge_protection": Fact(
        "purge_protection",
        default=ByPlane(
            terraform=Documented(False, _PAGE),
            arm=Unresolved("it is not set, and no default is documented", "set it"),
        ),
    ),
    "soft_delete_days": Fact("soft_delete_days", default=Documented(90, _SOFT_DELETE)),
    "rbac": always(True, _ACCESS),
    "hsm": always(True, _OVERVIEW),
    "network.public": open_to_all(_NETWORK),
    "network.private_endpoint": has_private_endpoint(ARM_TYPE),
    **store_ways.facts(Store(ARM_TYPE, ("managedhsm.azure.net",), True, public=open_to_all(_NETWORK))),
    "audit.enabled": logged("AuditEvent", arm_type=ARM_TYPE),
    "tags": TAGS,
}


def _rotations(actions: Any) -> list[Any]:
    return [each for each in actions or () if lower(each.get("action")) == "rotate"]


def _rotates(rotates: Any, actions: Any) -> bool | None:
    if rotates is not None:
        return True
    return None if actions is None else bool(_rotations(actions))


def _rotation_days(after: Any, expiry: Any, actions: Any) -> Any:
    made = next((each.get("after") for each in _rotations(actions) if each.get("after") is not None), None)
    return days(next((each for each in (after, made) if each is not None), expiry))


def _kept(view: View) -> states.Reading:
    """Return for how many days the key's HSM keeps what is deleted."""
    for hsm in view.leads_to("hsm", READS[0], ARM_TYPE):
        return hsm.spelled(TABLE).word("soft_delete_days")
    reading = view.word("hsm")
    if isinstance(reading, (Known, Pointer)):
        because = "its HSM is not declared here"
        return Unknown(because, "scan the root that declares it", reading.resource, reading.path)
    return reading


KEY: Facts = {
    "rotation": Fact(_rotates, of=("rotates", "actions"), default=Documented(False, _ROTATION)),
    "rotation_days": Fact(_rotation_days, of=("rotates_after", "expires_after", "actions")),
    "expires": stated("expires", default=Documented(False, _KEY_PAGE)),
    "hsm": always(True, _OVERVIEW),
    "policy.public": inapplicable("a key has no policy of its own: its HSM's roles are"),
    "deletion_window_days": Fact(joins=_kept, of=("hsm",), default=Documented(90, _SOFT_DELETE)),
    "tags": TAGS,
}


def assets(view: View) -> Iterator[Asset]:
    """Yield the HSM, or the key in one, that the resource declares."""
    if view.resource.type in _KEYS:
        own = view.spelled(KEY_TABLE)
        yield asset("encryption_key", own, KEY, below(own, "hsm", ARM_TYPE, "keys"))
    else:
        yield asset("secret_store", view, HSM, named(view, ARM_TYPE))
