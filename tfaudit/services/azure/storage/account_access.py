"""What a storage account allows beside its networks: signatures, keys, local users, copies to other tenants."""

from __future__ import annotations

from typing import Any

from tfaudit.model.resources import Unresolved
from tfaudit.reading.answers import CannotTell, Said
from tfaudit.reading.documented import ByPlane, Cited, Documented, Inapplicable
from tfaudit.reading.fact import Fact, Facts
from tfaudit.reading.parts import some
from tfaudit.reading.spelling import NOTHING, Spelling, azure
from tfaudit.reading.values import as_int, as_list
from tfaudit.services.azure.choices import lower, not_judged, switched
from tfaudit.services.azure.provider import changed_in

ARM_TYPES = ("Microsoft.Storage/storageAccounts",)

_PAGE = Cited(
    "hashicorp/azurerm/4.50.0/docs/resources/storage_account",
    "learn.microsoft.com/azure/templates/microsoft.storage/storageaccounts",
)
_FOUR = "hashicorp/azurerm/latest/docs/guides/4.0-upgrade-guide"
_SAS = "learn.microsoft.com/azure/storage/common/sas-expiration-policy"
_KEYS = "learn.microsoft.com/azure/storage/common/storage-account-keys-manage"
_TWICE = "learn.microsoft.com/azure/storage/common/infrastructure-encryption-enable"
_COPIES = "learn.microsoft.com/azure/storage/common/security-restrict-copy-operations"
_PORTAL = Cited(_PAGE.terraform, "learn.microsoft.com/azure/storage/blobs/authorize-data-operations-portal")
_TRUSTED = "learn.microsoft.com/azure/storage/common/storage-network-security-trusted-azure-services"
_SFTP = "learn.microsoft.com/azure/storage/blobs/secure-file-transfer-protocol-support"

WORDS: Spelling = {
    # word, then its path in Terraform and in ARM
    "signatures_end": azure("sas_policy.expiration_period", "properties.sasPolicy.sasExpirationPeriod"),
    "key_days": azure(NOTHING, "properties.keyPolicy.keyExpirationPeriodInDays"),
    "other_tenants": azure("cross_tenant_replication_enabled", "properties.allowCrossTenantReplication"),
    "twice": azure(
        "infrastructure_encryption_enabled", "properties.encryption.requireInfrastructureEncryption"
    ),
    "copied_from": azure("allowed_copy_scope", "properties.allowedCopyScope"),
    "by_directory": azure("default_to_oauth_authentication", "properties.defaultToOAuthAuthentication"),
    "let_past": azure(
        ("network_rules.bypass", "azurerm_storage_account_network_rules/bypass"),
        "properties.networkAcls.bypass",
    ),
    "sftp": azure("sftp_enabled", "properties.isSftpEnabled"),
    "local_users": azure("local_user_enabled", "properties.isLocalUserEnabled"),
}


def _of_people(sftp: Any, users: Any) -> Any:
    """Return whether users of the account's own get in: by SFTP, which is all that they are for."""
    if switched(sftp) is not True:
        return None if sftp is None else switched(sftp)
    return Said(True, by="sftp") if users is None else Said(switched(users), by="local_users")


def _from_anywhere(scope: Any) -> bool | CannotTell | None:
    """Return whether accounts of every tenant may be copied into it; none named leaves it open."""
    word = lower(scope)
    if word is None:
        return None
    return word == "all" if word in ("all", "aad", "privatelink") else not_judged(scope)


def _lets_past(bypass: Any) -> bool | None:
    """Return whether Azure's trusted services pass the rules: a list in Terraform, words with commas in ARM."""
    if bypass is None:
        return None
    words = bypass.split(",") if isinstance(bypass, str) else as_list(bypass)
    return some(words, lambda each: str(lower(each)).strip() == "azureservices")


def _days(days: Any) -> int | CannotTell | None:
    if days is None:
        return None
    number = as_int(days)
    return not_judged(days) if number is None else number


FACTS: Facts = {
    "sas_expires": Fact(
        lambda period: None if period is None else bool(period),
        of=("signatures_end",),
        default=Documented(False, _SAS),
    ),
    "shared_key_days": Fact(
        _days,
        of=("key_days",),
        default=ByPlane(
            terraform=Inapplicable("azurerm has no word for it: the live account is judged"),
            arm=Documented(0, _KEYS),
        ),
    ),
    "cross_tenant_copies": Fact(
        switched,
        of=("other_tenants",),
        default=ByPlane(
            terraform=changed_in(4, True, False, _FOUR),
            arm=Unresolved(
                "it is not set: accounts made before 15 December 2023 allow it, later ones do not", "set it"
            ),
        ),
    ),
    "copies_from_anywhere": Fact(_from_anywhere, of=("copied_from",), default=Documented(True, _COPIES)),
    "directory_by_default": Fact(switched, of=("by_directory",), default=Documented(False, _PORTAL)),
    "network.trusted_services": Fact(_lets_past, of=("let_past",), default=Documented(True, _TRUSTED)),
    "encrypted_twice": Fact(switched, of=("twice",), default=Documented(False, _TWICE)),
    "local_users": Fact(
        _of_people, of=("sftp", "local_users"), default=Documented(False, Cited(_PAGE.terraform, _SFTP))
    ),
}
