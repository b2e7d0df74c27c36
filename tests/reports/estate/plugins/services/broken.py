"""A service with a defect: reading the backups of its databases fails."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tfaudit.model.asset import Asset
from tfaudit.reading.asset import asset
from tfaudit.reading.facts import Fact

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tfaudit.reading.view import View

READS = ("aws_docdb_cluster",)
KINDS = ("database",)
FACTS = {
    "backup.retention_days": Fact(terraform="backup_retention_period", using=lambda days: int(days) // 0),
    "engine": Fact(terraform="engine"),
}


def assets(view: View) -> Iterator[Asset]:
    """Yield the one `database`."""
    yield asset("database", view, FACTS, f"broken/{view.resource.address}")
