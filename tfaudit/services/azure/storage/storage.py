"""Azure Storage accounts and their blob containers, as `object_store` assets.

Network rules and the customer's key may be blocks of the account or resources of their own. A container is judged
for anonymous access only: all else is its account's.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from tfaudit.model.asset import Asset
from tfaudit.model.resources import Unresolved
from tfaudit.model.settings import Known, NotApplicable
from tfaudit.reading.answers import Said
from tfaudit.reading.asset import asset
from tfaudit.reading.documented import ByPlane, Cited, Documented, Inapplicable
from tfaudit.reading.fact import Fact, Facts, always, inapplicable
from tfaudit.reading.spelling import NOTHING, Spelling, azure
from tfaudit.reading.states import Absent, Pointer, Unknown
from tfaudit.reading.values import as_bool
from tfaudit.reading.view import View
from tfaudit.services.azure.api_versions import VERSION, changed_with
from tfaudit.services.azure.choices import lower, negated, one_of, switched
from tfaudit.services.azure.keys.keys import RESOURCE, named, raw
from tfaudit.services.azure.logs.diagnostics import NOT_SENT, TYPES, sends
from tfaudit.services.azure.network import store_ways
from tfaudit.services.azure.network.acls import allowed
from tfaudit.services.azure.network.private_endpoints import has_private_endpoint
from tfaudit.services.azure.network.store_ways import Store
from tfaudit.services.azure.provider import changed_in, changed_long_ago_in, older_than
from tfaudit.services.azure.storage import account_access, kept_blobs
from tfaudit.services.azure.storage.account_of import INSIDE, account_of, key_inside
from tfaudit.services.azure.storage.kept_blobs import WITHOUT, of_blobs
from tfaudit.services.azure.switches import stated_unless
from tfaudit.services.azure.tags import TAGGED, TAGS
from tfaudit.services.expiry import FOR_EVER, fewest_days

READS = (
    "azurerm_storage_account",
    "azurerm_storage_container",
    "microsoft.storage/storageaccounts",
    "microsoft.storage/storageaccounts/blobservices/containers",
)
KINDS = ("object_store",)
NAMES = ("name",)
COMPANIONS = {
    "azurerm_storage_container_immutability_policy": "storage_container_resource_manager_id",
    "azurerm_storage_encryption_scope": "storage_account_id",
    "microsoft.storage/storageaccounts/encryptionscopes": "parent",
    "azurerm_storage_account_network_rules": "storage_account_id|storage_account_name",  # the name up to azurerm 2
    "azurerm_storage_account_customer_managed_key": "storage_account_id",
    "azurerm_storage_management_policy": "storage_account_id",
    "microsoft.storage/storageaccounts/blobservices": "parent",
    "microsoft.storage/storageaccounts/managementpolicies": "parent",
}
ARM_TYPES = (
    "Microsoft.Storage/storageAccounts",
    "Microsoft.Storage/storageAccounts/blobServices",
    "Microsoft.Storage/storageAccounts/blobServices/containers",
    "Microsoft.Storage/storageAccounts/encryptionScopes",
    "Microsoft.Storage/storageAccounts/managementPolicies",
)

ARM_TYPE = "microsoft.storage/storageaccounts"
_PAGE = Cited(
    "hashicorp/azurerm/4.50.0/docs/resources/storage_account",
    "learn.microsoft.com/azure/templates/microsoft.storage/storageaccounts",
)
_API = "learn.microsoft.com/rest/api/storagerp/storage-accounts/create"
_MIGRATED = "learn.microsoft.com/azure/storage/common/transport-layer-security-configure-migrate-to-tls2"
_NO_LOWER = f"{_MIGRATED}: since 3 February 2026"
_TWO = "hashicorp/azurerm/2.99.0/docs/resources/storage_account"
_FIVE = "hashicorp/azurerm/latest/docs/guides/5.0-upgrade-guide"
_CONTAINER_PAGE = Cited(
    "hashicorp/azurerm/4.50.0/docs/resources/storage_container",
    "learn.microsoft.com/azure/templates/microsoft.storage/storageaccounts/blobservices/containers",
)
_SHARED_KEY = Cited(
    _PAGE.terraform, "learn.microsoft.com/azure/storage/common/shared-key-authorization-prevent"
)
_PRIVATE = Cited(
    _CONTAINER_PAGE.terraform, "learn.microsoft.com/azure/storage/blobs/anonymous-read-access-configure"
)
_REFUSED = "learn.microsoft.com/azure/storage/blobs/anonymous-read-access-prevent"
_ENCRYPTION = "learn.microsoft.com/azure/storage/common/storage-service-encryption"
_NETWORK = "learn.microsoft.com/azure/storage/common/storage-network-security"
_VERSIONING = "learn.microsoft.com/azure/storage/blobs/versioning-overview"
_LIFECYCLE = "learn.microsoft.com/azure/storage/blobs/lifecycle-management-overview"
_SCOPES_PAGE = "learn.microsoft.com/azure/storage/blobs/encryption-scope-overview"
_IMMUTABLE = "learn.microsoft.com/azure/storage/blobs/immutable-storage-overview"

_CONTAINERS = ("azurerm_storage_container", f"{ARM_TYPE}/blobservices/containers")
_BLOBS = f"{ARM_TYPE}/blobservices/properties"
_OF_ACCOUNT = "its storage account is judged"
_RULES = "azurerm_storage_account_network_rules"
_KEY = "azurerm_storage_account_customer_managed_key"

TABLE: Spelling = {
    **RESOURCE,
    **TAGGED,
    # word, then its path in Terraform and in ARM; what is said of blobs stands in a child there, blobServices
    **account_access.WORDS,
    **kept_blobs.WORDS,
    "kind": azure("account_kind", "kind"),
    "replication": azure("account_replication_type", "sku.name"),
    "key": azure(
        (
            "customer_managed_key.key_vault_key_id",
            "customer_managed_key.managed_hsm_key_id",
            f"{_KEY}/key_name",
            f"{_KEY}/managed_hsm_key_id",
        ),
        "properties.encryption.keyvaultproperties.keyname",
    ),
    "key_source": azure(NOTHING, "properties.encryption.keySource"),
    "https_only": azure(
        ("https_traffic_only_enabled", "enable_https_traffic_only"), "properties.supportsHttpsTrafficOnly"
    ),
    "lowest_tls": azure("min_tls_version", "properties.minimumTlsVersion"),
    "endpoint": azure("public_network_access_enabled", "properties.publicNetworkAccess"),
    "default_action": azure(
        ("network_rules.default_action", f"{_RULES}/default_action"), "properties.networkAcls.defaultAction"
    ),
    "ip_rules": azure(("network_rules.ip_rules", f"{_RULES}/ip_rules"), "properties.networkAcls.ipRules"),
    "own_domain": azure("custom_domain.name", "properties.customDomain.name"),
    "anonymous": azure(
        ("allow_nested_items_to_be_public", "allow_blob_public_access"), "properties.allowBlobPublicAccess"
    ),
    "shared_key": azure("shared_access_key_enabled", "properties.allowSharedKeyAccess"),
    "versioning": azure("blob_properties.versioning_enabled", f"{_BLOBS}.isVersioningEnabled"),
    "lifecycle": azure(
        "azurerm_storage_management_policy/rule",
        f"{ARM_TYPE}/managementpolicies/properties.policy.rules",
        rows={
            "status": azure("enabled", "enabled"),
            "days": azure(
                "actions.base_blob.delete_after_days_since_modification_greater_than",
                (
                    "definition.actions.baseBlob.delete.daysAfterModificationGreaterThan",
                    "definition.actions.baseBlob.delete.daysAfterCreationGreaterThan",
                ),
            ),
        },
    ),
    "immutability": azure(
        "immutability_policy.state", "properties.immutableStorageWithVersioning.immutabilityPolicy.state"
    ),
}
CONTAINER_TABLE: Spelling = {
    **INSIDE,
    # word of a container, then its path in Terraform and in ARM
    "access": azure("container_access_type", "properties.publicAccess"),
    "scope": azure("default_encryption_scope", "properties.defaultEncryptionScope"),
    "locked": azure(
        "azurerm_storage_container_immutability_policy/immutability_period_in_days",
        (
            "properties.immutabilityPolicy.properties.immutabilityPeriodSinceCreationInDays",
            "properties.immutableStorageWithVersioning.enabled",
        ),
    ),
}
SCOPE_TABLE: Spelling = {
    **INSIDE,
    # word of an encryption scope, then its path in Terraform and in ARM
    "source": azure("source", "properties.source"),
}
IDENTITY = ("id", "name", "account", "account_name")


def _anonymous_access(view: View) -> Documented | Unresolved:
    """Return what provider 2 lets in, or what later ones do, where nothing is said of anonymous access."""
    if older_than(view, 3):
        return Documented(True, _TWO)
    return changed_in(5, False, True, _FIVE)(view)


def _made_now(view: View) -> Documented | Unresolved:
    """Return what an account that a template makes refuses; of one that runs it is not known when it was made."""
    if isinstance(view.spelled(VERSION).word("version"), Absent):
        because = "it is not set: accounts made before 15 December 2023 let it be given, later ones do not"
        return Unresolved(because, "set it")
    return Documented(True, _REFUSED)


def _versioned(versioning: Any, kind: Any) -> Any:
    return Said(switched(versioning), by="versioning") if of_blobs(kind) else Inapplicable(WITHOUT)


def _of_its_blobs(joins: Callable[[View], Any]) -> Callable[[View], Any]:
    def unless_without(view: View) -> Any:
        kind = view.word("kind")
        match kind:
            case Unknown() | Pointer():
                return kind
            case Known(value=value) if not of_blobs(value):
                return Inapplicable(WITHOUT)
            case Known() | Absent():
                return joins(view)

    return unless_without


def _in_force(enabled: Any) -> bool | None:
    """Return whether a rule of the lifecycle holds: one that does not say does."""
    return True if enabled is None else as_bool(enabled)


def _replicated(*kinds: str) -> Fact:
    """Return the fact that its copies are of one of `kinds`: `RAGRS` in Terraform, `Standard_RAGRS` in ARM."""

    def is_so(name: Any) -> bool | None:
        return None if name is None else str(name).upper().rpartition("_")[2].replace("-", "") in kinds

    return Fact(is_so, of=("replication",))


ACCOUNT: Facts = {
    "encryption.at_rest": always(True, _ENCRYPTION),
    "encryption.algorithm": always("AES256", _ENCRYPTION),
    "encryption.customer_managed_key": stated_unless(
        "key",
        "key_source",
        lambda value: lower(value) == "microsoft.storage",
        default=Documented(False, _ENCRYPTION),
    ),
    "tls.required": Fact(
        "https_only",
        default=ByPlane(terraform=Documented(True, _PAGE), arm=changed_with("2019-04-01", False, True, _API)),
    ),
    "tls.min_version": Fact(
        "lowest_tls",
        default=ByPlane(
            terraform=changed_long_ago_in(3, "1.0", "1.2", _PAGE.terraform), arm=Documented("1.2", _NO_LOWER)
        ),
    ),
    "network.private_endpoint": has_private_endpoint(ARM_TYPE),
    "network.allowed_sources": allowed(_NETWORK),
    **store_ways.facts(
        Store(
            ARM_TYPE,
            tuple(f"{each}.core.windows.net" for each in ("blob", "web", "file", "queue", "table", "dfs")),
            by_requests=True,
            sources=allowed(_NETWORK),
            own_name="own_domain",
        )
    ),
    "public_access_blocked": Fact(
        negated,
        of=("anonymous",),
        default=ByPlane(terraform=_anonymous_access, arm=_made_now),
    ),
    "public_acl": inapplicable("anonymous access is given to a container: its containers are judged"),
    "policy.public": inapplicable("a storage account has no resource policy"),
    "acl_disabled": inapplicable("a storage account has no object ACLs of other accounts"),
    "mfa_delete": inapplicable("Azure Storage has no MFA for deletes"),
    **account_access.FACTS,
    **kept_blobs.FACTS,
    "shared_key_access": Fact("shared_key", default=Documented(True, _SHARED_KEY)),
    "versioning": Fact(_versioned, of=("versioning", "kind"), default=Documented(False, _VERSIONING)),
    "object_lock": Fact(
        one_of("locked", "unlocked"), of=("immutability",), default=Documented(False, _IMMUTABLE)
    ),
    "lifecycle_days": Fact(
        joins=_of_its_blobs(lambda view: fewest_days(view, "lifecycle", _in_force)),
        of=("lifecycle", "kind"),
        default=Documented(FOR_EVER, f"{_LIFECYCLE}: nothing expires"),
    ),
    "ha.multi_zone": _replicated("ZRS", "GZRS", "RAGZRS"),
    "ha.multi_region": _replicated("GRS", "RAGRS", "GZRS", "RAGZRS"),
    "access_logged": Fact(
        joins=_of_its_blobs(sends("StorageRead", arm_type=ARM_TYPE)),
        of=("kind", *RESOURCE),
        default=Documented(False, NOT_SENT),
        beside=TYPES,
    ),
    "tags": TAGS,
}


def _container_public(view: View) -> Any:
    """Return whether anybody may read the container's blobs: as it says, unless its account forbids it for all."""
    access = view.word("access")
    if not isinstance(access, Known):
        return access
    if str(access.value).lower() in ("private", "none"):
        return Known(False, access.resource, access.path)
    account = account_of(view)
    blocked = account.spelled(TABLE).word("anonymous") if account else Absent(view.resource)
    if isinstance(blocked, Known) and as_bool(blocked.value) is False:
        return Known(False, blocked.resource, blocked.path)
    return Known(True, access.resource, access.path)


_SCOPES = ("azurerm_storage_encryption_scope", f"{ARM_TYPE}/encryptionscopes")


def _by_scope(view: View) -> Any:
    """Return whether the key of the scope that a container has of its own is the customer's."""
    scope = view.word("scope")
    if isinstance(scope, Absent):
        return NotApplicable(_OF_ACCOUNT, view.resource, view.base)
    if isinstance(scope, Unknown):
        return scope
    for target in view.leads_to("scope"):
        return _source(target.spelled(SCOPE_TABLE))
    account = account_of(view)
    if account is None:
        because = "its account, and so its encryption scope, is not declared here"
        return Unknown(because, "scan the root that declares it", scope.resource, scope.path)
    named_ = str(scope.value).lower() if isinstance(scope, Known) else ""
    if named_.startswith("$account"):
        return NotApplicable(_OF_ACCOUNT, scope.resource, scope.path)
    scopes = View(account.resource, view.inventory, COMPANIONS, NAMES, TABLE).companions(*_SCOPES)
    for each in scopes.views:
        own = each.spelled(SCOPE_TABLE)
        if str(raw(own, "name")).rpartition("/")[2].lower() == named_:
            return _source(own)
    because = f"the encryption scope {named_} is not declared here"
    return Unknown(because, "scan the root that declares it", scope.resource, scope.path)


def _source(scope: View) -> Any:
    source = scope.word("source")
    if isinstance(source, Known):
        return Known(str(source.value).lower() == "microsoft.keyvault", source.resource, source.path)
    return source


def _locked_by_itself(view: View) -> Any:
    locked = view.word("locked")
    match locked:
        case Known(value=False) | Absent():
            return NotApplicable(_OF_ACCOUNT, view.resource, view.base)
        case Known() | Pointer():
            return Known(True, locked.resource, locked.path)
        case Unknown():
            return locked


CONTAINER: Facts = {
    **{name: inapplicable(_OF_ACCOUNT) for name in ACCOUNT},
    "encryption.customer_managed_key": Fact(
        joins=_by_scope,
        of=("scope", "account", "account_name"),
        default=Documented(False, _SCOPES_PAGE),
        beside=_SCOPES,
    ),
    "object_lock": Fact(joins=_locked_by_itself, of=("locked",)),
    "public_acl": Fact(
        joins=_container_public,
        of=("access", "account", "account_name"),
        default=Documented(False, _PRIVATE),
    ),
}


def assets(view: View) -> Iterator[Asset]:
    """Yield the `object_store` that the resource declares: an account, or one container of it."""
    if view.resource.type in _CONTAINERS:
        own = view.spelled(CONTAINER_TABLE)
        yield asset("object_store", own, CONTAINER, key_inside(own, "blobservices", "containers"))
    else:
        yield asset("object_store", view, ACCOUNT, named(view, ARM_TYPE))
