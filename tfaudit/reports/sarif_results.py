"""Verdicts as SARIF results, and everything that is not a result as notifications about the run.

A result always has a physical location, because GitHub refuses one without. What was seen in a live account stands in
no file: its location is `live/<key>`, a path below the repository that is not there, beside a logical location with
the address itself.
"""

from __future__ import annotations

from pathlib import Path
from posixpath import normpath
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from tfaudit import work_tree
from tfaudit.model.verdicts import Outcome
from tfaudit.reports import findings, fixes
from tfaudit.reports.replacements import Replacement, replacements
from tfaudit.reports.sarif_rules import LEVELS

if TYPE_CHECKING:
    from tfaudit.model.resources import Place, Unread
    from tfaudit.model.verdicts import Verdict
    from tfaudit.reports.frames import Quotes

BASE = "%SRCROOT%"
MESSAGE = 1_000
"""Characters of a message; GitHub shows one line."""


class Repository:
    """Makes origins relative to the repository, where they are relative to the scanned folder."""

    def __init__(self, root: str) -> None:
        """Find the repository that the scanned folder `root` lies in; without one, the folder itself is the base."""
        self.prefix = ""
        if not root:
            return
        folder = Path(root).resolve()
        top = work_tree.top(folder) or folder
        self.prefix = "" if top == folder else folder.relative_to(top).as_posix()

    def uri(self, origin: str) -> str:
        """Return the URI of a scanned file, relative to the repository."""
        path = normpath(f"{self.prefix}/{origin}" if self.prefix else origin)
        return _quoted(path.lstrip("/"))


def _quoted(path: str) -> str:
    """Return a path as a URI has it, percent by percent: of a name that is no text, its bytes."""
    try:
        return quote(path.encode("utf-8", "surrogateescape"), safe="/~@+,=")
    except UnicodeEncodeError:
        return quote(path.encode("utf-8", "surrogatepass"), safe="/~@+,=")


def result(verdict: Verdict, rules: dict[str, int], repository: Repository, quotes: Quotes) -> Any:
    """Return the result for a failed or waived verdict; `rules` tells each policy's index."""
    import sarif_om

    asset = verdict.asset
    mark = verdict.fingerprint
    properties = {
        "setting": verdict.setting,
        "plane": asset.plane,
        "address": asset.address,
        "kind": asset.kind,
    }
    return sarif_om.Result(
        message=sarif_om.Message(text=_message(verdict)),
        rule_id=verdict.policy.id,
        rule_index=rules[verdict.policy.id],
        level=LEVELS[verdict.policy.severity],
        locations=[_location(verdict, repository)],
        related_locations=_related(verdict, repository),
        # GitHub joins alerts by the first of these alone, whatever it is made of.
        partial_fingerprints={"primaryLocationLineHash": mark, "tfaudit/v1": mark},
        fixes=_fixes(verdict, replacements(verdict, quotes), repository),
        suppressions=_suppressions(verdict, repository),
        properties={name: findings.line(value) for name, value in properties.items() if value},
    )


def _message(verdict: Verdict) -> str:
    head = findings.sentence(verdict) if findings.tells(verdict) else verdict.asset.address
    says = findings.line(f"{head}: {findings.because(verdict)}")
    fix = fixes.fix(verdict)
    says = says if len(says) <= MESSAGE else says[: MESSAGE - 3] + "..."
    return f"{says}. {findings.line(fix)}" if fix else f"{says}."


def _location(verdict: Verdict, repository: Repository) -> Any:
    import sarif_om

    asset = verdict.asset
    logical = sarif_om.LogicalLocation(
        name=findings.line(asset.name), fully_qualified_name=findings.line(asset.address), kind="resource"
    )
    place = verdict.places[0]
    physical = physical_location(place, repository) if asset.plane != "live" else _live(verdict)
    return sarif_om.Location(physical_location=physical, logical_locations=[logical])


def _related(verdict: Verdict, repository: Repository) -> list[Any] | None:
    """Return where the values came from, as far as that has a line, with what stands there as the message."""
    import sarif_om

    return [
        sarif_om.Location(
            id=number,
            message=sarif_om.Message(text=findings.line(str(each))),
            physical_location=physical_location(each.place, repository),
        )
        for number, each in enumerate(verdict.origins, 1)
        if each.place is not None and each.place.line and not each.place.origin.startswith(("/", "../"))
    ] or None


def physical_location(place: Place, repository: Repository) -> Any:
    """Return where `place` is in the repository; a file without a line is meant as a whole, so its first."""
    import sarif_om

    last = place.end_line if place.end_line > place.line else None
    region = sarif_om.Region(
        start_line=max(1, place.line),
        start_column=place.column or None,
        end_line=None if place.column else last,
    )
    artifact = sarif_om.ArtifactLocation(uri=repository.uri(place.origin), uri_base_id=BASE)
    return sarif_om.PhysicalLocation(artifact_location=artifact, region=region)


def _live(verdict: Verdict) -> Any:
    import sarif_om

    key = verdict.asset.key if isinstance(verdict.asset.key, str) else verdict.asset.address
    uri = "live/" + _quoted(key.replace(":", "/").strip("/"))
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


def _suppressions(verdict: Verdict, repository: Repository) -> list[Any] | None:
    import sarif_om

    waiver = verdict.waiver
    if verdict.outcome is not Outcome.WAIVED or waiver is None:
        return None
    in_source = waiver.place.origin == verdict.asset.place.origin
    location = None
    if waiver.place.line:
        location = sarif_om.Location(physical_location=physical_location(waiver.place, repository))
    justification = findings.waived_by(verdict)
    kind = "inSource" if in_source else "external"
    return [sarif_om.Suppression(kind=kind, justification=justification, location=location)]


def unread(gap: Unread, repository: Repository) -> Any:
    """Return the notification for an input that could not be read."""
    import sarif_om

    locations = None
    if gap.place.line or Path(gap.place.origin).suffix:
        locations = [sarif_om.Location(physical_location=physical_location(gap.place, repository))]
    return sarif_om.Notification(
        message=sarif_om.Message(text=findings.gap(gap)),
        level="note" if gap.accepted else "error",
        descriptor=sarif_om.ReportingDescriptorReference(id="unread"),
        locations=locations,
    )


def not_decided(verdict: Verdict, rules: dict[str, int], repository: Repository) -> Any:
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
        locations=[_location(verdict, repository)],
    )
