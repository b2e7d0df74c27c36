"""Workflow commands of GitHub Actions: an annotation beside the line for each of the worst findings.

GitHub keeps ten errors, ten warnings and ten notices of a step (docs.github.com, limits of annotations), so that no
more are written; how many there are besides is the last notice. What is new goes before what is not.
"""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from tfaudit.model.verdicts import Change, Outcome, Severity
from tfaudit.reports import findings, fixes
from tfaudit.reports.options import ReportOptions

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import TextIO

    from tfaudit.model.resources import Place
    from tfaudit.model.result import ScanResult
    from tfaudit.model.verdicts import Verdict

FORMAT = "github"
FORM = "commands"
OF_A_LEVEL = 10
_ERRORS = frozenset({Severity.CRITICAL, Severity.HIGH})


def write(result: ScanResult, out: TextIO, options: ReportOptions) -> None:
    """Write the commands to `out`: errors, warnings, then notices."""
    fails = [each for each in findings.of(result, Outcome.FAIL) if each.change is not Change.UNCHANGED]
    errors = [each for each in fails if each.policy.severity in _ERRORS]
    warnings = [each for each in fails if each.policy.severity not in _ERRORS]
    gaps = [
        _command("error", "not read", findings.gap_says(each), each.place)
        for each in result.unread
        if not each.accepted
    ]
    crashed = [
        _command("error", each.policy.id, f"{findings.named(each)}: {each.because}", each.places[0])
        for each in findings.of(result, Outcome.ERROR)
    ]
    lines = [
        *_some([*(_finding("error", each) for each in errors), *gaps, *crashed]),
        *_some(_finding("warning", each) for each in warnings),
        *_some(_others(result), OF_A_LEVEL - 1),
    ]
    out.writelines(lines)
    out.write(
        _command(
            "notice", "tfaudit", _sum(result, len(fails)) + (f"; {options.hint}" if options.hint else "")
        )
    )


def _others(result: ScanResult) -> Iterator[str]:
    """Yield notices: what is unknown, what is waived, and what bears on the whole run."""
    for each in findings.of(result, Outcome.UNKNOWN):
        if each.change is not Change.UNCHANGED:
            settle = f"; to settle: {each.settle_with}" if each.settle_with else ""
            yield _command(
                "notice",
                f"unknown: {each.policy.title}",
                f"{findings.named(each)}: {findings.because(each)}{settle}",
                each.places[0],
            )
    for each in findings.of(result, Outcome.WAIVED):
        yield _command(
            "notice",
            f"waived: {each.policy.title}",
            f"{findings.named(each)}: {findings.waived_by(each)}",
            each.places[0],
        )
    for note in result.notes:
        yield _command("notice", "note", note)


def _some(commands: Iterable[str], most: int = OF_A_LEVEL) -> list[str]:
    return list(islice(commands, most))


def _sum(result: ScanResult, stated: int) -> str:
    new = f"; {stated:,} new" if result.compared is not None else ""
    gaps = f"; {len(result.unread):,} not read" if result.unread else ""
    return findings.sums(result) + new + gaps


def _finding(level: str, each: Verdict) -> str:
    fix = fixes.fix(each)
    says = f"{findings.named(each)}: {findings.because(each)}" + (f". {fix}" if fix else "")
    return _command(level, f"{each.policy.severity.value}: {each.policy.title}", says, each.places[0])


def _command(level: str, title: str, says: str, place: Place | None = None) -> str:
    """Return one command; foreign text ends neither a property nor the line."""
    where = ""
    if (
        place is not None
        and (place.line or "/" in place.origin or "." in place.origin)
        and " " not in place.origin
    ):
        where = f"file={_property(place.origin)},"
        if place.line:
            last = f"endLine={place.end_line}," if place.end_line > place.line else ""
            where += (
                f"line={place.line}," + last + (f"col={place.column}," if place.column and not last else "")
            )
    return f"::{level} {where}title={_property(title)}::{_data(says)}\n"


def _data(text: str) -> str:
    return findings.line(text).replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
