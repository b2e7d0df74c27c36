"""Tags of Azure resources: a map in every spelling."""

from __future__ import annotations

from tfaudit.reading.documented import Documented
from tfaudit.reading.facts import Fact

TAGS = Fact(terraform="tags", arm="tags", default=Documented({}, "nothing is tagged by itself"))
