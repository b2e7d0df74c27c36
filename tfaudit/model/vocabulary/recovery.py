"""What other assets are recovered from: vaults that hold copies, and the plans by which these are taken."""

from __future__ import annotations

from collections.abc import Mapping

from tfaudit.model.vocabulary.types import Settings

KINDS: Mapping[str, Settings] = {
    "backup_vault": {
        "backup.immutable": "bool",
        "backup.soft_delete": "bool",
        "soft_delete_days": "int",
        "backup.cross_region": "bool",  # copies are in a second region as well
        "restore.cross_region": "bool",  # they can be restored there at any time
        "deletion_protection": "bool",
        "two_people": "bool",  # a second person has to agree before its guards are lowered
        "tags": "map",
    },
    "backup_plan": {
        "backup.retention_days": "int",
    },
}
