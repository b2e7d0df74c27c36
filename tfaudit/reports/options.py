"""What a person asks of a report beside its format."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from msgspec import Struct, field

GROUPS = ("file", "policy", "asset", "control")
"""What findings can be grouped by."""


class View(Struct, frozen=True):
    """How much a text report shows.

    At most `limit` findings in full (None: as many as usual), a line for each (`compact`), or the sums alone
    (`summary`); findings stand below what `group_by` says.
    """

    group_by: str = "file"
    limit: int | None = None
    compact: bool = False
    summary: bool = False


def _none_ahead() -> Mapping[Any, Any]:
    return {}


class ReportOptions(Struct, frozen=True, kw_only=True):
    """What holds for every output of a run; each format takes what concerns it.

    `show_all` lifts the bound on how much is shown to people, `view` says how, `hint` is a last line for them (what the
    exit code means), `environment` the variables that terminals are described by. `key` is the PEM text that signs a
    bundle, read from `key_origin`; `previous` is the bundle that it follows. `category` is what code scanning keeps the
    alerts of a SARIF report apart by, "" for one that is made of what was scanned. `frames` returns quotes of the code
    that have been made already (`reports.frames`).
    """

    show_all: bool = False
    view: View = field(default_factory=View)
    environment: Mapping[str, str] = field(default_factory=dict)
    hint: str = ""
    key: str = ""
    key_origin: str = ""
    previous: Path | None = None
    category: str = ""
    frames: Callable[[], Mapping[Any, Any]] = _none_ahead
