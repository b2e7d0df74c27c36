"""Verdicts, policies and runs as plain JSON data: what the JSON report and the evidence bundle both say."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Any

from tfaudit.model.floors import shortfall
from tfaudit.model.resources import Unresolved
from tfaudit.model.settings import Default, Known
from tfaudit.model.standing import Status, by_status, standings
from tfaudit.model.verdicts import Outcome, Severity
from tfaudit.redaction import redacted, redacted_value, shown

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tfaudit.model.asset import Asset
    from tfaudit.model.resources import Origin, Place, Unread
    from tfaudit.model.standing import Evidence, Standing
    from tfaudit.model.verdicts import Framework, Policy, ScanResult, Verdict

PLACEHOLDER = re.compile(r"\{([a-z_]+(?:\.[a-z_]+)*)\}")
"""What stands for an asset, a setting or a parameter in a policy's `finding`."""
_CALLS = ("wanted", "answered", "denied", "failed", "left")

HOME = "https://tfaudit.example/"
"""Where tfaudit is told about; a reserved name until it has an address of its own."""


def verdict(each: Verdict) -> dict[str, Any]:
    """Return a verdict with the keys of `schemas/report.schema.json` but `controls`, which are its policy's `links`."""
    told = finding(each)
    data: dict[str, Any] = {
        "policy": each.policy.id,
        "outcome": each.outcome.value,
        "severity": each.policy.severity.value,
        "asset": asset(each.asset),
        "setting": each.setting,
        "value": redacted_value(each.value, each.setting),
        "because": redacted(each.because),
        "settle_with": redacted(each.settle_with),
        "places": [place(at) for at in each.places],
        "fingerprint": each.fingerprint,
        "fact": each.fact,
    }
    if each.policy.finding and told != each.policy.title:
        data["finding"] = told
    if each.also:
        data["also"] = list(each.also)
    origins = each.origins
    if origins:
        data["origins"] = [origin(one) for one in origins]
    if each.waiver is not None:
        waiver = each.waiver
        data["waiver"] = {
            "reason": redacted(waiver.reason),
            "until": waiver.until,
            "owner": redacted(waiver.owner),
            "approver": redacted(waiver.approver),
            "ticket": redacted(waiver.ticket),
            "compensating_control": redacted(waiver.compensating_control),
            "tool": waiver.tool,
            "outcome": waiver.outcome.value,
            "lacks": waiver.lacks(),
            "place": place(waiver.place),
        }
    return data


def finding(each: Verdict) -> str:
    """Return what is wrong, as a sentence about the asset; how it should be where nothing fails.

    The values in it are those of the settings, with secrets left out; what is not known is "not known".
    """
    policy = each.policy
    failed = each.outcome is Outcome.FAIL or (each.waiver is not None and each.waiver.outcome is Outcome.FAIL)
    if not policy.finding or not failed:
        return policy.title
    parameters = {parameter.name: parameter.value for parameter in policy.parameters}

    def filled(found: re.Match[str]) -> str:
        name = found[1]
        if name == "asset":
            return each.asset.address
        if name in parameters:
            return shown(parameters[name], name)
        setting = each.asset.settings[name]
        return shown(setting.value, name) if isinstance(setting, (Known, Default)) else "not known"

    return redacted(PLACEHOLDER.sub(filled, policy.finding))


def asset(each: Asset) -> dict[str, Any]:
    """Return what identifies an asset; `key` is None with `key_unknown` where only apply will tell it."""
    data: dict[str, Any] = {
        "kind": each.kind,
        "name": redacted(each.name),
        "key": redacted(each.key) if isinstance(each.key, str) else None,
        "address": redacted(each.address),
        "plane": each.plane,
        "scope": each.scope,
        "type": each.resource.type,
    }
    if isinstance(each.key, Unresolved):
        data["key_unknown"] = redacted(each.key.because)
    return data


def place(at: Place) -> dict[str, Any]:
    """Return a place; numbers that are not known and an empty path are left out."""
    data: dict[str, Any] = {"origin": at.origin}
    if at.line:
        data["line"] = at.line
    if at.column:
        data["column"] = at.column
    if at.end_line:
        data["end_line"] = at.end_line
    if at.at:
        data["at"] = redacted(at.at)
    return data


def origin(each: Origin) -> dict[str, Any]:
    """Return one step of the way that a value came; what is not told of it is left out."""
    data: dict[str, Any] = {"name": redacted(each.name)}
    if each.value:
        data["value"] = redacted(each.value)
    if each.by:
        data["by"] = redacted(each.by)
    if each.place is not None:
        data["place"] = place(each.place)
    return {**data, "says": redacted(str(each))}


def links(each: Policy) -> list[dict[str, Any]]:
    """Return the controls that a policy is evidence for; `short` says why a link does not count now."""
    found = []
    for link in each.links:
        data = {
            "framework": link.framework,
            "control": link.control,
            "strength": link.strength,
            "because": link.because,
        }
        short = shortfall(each, link)
        found.append(
            {
                **data,
                **({"floor": dict(link.floor)} if link.floor else {}),
                **({"short": short} if short else {}),
            }
        )
    return found


def policy(each: Policy) -> dict[str, Any]:
    """Return a policy as it was used, with the values of its parameters in force."""
    return {
        "id": each.id,
        "title": each.title,
        "finding": each.finding,
        "family": each.family,
        "severity": each.severity.value,
        "kinds": list(each.kinds),
        "when": redacted_value(each.when),
        "require": redacted_value(each.require),
        "parameters": {
            parameter.name: {
                "value": redacted_value(parameter.value),
                "unit": parameter.unit,
                "says": parameter.says,
                **({"source": redacted(parameter.source)} if parameter.source else {}),
            }
            for parameter in each.parameters
        },
        "why": each.why,
        "fix": {
            type_: {"says": fix.says, "sets": redacted_value(fix.sets)} for type_, fix in each.fixes.items()
        },
        "controls": links(each),
        "same_as": {tool: list(ids) for tool, ids in each.same_as.items()},
        "references": list(each.references),
        "origin": each.origin,
        "digest": each.digest,
    }


def framework(each: Framework) -> dict[str, Any]:
    """Return a framework with all its controls."""
    return {
        "id": each.id,
        "name": each.name,
        "version": each.version,
        "scope": each.scope,
        "digest": each.digest,
        "controls": [
            {
                "id": control.id,
                "title": control.title,
                "group": control.group,
                "testable": control.testable,
                "rationale": control.rationale,
                **({"sufficient": [dict(each) for each in control.sufficient]} if control.sufficient else {}),
            }
            for control in each.controls.values()
        ],
    }


def unread(each: Unread) -> dict[str, Any]:
    """Return one input that could not be read, with the reason for which that is accepted, if it is."""
    data = {
        "place": place(each.place),
        "because": redacted(each.because),
        "settle_with": redacted(each.settle_with),
    }
    return {**data, "accepted": redacted(each.accepted)} if each.accepted else data


def scanned(result: ScanResult) -> list[dict[str, Any]]:
    """Return what was looked at."""
    return [
        {
            "target": each.target,
            "plane": each.plane,
            "observer": each.observer,
            "files": each.files,
            "resources": each.resources,
            "assets": each.assets,
            **({"named": each.named} if each.named else {}),
        }
        for each in result.scanned
    ]


def coverage(result: ScanResult) -> list[dict[str, Any]]:
    """Return what was looked at in each live system, and what was not."""
    return [
        {
            "target": each.target,
            "observer": each.observer,
            "parts": each.parts,
            "looked_at": list(each.looked_at),
            "left_out": list(each.left_out),
            "all_parts_known": each.all_parts,
            "services": list(each.services),
            "calls": {what: each.total(what) for what in _CALLS},
            "asked": [
                {
                    "call": call.call,
                    **{what: getattr(call, what) for what in _CALLS},
                    "because": redacted(call.because),
                }
                for call in each.asked
            ],
            "listed": each.listed,
            "whole": each.whole,
            "population": [
                {"type": one.type, "listed": one.listed, "whole": one.whole} for one in each.population
            ],
            "never": list(each.never),
            "ended": each.ended,
        }
        for each in result.coverage
    ]


def run(result: ScanResult) -> dict[str, Any]:
    """Return who ran what and when."""
    return {
        "tool": {"name": "tfaudit", "version": result.tool_version},
        "run": {
            "id": result.run_id,
            "started": result.started,
            "finished": result.finished,
            "profile": result.profile,
            "frameworks": list(result.selected_frameworks),
            "notes": [redacted(note) for note in result.notes],
            "scopes": {name: len(members) for name, members in result.scopes.items()},
        },
    }


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
    outcomes = Counter(each.outcome for each in result.verdicts)
    fails = Counter(each.policy.severity for each in result.verdicts if each.outcome is Outcome.FAIL)
    return {
        "complete": result.complete,
        "policies": len(result.policies),
        "verdicts": len(result.verdicts),
        "unread": len(result.unread),
        "outcomes": {outcome.value: outcomes[outcome] for outcome in Outcome},
        "fails": {severity.value: fails[severity] for severity in Severity},
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
    by_policy: dict[str, tuple[Policy, Counter[Outcome]]] = {}
    for each in result.verdicts:
        known = by_policy.get(each.policy.id)
        if known is None:
            known = by_policy[each.policy.id] = (each.policy, Counter())
        known[1][each.outcome] += 1
    verdicts_of: dict[str, Counter[Outcome]] = {}
    controls: dict[str, dict[str, set[str]]] = {}
    for judged, outcomes in by_policy.values():
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


def by_severity(verdicts: Sequence[Verdict]) -> dict[Severity, Counter[Outcome]]:
    """Return how many verdicts of each outcome stand at each severity, the worst first."""
    counts: dict[Severity, Counter[Outcome]] = {severity: Counter() for severity in Severity}
    for each in verdicts:
        counts[each.policy.severity][each.outcome] += 1
    return counts
