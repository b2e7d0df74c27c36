"""The report for a terminal: findings with their source, why they matter and what mends them; then what is not known.

Piped, it is plain and the same every time; on a terminal `reports/terminal.py` gives it colour. Passes and what is not
applicable are told as counts alone.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING

from tfaudit import documents
from tfaudit.model.standing import Standing, Status, by_status, standings
from tfaudit.model.verdicts import Outcome
from tfaudit.reports import findings, fixes
from tfaudit.reports.frames import Frame, Quotes
from tfaudit.reports.options import ReportOptions
from tfaudit.reports.output import wants_colour

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from typing import TextIO

    from tfaudit.model.verdicts import ScanResult, Severity, Verdict
    from tfaudit.reports.terminal import Line

FORMAT = "text"
SHOWN = 40
"""How many findings, and how many reasons for unknown verdicts, are shown unless all are asked for."""
ALIKE = 4
"""How many assets are named for one reason."""

NO_ENVIRONMENT: Mapping[str, str] = MappingProxyType({})

_COLUMNS = {
    "fail": Outcome.FAIL,
    "unknown": Outcome.UNKNOWN,
    "error": Outcome.ERROR,
    "waived": Outcome.WAIVED,
    "pass": Outcome.PASS,
    "n/a": Outcome.NOT_APPLICABLE,
}
_TOLD = (Status.EXCEPTIONS, Status.UNKNOWN, Status.NO_EXCEPTIONS_SEEN, Status.EVIDENCED)
_STYLES = {Status.EXCEPTIONS: "fail", Status.UNKNOWN: "unknown"}
_MORE = "--all shows them, and -o json=FILE holds them all"


def write(result: ScanResult, out: TextIO, options: ReportOptions) -> None:
    """Write the run to `out`, in colour when that is a terminal whose environment does not say NO_COLOR."""
    lines = _lines(result, options.show_all, options.hint)
    if wants_colour(out, options.environment):
        from tfaudit.reports.terminal import show

        show(lines, out, options.environment)
        return
    out.writelines("".join(text for _, text in line).rstrip() + "\n" for line in lines)


def _lines(result: ScanResult, show_all: bool, hint: str) -> Iterator[Line]:
    limit = len(result.verdicts) + len(result.unread) if show_all else SHOWN
    yield from _findings(result, limit)
    yield from _errors(findings.of(result, Outcome.ERROR), limit)
    yield from _unknown(findings.of(result, Outcome.UNKNOWN), limit)
    yield from _waived(findings.of(result, Outcome.WAIVED), limit)
    yield from _unread(result, limit)
    yield from _summary(result)
    for note in result.notes:
        yield [("", findings.line(note))]
    if hint:
        yield [("title", findings.line(hint))]


def _findings(result: ScanResult, limit: int) -> Iterator[Line]:
    first, rest = findings.worst(result, Outcome.FAIL, limit)
    quotes = Quotes(result.root)
    for group in findings.grouped(first):
        yield [("title", group.title)]
        yield []
        told: set[str] = set()
        for each in group.verdicts:
            yield from _finding(each, quotes, each.policy.id not in told)
            told.add(each.policy.id)
            yield []
    yield from _not_shown(rest, "finding")


def _not_shown(rest: Sequence[Verdict], word: str) -> Iterator[Line]:
    if not rest:
        return
    yield [("unknown", f"{findings.plural(len(rest), 'more ' + word)} not shown: {_MORE}")]
    for (severity, policy), count in Counter(
        (each.policy.severity, each.policy.id) for each in rest
    ).most_common():
        yield [("", f"  {count:>6}  "), (severity, f"{severity:<8}"), ("", f"  {policy}")]
    yield []


def _finding(each: Verdict, quotes: Quotes, in_full: bool) -> Iterator[Line]:
    severity = each.policy.severity.value
    yield [
        (severity, f"  {severity}"),
        ("", "  "),
        ("title", findings.sentence(each)),
        ("faint", f"  [{each.policy.id}]"),
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
    if in_full:
        yield [("label", "    why  "), ("", each.policy.why)]
    if fix:
        yield [("label", "    fix  "), ("", findings.line(fix))]
    if in_full and controls:
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
    yield from _not_shown(verdicts[limit:], "verdict")
    yield []


def _unknown(verdicts: Sequence[Verdict], limit: int) -> Iterator[Line]:
    """Yield the unknown verdicts below what would settle them, and below their reason: both often hold for many."""
    if not verdicts:
        return
    yield [("unknown", f"Unknown ({len(verdicts):,}): neither pass nor fail, until settled")]
    alike: dict[tuple[str, str, str], list[Verdict]] = {}
    for each in verdicts:
        alike.setdefault((each.settle_with, each.policy.id, each.because), []).append(each)
    groups = list(alike.values())
    actions: dict[str, list[list[Verdict]]] = {}
    for group in groups[:limit]:
        actions.setdefault(group[0].settle_with, []).append(group)
    for action, found in actions.items():
        yield [("label", f"  to settle: {findings.line(action) or 'look at it by hand'}")]
        for group in found:
            yield from _alike(group, ALIKE if limit == SHOWN else len(group))
    yield from _not_shown([each for group in groups[limit:] for each in group], "unknown verdict")
    yield []


def _alike(found: Sequence[Verdict], shown: int) -> Iterator[Line]:
    """Yield one reason with the assets that it holds for."""
    first = found[0]
    severity = first.policy.severity.value
    head = f"  {first.policy.id}: {findings.line(first.because)}"
    yield [("", "    "), (severity, f"{severity:<8}"), ("", head)]
    for each in found[:shown]:
        yield [("", f"              {findings.named(each)}  "), ("faint", findings.where(each))]
    if len(found) > shown:
        yield [("faint", f"              and {len(found) - shown:,} more: {_MORE}")]


def _compact(each: Verdict, says: str) -> Iterator[Line]:
    severity = each.policy.severity.value
    head = f"  {each.policy.id}  {findings.named(each)}  "
    yield [("", "    "), (severity, f"{severity:<8}"), ("", head), ("faint", findings.where(each))]
    yield [("faint", f"              {says}")]


def _waived(verdicts: Sequence[Verdict], limit: int) -> Iterator[Line]:
    if not verdicts:
        return
    yield [("label", f"Waived ({len(verdicts):,}): fails or unknown, and accepted")]
    for each in verdicts[:limit]:
        yield from _compact(each, findings.waived_by(each))
    yield from _not_shown(verdicts[limit:], "waived verdict")
    yield []


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


def _summary(result: ScanResult) -> Iterator[Line]:
    counts = documents.by_severity(result.verdicts)
    if result.verdicts:
        yield from _tables(result, counts)
    yield [("title", _total(result, (outcomes for outcomes in counts.values())))]


def _tables(result: ScanResult, counts: Mapping[Severity, Counter[Outcome]]) -> Iterator[Line]:
    yield [("title", f"{'Severity':<12}" + "".join(f"{head:>9}" for head in _COLUMNS))]
    for severity, outcomes in counts.items():
        style = severity.value if outcomes[Outcome.FAIL] else ""
        yield [
            (style, f"{severity.value:<12}" + "".join(f"{outcomes[each]:>9,}" for each in _COLUMNS.values()))
        ]
    yield []
    found = standings(result)
    if found:
        yield from _frameworks(result, found)
    if result.selected_frameworks:
        yield from _controls(found)


def _frameworks(result: ScanResult, found: Sequence[Standing]) -> Iterator[Line]:
    """Yield how many controls of each framework have each status."""
    statuses = by_status(found)
    shown = [each for each in Status if any(row[each] for row in statuses.values())]
    names = {name: findings.line(_framework_name(result, name)) for name in statuses}
    width = max(12, *(len(name) for name in names.values()))
    yield [("title", f"{'Controls of':<{width}}" + "".join(f"  {each.value}" for each in shown))]
    for name, row in statuses.items():
        cells = "".join(f"  {row[each]:>{len(each.value)},}" for each in shown)
        yield [("fail" if row[Status.EXCEPTIONS] else "", f"{names[name]:<{width}}{cells}")]
    yield []


def _controls(found: Sequence[Standing]) -> Iterator[Line]:
    """Yield each control that was judged, with what its status rests on."""
    for status in _TOLD:
        for each in found:
            if each.status is status:
                head = f"  {findings.line(each.framework)} {findings.line(each.control)}"
                yield [("title", f"{head:<18}"), (_STYLES.get(status, ""), f"  {findings.line(each.says)}")]
    yield []


def _framework_name(result: ScanResult, name: str) -> str:
    framework = result.frameworks.get(name)
    return framework.name if framework else name


def _total(result: ScanResult, counts: Iterable[Counter[Outcome]]) -> str:
    total: Counter[Outcome] = sum(counts, Counter())
    files = sum(each.files for each in result.scanned)
    assets = sum(each.assets for each in result.scanned)
    parts = [
        findings.plural(total[Outcome.FAIL], "finding"),
        f"{total[Outcome.UNKNOWN]:,} unknown",
        f"{total[Outcome.WAIVED]:,} waived",
    ]
    if not result.complete:
        parts.append("incomplete")
    read = f"{findings.plural(assets, 'asset')} judged by {findings.plural(len(result.policies), 'policy', 'policies')}"
    return ", ".join(parts) + f" ({read}" + (f", {findings.plural(files, 'file')} seen)" if files else ")")
