"""Backups of Azure's file shares: an item names a share and its account, since several may have one of that name."""

from __future__ import annotations

from typing import Any

from tfaudit.model.resources import Reference, Unresolved
from tfaudit.model.settings import Known, Unknown
from tfaudit.reading.documented import Documented
from tfaudit.reading.fact import Fact
from tfaudit.reading.spelling import NOTHING, Spelling, azure
from tfaudit.reading.states import Absent
from tfaudit.reading.view import Some, View
from tfaudit.services.azure.choices import lower
from tfaudit.services.azure.compute.machine_backups import STOPPED
from tfaudit.services.azure.keys.keys import RESOURCE, raw
from tfaudit.services.azure.pointers import pointing_at
from tfaudit.services.azure.storage.account_of import ACCOUNT_TYPE, account_of

ARM_TYPES = ("Microsoft.RecoveryServices/vaults/backupFabrics/protectionContainers/protectedItems",)

_ITEMS = "microsoft.recoveryservices/vaults/backupfabrics/protectioncontainers/protecteditems"
_BACKUP = "learn.microsoft.com/azure/backup/azure-file-share-backup-overview"
_OF_SHARE = "azurefileshare"

ITEM: Spelling = {
    # word, then its path in ARM
    "source": azure(NOTHING, "properties.sourceResourceId"),
    "state": azure(NOTHING, "properties.protectionState"),
    "kind": azure(NOTHING, "properties.protectedItemType"),
    "share": azure(NOTHING, "properties.friendlyName"),
    "name": azure(NOTHING, "name"),
}


_ITEM_IN_TERRAFORM = "azurerm_backup_protected_file_share"
OF_ACCOUNT: Spelling = {
    # word, then its path in Terraform: the account whose share an item protects
    "account": azure("source_storage_account_id", NOTHING),
    "account_name": azure(NOTHING, NOTHING),
}


def _text(value: Any) -> str:
    """Return what a value is told by: itself, the address of a reference, the expression of what is not known."""
    if isinstance(value, Unresolved):
        return value.expression
    return str(value) if isinstance(value, (str, Reference)) else ""


def _in_its_account(item: View, view: View) -> bool | Unknown:
    """Return whether an item of Terraform protects shares of the account that the share is in."""
    own, its = account_of(view), account_of(item)
    if own is not None and its is not None:
        return own.resource is its.resource
    name = raw(own.spelled(RESOURCE), "name") if own else raw(view, "account_name")
    stated, of_item = raw(view, "account"), raw(item, "account")
    if its is None and own is None and _text(of_item) and _text(of_item) == _text(stated):
        return True
    told = name if isinstance(name, str) else stated.rpartition("/")[2] if isinstance(stated, str) else ""
    of_it = of_item.rpartition("/")[2] if isinstance(of_item, str) else ""
    if its is not None and isinstance(named_so := raw(its.spelled(RESOURCE), "name"), str):
        of_it = named_so
    if told and of_it:
        return told.lower() == of_it.lower()
    because = f"the account whose share {item.resource.address} protects is not known"
    return Unknown(
        because, "scan the plan or the live subscription", item.resource, item.word("account").path
    )


def _in_terraform(view: View) -> Any:
    """Return whether an item is of the share's name and of its account."""
    items = view.companions(_ITEM_IN_TERRAFORM)
    unsure = items.more if isinstance(items, Some) else None
    for each in items.views:
        item = each.spelled(OF_ACCOUNT)
        is_it = _in_its_account(item, view)
        if is_it is True:
            return Known(True, item.resource, item.word("account").path)
        if isinstance(is_it, Unknown):
            unsure = unsure or is_it
    return unsure or Absent(view.resource, view.base)


def _of(item: View, share: str) -> bool | Unknown:
    """Return whether an item is of the share: by its friendly name, or by its own, `AzureFileShare;team`."""
    friendly, name = item.word("share"), item.word("name")
    if isinstance(friendly, Known):
        return lower(friendly.value) == share
    if isinstance(friendly, Unknown):
        return friendly
    kind, _, named = str(name.value).lower().partition(";") if isinstance(name, Known) else ("", "", "")
    if kind == _OF_SHARE:
        return named == share
    because = f"which share {item.resource.address} protects is not known"
    return Unknown(because, "scan the live subscription", item.resource, name.path)


def _protected(view: View) -> Any:
    if view.dialect != "arm":
        return _in_terraform(view)
    account, share = account_of(view), raw(view, "name")
    if account is None or not isinstance(share, str):
        because = "its account, or its name, is not known: an item of a vault may protect it"
        return Unknown(because, "scan the live subscription", view.resource, view.base)
    items = pointing_at(account, (_ITEMS,), ACCOUNT_TYPE, ITEM, "source")
    unsure = items.more if isinstance(items, Some) else None
    for item in items.views:
        kind, state = item.word("kind"), item.word("state")
        if isinstance(kind, Known) and not str(kind.value).lower().startswith(_OF_SHARE):
            continue
        is_it = _of(item, share.lower())
        if isinstance(is_it, Unknown):
            unsure = unsure or is_it
        elif is_it and isinstance(kind, Unknown):
            unsure = unsure or kind
        elif is_it and isinstance(state, Unknown):
            unsure = unsure or state
        elif is_it and not (isinstance(state, Known) and lower(state.value) in STOPPED):
            return Known(True, item.resource, state.path)
    return unsure or Absent(view.resource, view.base)


BACKED_UP = Fact(joins=_protected, of=("protected",), default=Documented(False, _BACKUP), beside=(_ITEMS,))
"""Whether a vault keeps copies of the share."""
