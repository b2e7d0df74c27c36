"""What Azure SQL alone has among the databases of Azure, as facts of the others."""

from __future__ import annotations

from tfaudit.reading.fact import Facts, inapplicable
from tfaudit.services.databases_seldom import SELDOM

NOT_OF_SQL: Facts = {
    **SELDOM,
    "auth.passwords": inapplicable("it has no switch by which it takes no passwords of its own"),
    "threat_detection": inapplicable("a plan of the subscription watches it"),
    "vulnerability_assessment": inapplicable("Azure assesses only its SQL servers"),
    "backup.long_term": inapplicable("a vault keeps its long-term copies"),
    "audit.retention_days": inapplicable("where its logs are sent says how long they are kept"),
}
