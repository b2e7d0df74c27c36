"""Long-term copies of Azure SQL's databases: kept by the week, the month or the year."""

from __future__ import annotations

import re
from typing import Any

from tfaudit.reading.answers import Said
from tfaudit.reading.documented import Documented
from tfaudit.reading.fact import Fact
from tfaudit.reading.spelling import Spelling, azure
from tfaudit.services.azure.choices import lower

ARM_TYPES = (
    "Microsoft.Sql/servers/databases/backupLongTermRetentionPolicies",
    "Microsoft.Sql/managedInstances/databases/backupLongTermRetentionPolicies",
)

_PAGE = "learn.microsoft.com/azure/azure-sql/database/long-term-retention-overview"
_NOTHING = re.compile(r"P(?:T?0[A-Z])+$")
_PERIODS = ("weekly", "monthly", "yearly")


def words(type_: str) -> Spelling:
    """Return the words of a database of `type_`: for how long copies of each kind are kept."""
    child = f"{type_}/backuplongtermretentionpolicies"
    return {
        each: azure(f"long_term_retention_policy.{each}_retention", f"{child}/properties.{each}Retention")
        for each in _PERIODS
    }


def _kept(weekly: Any, monthly: Any, yearly: Any) -> Any:
    if weekly is None and monthly is None and yearly is None:
        return None
    for name, value in zip(_PERIODS, (weekly, monthly, yearly), strict=True):
        if value is not None and lower(value) != "" and not _NOTHING.match(str(value).upper()):
            return Said(True, by=name)
    return False


LONG_TERM = Fact(_kept, of=_PERIODS, default=Documented(False, _PAGE))
"""Whether copies are kept for longer than the weeks of a restore to a point in time."""
