"""What a storage account allows beside its networks: signatures, keys, local users, copies to other tenants."""

from __future__ import annotations

from typing import Any

from tfaudit.model.resources import Unresolved
from tfaudit.reading.answers import CannotTell, Said
from tfaudit.reading.documented import ByPlane, Cited, Documented, Inapplicable
from tfaudit.reading.fact import Fact, Facts
from tfaudit.reading.spelling import NOTHING, Spelling, azure
from tfaudit.reading.values import as_int
from tfaudit.services.azure.choices import not_judged, switched
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
_SFTP = "learn.microsoft.com/azure/storage/blobs/secure-file-transfer-protocol-support"

WORDS: Spelling = {
    # word, then its path in Terraform and in ARM
    "signatures_end": azure("sas_policy.expiration_period", "properties.sasPolicy.sasExpirationPeriod"),
    "key_days": azure(NOTHING, "properties.keyPolicy.keyExpirationPeriodInDays"),
    "other_tenants": azure("cross_tenant_replication_enabled", "properties.allowCrossTenantReplication"),
    "twice": azure(
        "infrastructure_encryption_enabled", "properties.encryption.requireInfrastructureEncryption"
    ),
    "sftp": azure("sftp_enabled", "properties.isSftpEnabled"),
    "local_users": azure("local_user_enabled", "properties.isLocalUserEnabled"),
}


def _of_people(sftp: Any, users: Any) -> Any:
    """Return whether users of the account's own get in: by SFTP, which is all that they are for."""
    if switched(sftp) is not True:
        return None if sftp is None else switched(sftp)
    return Said(True, by="sftp") if users is None else Said(switched(users), by="local_users")


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
    "encrypted_twice": Fact(switched, of=("twice",), default=Documented(False, _TWICE)),
    "local_users": Fact(
        _of_people, of=("sftp", "local_users"), default=Documented(False, Cited(_PAGE.terraform, _SFTP))
    ),
}
