"""The report for a terminal: findings with their source, why they matter and what mends them; then what is not known.

Piped, it is plain and the same every time; on a terminal `reports/terminal.py` gives it colour and folds it. Passes and
what is not applicable are counted and no more. A report of many lines begins with the sum that it ends with.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING

from tfaudit.model.verdicts import Outcome
from tfaudit.reports import findings, text_findings, text_sums
from tfaudit.reports.frames import Quotes
from tfaudit.reports.options import ReportOptions
from tfaudit.reports.output import wants_colour

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from typing import TextIO

    from tfaudit.model.result import ScanResult
    from tfaudit.model.verdicts import Verdict
    from tfaudit.reports.terminal import Line

FORMAT = "text"
SHOWN = 40
"""How many findings, and how many reasons for unknown verdicts, are shown unless more or fewer are asked for."""
LONG = 60
"""How many lines may be read at one look: a longer report says the sum at its beginning as well."""
ALIKE = 4
"""How many assets are named for one reason."""
NO_ENVIRONMENT: Mapping[str, str] = MappingProxyType({})
_MORE = text_findings.MORE


def write(result: ScanResult, out: TextIO, options: ReportOptions) -> None:
    """Write the run to `out`: folded to the width of a terminal, in colour unless its environment says NO_COLOR."""
    lines = list(_lines(result, options))
    if out.isatty() or wants_colour(out, options.environment):
        from tfaudit.reports.terminal import show

        show(lines, out, options.environment, colour=wants_colour(out, options.environment))
        return
    out.writelines("".join(text for _, text in line).rstrip() + "\n" for line in lines)


def _lines(result: ScanResult, options: ReportOptions) -> Iterator[Line]:
    view = options.view
    limit = len(result.verdicts) + len(result.unread)
    if not options.show_all:
        limit = SHOWN if view.limit is None else view.limit
    total = [("title", text_sums.total(result))]
    quotes = Quotes(result.root, result.digests, options.frames())
    if not view.summary:
        body = list(_body(result, options, limit, quotes))
        if len(body) > LONG:
            yield total
            yield []
        yield from body
    if view.summary or not view.compact:
        yield from text_sums.tables(result, by_policy=view.summary)
    yield from text_sums.compared(result, limit)
    yield total
    for note in quotes.noted(result).notes:
        yield [("", findings.line(note))]
    if options.hint:
        yield [("title", findings.line(options.hint))]


def _body(result: ScanResult, options: ReportOptions, limit: int, quotes: Quotes) -> Iterator[Line]:
    show_all = options.show_all
    yield from text_findings.lines(result, options, limit, quotes)
    yield from _errors(findings.of(result, Outcome.ERROR), limit)
    unknown, known = findings.told(result, Outcome.UNKNOWN)
    yield from _unknown([*unknown, *known] if show_all else unknown, limit)
    if known and not show_all:
        yield [("faint", f"{findings.plural(len(known), 'unknown verdict')} unchanged: {_MORE}")]
        yield []
    yield from _waived(findings.of(result, Outcome.WAIVED), limit)
    if show_all:
        yield from _otherwise(result.verdicts)
    yield from _unread(result, limit)


def _errors(verdicts: Sequence[Verdict], limit: int) -> Iterator[Line]:
    if not verdicts:
        return
    yield [("fail", f"Not judged ({len(verdicts):,}): a policy failed, so the scan is incomplete")]
    for each in verdicts[:limit]:
        yield [
            ("", f"  {each.policy.id}  {findings.named(each)}  "),
            ("faint", findings.where(each)),
        ]
        yield [("", f"      {findings.line(each.because)}; {each.settle_with}")]
    yield from text_findings.not_shown(verdicts[limit:], "verdict")
    yield []


def _unknown(verdicts: Sequence[Verdict], limit: int) -> Iterator[Line]:
    """Yield the unknown verdicts below what would settle them, and below their reason: both often hold for many."""
    if not verdicts:
        return
    yield [("unknown", f"Unknown ({len(verdicts):,}): neither pass nor fail, until settled")]
    alike: dict[tuple[str, str, str, str], list[Verdict]] = {}
    for each in verdicts:
        alike.setdefault((each.settle_with, each.policy.id, each.because, each.change or ""), []).append(each)
    groups = list(alike.values())
    actions: dict[str, list[list[Verdict]]] = {}
    for group in groups[:limit]:
        actions.setdefault(group[0].settle_with, []).append(group)
    for action, found in actions.items():
        yield [("label", f"  to settle: {findings.line(action) or 'look at it by hand'}")]
        for group in found:
            yield from _alike(group, ALIKE if limit == SHOWN else len(group))
    yield from text_findings.not_shown(
        [each for group in groups[limit:] for each in group], "unknown verdict"
    )
    yield []


def _alike(found: Sequence[Verdict], shown: int) -> Iterator[Line]:
    """Yield one reason with the assets that it holds for, and what the values come from: once, where it is the same."""
    first = found[0]
    severity = first.policy.severity.value
    shared = len({findings.taken_from(each) for each in found}) == 1
    head = f"  {first.policy.id}: {findings.line(findings.because(first) if shared else first.because)}"
    yield [("", "    "), (severity, f"{severity:<8}"), *text_findings.change(first), ("", head)]
    for each in found[:shown]:
        own = "" if shared else findings.line(findings.taken_from(each))
        yield [("", f"              {findings.named(each)}  "), ("faint", f"{findings.where(each)}{own}")]
    if len(found) > shown:
        yield [("faint", f"              and {len(found) - shown:,} more: {_MORE}")]


def _waived(verdicts: Sequence[Verdict], limit: int) -> Iterator[Line]:
    if not verdicts:
        return
    yield [("label", f"Waived ({len(verdicts):,}): fails or unknown, and accepted")]
    for each in verdicts[:limit]:
        severity = each.policy.severity.value
        head = f"  {each.policy.id}  {findings.named(each)}  "
        yield [("", "    "), (severity, f"{severity:<8}"), ("", head), ("faint", findings.where(each))]
        yield [("faint", f"              {findings.waived_by(each)}")]
    yield from text_findings.not_shown(verdicts[limit:], "waived verdict")
    yield []


def _otherwise(verdicts: Sequence[Verdict]) -> Iterator[Line]:
    """Yield where a rule of a pack says otherwise of a fact than the policy that counts."""
    found = [(each, one) for each in verdicts for one in each.same if one.outcome is not _unwaived(each)]
    if not found:
        return
    yield [("label", f"Judged otherwise by a rule of a pack ({len(found):,}): the policy counts")]
    for each, one in found:
        outcome = _unwaived(each).value
        says = f"  {each.policy.id} {outcome}, {one.tool} {one.rule} {one.outcome.value}  "
        yield [("", f"{says}{findings.named(each)}  "), ("faint", findings.where(each))]
    yield []


def _unwaived(each: Verdict) -> Outcome:
    """Return how a verdict came out before it was waived: as a fail, unless it has no value."""
    if each.outcome is not Outcome.WAIVED:
        return each.outcome
    return Outcome.UNKNOWN if each.settle_with else Outcome.FAIL


def _unread(result: ScanResult, limit: int) -> Iterator[Line]:
    if not result.unread:
        return
    missed = any(not each.accepted for each in result.unread)
    says = "the scan is incomplete" if missed else "and accepted"
    yield [("fail" if missed else "label", f"Not read ({len(result.unread):,}): {says}")]
    for each in result.unread[:limit]:
        yield [("", f"  {findings.gap(each)}")]
    if len(result.unread) > limit:
        yield [("fail", f"  {len(result.unread) - limit:,} more not shown: {_MORE}")]
    yield []
