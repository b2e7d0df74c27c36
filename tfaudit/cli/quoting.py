"""Has the quotes of a text report made while the scan goes on, without loading what makes them before it is needed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any

from tfaudit.cli.output import Asked, Output

if TYPE_CHECKING:
    from tfaudit.model.verdicts import Verdict
    from tfaudit.reports.frames_ahead import Ahead


class Quoting:
    """What a scan tells of its verdicts, and a report asks for its quotes."""

    def __init__(self, asked: Asked, outputs: Sequence[Output], *, show_all: bool) -> None:
        """Expect what was `asked` of the `outputs`; nothing is made where none of them quotes the worst findings."""
        view = asked.view
        brief = view.compact or view.summary
        self._wanted = not (show_all or brief) and any(each.format == "text" for each in outputs)
        self._limit = view.limit

    @cached_property
    def _ahead(self) -> Ahead:
        from tfaudit.reports.frames_ahead import Ahead
        from tfaudit.reports.text import SHOWN
        from tfaudit.sources.terraform.hcl import pool

        return Ahead(SHOWN if self._limit is None else self._limit, pool.ask_beside, pool.answers_beside)

    def load(self) -> None:
        """Load what quotes are asked for by, while others read."""
        if self._wanted:
            self._ahead  # noqa: B018 - made when it is first looked at

    def judged(self, root: str, digests: Mapping[str, str], verdicts: list[Verdict]) -> None:
        """Be told the verdicts on a part of what is scanned (`Options.judged`)."""
        if self._wanted and verdicts:
            self._ahead.judged(root, digests, verdicts)

    def frames(self) -> Mapping[Any, Any]:
        """Return the quotes that are there (`ReportOptions.frames`)."""
        return self._ahead.frames() if self._wanted else {}
