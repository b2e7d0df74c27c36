"""Tables of Azure Storage, as `database` assets: rows by their keys, inside a storage account.

An account's own key encrypts its tables only where the account says so when it is made; all else is the account's.
"""

from __future__ import annotations

from collections.abc import Iterator

from tfaudit.model.asset import Asset
from tfaudit.reading.asset import asset
from tfaudit.reading.documented import Documented
from tfaudit.reading.fact import Fact, Facts, always, inapplicable
from tfaudit.reading.spelling import Spelling, azure
from tfaudit.reading.view import View
from tfaudit.services.azure.storage.account_of import INSIDE, key_inside
from tfaudit.services.azure.storage.queues import ACCOUNT, by_key_of_account
from tfaudit.services.databases_seldom import SELDOM

READS = ("azurerm_storage_table", "microsoft.storage/storageaccounts/tableservices/tables")
KINDS = ("database",)
NAMES = ("name",)
ARM_TYPES = (
    "Microsoft.Storage/storageAccounts",
    "Microsoft.Storage/storageAccounts/tableServices",
    "Microsoft.Storage/storageAccounts/tableServices/tables",
)

_KEYS = "learn.microsoft.com/azure/storage/common/account-encryption-key-create"
_ENCRYPTION = "learn.microsoft.com/azure/storage/common/storage-service-encryption"

TABLE: Spelling = INSIDE
OF_TABLES: Spelling = {
    **ACCOUNT,
    # word of the account, then its path in Terraform and in ARM
    "chosen": azure("table_encryption_key_type", "properties.encryption.services.table.keyType"),
}
IDENTITY = tuple(INSIDE)

_OF_ACCOUNT = inapplicable("its storage account is judged")
_NO_COPIES = inapplicable("Azure keeps no copies of tables that somebody could go back to")
_NO_SERVER = inapplicable("a table has no server of its own")
ROWS: Facts = {
    **SELDOM,
    "encryption.at_rest": always(True, _ENCRYPTION),
    "encryption.customer_managed_key": Fact(
        joins=by_key_of_account(OF_TABLES), of=("account", "account_name"), default=Documented(False, _KEYS)
    ),
    "tls.required": _OF_ACCOUNT,
    "tls.min_version": _OF_ACCOUNT,
    "network.public": _OF_ACCOUNT,
    "network.private_endpoint": _OF_ACCOUNT,
    "network.published": _OF_ACCOUNT,
    "network.published_by": _OF_ACCOUNT,
    "network.allowed_sources": _OF_ACCOUNT,
    "backup.enabled": _NO_COPIES,
    "backup.retention_days": _NO_COPIES,
    "backup.cross_region": _OF_ACCOUNT,
    "backup.long_term": _NO_COPIES,
    "audit.retention_days": _OF_ACCOUNT,
    "audit.events": _OF_ACCOUNT,
    "logs.enabled": _OF_ACCOUNT,
    "threat_detection": inapplicable("a plan of the subscription watches it"),
    "vulnerability_assessment": inapplicable("Azure assesses only its SQL servers"),
    "ha.multi_zone": _OF_ACCOUNT,
    "deletion_protection": _OF_ACCOUNT,
    "engine": always("table storage", "learn.microsoft.com/azure/storage/tables/table-storage-overview"),
    "version": _NO_SERVER,
    "auth.iam": _OF_ACCOUNT,
    "auth.passwords": _OF_ACCOUNT,
    "inline_secrets": _NO_SERVER,
    "auto_minor_upgrade": _NO_SERVER,
    "session.idle_minutes": _NO_SERVER,
    "tags": inapplicable("a table has no tags"),
}


def assets(view: View) -> Iterator[Asset]:
    """Yield the one `database` that the table is."""
    yield asset("database", view, ROWS, key_inside(view, "tableservices", "tables"))
