"""Verdicts as SARIF results, and everything that is not a result as notifications about the run.

GitHub joins alerts by `primaryLocationLineHash`, which is that of its own upload action wherever the file is there; our
fingerprint stands under a key of its own.

A result always has a physical location, because GitHub refuses one without. What was seen in a live account stands in
no file: its location is `live/<key>`, a path below the repository that is not there, beside a logical location with
the address itself.
"""

from __future__ import annotations

from pathlib import Path
from posixpath import normpath
from typing import TYPE_CHECKING, Any

from tfaudit.model.verdicts import Outcome
from tfaudit.reports import findings, fixes, sarif_paths
from tfaudit.reports.replacements import Replacement, replacements
from tfaudit.reports.sarif_places import BASE, Repository, Source, physical_location, quoted
from tfaudit.reports.sarif_rules import LEVELS

if TYPE_CHECKING:
    from tfaudit.model.resources import Unread
    from tfaudit.model.verdicts import Verdict

MESSAGE = 1_000
"""Characters of a message; GitHub shows one line."""


def result(verdict: Verdict, rules: dict[str, int], repository: Repository, source: Source) -> Any:
    """Return the result for a failed or waived verdict; `rules` tells each policy's index."""
    import sarif_om

    asset = verdict.asset
    properties = {
        "setting": verdict.setting,
        "plane": asset.plane,
        "address": asset.address,
        "kind": asset.kind,
        "severity": verdict.policy.severity.value,
    }
    location = _location(verdict, repository, source)
    return sarif_om.Result(
        message=sarif_om.Message(text=_message(verdict)),
        rule_id=verdict.policy.id,
        rule_index=rules[verdict.policy.id],
        level=LEVELS[verdict.policy.severity],
        locations=[location],
        related_locations=sarif_paths.related(verdict, repository, source) or None,
        code_flows=sarif_paths.flows(verdict, location, repository, source),
        partial_fingerprints={
            "primaryLocationLineHash": source.line_hash(verdict),
            "tfaudit/v1": verdict.fingerprint,
        },
        baseline_state=verdict.change.value if verdict.change is not None else None,
        fixes=_fixes(verdict, replacements(verdict, source.quotes), repository),
        suppressions=_suppressions(verdict, repository, source),
        properties={name: findings.line(value) for name, value in properties.items() if value},
    )


def _message(verdict: Verdict) -> str:
    head = findings.sentence(verdict) if findings.tells(verdict) else verdict.asset.address
    says = findings.line(f"{head}: {findings.because(verdict)}")
    fix = fixes.fix(verdict)
    says = says if len(says) <= MESSAGE else says[: MESSAGE - 3] + "..."
    return f"{says}. {findings.line(fix)}" if fix else f"{says}."


def _location(verdict: Verdict, repository: Repository, source: Source) -> Any:
    import sarif_om

    asset = verdict.asset
    logical = sarif_om.LogicalLocation(
        name=findings.line(asset.name), fully_qualified_name=findings.line(asset.address), kind="resource"
    )
    place = verdict.places[0]
    is_live = asset.plane == "live"
    physical = _live(verdict) if is_live else physical_location(place, repository, source)
    return sarif_om.Location(physical_location=physical, logical_locations=[logical])


def _live(verdict: Verdict) -> Any:
    import sarif_om

    key = verdict.asset.key if isinstance(verdict.asset.key, str) else verdict.asset.address
    uri = "live/" + quoted(key.replace(":", "/").strip("/"))
    artifact = sarif_om.ArtifactLocation(uri=normpath(uri), uri_base_id=BASE)
    return sarif_om.PhysicalLocation(artifact_location=artifact, region=sarif_om.Region(start_line=1))


def _fixes(verdict: Verdict, edits: list[Replacement], repository: Repository) -> list[Any] | None:
    import sarif_om

    if not edits:
        return None
    changes: dict[str, list[Any]] = {}
    for edit in edits:
        region = sarif_om.Region(
            start_line=edit.line, start_column=edit.start, end_line=edit.line, end_column=edit.end
        )
        content = sarif_om.ArtifactContent(text=edit.text)
        changes.setdefault(edit.origin, []).append(
            sarif_om.Replacement(deleted_region=region, inserted_content=content)
        )
    return [
        sarif_om.Fix(
            description=sarif_om.Message(text=findings.line(fixes.fix(verdict))),
            artifact_changes=[
                sarif_om.ArtifactChange(
                    artifact_location=sarif_om.ArtifactLocation(uri=repository.uri(origin), uri_base_id=BASE),
                    replacements=each,
                )
                for origin, each in changes.items()
            ],
        )
    ]


def _suppressions(verdict: Verdict, repository: Repository, source: Source) -> list[Any] | None:
    import sarif_om

    waiver = verdict.waiver
    if verdict.outcome is not Outcome.WAIVED or waiver is None:
        return None
    in_source = waiver.place.origin == verdict.asset.place.origin
    location = None
    if waiver.place.line:
        location = sarif_om.Location(physical_location=physical_location(waiver.place, repository, source))
    justification = findings.waived_by(verdict)
    kind = "inSource" if in_source else "external"
    properties = {
        name: findings.line(f"{value}")
        for name in waiver.__struct_fields__
        if name != "place" and isinstance(value := getattr(waiver, name), str) and value
    }
    return [
        sarif_om.Suppression(kind=kind, justification=justification, location=location, properties=properties)
    ]


def unread(gap: Unread, repository: Repository, source: Source) -> Any:
    """Return the notification for an input that could not be read."""
    import sarif_om

    locations = None
    if gap.place.line or Path(gap.place.origin).suffix:
        locations = [sarif_om.Location(physical_location=physical_location(gap.place, repository, source))]
    return sarif_om.Notification(
        message=sarif_om.Message(text=findings.gap(gap)),
        level="note" if gap.accepted else "error",
        descriptor=sarif_om.ReportingDescriptorReference(id="unread"),
        locations=locations,
    )


def not_decided(verdict: Verdict, rules: dict[str, int], repository: Repository, source: Source) -> Any:
    """Return the notification for an unknown verdict, or for one whose policy failed."""
    import sarif_om

    crashed = verdict.outcome is Outcome.ERROR
    settle = f"; {verdict.settle_with}" if verdict.settle_with else ""
    says = f"{verdict.policy.id}, {verdict.asset.address}: {verdict.because}{settle}"
    return sarif_om.Notification(
        message=sarif_om.Message(text=findings.line(says)),
        level="error" if crashed else "note",
        descriptor=sarif_om.ReportingDescriptorReference(id=verdict.outcome.value),
        associated_rule=sarif_om.ReportingDescriptorReference(
            id=verdict.policy.id, index=rules[verdict.policy.id]
        ),
        locations=[_location(verdict, repository, source)],
    )
