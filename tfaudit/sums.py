"""How a run came out in sum, as plain JSON data: its counts, and how each control stands."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from tfaudit.model.standing import Status, by_status, standings
from tfaudit.model.verdicts import Outcome, Severity

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tfaudit.model.result import ScanResult
    from tfaudit.model.standing import Evidence, Standing


def control(each: Standing) -> dict[str, Any]:
    """Return how one control stands, with the policies linked to it; the title is the framework file's."""
    data: dict[str, Any] = {
        "framework": each.framework,
        "control": each.control,
        "status": each.status.value,
    }
    if not each.evidence:
        return {**data, "testable": each.testable}
    return {
        **data,
        "says": each.says,
        "policies_linked": len(each.counted),
        "policies_judged": len(each.judged),
        "assets": each.assets,
        "kinds": each.kinds,
        "evidence": [_evidence(one) for one in each.evidence],
    }


def _evidence(each: Evidence) -> dict[str, Any]:
    data: dict[str, Any] = {
        "policy": each.policy.id,
        "severity": each.policy.severity.value,
        "strength": each.link.strength,
        "outcome": each.word,
        "pass": each.outcomes[Outcome.PASS],
        "fail": each.outcomes[Outcome.FAIL],
        "unknown": each.outcomes[Outcome.UNKNOWN] + each.outcomes[Outcome.ERROR],
        "waived": each.outcomes[Outcome.WAIVED],
    }
    if each.scope:
        data["scope"] = each.scope
    return {**data, "short": each.short} if each.short else data


def summary(result: ScanResult, found: Sequence[Standing] | None = None) -> dict[str, Any]:
    """Return the counts of a run: by outcome, fails by severity, and by framework; `found` are its standings."""
    outcomes, severities = result.tally.outcomes, by_severity(result)
    return {
        "complete": result.complete,
        "policies": len(result.policies),
        "verdicts": len(result.verdicts),
        "unread": len(result.unread),
        "outcomes": {outcome.value: outcomes[outcome] for outcome in Outcome},
        "fails": {severity.value: severities[severity][Outcome.FAIL] for severity in Severity},
        "frameworks": by_framework(result, found),
        "not_judged": dict(result.not_judged),
    }


def by_framework(result: ScanResult, found: Sequence[Standing] | None = None) -> dict[str, dict[str, Any]]:
    """Return for each framework how many verdicts of each outcome, and how many controls have each status.

    Only the frameworks that were asked for, where the run names any. `controls_with_fail` counts whatever is linked,
    however weakly.
    """
    wanted = result.selected_frameworks
    statuses = by_status(standings(result) if found is None else found)
    verdicts_of: dict[str, Counter[Outcome]] = {}
    controls: dict[str, dict[str, set[str]]] = {}
    for id_, verdicts in result.tally.by_policy.items():
        judged, outcomes = verdicts[0].policy, result.tally.outcomes_of[id_]
        for name in dict.fromkeys(link.framework for link in judged.links):
            verdicts_of.setdefault(name, Counter()).update(outcomes)
        for link in judged.links:
            sets = controls.setdefault(link.framework, {"seen": set(), "fail": set(), "unknown": set()})
            sets["seen"].add(link.control)
            if outcomes[Outcome.FAIL]:
                sets["fail"].add(link.control)
            if outcomes[Outcome.UNKNOWN] or outcomes[Outcome.ERROR]:
                sets["unknown"].add(link.control)
    return {
        name: {
            **{outcome.value: outcomes[outcome] for outcome in Outcome},
            "controls": len(controls[name]["seen"]),
            "controls_with_fail": len(controls[name]["fail"]),
            "controls_with_unknown": len(controls[name]["unknown"] - controls[name]["fail"]),
            "statuses": {status.value: statuses[name][status] for status in Status},
        }
        for name, outcomes in sorted(verdicts_of.items())
        if not wanted or name in wanted
    }


def by_severity(result: ScanResult) -> dict[Severity, Counter[Outcome]]:
    """Return how many verdicts of each outcome stand at each severity, the worst first."""
    counts = result.tally.severities
    return {severity: counts.get(severity, Counter()) for severity in Severity}
