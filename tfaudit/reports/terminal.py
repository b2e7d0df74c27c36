"""Gives the text report colour: lines of styled spans in, a terminal's escape codes out, by way of rich."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from typing import TextIO

Span: TypeAlias = tuple[str, str]
"""A style (`title`, `fail`, `critical`, `mark` ..., "" for none) and a text."""
Line: TypeAlias = list[Span]

STYLES = {
    "": "",
    "title": "bold",
    "label": "cyan",
    "faint": "bright_black",
    "gutter": "bright_black",
    "mark": "bold red",
    "fail": "bold red",
    "unknown": "yellow",
    "new": "bold green",
    "critical": "bold magenta",
    "high": "bold red",
    "medium": "yellow",
    "low": "blue",
}


def show(lines: Iterable[Line], out: TextIO, environment: Mapping[str, str], *, colour: bool = True) -> None:
    """Write `lines` to the terminal `out`, folded to its width (`environment` may tell it: COLUMNS).

    Quoted source is cut instead, so that marks stay below what they mark.
    """
    from rich.console import Console
    from rich.text import Text

    console = Console(
        file=out,
        force_terminal=colour,
        color_system="auto" if colour else None,
        no_color=not colour,
        highlight=False,
        markup=False,
        emoji=False,
        soft_wrap=True,
        _environ=environment,
    )
    for line in lines:
        text = Text.assemble(*((part, STYLES[style] if colour else "") for style, part in line))
        if text.cell_len <= console.width:
            console.print(text)
        elif line[0][0] == "gutter":
            text.truncate(console.width, overflow="ellipsis")
            console.print(text)
        else:
            indent = _indent(line, text.plain)
            first, *rest = text.wrap(console, max(20, console.width - indent))
            console.print(first)
            for part in rest:
                console.print(Text(" " * indent) + part)


def _indent(line: Line, text: str) -> int:
    """Return where the further lines of a folded one begin: below what stands behind its label."""
    own = len(text) - len(text.lstrip())
    return len(line[0][1]) if line[0][0] == "label" and len(line) > 1 else own + 2
