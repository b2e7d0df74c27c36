"""Gives the text report colour: lines of styled spans in, a terminal's escape codes out, by way of rich."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import TextIO

    from tfaudit.reports.text import Line

STYLES = {
    "": "",
    "title": "bold",
    "label": "cyan",
    "faint": "bright_black",
    "mark": "bold red",
    "fail": "bold red",
    "unknown": "yellow",
    "critical": "bold white on red",
    "high": "bold red",
    "medium": "yellow",
    "low": "blue",
}


def show(lines: Iterable[Line], out: TextIO) -> None:
    """Write `lines` to the terminal `out`; long ones are left to it to wrap, so that copied text has no breaks."""
    from rich.console import Console
    from rich.text import Text

    console = Console(
        file=out, force_terminal=True, highlight=False, markup=False, emoji=False, soft_wrap=True
    )
    for line in lines:
        console.print(Text.assemble(*((text, STYLES[style]) for style, text in line)))
