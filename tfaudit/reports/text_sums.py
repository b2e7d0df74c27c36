"""The sums of the text report: by severity, framework and policy, what the run is compared with, and the last line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tfaudit import documents, sums
from tfaudit.model.standing import Standing, Status, by_status, standings
from tfaudit.model.verdicts import Outcome
from tfaudit.reports import findings

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tfaudit.model.result import ScanResult
    from tfaudit.reports.terminal import Line

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


def tables(result: ScanResult, *, by_policy: bool = False) -> Iterator[Line]:
    """Yield the tables by severity and framework, and one of the policies with a finding if it is asked for."""
    if not result.verdicts:
        return
    yield [("title", f"{'Severity':<12}" + "".join(f"{head:>9}" for head in _COLUMNS))]
    for severity, outcomes in sums.by_severity(result).items():
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
    if by_policy:
        yield from _policies(result)


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


def _policies(result: ScanResult) -> Iterator[Line]:
    counts = {
        id_: outcomes[Outcome.FAIL]
        for id_, outcomes in result.tally.outcomes_of.items()
        if outcomes[Outcome.FAIL]
    }
    by_id = {id_: found[0].policy for id_, found in result.tally.by_policy.items()}
    rows = sorted(counts, key=lambda id_: (-by_id[id_].severity.rank, -counts[id_], id_))
    if rows:
        yield [("title", f"{'Findings':>8}  {'severity':<8}  policy")]
        for id_ in rows:
            severity = by_id[id_].severity.value
            yield [("", f"{counts[id_]:>8,}  "), (severity, f"{severity:<8}"), ("", f"  {id_}")]
        yield []


def compared(result: ScanResult, limit: int) -> Iterator[Line]:
    """Yield what the run is compared with, and at most `limit` of the findings that are gone."""
    if result.compared is None:
        return
    stated = documents.compared(result)
    fixed = result.compared.fixed
    counts = f"{stated['new']:,} new, {stated['unchanged']:,} unchanged, {len(fixed):,} fixed"
    yield [("title", f"Since {findings.line(stated['against'])}: {counts}")]
    for each in fixed[:limit]:
        yield [("faint", f"  fixed  {each.severity}  {each.policy}  {findings.line(each.address)}")]
    if len(fixed) > limit:
        yield [("faint", f"  and {len(fixed) - limit:,} more that are fixed")]
    yield []


def total(result: ScanResult) -> str:
    """Return the sum of a run as one line."""
    outcomes = result.tally.outcomes
    files = sum(each.files for each in result.scanned)
    assets = sum(each.assets for each in result.scanned)
    parts = [
        findings.plural(outcomes[Outcome.FAIL], "finding"),
        f"{outcomes[Outcome.UNKNOWN]:,} unknown",
        f"{outcomes[Outcome.WAIVED]:,} waived",
    ]
    if result.compared is not None:
        new = documents.compared(result)["new"]
        parts[0] += f" ({new:,} new)"
    if not result.complete:
        parts.append("incomplete")
    read = f"{findings.plural(assets, 'asset')} judged by {findings.plural(len(result.policies), 'policy', 'policies')}"
    return ", ".join(parts) + f" ({read}" + (f", {findings.plural(files, 'file')} seen)" if files else ")")


def _framework_name(result: ScanResult, name: str) -> str:
    framework = result.frameworks.get(name)
    return framework.name if framework else name
