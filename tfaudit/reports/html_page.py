"""The HTML report: one self-contained page for people, with filters, that also prints.

Everything foreign is escaped by the template; the page's own policy forbids any script but ours and any request.
"""

from __future__ import annotations

import base64
import hashlib
from collections import Counter
from typing import TYPE_CHECKING

from msgspec import Struct

from tfaudit import documents, sums
from tfaudit.data import folder
from tfaudit.model.standing import STATUSES, STRENGTHS, Standing, Status, by_status, standings
from tfaudit.model.verdicts import Outcome
from tfaudit.reports import findings, fixes
from tfaudit.reports.frames import Quotes
from tfaudit.reports.options import ReportOptions

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import TextIO

    from jinja2 import Environment

    from tfaudit.model.verdicts import ScanResult, Verdict
    from tfaudit.reports.frames import Frame

FORMAT = "html"
CARDS = 2_000
ROWS = 2_000
"""How many verdicts the page shows as cards, and how many passes as rows; beyond, a browser gets slow."""

_CARDS = (Outcome.FAIL, Outcome.ERROR, Outcome.UNKNOWN, Outcome.WAIVED)
_RANKS = {outcome: rank for rank, outcome in enumerate(_CARDS)}


class Card(Struct):
    """One verdict that is no pass, as the template shows it."""

    verdict: Verdict
    title: str
    where: str
    because: str
    fix: str
    waived_by: str
    frame: Frame | None
    frameworks: str


class FrameworkTable(Struct):
    """How the controls of one framework stand that the policies are evidence for; `controls` is how many it has."""

    id: str
    name: str
    rows: list[Standing]
    statuses: Counter[Status]


def write(
    result: ScanResult, out: TextIO, options: ReportOptions, *, cards: int = CARDS, rows: int = ROWS
) -> None:
    """Write the run to `out` as one HTML document; at most `cards` verdicts in full and `rows` passes."""
    shown = sorted(findings.of(result, *_CARDS), key=lambda each: _RANKS[each.outcome])
    passes = findings.of(result, Outcome.PASS, Outcome.NOT_APPLICABLE)
    quotes = Quotes(result.root)
    environment = _environment()
    found = standings(result)
    page = environment.get_template("page.html.j2")
    script = environment.get_template("page.js.j2").render()
    parts = page.generate(
        result=result,
        summary=sums.summary(result, found),
        coverage=documents.coverage(result),
        severities=sums.by_severity(result.verdicts),
        outcomes=[*_CARDS, Outcome.PASS],
        cards=[_card(each, quotes) for each in shown[:cards]],
        cards_left=_left(shown[cards:]),
        passes=passes[:rows],
        passes_left=max(0, len(passes) - rows),
        frameworks=_frameworks(result, found),
        statuses=list(Status),
        meanings=STATUSES,
        strengths=STRENGTHS,
        families=findings.families([each.policy for each in shown]),
        gaps=[findings.gap(each) for each in result.unread[:rows]],
        gaps_left=max(0, len(result.unread) - rows),
        script=script,
        script_hash=base64.b64encode(hashlib.sha256(script.encode()).digest()).decode(),
    )
    out.writelines(parts)


def _environment() -> Environment:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    environment = Environment(
        loader=FileSystemLoader(folder("reports")),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters["line"] = findings.line
    environment.filters["words"] = lambda text: str(text).replace("_", " ")
    return environment


def _card(each: Verdict, quotes: Quotes) -> Card:
    return Card(
        verdict=each,
        title=findings.sentence(each),
        where=findings.where(each),
        because=findings.line(findings.because(each)),
        fix="" if each.outcome is Outcome.ERROR else findings.line(fixes.fix(each)),
        waived_by=findings.waived_by(each) if each.waiver else "",
        frame=quotes.frame(each),
        frameworks=" ".join(sorted({link.framework for link in each.policy.links})),
    )


def _left(rest: Sequence[Verdict]) -> list[tuple[str, int]]:
    """Return how many verdicts of each policy and outcome are not shown."""
    counts = Counter(f"{each.policy.id}: {each.outcome.value}" for each in rest)
    return counts.most_common()


def _frameworks(result: ScanResult, found: Sequence[Standing]) -> list[FrameworkTable]:
    """Return a table for each framework that was asked for and that some policy is evidence for."""
    statuses = by_status(found)
    tables = []
    for name, of_each in statuses.items():
        known = result.frameworks.get(name)
        rows = [each for each in found if each.framework == name and each.evidence]
        if rows:
            tables.append(FrameworkTable(name, known.name if known else name, rows, of_each))
    return tables
