"""GitLab's SAST report: what fails, as the security widget and the vulnerability report show it.

The form is that of gitlab.com/gitlab-org/security-products/security-report-schemas, `sast`, version 15. What is
unknown, waived or not read is a message of the scan, which has the status `failure` where it is incomplete; passes and
what is not applicable are counted.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from tfaudit import documents
from tfaudit.model.verdicts import Outcome
from tfaudit.reports import findings, fixes
from tfaudit.reports.options import ReportOptions

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import TextIO

    from tfaudit.model.result import ScanResult
    from tfaudit.model.verdicts import Verdict

FORMAT = "gitlab-sast"
FORM = "json"
VERSION = "15.2.1"
_NAME = 255
_TEXT = 10_000
_SOLUTION = 7_000


def write(result: ScanResult, out: TextIO, options: ReportOptions) -> None:
    """Write the report to `out`, the worst first."""
    tool = {"id": "tfaudit", "name": "tfaudit", "version": result.tool_version, "vendor": {"name": "tfaudit"}}
    document = {
        "version": VERSION,
        "scan": {
            "analyzer": tool,
            "scanner": tool,
            "type": "sast",
            "start_time": result.started.removesuffix("Z"),
            "end_time": result.finished.removesuffix("Z"),
            "status": "success" if result.complete else "failure",
            "messages": list(_messages(result)),
        },
        "vulnerabilities": [_vulnerability(each) for each in findings.of(result, Outcome.FAIL)],
    }
    out.write(json.dumps(document, indent=1, ensure_ascii=False) + "\n")


def _messages(result: ScanResult) -> Iterator[dict[str, str]]:
    yield {"level": "info", "value": findings.sums(result)}
    for gap in result.unread:
        yield {"level": "info" if gap.accepted else "fatal", "value": findings.gap(gap)}
    for each in findings.of(result, Outcome.ERROR):
        yield {"level": "fatal", "value": _value(each, each.because)}
    for each in findings.of(result, Outcome.UNKNOWN):
        settle = f"; to settle: {each.settle_with}" if each.settle_with else ""
        yield {"level": "warn", "value": _value(each, f"unknown: {each.because}{settle}")}
    for each in findings.of(result, Outcome.WAIVED):
        yield {"level": "info", "value": _value(each, f"waived: {findings.waived_by(each)}")}
    for note in result.notes:
        yield {"level": "info", "value": findings.line(note)}


def _value(each: Verdict, says: str) -> str:
    return findings.line(f"{each.policy.id}, {findings.named(each)} ({each.places[0]}): {says}")


def _vulnerability(each: Verdict) -> dict[str, Any]:
    policy, place, mark = each.policy, each.places[0], each.fingerprint
    location: dict[str, Any] = {"file": findings.line(place.origin), "start_line": max(1, place.line)}
    if place.end_line > place.line:
        location["end_line"] = place.end_line
    named = "" if findings.tells(each) else f", {findings.named(each)}"
    sentence = findings.sentence(each) + named
    found = {
        "id": "-".join((mark[:8], mark[8:12], mark[12:16], mark[16:20], mark[20:])),
        # GitLab wants a name that says nothing of the one finding; its sentence begins the description.
        "name": findings.line(policy.title)[:_NAME],
        "description": findings.line(f"{sentence}: {findings.because(each)}. {policy.why}")[:_TEXT],
        "severity": policy.severity.value.capitalize(),
        "location": location,
        "identifiers": _identifiers(each),
        "links": [{"url": documents.page(policy.id)}],
    }
    fix = findings.line(fixes.fix(each))
    return {**found, "solution": fix[:_SOLUTION]} if fix else found


def _identifiers(each: Verdict) -> list[dict[str, str]]:
    """Return tfaudit's own id first, by which GitLab knows a finding again, then the rules of others for the same."""
    policy = each.policy
    own = {
        "type": "tfaudit_policy",
        "name": f"tfaudit {policy.id}",
        "value": policy.id,
        "url": documents.page(policy.id),
    }
    others = [
        {"type": f"{tool}_id", "name": f"{tool} {id_}", "value": id_}
        for tool, ids in policy.same_as.items()
        for id_ in ids
        if " " not in id_
    ]
    return [own, *others][:20]
