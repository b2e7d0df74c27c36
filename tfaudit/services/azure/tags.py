"""Tags of Azure resources, by the word `tags`."""

from __future__ import annotations

from tfaudit.reading.documented import Documented
from tfaudit.reading.fact import Fact
from tfaudit.reading.spelling import Spelling, azure

TAGGED: Spelling = {"tags": azure("tags", "tags")}
"""The word, for the tables of what can have tags."""

TAGS = Fact("tags", default=Documented({}, "nothing is tagged by itself"))
