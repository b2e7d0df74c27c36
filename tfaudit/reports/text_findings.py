"""The findings of the text report: in full with their source, or a line for each, below what they are grouped by."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from tfaudit.model.verdicts import Change, Outcome
from tfaudit.reports import findings, fixes
from tfaudit.reports.frames import Frame, Quotes

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tfaudit.model.result import ScanResult
    from tfaudit.model.verdicts import Verdict
    from tfaudit.reports.options import ReportOptions
    from tfaudit.reports.terminal import Line, Span

MORE = "--all shows them, and -o json=FILE holds them all"
FINGERPRINT = 12
"""How many characters of a fingerprint are shown; `tfaudit explain` and `tfaudit waive` take so many."""


def lines(result: ScanResult, options: ReportOptions, limit: int, quotes: Quotes) -> Iterator[Line]:
    """Yield the findings that are shown, and how many are not: of a run that was compared, the new ones alone."""
    view = options.view
    known = []
    if result.compared is not None and not options.show_all:
        known = [
            each
            for each in result.tally.notable
            if each.outcome is Outcome.FAIL and each.change is Change.UNCHANGED
        ]
    left = {id(each) for each in known}
    first, rest = findings.worst(
        (each for each in result.tally.notable if id(each) not in left), Outcome.FAIL, limit
    )
    for group in findings.grouped(first, view.group_by):
        if view.compact and view.group_by == "file":  # each line says it already
            yield from map(compact, group.verdicts)
            continue
        yield [("title", group.title)]
        if view.compact:
            yield from ([("", "  "), *compact(each)] for each in group.verdicts)
            continue
        yield []
        stated: set[str] = set()
        for each in group.verdicts:
            yield from in_full(each, quotes, each.policy.id not in stated)
            stated.add(each.policy.id)
            yield []
    if view.compact and first:
        yield []
    yield from not_shown(rest, "finding")
    if known and result.compared is not None:
        against = result.compared.against
        count = findings.plural(len(known), "finding is unchanged", "findings are unchanged")
        yield [("faint", f"{count} since {findings.line(against)}: {MORE}")]
        yield []


def not_shown(rest: Sequence[Verdict], word: str) -> Iterator[Line]:
    """Yield how many verdicts are not shown, by policy."""
    if not rest:
        return
    yield [("unknown", f"{findings.plural(len(rest), 'more ' + word)} not shown: {MORE}")]
    for (severity, policy), count in Counter(
        (each.policy.severity, each.policy.id) for each in rest
    ).most_common():
        yield [("", f"  {count:>6}  "), (severity, f"{severity:<8}"), ("", f"  {policy}")]
    yield []


def names(each: Verdict) -> str:
    """Return the policy's id, with the rules of packs that judge the same."""
    return ", ".join([each.policy.id, *(one.rule for one in each.same)])


def change(each: Verdict) -> list[Span]:
    """Return the mark of a verdict that is new since what the run is compared with."""
    return [("new", "  new")] if each.change is Change.NEW else []


def compact(each: Verdict) -> Line:
    """Return a verdict as one line: where, how bad, what, and by which policy."""
    severity = each.policy.severity.value
    return [
        ("faint", findings.where(each)),
        ("", "  "),
        (severity, severity),
        *change(each),
        ("", f"  {findings.named(each)}: {findings.line(findings.because(each))}"),
        ("faint", f"  [{names(each)} {each.fingerprint[:FINGERPRINT]}]"),
    ]


def in_full(each: Verdict, quotes: Quotes, stated: bool = True) -> Iterator[Line]:
    """Yield a finding with its source and what mends it; why it matters and what for where that is not `told` yet."""
    severity = each.policy.severity.value
    yield [
        (severity, f"  {severity}"),
        *change(each),
        ("", "  "),
        ("title", findings.sentence(each)),
        ("faint", f"  [{names(each)} {each.fingerprint[:FINGERPRINT]}]"),
    ]
    named = "" if findings.tells(each) else f"{findings.named(each)}: "
    yield [("", f"    {named}{findings.line(findings.because(each))}")]
    frame = quotes.frame(each)
    if frame is None:
        yield [("faint", f"    at {findings.where(each)}")]
    else:
        yield from _frame(frame, findings.where(each))
    fix = fixes.fix(each)
    controls = findings.controls(each.policy)
    if stated:
        yield [("label", "    why  "), ("", each.policy.why)]
    if fix:
        yield [("label", "    fix  "), ("", findings.line(fix))]
    if stated and controls:
        yield [("label", "    for  "), ("faint", controls)]


def _frame(frame: Frame, where: str) -> Iterator[Line]:
    width = len(str(frame.lines[-1][0]))
    margin = " " * (width + 5)
    yield [("faint", f"{margin}--> {where}")]
    for number, text in frame.lines:
        yield [("gutter", f"    {number:>{width}} | "), ("", text)]
        if number == frame.focus:
            marks = " " * frame.start + "^" * (frame.end - frame.start)
            yield [("gutter", f"{margin}| "), ("mark", marks)]
