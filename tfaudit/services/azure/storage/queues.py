"""Queues of Azure Storage, as `queue` assets.

An account's own key encrypts its queues only where the account says so when it is made; all else is the account's.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from tfaudit.model.asset import Asset
from tfaudit.model.settings import Known, NotApplicable, Unknown
from tfaudit.reading.asset import asset
from tfaudit.reading.documented import Documented
from tfaudit.reading.fact import Fact, Facts, always, inapplicable
from tfaudit.reading.spelling import Spelling, azure
from tfaudit.reading.states import Absent, Pointer
from tfaudit.reading.view import View
from tfaudit.services.azure.choices import lower
from tfaudit.services.azure.storage.account_of import INSIDE, account_of, key_inside

READS = ("azurerm_storage_queue", "microsoft.storage/storageaccounts/queueservices/queues")
KINDS = ("queue",)
NAMES = ("name",)
ARM_TYPES = (
    "Microsoft.Storage/storageAccounts",
    "Microsoft.Storage/storageAccounts/queueServices",
    "Microsoft.Storage/storageAccounts/queueServices/queues",
)

_KEYS = "learn.microsoft.com/azure/storage/common/account-encryption-key-create"
_ENCRYPTION = "learn.microsoft.com/azure/storage/common/storage-service-encryption"
_OWN_KEY = "azurerm_storage_account_customer_managed_key"

TABLE: Spelling = INSIDE
ACCOUNT: Spelling = {
    # word of the account, then its path in Terraform and in ARM
    "key": azure(
        (
            "customer_managed_key.key_vault_key_id",
            "customer_managed_key.managed_hsm_key_id",
            f"{_OWN_KEY}/key_name",
            f"{_OWN_KEY}/managed_hsm_key_id",
        ),
        "properties.encryption.keyvaultproperties.keyname",
    ),
}
OF_QUEUES: Spelling = {
    **ACCOUNT,
    # word of the account, then its path in Terraform and in ARM
    "chosen": azure("queue_encryption_key_type", "properties.encryption.services.queue.keyType"),
}
IDENTITY = tuple(INSIDE)


def by_key_of_account(words: Spelling) -> Callable[[View], Any]:
    """Return what joins: whether the customer's key, where the account has one, encrypts what is inside as well.

    `words` are `ACCOUNT`, and `chosen`, which says so for one service of the account.
    """

    def joins(view: View) -> Any:
        account = account_of(view)
        if account is None:
            because = "its account is not declared here"
            return Unknown(because, "scan the root that declares it", view.resource, view.base)
        own = View(account.resource, view.inventory, {_OWN_KEY: "storage_account_id"}, NAMES, words)
        key, chosen = own.word("key"), own.word("chosen")
        match key:
            case Absent() | Known(value=""):
                return NotApplicable("its storage account is judged", view.resource, view.base)
            case Unknown():
                return key
            case Known() | Pointer():
                pass
        if isinstance(chosen, Known):
            return Known(lower(chosen.value) == "account", chosen.resource, chosen.path)
        return chosen

    return joins


_OF_ACCOUNT = inapplicable("its storage account is judged")
QUEUE: Facts = {
    "encryption.at_rest": always(True, _ENCRYPTION),
    "encryption.customer_managed_key": Fact(
        joins=by_key_of_account(OF_QUEUES), of=("account", "account_name"), default=Documented(False, _KEYS)
    ),
    "tls.min_version": _OF_ACCOUNT,
    "network.public": _OF_ACCOUNT,
    "network.private_endpoint": _OF_ACCOUNT,
    "shared_key_access": _OF_ACCOUNT,
    "logs.enabled": _OF_ACCOUNT,
    "dead_letter": inapplicable("its readers count how often they have had a message"),
    "tags": inapplicable("a queue has no tags"),
}


def assets(view: View) -> Iterator[Asset]:
    """Yield the one `queue` that the resource declares."""
    yield asset("queue", view, QUEUE, key_inside(view, "queueservices", "queues"))
