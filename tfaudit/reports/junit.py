"""The JUnit report: a test suite for each policy, a test case for each verdict.

A fail is a failure, a policy that failed and an input that could not be read are errors, and what is unknown, waived
or not applicable is skipped, with the reason. In a run that is compared with an earlier state a fail that was there is
skipped as well: whoever reads this file lets failures decide, and only what is new is to. What was mended is a suite of
cases that pass.
"""

from __future__ import annotations

import html
from collections import Counter
from typing import TYPE_CHECKING, assert_never

from tfaudit.model.standing import standings
from tfaudit.model.verdicts import Change, Outcome
from tfaudit.reports import findings, fixes
from tfaudit.reports.options import ReportOptions

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import TextIO

    from tfaudit.model.resources import Unread
    from tfaudit.model.result import ScanResult
    from tfaudit.model.standing import Standing
    from tfaudit.model.verdicts import Fixed, Verdict

FORMAT = "junit"

_SKIPPED = (Outcome.UNKNOWN, Outcome.WAIVED, Outcome.NOT_APPLICABLE)


def write(result: ScanResult, out: TextIO, options: ReportOptions) -> None:
    """Write the run to `out` as one `testsuites` document, suites in the order of their policies' ids."""
    suites: dict[str, list[Verdict]] = {policy.id: [] for policy in result.policies}
    for each in result.verdicts:
        suites.setdefault(each.policy.id, []).append(each)
    compared = result.compared
    against = findings.line(compared.against) if compared is not None else ""
    fixed = compared.fixed if compared is not None else ()
    counts = Counter(map(_outcome, result.verdicts))
    counts[Outcome.PASS] += len(fixed)
    out.write('<?xml version="1.0" encoding="UTF-8"?>\n')
    out.write(
        f"<testsuites name={_quoted('tfaudit ' + result.tool_version)} {_counted(counts, result.unread)}>\n"
    )
    for id_ in sorted(suites):
        if suites[id_]:
            _suite(suites[id_], result.started, against, out)
    if fixed:
        _fixed(fixed, result.started, out)
    if result.unread:
        _unread(result.unread, result.started, out)
    found = [each for each in standings(result) if each.evidence]
    if found:
        _controls(found, result.started, out)
    if result.notes:
        _notes(result.notes, result.started, out)
    out.write("</testsuites>\n")


def _outcome(each: Verdict) -> Outcome:
    """Return how a verdict counts here: a fail that is not new is skipped, as what is waived is."""
    return Outcome.WAIVED if _was_there(each) else each.outcome


def _was_there(each: Verdict) -> bool:
    return each.outcome is Outcome.FAIL and each.change is Change.UNCHANGED


def _suite(verdicts: Sequence[Verdict], started: str, against: str, out: TextIO) -> None:
    counts = Counter(map(_outcome, verdicts))
    name = _quoted(verdicts[0].policy.id)
    out.write(f"  <testsuite name={name} {_counted(counts, ())} timestamp={_quoted(started.rstrip('Z'))}>\n")
    for each in verdicts:
        place = each.places[0]
        line = f' line="{place.line}"' if place.line else ""
        out.write(
            f"    <testcase classname={name} name={_quoted(each.asset.address)} file={_quoted(place.origin)}{line}"
        )
        out.write(
            f">\n{_inside(each, against)}    </testcase>\n" if each.outcome is not Outcome.PASS else "/>\n"
        )
    out.write("  </testsuite>\n")


def _fixed(fixed: Sequence[Fixed], started: str, out: TextIO) -> None:
    counts = _counted(Counter({Outcome.PASS: len(fixed)}), ())
    out.write(f'  <testsuite name="fixed" {counts} timestamp={_quoted(started.rstrip("Z"))}>\n')
    for each in fixed:
        name = _quoted(f"{each.policy}: {each.address}, which was at {each.place}")
        out.write(f'    <testcase classname="fixed" name={name}/>\n')
    out.write("  </testsuite>\n")


def _inside(each: Verdict, against: str) -> str:
    settle = f"; to settle: {each.settle_with}" if each.settle_with else ""
    match each.outcome:
        case Outcome.FAIL if _was_there(each):
            says = f"{findings.sentence(each)}: {findings.because(each)}"
            message = f"unchanged since {against}: {each.policy.severity.value}: {says}"
        case Outcome.FAIL:
            severity = each.policy.severity.value
            message = _quoted(f"{findings.sentence(each)}: {findings.because(each)}")
            return f"      <failure type={_quoted(severity)} message={message}>{_body(each)}</failure>\n"
        case Outcome.ERROR:
            return f'      <error type="policy failed" message={_quoted(each.because + settle)}/>\n'
        case Outcome.UNKNOWN:
            message = f"unknown: {each.because}{settle}"
        case Outcome.WAIVED:
            message = f"waived: {findings.waived_by(each)}"
        case Outcome.NOT_APPLICABLE:
            message = f"not applicable: {each.because}"
        case Outcome.PASS:
            return ""
        case never:
            assert_never(never)
    return f"      <skipped message={_quoted(message)}/>\n"


def _body(each: Verdict) -> str:
    lines = [each.policy.title, f"at {findings.where(each)}", f"why: {each.policy.why}"]
    fix = fixes.fix(each)
    controls = findings.controls(each.policy)
    lines += [f"fix: {fix}"] if fix else []
    lines += [f"controls: {controls}"] if controls else []
    return html.escape("\n".join(findings.line(line) for line in lines), quote=False)


def _unread(unread: Sequence[Unread], started: str, out: TextIO) -> None:
    counts = _counted(Counter(), unread)
    out.write(f'  <testsuite name="unread" {counts} timestamp={_quoted(started.rstrip("Z"))}>\n')
    for each in unread:
        message = _quoted(findings.gap_says(each))
        what = (
            f"<skipped message={message}/>"
            if each.accepted
            else f'<error type="not read" message={message}/>'
        )
        out.write(f'    <testcase classname="unread" name={_quoted(str(each.place))}>\n')
        out.write(f"      {what}\n    </testcase>\n")
    out.write("  </testsuite>\n")


def _controls(found: Sequence[Standing], started: str, out: TextIO) -> None:
    """Write how each control stands, for people: a control is no test case."""
    counts = _counted(Counter(), ())
    lines = [findings.line(f"{each.framework} {each.control}: {each.says}") for each in found]
    out.write(f'  <testsuite name="controls" {counts} timestamp={_quoted(started.rstrip("Z"))}>\n')
    stated = html.escape("\n".join(lines), quote=False)
    out.write(f"    <system-out>{stated}</system-out>\n  </testsuite>\n")


def _notes(notes: Sequence[str], started: str, out: TextIO) -> None:
    counts = _counted(Counter(), ())
    stated = html.escape("\n".join(findings.line(note) for note in notes), quote=False)
    out.write(f'  <testsuite name="notes" {counts} timestamp={_quoted(started.rstrip("Z"))}>\n')
    out.write(f"    <system-out>{stated}</system-out>\n  </testsuite>\n")


def _counted(counts: Counter[Outcome], unread: Sequence[Unread]) -> str:
    accepted = sum(1 for each in unread if each.accepted)
    tests = sum(counts.values()) + len(unread)
    skipped = sum(counts[each] for each in _SKIPPED) + accepted
    errors = counts[Outcome.ERROR] + len(unread) - accepted
    return f'tests="{tests}" failures="{counts[Outcome.FAIL]}" errors="{errors}" skipped="{skipped}"'


def _quoted(text: str) -> str:
    return f'"{html.escape(findings.line(text))}"'
