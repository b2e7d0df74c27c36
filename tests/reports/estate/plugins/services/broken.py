"""A service with a defect: reading the backups of its databases fails."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tfaudit.model.asset import Asset
from tfaudit.reading.asset import asset
from tfaudit.reading.fact import Fact
from tfaudit.reading.spelling import Word

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tfaudit.reading.view import View

READS = ("aws_docdb_cluster",)
KINDS = ("database",)
TABLE = {"days": Word(terraform=("backup_retention_period",)), "engine": Word(terraform=("engine",))}
FACTS = {
    "backup.retention_days": Fact(lambda days: int(days) // 0, of=("days",)),
    "engine": Fact("engine"),
}


def assets(view: View) -> Iterator[Asset]:
    """Yield the one `database`."""
    yield asset("database", view, FACTS, f"broken/{view.resource.address}")
