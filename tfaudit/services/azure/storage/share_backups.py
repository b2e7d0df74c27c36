"""Backups of Azure's file shares: an item names the share in Terraform, in Resource Manager its account as well."""

from __future__ import annotations

from typing import Any

from tfaudit.model.settings import Known, Unknown
from tfaudit.reading.documented import Documented
from tfaudit.reading.fact import Fact
from tfaudit.reading.spelling import NOTHING, Spelling, azure
from tfaudit.reading.states import Absent
from tfaudit.reading.view import Some, View
from tfaudit.services.azure.choices import lower
from tfaudit.services.azure.compute.machine_backups import STOPPED
from tfaudit.services.azure.keys.keys import raw
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
    stated = view.word("protected")
    if not isinstance(stated, Absent):
        return stated if isinstance(stated, Unknown) else Known(True, stated.resource, stated.path)
    account, share = account_of(view), raw(view, "name")
    if account is None or not isinstance(share, str) or view.dialect != "arm":
        if view.dialect == "arm":
            because = "its account, or its name, is not known: an item of a vault may protect it"
            return Unknown(because, "scan the live subscription", view.resource, view.base)
        return stated
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
    return unsure or stated


BACKED_UP = Fact(joins=_protected, of=("protected",), default=Documented(False, _BACKUP), beside=(_ITEMS,))
"""Whether a vault keeps copies of the share."""
