"""Progress says nothing unless it is wanted, and leaves nothing behind."""

from __future__ import annotations

import io

from tfaudit import progress


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_a_pipe_gets_nothing() -> None:
    out = io.StringIO()
    with progress.progress(out) as shown:
        shown.step("reading", 1, 2)
    assert out.getvalue() == ""


def test_short_work_shows_nothing() -> None:
    out = Terminal()
    with progress.progress(out) as shown:
        shown.step("reading", 1, 2)
    assert out.getvalue() == ""


def test_long_work_shows_its_name() -> None:
    out = Terminal()
    with progress.Shown(out, delay=0) as shown:
        shown.step("reading files", 1, 2)
        shown.step("reading files", 2, 2)
    assert "reading files" in out.getvalue()


def test_it_can_be_switched_off() -> None:
    assert isinstance(progress.progress(Terminal(), wanted=False), progress.Silent)
