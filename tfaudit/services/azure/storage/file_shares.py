"""File shares of Azure Storage, as `file_store` assets: what the file service of their account says of all of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from tfaudit.model.asset import Asset
from tfaudit.model.settings import Known, NotApplicable, Unknown
from tfaudit.reading.answers import Said
from tfaudit.reading.asset import asset
from tfaudit.reading.documented import Documented
from tfaudit.reading.fact import Fact, Facts, always, inapplicable
from tfaudit.reading.spelling import NOTHING, Spelling, azure
from tfaudit.reading.states import Absent
from tfaudit.reading.values import as_list
from tfaudit.reading.view import Some, View
from tfaudit.services.azure.choices import lower, switched_off
from tfaudit.services.azure.storage.account_of import ACCOUNT_TYPE, INSIDE, account_of, key_inside
from tfaudit.services.azure.storage.share_backups import BACKED_UP

READS = ("azurerm_storage_share", "microsoft.storage/storageaccounts/fileservices/shares")
KINDS = ("file_store",)
NAMES = ("name",)
COMPANIONS = {"azurerm_backup_protected_file_share": "source_file_share_name"}
ARM_TYPES = (
    "Microsoft.Storage/storageAccounts/fileServices",
    "Microsoft.Storage/storageAccounts/fileServices/shares",
)

_SERVICE_TYPE = f"{ACCOUNT_TYPE}/fileservices"
_ENCRYPTION = "learn.microsoft.com/azure/storage/common/storage-service-encryption"
_SOFT_DELETE = "learn.microsoft.com/azure/storage/files/storage-files-enable-soft-delete"
_SMB = "learn.microsoft.com/azure/storage/files/files-smb-protocol"
_SETTLE = "scan the root that declares it"

TABLE: Spelling = {
    **INSIDE,
    # word of a share, then its path in Terraform and in ARM
    "protocol": azure("enabled_protocol", "properties.enabledProtocols"),
    "protected": azure("azurerm_backup_protected_file_share/backup_policy_id", NOTHING),
}
SERVICE: Spelling = {
    # word of the file service, then its path in Terraform, where it is a part of the account, and in ARM
    "stated": azure("share_properties", NOTHING),
    "kept": azure("share_properties.retention_policy", "properties.shareDeleteRetentionPolicy.enabled"),
    "days": azure("share_properties.retention_policy.days", "properties.shareDeleteRetentionPolicy.days"),
    "versions": azure("share_properties.smb.versions", "properties.protocolSettings.smb.versions"),
    "ciphers": azure(
        "share_properties.smb.channel_encryption_type", "properties.protocolSettings.smb.channelEncryption"
    ),
}
IDENTITY = tuple(INSIDE)


def _service(view: View) -> View | Unknown | None:
    """Return where the file service of a share's account is stated; why that is not known; None for nowhere."""
    if view.dialect == "terraform":
        account = account_of(view)
        return account.spelled(SERVICE) if account else _not_here(view)
    for target in view.leads_to("account"):
        if target.resource.type == _SERVICE_TYPE:
            return target.spelled(SERVICE)
    account = account_of(view)
    if account is None:
        return _not_here(view)
    own = View(account.resource, view.inventory, {_SERVICE_TYPE: "parent"}).companions(_SERVICE_TYPE)
    for each in own.views:
        return each.spelled(SERVICE)
    return own.more if isinstance(own, Some) else None


def _not_here(view: View) -> Unknown:
    return Unknown("its account is not declared here", _SETTLE, view.resource, view.base)


def _by_service(fact: Fact, of: str) -> Fact:
    """Return the fact that the file service tells, as `fact` reads it there with the type `of`."""

    def joins(view: View) -> Any:
        service = _service(view)
        if service is None:
            return Absent(view.resource, view.base)
        return service if isinstance(service, Unknown) else fact.read(service, of)  # type: ignore[arg-type]

    return Fact(joins=joins, of=IDENTITY, default=fact.default, beside=(_SERVICE_TYPE,))


def _of_smb(fact: Fact) -> Fact:
    """Return the fact for shares that SMB reaches; those of NFS know nothing of it."""

    def joins(view: View) -> Any:
        protocol = view.word("protocol")
        if isinstance(protocol, Known) and lower(protocol.value) == "nfs":
            return NotApplicable("it is reached by NFS", protocol.resource, protocol.path)
        if isinstance(protocol, Unknown):
            return protocol
        return _by_service(fact, "set").read(view, "set")

    return Fact(joins=joins, of=(*IDENTITY, "protocol"), default=fact.default, beside=(_SERVICE_TYPE,))


def _listed(value: Any) -> list[Any] | None:
    """Return a list: as Terraform has it, or as ARM joins it by semicolons."""
    if isinstance(value, str):
        return [each.strip() for each in value.split(";") if each.strip()]
    return as_list(value)


def _kept_days(stated: Any, kept: Any, days: Any) -> Any:
    """Return for how many days deleted shares are kept; a block of properties without the policy switches it off."""
    if kept is None:
        return None if stated is None else 0
    if switched_off(kept):
        return Said(0, by="kept")
    return Said(7, by="kept") if days is None else Said(days, by="days")


def _in(default: list[str]) -> Callable[[str], Fact]:
    return lambda word: Fact(_listed, of=(word,), default=Documented(default, _SMB))


_OF_ACCOUNT = inapplicable("its storage account is judged")
SHARE: Facts = {
    "encryption.at_rest": always(True, _ENCRYPTION),
    "encryption.customer_managed_key": _OF_ACCOUNT,
    "tls.required": _OF_ACCOUNT,
    "ha.multi_zone": _OF_ACCOUNT,
    "policy.public": inapplicable("a share has no resource policy"),
    "backup.enabled": BACKED_UP,
    "soft_delete_days": _by_service(
        Fact(_kept_days, of=("stated", "kept", "days"), default=Documented(7, _SOFT_DELETE)), "int"
    ),
    "smb.versions": _of_smb(_in(["SMB2.1", "SMB3.0", "SMB3.1.1"])("versions")),
    "smb.ciphers": _of_smb(_in(["AES-128-CCM", "AES-128-GCM", "AES-256-GCM"])("ciphers")),
    "tags": inapplicable("a share has no tags"),
}


def assets(view: View) -> Iterator[Asset]:
    """Yield the one `file_store` that the share is."""
    yield asset("file_store", view, SHARE, key_inside(view, "fileservices", "shares"))
