"""Verdicts, policies and runs as plain JSON data: what the JSON report and the evidence bundle both say."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import msgspec

from tfaudit.model.floors import shortfall
from tfaudit.model.resources import Unresolved
from tfaudit.model.settings import Default, Known
from tfaudit.model.verdicts import Change, Outcome
from tfaudit.redaction import harmless, redacted, redacted_value, shown

if TYPE_CHECKING:
    from tfaudit.model.asset import Asset
    from tfaudit.model.resources import Origin, Place, Unread
    from tfaudit.model.result import ScanResult
    from tfaudit.model.verdicts import Framework, InForce, Policy, Verdict, Waiver

PLACEHOLDER = re.compile(r"\{([a-z_]+(?:\.[a-z_]+)*)\}")
"""What stands for an asset, a setting or a parameter in a policy's `finding`."""
_CALLS = ("wanted", "answered", "denied", "failed", "left")

HOME = "https://tfaudit.example/"
"""The address at which tfaudit is described; a reserved name until it has an address of its own."""


def page(id_: str) -> str:
    """Return the address of the page about one of tfaudit's own policies; `tfaudit policies pages` writes them."""
    return f"{HOME}policies/{id_}"


def verdict(each: Verdict) -> dict[str, Any]:
    """Return a verdict with the keys of `schemas/report.schema.json` but `controls`, which are its policy's `links`."""
    return {
        "policy": each.policy.id,
        "outcome": each.outcome.value,
        "severity": each.policy.severity.value,
        "asset": asset(each.asset),
        **sentence(each),
        "places": [place(at) for at in each.places],
        "fingerprint": each.fingerprint,
        "fact": each.fact,
        **further(each),
    }


def sentence(each: Verdict) -> dict[str, Any]:
    """Return what a verdict says of the setting that decided."""
    return {
        "setting": each.setting,
        "value": redacted_value(each.value, each.setting),
        "because": redacted(each.because),
        "settle_with": redacted(each.settle_with),
    }


def further(each: Verdict) -> dict[str, Any]:
    """Return what few verdicts have: a finding, a change, a waiver and so on."""
    data: dict[str, Any] = {}
    stated = finding(each)
    if each.policy.finding and stated != each.policy.title:
        data["finding"] = stated
    if each.change is not None:
        data["change"] = each.change.value
    if each.also:
        data["also"] = list(each.also)
    if each.same:
        data["same"] = [
            {"tool": one.tool, "rule": one.rule, "outcome": one.outcome.value} for one in each.same
        ]
    origins = each.origins
    if origins:
        data["origins"] = [origin(one) for one in origins]
    if each.waiver is not None:
        data["waiver"] = _waiver(each.waiver)
    return data


def _waiver(waiver: Waiver) -> dict[str, Any]:
    return {
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


def finding(each: Verdict) -> str:
    """Return what is wrong, as a sentence about the asset; how it should be where nothing fails.

    The values in it are those of the settings, with secrets left out; what is not known is "not known". Where it is not
    known whether there will be such an asset, the sentence says so.
    """
    policy = each.policy
    failed = each.outcome is Outcome.FAIL or (each.waiver is not None and each.waiver.outcome is Outcome.FAIL)
    if not policy.finding or not failed:
        return policy.title
    where = ", if it is created" if each.asset.resource.perhaps else ""
    around = _around_asset(policy.finding)
    if around is not None and _harmless(each.asset):
        return f"{around[0]}{each.asset.address}{around[1]}{where}"
    parameters = {parameter.name: parameter.value for parameter in policy.parameters}

    def filled(found: re.Match[str]) -> str:
        name = found[1]
        if name == "asset":
            return each.asset.address
        if name in parameters:
            return shown(parameters[name], name)
        setting = each.asset.settings[name]
        return shown(setting.value, name) if isinstance(setting, (Known, Default)) else "not known"

    return redacted(f"{PLACEHOLDER.sub(filled, policy.finding)}{where}")


@lru_cache(maxsize=1024)
def _around_asset(sentence: str) -> tuple[str, str] | None:
    """Return what stands before and behind the asset in a policy's sentence.

    None where the asset is not all that is filled in, or secrets have to be looked for in the whole.
    """
    if [each[1] for each in PLACEHOLDER.finditer(sentence)] != ["asset"]:
        return None
    before, behind = sentence.split("{asset}")
    apart = before[-1:] in ("", " ") and behind[:1] in ("", " ")
    return (before, behind) if apart and harmless(f" {before}\0{behind}, if it is created ") else None


def _harmless(each: Asset) -> bool:
    """Whether no part of what an asset is called can hold a secret, nor a sentence with its address between blanks."""
    return _harmless_names(each.name, each.key if isinstance(each.key, str) else "", each.address)


@lru_cache(maxsize=4096)
def _harmless_names(*names: str) -> bool:
    return harmless(" ".join(("", *names, "")))


def asset(each: Asset) -> dict[str, Any]:
    """Return what identifies an asset; `key` is None with `key_unknown` where only apply will tell it."""
    without: Callable[[str], str] = str if _harmless(each) else redacted
    data: dict[str, Any] = {
        "kind": each.kind,
        "name": without(each.name),
        "key": without(each.key) if isinstance(each.key, str) else None,
        "address": without(each.address),
        "plane": each.plane,
        "scope": each.scope,
        "type": each.resource.type,
    }
    if each.said:
        data["said"] = redacted(each.said)
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
    """Return one step of the way that a value came; what is not known of it is left out."""
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
            "configuration": [configuration(each) for each in result.configurations],
            "left_out": [
                {
                    "by": each.by,
                    "patterns": list(each.patterns),
                    "files": each.files,
                    "folders": each.folders,
                }
                for each in result.left_out
            ],
            **({"revision": msgspec.to_builtins(result.revision)} if result.revision is not None else {}),
            **({"compared": compared(result)} if result.compared is not None else {}),
        },
    }


def configuration(each: InForce) -> dict[str, Any]:
    """Return a configuration file that was in force: what it states is what it left out, switched off and accepted."""
    return {"file": each.file, "sha256": each.sha256, "states": _told(each.states)}


def _told(value: Any) -> Any:
    """Return what a configuration states; its words are names of policies, which tell of no secret."""
    if isinstance(value, Mapping):
        return {str(name): _told(inner) for name, inner in value.items()}
    if isinstance(value, (list, tuple)):
        return [_told(each) for each in value]
    return redacted(value) if isinstance(value, str) else value


def compared(result: ScanResult) -> dict[str, Any]:
    """Return what a run was compared with and what came of it; {} for one that was compared with nothing."""
    if result.compared is None:
        return {}
    fails = Counter(each.change for each in result.tally.notable if each.outcome is Outcome.FAIL)
    return {
        "against": redacted(result.compared.against),
        "new": fails[Change.NEW],
        "unchanged": fails[Change.UNCHANGED],
        "fixed": [
            {
                "policy": each.policy,
                "severity": each.severity,
                "address": redacted(each.address),
                "place": redacted(each.place),
                "fingerprint": each.fingerprint,
            }
            for each in result.compared.fixed
        ],
    }
