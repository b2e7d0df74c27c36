"""What has been sent already, kept in a file: nobody hears of one thing twice.

Of several ways one may fail while the others have been taken: what it owes is kept, and sent by it alone the next time.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

from msgspec import Struct, field

from tfaudit.errors import UsageError
from tfaudit.reports.output import replacing

SCHEMA = "tfaudit/told/1"
MOST = 200_000
"""How many are kept; the oldest are forgotten first."""


class Told(Struct):
    """The ids of what has been told, the oldest first, and by its name what each way has failed to tell of them."""

    ids: list[str] = field(default_factory=list)
    owed: dict[str, list[str]] = field(default_factory=dict)


def read(path: Path) -> Told:
    """Return what the file holds, nothing where there is none yet.

    Raises `UsageError` for another file, and where there is no folder for one.
    """
    if not path.absolute().parent.is_dir():
        raise UsageError(f"{path}: there is no such folder; make it first")
    if not path.exists():
        return Told()
    try:
        document = json.loads(path.read_text("utf-8"))
        if document["schema"] != SCHEMA:
            raise ValueError(SCHEMA)
        owed = {str(way): [str(each) for each in ids] for way, ids in document.get("owed", {}).items()}
        return Told([str(each) for each in document.get("told", ())], owed)
    except (OSError, ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        raise UsageError(f"{path}: it is no file of what was sent; name another with --state") from error


def write(path: Path, told: Told) -> None:
    """Write what has been told, whole or not at all."""
    owed = {way: _newest(ids) for way, ids in told.owed.items() if ids}
    document = {"schema": SCHEMA, "told": _newest(told.ids), **({"owed": owed} if owed else {})}
    with replacing(path) as out:
        out.write(json.dumps(document, indent=0) + "\n")


def _newest(ids: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(ids))[-MOST:]
