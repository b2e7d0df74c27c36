"""For how long an account keeps blobs and containers that were deleted, and which accounts hold blobs at all."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tfaudit.reading.answers import Said
from tfaudit.reading.documented import Cited, Documented, Inapplicable
from tfaudit.reading.fact import Fact, Facts
from tfaudit.reading.spelling import Spelling, azure
from tfaudit.reading.values import as_int
from tfaudit.services.azure.choices import lower, not_judged, switched_off

ARM_TYPES = ("Microsoft.Storage/storageAccounts/blobServices",)

_PAGE = Cited(
    "hashicorp/azurerm/4.50.0/docs/resources/storage_account",
    "learn.microsoft.com/azure/templates/microsoft.storage/storageaccounts/blobservices",
)
_BLOBS = "learn.microsoft.com/azure/storage/blobs/soft-delete-blob-overview"
_CONTAINERS = "learn.microsoft.com/azure/storage/blobs/soft-delete-container-overview"
_STATED = "microsoft.storage/storageaccounts/blobservices/properties"
WITHOUT = "an account of the kind FileStorage holds no blobs"

WORDS: Spelling = {
    # word, then its path in Terraform and in ARM, where a child of the account states it
    "soft_delete": azure(
        "blob_properties.delete_retention_policy", f"{_STATED}.deleteRetentionPolicy.enabled"
    ),
    "soft_delete_days": azure(
        "blob_properties.delete_retention_policy.days", f"{_STATED}.deleteRetentionPolicy.days"
    ),
    "kept_containers": azure(
        "blob_properties.container_delete_retention_policy",
        f"{_STATED}.containerDeleteRetentionPolicy.enabled",
    ),
    "kept_containers_days": azure(
        "blob_properties.container_delete_retention_policy.days",
        f"{_STATED}.containerDeleteRetentionPolicy.days",
    ),
}


def of_blobs(kind: Any) -> bool:
    """Whether accounts of a kind hold blobs."""
    return lower(kind) != "filestorage"


def _kept(switch: str, number: str) -> Callable[..., Any]:
    """Return what gives for how many days is kept what was deleted, by the words of a policy and of its days."""

    def kept(policy: Any, days: Any, kind: Any) -> Any:
        if not of_blobs(kind):
            return Inapplicable(WITHOUT)
        if policy is None or switched_off(policy):
            return Said(None if policy is None else 0, by=switch)
        if days is None:  # azurerm's policy keeps for a week what it does not say
            return Said(Documented(7, _PAGE), by=switch)
        found = as_int(days)
        return Said(not_judged(days) if found is None else found, by=number)

    return kept


FACTS: Facts = {
    "soft_delete_days": Fact(
        _kept("soft_delete", "soft_delete_days"),
        of=("soft_delete", "soft_delete_days", "kind"),
        default=Documented(0, _BLOBS),
    ),
    "containers_kept_days": Fact(
        _kept("kept_containers", "kept_containers_days"),
        of=("kept_containers", "kept_containers_days", "kind"),
        default=Documented(0, _CONTAINERS),
    ),
}
