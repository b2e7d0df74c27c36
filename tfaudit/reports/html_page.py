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
from tfaudit.reports import findings, fixes, html_data
from tfaudit.reports.frames import Quotes
from tfaudit.reports.options import ReportOptions

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import TextIO

    from jinja2 import Environment

    from tfaudit.model.result import ScanResult
    from tfaudit.model.verdicts import Verdict
    from tfaudit.reports.frames import Frame

FORMAT = "html"
CARDS = 50_000
ROWS = 2_000
"""How many verdicts the page holds, and how many passes it lists; beyond, a browser gets slow."""
FRAMES = 5_000
"""How many of the verdicts have their source in the page."""
PLAIN = 200
"""How many verdicts a browser shows that runs no script."""

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
    """Write the run to `out` as one HTML document; at most `cards` verdicts that are no pass, and `rows` passes."""
    shown = sorted(findings.of(result, *_CARDS), key=lambda each: _RANKS[each.outcome])
    passes = findings.of(result, Outcome.PASS, Outcome.NOT_APPLICABLE)
    quotes = Quotes(result.root, result.digests)
    from markupsafe import Markup

    environment = _environment()
    found = standings(result)
    page = environment.get_template("page.html.j2")
    script = environment.get_template("page.js.j2").render()
    data = Markup(html_data.data(shown[:cards], result.verdicts, quotes, FRAMES))  # noqa: S704 - see there
    plain = [_card(each, quotes) for each in shown[: min(cards, PLAIN)]]
    parts = page.generate(
        result=quotes.noted(result),
        summary=sums.summary(result, found),
        coverage=documents.coverage(result),
        severities=sums.by_severity(result),
        outcomes=[*_CARDS, Outcome.PASS],
        held=len(shown[:cards]),
        data=data,
        cards=plain,
        plain_left=max(0, len(shown) - PLAIN),
        cards_left=_left(shown[cards:]),
        kinds=_kinds(result.verdicts),
        policies=_policies(result.verdicts),
        settled=_settled(shown),
        compared=documents.compared(result) if result.compared is not None else None,
        fixed_left=max(0, len(result.compared.fixed) - rows) if result.compared is not None else 0,
        rows=rows,
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
    environment.globals["bar"] = bar
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


class Tally(Struct):
    """How many verdicts of one kind, policy or remedy came out how."""

    name: str
    severity: str
    counts: Counter[str]
    assets: int = 0


def bar(parts: Sequence[tuple[str, int]]) -> list[tuple[str, float, float]]:
    """Return the parts of a bar of 100 units, each at least 1: name, where it begins, how long it is."""
    total = sum(count for _, count in parts)
    if not total:
        return []
    lengths = [(name, max(1.0, 100 * count / total)) for name, count in parts if count]
    scale = 100 / sum(length for _, length in lengths)
    drawn: list[tuple[str, float, float]] = []
    at = 0.0
    for name, length in lengths:
        drawn.append((name, round(at, 2), round(length * scale, 2)))
        at += length * scale
    return drawn


def _kinds(verdicts: Sequence[Verdict]) -> list[Tally]:
    """Return the inventory: each kind of asset with how many there are, and how their verdicts came out."""
    seen: dict[str, set[int]] = {}
    tallies: dict[str, Tally] = {}
    for each in verdicts:
        kind = each.asset.kind
        tallies.setdefault(kind, Tally(kind, "", Counter())).counts[each.outcome.value] += 1
        seen.setdefault(kind, set()).add(id(each.asset))
    for kind, tally in tallies.items():
        tally.assets = len(seen[kind])
    return sorted(tallies.values(), key=lambda each: (-each.counts["fail"], each.name))


def _policies(verdicts: Sequence[Verdict]) -> list[Tally]:
    """Return each policy that was judged, those with the worst findings first."""
    tallies: dict[str, Tally] = {}
    ranks: dict[str, int] = {}
    for each in verdicts:
        policy = each.policy
        ranks[policy.id] = policy.severity.rank
        tally = tallies.setdefault(policy.id, Tally(policy.id, policy.severity.value, Counter()))
        tally.counts[each.outcome.value] += 1
    return sorted(
        tallies.values(),
        key=lambda each: (not each.counts["fail"], -ranks[each.name], -each.counts["fail"], each.name),
    )


def _settled(shown: Sequence[Verdict]) -> list[tuple[str, int]]:
    """Return what would settle what is unknown, and how many verdicts each of these would settle."""
    counts = Counter(each.settle_with for each in shown if each.outcome is Outcome.UNKNOWN)
    return [(findings.line(what) or "look at it by hand", count) for what, count in counts.most_common()]


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
