"""Azure Storage accounts and their blob containers, as `object_store` assets.

Network rules and the customer's key may be blocks of the account or resources of their own. A container is judged
for anonymous access only: all else is its account's.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tfaudit.model.asset import Asset, Key
from tfaudit.model.resources import Reference, Resource, Unresolved
from tfaudit.model.settings import Default, Known
from tfaudit.reading.asset import asset
from tfaudit.reading.documented import Documented
from tfaudit.reading.facts import Fact
from tfaudit.reading.inventory import ABSENT, Inventory
from tfaudit.reading.view import Reading, View
from tfaudit.services.azure.keys.keys import below, named
from tfaudit.services.azure.left_out import unless
from tfaudit.services.azure.locks import DELETION_PROTECTION
from tfaudit.services.azure.logs.diagnostics import NOT_SENT, logged, sends
from tfaudit.services.azure.provider import changed_in, changed_long_ago_in, older_than
from tfaudit.services.azure.tags import TAGS

READS = ("azurerm_storage_account", "azurerm_storage_container")
KINDS = ("object_store",)
NAMES = ("name",)
COMPANIONS = {
    "azurerm_storage_account_network_rules": "storage_account_id",
    "azurerm_storage_account_customer_managed_key": "storage_account_id",
    "azurerm_storage_management_policy": "storage_account_id",
}

ARM_TYPE = "microsoft.storage/storageaccounts"
_PAGE = "hashicorp/azurerm/4.50.0/docs/resources/storage_account"
_TWO = "hashicorp/azurerm/2.99.0/docs/resources/storage_account"
_FIVE = "hashicorp/azurerm/latest/docs/guides/5.0-upgrade-guide"
_CONTAINER_PAGE = "hashicorp/azurerm/4.50.0/docs/resources/storage_container"
_ENCRYPTION = "learn.microsoft.com/azure/storage/common/storage-service-encryption"
_NETWORK = "learn.microsoft.com/azure/storage/common/storage-network-security"
_SOFT_DELETE = "learn.microsoft.com/azure/storage/blobs/soft-delete-blob-overview"
_VERSIONING = "learn.microsoft.com/azure/storage/blobs/versioning-overview"
_IMMUTABLE = "learn.microsoft.com/azure/storage/blobs/immutable-storage-overview"

_OF_ACCOUNT = "its storage account is judged"
_EVERYONE = "0.0.0.0/0"
_RULES = "azurerm_storage_account_network_rules"


def _open_to_all_networks(view: View) -> Any:
    endpoint = view.read("public_network_access_enabled")
    if endpoint.value is False:
        return Known(False, endpoint.resource, endpoint.path)
    action = view.first("network_rules.default_action", f"{_RULES}/default_action")
    if action.absent:
        return endpoint if isinstance(endpoint.value, (Unresolved, Reference)) else ABSENT
    if isinstance(action.value, (Unresolved, Reference)):
        return action
    return Known(str(action.value).lower() != "deny", action.resource, action.path)


def _anonymous_access_blocked(view: View) -> Any:
    reading = view.first("allow_nested_items_to_be_public", "allow_blob_public_access")
    if reading.absent and older_than(view, 3):
        return Default(True, _TWO, view.resource, view.base)
    if reading.absent:
        return changed_in(view, 5, False, True, _FIVE)
    return (
        Reading(not reading.value, reading.resource, reading.path)
        if isinstance(reading.value, bool)
        else reading
    )


def _minimum_tls(view: View) -> Any:
    reading = view.read("min_tls_version")
    return changed_long_ago_in(view, 3, "1.0", "1.2", _PAGE) if reading.absent else reading


def _allowed_sources(view: View) -> Any:
    everyone = _open_to_all_networks(view)
    if everyone is ABSENT:
        return Default([_EVERYONE], _NETWORK, view.resource, view.base)
    if not isinstance(everyone, Known):
        return everyone
    if everyone.value:
        return Known([_EVERYONE], everyone.resource, everyone.path)
    rules = view.first("network_rules.ip_rules", f"{_RULES}/ip_rules")
    return Known([], everyone.resource, everyone.path) if rules.absent else rules


def _days(block: str) -> Any:
    def spelling(view: View) -> Any:
        policy = view.read(block)
        if policy.absent or isinstance(policy.value, (Unresolved, Reference)):
            return policy
        days = view.read(f"{block}.days")
        return Default(7, _PAGE, policy.resource, policy.path) if days.absent else days

    return spelling


def _no_blobs(view: View) -> str:
    kind = str(view.get("account_kind")).lower()
    return "an account of the kind FileStorage holds no blobs" if kind == "filestorage" else ""


def _replicated(*kinds: str) -> Any:
    return lambda name: str(name).upper().replace("-", "") in kinds


ACCOUNT = {
    "encryption.at_rest": Fact(always=Documented(True, _ENCRYPTION)),
    "encryption.algorithm": Fact(always=Documented("AES256", _ENCRYPTION)),
    "encryption.customer_managed_key": Fact(
        terraform=(
            "customer_managed_key.key_vault_key_id",
            "customer_managed_key.managed_hsm_key_id",
            "azurerm_storage_account_customer_managed_key/key_name",
            "azurerm_storage_account_customer_managed_key/managed_hsm_key_id",
        ),
        set_means=True,
        default=Documented(False, _ENCRYPTION),
    ),
    "tls.required": Fact(
        terraform=("https_traffic_only_enabled", "enable_https_traffic_only"), default=Documented(True, _PAGE)
    ),
    "tls.min_version": Fact(terraform=_minimum_tls),
    "network.public": Fact(terraform=_open_to_all_networks, default=Documented(True, _NETWORK)),
    "network.allowed_sources": Fact(terraform=_allowed_sources),
    "public_access_blocked": Fact(terraform=_anonymous_access_blocked),
    "public_acl": Fact(not_applicable="anonymous access is given to a container: its containers are judged"),
    "policy.public": Fact(not_applicable="a storage account has no resource policy"),
    "acl_disabled": Fact(not_applicable="a storage account has no object ACLs of other accounts"),
    "mfa_delete": Fact(not_applicable="Azure Storage has no MFA for deletes"),
    "shared_key_access": Fact(terraform="shared_access_key_enabled", default=Documented(True, _PAGE)),
    "versioning": Fact(
        terraform=unless(_no_blobs, "blob_properties.versioning_enabled"),
        default=Documented(False, _VERSIONING),
    ),
    "soft_delete_days": Fact(
        terraform=unless(_no_blobs, _days("blob_properties.delete_retention_policy")),
        default=Documented(0, _SOFT_DELETE),
    ),
    "backup.pitr_days": Fact(terraform="blob_properties.restore_policy.days", default=Documented(0, _PAGE)),
    "object_lock": Fact(
        terraform="immutability_policy.state",
        using=lambda state: str(state).lower() in ("locked", "unlocked"),
        default=Documented(False, _IMMUTABLE),
    ),
    "ha.multi_zone": Fact(terraform="account_replication_type", using=_replicated("ZRS", "GZRS", "RAGZRS")),
    "ha.multi_region": Fact(
        terraform="account_replication_type", using=_replicated("GRS", "RAGRS", "GZRS", "RAGZRS")
    ),
    "backup.cross_region": Fact(
        terraform="account_replication_type", using=_replicated("GRS", "RAGRS", "GZRS", "RAGZRS")
    ),
    "access_logged": Fact(
        terraform=unless(_no_blobs, sends("StorageRead", arm_type=ARM_TYPE)),
        default=Documented(False, NOT_SENT),
    ),
    "audit.enabled": logged("StorageRead", "StorageWrite", "StorageDelete", arm_type=ARM_TYPE),
    "logs.enabled": logged("StorageRead", "StorageWrite", "StorageDelete", arm_type=ARM_TYPE),
    "deletion_protection": DELETION_PROTECTION,
    "tags": TAGS,
}


def _by_name(inventory: Inventory) -> dict[str, Resource]:
    accounts = inventory.of_type("azurerm_storage_account")
    return {str(each.body.get("name")): each for each in accounts if isinstance(each.body.get("name"), str)}


def _account(view: View) -> View | None:
    for path in ("storage_account_id", "storage_account_name"):
        for target in view.targets(path):
            return target
    name = view.get("storage_account_name")
    found = view.inventory.derived(_by_name).get(str(name))
    return View(found, view.inventory) if found else None


def _container_public(view: View) -> Any:
    access = view.read("container_access_type")
    if not access.known or str(access.value).lower() == "private":
        return Reading(False, access.resource, access.path) if access.known else access
    account = _account(view)
    blocked = (
        account.first("allow_nested_items_to_be_public", "allow_blob_public_access") if account else None
    )
    if blocked is not None and blocked.value is False:
        return Known(False, blocked.resource, blocked.path)
    return Known(True, access.resource, access.path)


CONTAINER = {
    **{name: Fact(not_applicable=_OF_ACCOUNT) for name in ACCOUNT},
    "public_acl": Fact(terraform=_container_public, default=Documented(False, _CONTAINER_PAGE)),
}


def _container_key(view: View) -> Key:
    own = view.read("name").value
    if not isinstance(own, str):
        return Unresolved(f"its name is {own}", "scan the plan or the live subscription")
    if not view.read("storage_account_id").absent:
        return below(view, "storage_account_id", ARM_TYPE, "blobservices/containers", f"default/{own}")
    account = _account(view)
    above = named(account, ARM_TYPE) if account else view.read("storage_account_name").value
    if isinstance(above, str):
        return f"azure:{ARM_TYPE}/blobservices/containers/{above.rpartition('/')[2]}/default/{own}".lower()
    return Unresolved("its account is not known", "scan the plan or the live subscription")


def assets(view: View) -> Iterator[Asset]:
    """Yield the `object_store` that the resource declares: an account, or one container of it."""
    if view.resource.type == "azurerm_storage_container":
        yield asset("object_store", view, CONTAINER, _container_key(view))
    else:
        yield asset("object_store", view, ACCOUNT, named(view, ARM_TYPE))
