"""Azure's managed disks and their snapshots, as `block_volume` and `snapshot` assets.

Both are always encrypted, with a key of Azure's unless a disk encryption set names another.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tfaudit.model.asset import Asset
from tfaudit.reading.asset import asset
from tfaudit.reading.documented import Documented
from tfaudit.reading.fact import Fact, Facts, always, stated
from tfaudit.reading.spelling import Spelling, azure
from tfaudit.reading.view import View
from tfaudit.services.azure.choices import lower, switched
from tfaudit.services.azure.keys.keys import RESOURCE, named
from tfaudit.services.azure.tags import TAGGED, TAGS

READS = (
    "azurerm_managed_disk",
    "azurerm_snapshot",
    "microsoft.compute/disks",
    "microsoft.compute/snapshots",
)
KINDS = ("block_volume", "snapshot")
NAMES = ("name",)
ARM_TYPES = ("Microsoft.Compute/disks", "Microsoft.Compute/snapshots")

_DISK = "microsoft.compute/disks"
_SNAPSHOT = "microsoft.compute/snapshots"
_ENCRYPTION = "learn.microsoft.com/azure/virtual-machines/disk-encryption"
_EXPORT = "learn.microsoft.com/azure/virtual-machines/disks-restrict-import-export-overview"

TABLE: Spelling = {
    **RESOURCE,
    **TAGGED,
    # word, then its path in Terraform and in ARM
    "key": azure(
        ("disk_encryption_set_id", "secure_vm_disk_encryption_set_id"),
        (
            "properties.encryption.diskEncryptionSetID",
            "properties.securityProfile.secureVMDiskEncryptionSetId",
        ),
    ),
    "policy": azure("network_access_policy", "properties.networkAccessPolicy"),
    "endpoint": azure("public_network_access_enabled", "properties.publicNetworkAccess"),
}
IDENTITY = tuple(RESOURCE)


def _exported(policy: Any, endpoint: Any) -> Any:
    """Return whether everybody with a link may copy it over public networks."""
    if policy is not None and lower(policy) != "allowall":
        return False
    reached = switched(endpoint)
    return reached if reached is not None or policy is None else True


VOLUME: Facts = {
    "encryption.at_rest": always(True, _ENCRYPTION),
    "encryption.customer_managed_key": stated("key", default=Documented(False, _ENCRYPTION)),
    "network.public": Fact(_exported, of=("policy", "endpoint"), default=Documented(True, _EXPORT)),
    "tags": TAGS,
}
SNAPSHOT: Facts = {name: fact for name, fact in VOLUME.items() if name != "deletion_protection"}


def assets(view: View) -> Iterator[Asset]:
    """Yield the `block_volume` or the `snapshot` that the resource declares."""
    if view.resource.type in ("azurerm_snapshot", _SNAPSHOT):
        yield asset("snapshot", view, SNAPSHOT, named(view, _SNAPSHOT))
    else:
        yield asset("block_volume", view, VOLUME, named(view, _DISK))
