"""GitLab's code quality report: what fails, as the widget of a merge request shows it.

The form is that of docs.gitlab.com/ci/testing/code_quality, "Code quality report format": a list of objects with a
description, a check's name, a fingerprint, a severity and a place. What was not read is of severity `blocker`, so that
an incomplete scan is not taken for a sound one; what is unknown is `info`. The form has no room for what passes or is
not applicable: those are not known.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from tfaudit.model.verdicts import Outcome, Severity, digest
from tfaudit.reports import findings, fixes
from tfaudit.reports.options import ReportOptions

if TYPE_CHECKING:
    from typing import TextIO

    from tfaudit.model.resources import Place, Unread
    from tfaudit.model.result import ScanResult
    from tfaudit.model.verdicts import Verdict

FORMAT = "gitlab-codequality"
FORM = "json"
_SEVERITIES = {
    Severity.CRITICAL: "critical",
    Severity.HIGH: "major",
    Severity.MEDIUM: "minor",
    Severity.LOW: "info",
}


def write(result: ScanResult, out: TextIO, options: ReportOptions) -> None:
    """Write the list to `out`; findings first, the worst of them first."""
    found = [_finding(each) for each in findings.of(result, Outcome.FAIL)]
    found += [_gap(each) for each in result.unread if not each.accepted]
    found += [_told("error", each, each.because, "blocker") for each in findings.of(result, Outcome.ERROR)]
    for outcome in (Outcome.UNKNOWN, Outcome.WAIVED):
        for each in findings.of(result, outcome):
            says = each.because if outcome is Outcome.UNKNOWN else findings.waived_by(each)
            found.append(_told(outcome.value, each, says, "info"))
    out.write(json.dumps(found, indent=1, ensure_ascii=False) + "\n")


def _finding(each: Verdict) -> dict[str, Any]:
    fix = fixes.fix(each)
    says = f"{findings.sentence(each)}. {findings.named(each)}: {findings.because(each)}"
    return {
        "description": findings.line(f"{says}. {fix}" if fix else says),
        "check_name": each.policy.id,
        "fingerprint": each.fingerprint,
        "severity": _SEVERITIES[each.policy.severity],
        "location": _location(each.places[0]),
    }


def _told(word: str, each: Verdict, says: str, severity: str) -> dict[str, Any]:
    return {
        "description": findings.line(f"{word}: {findings.named(each)}: {says}"),
        "check_name": each.policy.id,
        "fingerprint": each.fingerprint,
        "severity": severity,
        "location": _location(each.places[0]),
    }


def _gap(each: Unread) -> dict[str, Any]:
    return {
        "description": findings.line(f"not read: {findings.gap_says(each)}"),
        "check_name": "not-read",
        "fingerprint": digest("unread", str(each.place), each.because),
        "severity": "blocker",
        "location": _location(each.place),
    }


def _location(place: Place) -> dict[str, Any]:
    return {"path": findings.line(place.origin), "lines": {"begin": max(1, place.line)}}
