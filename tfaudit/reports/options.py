"""What a person asks of a report beside its format."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from msgspec import Struct, field


class ReportOptions(Struct, frozen=True, kw_only=True):
    """What holds for every output of a run; each format takes what concerns it.

    `show_all` lifts the bound on how much is shown to people, `hint` is a last line for them (what the exit code
    means), `environment` the variables that terminals are described by. `key` is the PEM text that signs a bundle, read
    from `key_origin`; `previous` is the bundle that it follows.
    """

    show_all: bool = False
    environment: Mapping[str, str] = field(default_factory=dict)
    hint: str = ""
    key: str = ""
    key_origin: str = ""
    previous: Path | None = None
