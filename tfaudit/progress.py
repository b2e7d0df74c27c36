"""Tells how far long work is: nothing by default, a line at the foot of a terminal when asked for.

The pipeline calls `step` and never asks which of the two it talks to.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

if TYPE_CHECKING:
    from types import TracebackType
    from typing import Self, TextIO

T = TypeVar("T")
DELAY = 0.7
"""Seconds of silence at first: short work never shows anything, and rich is not even imported."""


class Progress(Protocol):
    """What the pipeline tells of its work."""

    def step(self, name: str, done: int = 0, total: int | None = None) -> None:
        """Say that `done` of `total` of the work called `name` is done; None for a total that is not known."""

    def __enter__(self) -> Self:
        """Begin."""

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None, /
    ) -> None:
        """End."""


class Silent:
    """Says nothing."""

    def step(self, name: str, done: int = 0, total: int | None = None) -> None:
        """Take note of nothing."""

    def __enter__(self) -> Self:
        """Begin."""
        return self

    def __exit__(self, *_: object) -> None:
        """End."""


class Shown:
    """Shows one line for each kind of work on a terminal, and takes them away at the end."""

    def __init__(self, out: TextIO, delay: float = DELAY) -> None:
        """Write to `out`, a terminal: standard error, so that standard output holds the report alone."""
        self._out = out
        self._from = time.monotonic() + delay
        self._display: Any = None
        self._tasks: dict[str, Any] = {}

    def step(self, name: str, done: int = 0, total: int | None = None) -> None:
        """Show how far `name` is, once the work has taken longer than the delay."""
        if self._display is None:
            if time.monotonic() < self._from:
                return
            self._display = self._begin()
        task = self._tasks.get(name)
        if task is None:
            task = self._tasks[name] = self._display.add_task(name, total=total)
        self._display.update(task, completed=done, total=total)

    def _begin(self) -> Any:
        from rich.console import Console
        from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

        display = Progress(
            SpinnerColumn(),
            TextColumn("{task.description}", markup=False),
            BarColumn(),
            TextColumn("{task.completed:,.0f}", markup=False),
            TimeElapsedColumn(),
            console=Console(file=self._out),
            transient=True,
            refresh_per_second=8,
        )
        display.start()
        return display

    def __enter__(self) -> Self:
        """Begin."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Take the lines away, so that what is printed next stands by itself."""
        if self._display is not None:
            self._display.stop()


def progress(out: TextIO, *, wanted: bool = True) -> Silent | Shown:
    """Return what shows progress on `out` if that is a terminal and it is `wanted`; else what says nothing."""
    return Shown(out) if wanted and out.isatty() else Silent()


def counted(items: Iterable[T], name: str, progress: Progress, total: int | None = None) -> Iterator[T]:
    """Yield `items`, telling `progress` of every hundredth."""
    done = 0
    for done, each in enumerate(items, 1):
        if done % 100 == 0:
            progress.step(name, done, total)
        yield each
    progress.step(name, done, total)
