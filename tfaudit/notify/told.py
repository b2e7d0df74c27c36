"""What has been sent already, kept in a file: nobody hears of one thing twice."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

from tfaudit.errors import UsageError
from tfaudit.reports.output import replacing

SCHEMA = "tfaudit/told/1"
MOST = 200_000
"""How many are kept; the oldest are forgotten first."""


def read(path: Path) -> list[str]:
    """Return the ids in the file, the oldest first; [] where there is none yet. `UsageError` for another file."""
    if not path.exists():
        return []
    try:
        document = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise UsageError(f"{path}: it is no file of what was sent; name another with --state") from error
    if not isinstance(document, dict) or document.get("schema") != SCHEMA:
        raise UsageError(f"{path}: it is no file of what was sent; name another with --state")
    return [str(each) for each in document.get("told", ())]


def write(path: Path, stated: Iterable[str]) -> None:
    """Write the ids, whole or not at all."""
    kept = list(dict.fromkeys(stated))[-MOST:]
    with replacing(path) as out:
        out.write(json.dumps({"schema": SCHEMA, "told": kept}, indent=0) + "\n")
