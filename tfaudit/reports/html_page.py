"""The HTML report: one self-contained page for people, with filters, that also prints.

Everything foreign is escaped by the template; the page's own policy forbids any script but ours and any request.
"""

from __future__ import annotations

import base64
import hashlib
from collections import Counter
from typing import TYPE_CHECKING

from msgspec import Struct, field

from tfaudit import documents
from tfaudit.data import folder
from tfaudit.model.verdicts import Outcome
from tfaudit.reports import findings, fixes
from tfaudit.reports.frames import Quotes
from tfaudit.reports.options import ReportOptions

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import TextIO

    from jinja2 import Environment

    from tfaudit.model.verdicts import Framework, Policy, ScanResult, Verdict
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


class ControlRow(Struct):
    """One control with what the run says of it; `policies` is each policy that is evidence for it, with its worst."""

    id: str
    title: str
    policies: dict[str, str] = field(default_factory=dict)
    counts: Counter[Outcome] = field(default_factory=Counter)

    @property
    def state(self) -> str:
        """The worst that holds: unmet, unknown, waived, met (as far as policies reach), or not seen."""
        return _state(self.counts)

    @property
    def open(self) -> list[str]:
        """The policies that keep it from being met."""
        return [name for name, state in self.policies.items() if state in ("unmet", "unknown")]


class FrameworkTable(Struct):
    """The controls of one framework that the policies are evidence for; `controls` is how many it has in all."""

    id: str
    name: str
    rows: list[ControlRow]
    controls: int

    def count(self, state: str) -> int:
        """Return how many controls are in `state`."""
        return sum(1 for row in self.rows if row.state == state)


def _state(counts: Counter[Outcome]) -> str:
    if counts[Outcome.FAIL]:
        return "unmet"
    if counts[Outcome.UNKNOWN] or counts[Outcome.ERROR]:
        return "unknown"
    if counts[Outcome.WAIVED]:
        return "waived"
    return "met" if counts[Outcome.PASS] else "not seen"


def write(
    result: ScanResult, out: TextIO, options: ReportOptions, *, cards: int = CARDS, rows: int = ROWS
) -> None:
    """Write the run to `out` as one HTML document; at most `cards` verdicts in full and `rows` passes."""
    shown = sorted(findings.of(result, *_CARDS), key=lambda each: _RANKS[each.outcome])
    passes = findings.of(result, Outcome.PASS, Outcome.NOT_APPLICABLE)
    quotes = Quotes(result.root)
    environment = _environment()
    page = environment.get_template("page.html.j2")
    script = environment.get_template("page.js.j2").render()
    parts = page.generate(
        result=result,
        summary=documents.summary(result),
        severities=documents.by_severity(result.verdicts),
        outcomes=[*_CARDS, Outcome.PASS],
        cards=[_card(each, quotes) for each in shown[:cards]],
        cards_left=_left(shown[cards:]),
        passes=passes[:rows],
        passes_left=max(0, len(passes) - rows),
        frameworks=_frameworks(result),
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
        title=each.policy.title,
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


def _frameworks(result: ScanResult) -> list[FrameworkTable]:
    """Return a table for each framework that was asked for and that some policy is evidence for."""
    outcomes: dict[str, Counter[Outcome]] = {}
    policies: dict[str, Policy] = {policy.id: policy for policy in result.policies}
    for each in result.verdicts:
        policies.setdefault(each.policy.id, each.policy)
        outcomes.setdefault(each.policy.id, Counter())[each.outcome] += 1
    found: dict[str, dict[str, ControlRow]] = {}
    for policy in policies.values():
        counts = outcomes.get(policy.id, Counter())
        for link in policy.links:
            rows = found.setdefault(link.framework, {})
            if link.control not in rows:
                rows[link.control] = ControlRow(
                    link.control, _title(result.frameworks, link.framework, link.control)
                )
            rows[link.control].policies[policy.id] = _state(counts)
            rows[link.control].counts.update(counts)
    return [
        _table(result, name, rows)
        for name, rows in sorted(found.items())
        if not result.selected_frameworks or name in result.selected_frameworks
    ]


def _table(result: ScanResult, name: str, rows: Mapping[str, ControlRow]) -> FrameworkTable:
    known = result.frameworks.get(name)
    in_order = _in_order(rows, result, name)
    return FrameworkTable(name, known.name if known else name, in_order, len(known.controls) if known else 0)


def _in_order(rows: Mapping[str, ControlRow], result: ScanResult, name: str) -> list[ControlRow]:
    framework = result.frameworks.get(name)
    order = {id_: index for index, id_ in enumerate(framework.controls)} if framework else {}
    return sorted(rows.values(), key=lambda row: (order.get(row.id, len(order)), row.id))


def _title(frameworks: Mapping[str, Framework], framework: str, control: str) -> str:
    known = frameworks.get(framework)
    found = known.controls.get(control) if known else None
    return found.title if found else ""
