"""The SARIF 2.1.0 report, made to be uploaded to code scanning.

Results are what fails, and what is waived (with its suppression). GitHub shows every result as an alert whatever its
`kind`, so an unknown verdict, a policy that failed and an input that could not be read are notifications of the run,
which is then not `executionSuccessful` where it is incomplete. Passes and what is not applicable are counted.
GitHub takes 25,000 results a run and 10 MB packed, and shows 5,000 of a run: where there are more, each family of
policies is a run of its own with a category of its own; the worst come first, and a notification says how many were
left out.
"""

from __future__ import annotations

import zlib
from pathlib import Path
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from tfaudit import documents, sums
from tfaudit.model.standing import standings
from tfaudit.model.verdicts import Outcome
from tfaudit.reports import findings, sarif_results, sarif_rules
from tfaudit.reports.options import ReportOptions
from tfaudit.reports.sarif_objects import plain, spread
from tfaudit.reports.sarif_places import BASE, Repository, Source

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import TextIO

    from tfaudit.model.result import ScanResult
    from tfaudit.model.verdicts import Verdict

FORMAT = "sarif"
FORM = "json"
SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
RESULTS = 25_000
SHOWN_BY_GITHUB = 5_000
NOTIFICATIONS = 2_000
PACKED_BYTES = 10_000_000

# What each sort of notification is, and what its reader can do.
_NOTIFICATIONS = {
    "unread": (
        "An input could not be read, so the scan is incomplete",
        "Mend the input, or exclude it in tfaudit.yaml",
    ),
    "error": (
        "A policy failed on an asset, so the scan is incomplete",
        "Report it as a defect of the policy",
    ),
    "unknown": (
        "A policy can neither pass nor fail on what this input says",
        "Give what its message says would settle it",
    ),
    "left-out": ("The run has more than this file may hold", "Read the JSON report, which holds all of it"),
}
_NOTES = {"note": ("What bears on the whole run", "See whether it is meant so")}
NOTES = 200


class Bounds(Struct, frozen=True):
    """What one file may hold: so many results a run, so many bytes packed; and how many of a run are shown."""

    results: int = RESULTS
    packed_bytes: int = PACKED_BYTES
    shown: int = SHOWN_BY_GITHUB


def write(
    result: ScanResult,
    out: TextIO,
    options: ReportOptions,
    *,
    bounds: Bounds | None = None,
) -> None:
    """Write the run to `out` within `bounds`; of more results than are shown, each family of policies is a run."""
    bounds = bounds or Bounds()
    found = findings.of(result, Outcome.FAIL) + findings.of(result, Outcome.WAIVED)
    parts = _parts(found) if len(found) > bounds.shown else {"": found}
    source = Source(result, found)
    result = source.quotes.noted(result)
    limit = min(bounds.results, max(map(len, parts.values())))
    text = _log(result, parts, limit, source, options.category)
    while (
        limit
        and len(text) > bounds.packed_bytes
        and len(zlib.compress(text.encode("utf-8", "replace"), 6)) > bounds.packed_bytes
    ):
        limit = limit * 3 // 4
        text = _log(result, parts, limit, source, options.category)
    out.write(text)


def _parts(found: Sequence[Verdict]) -> dict[str, list[Verdict]]:
    """Return the results by their policies' families: an alert must not change its category from run to run."""
    parts: dict[str, list[Verdict]] = {}
    for each in found:
        parts.setdefault(each.policy.family, []).append(each)
    return dict(sorted(parts.items()))


def _log(
    result: ScanResult, parts: Mapping[str, Sequence[Verdict]], limit: int, source: Source, category: str
) -> str:
    import sarif_om

    runs = [
        _run(result, _Part(name, found, limit, number == 0, category), source)
        for number, (name, found) in enumerate(parts.items())
    ]
    log = sarif_om.SarifLog(version="2.1.0", runs=runs)
    data = {"$schema": SCHEMA, "version": log.version, **plain(log)}
    return spread(data) + "\n"


class _Part(Struct):
    """The results of one run: of one family of policies, "" for all; `first` is the one with what holds for all.

    `category` is the one asked for, "" for one made of what was scanned.
    """

    name: str
    found: Sequence[Verdict]
    limit: int
    first: bool
    category: str = ""


def _descriptor(id_: str, says: str, advice: str) -> Any:
    import sarif_om

    return sarif_om.ReportingDescriptor(
        id=id_,
        short_description=sarif_rules.text(says),
        full_description=sarif_rules.text(says),
        help=sarif_rules.text(advice),
    )


def _run(result: ScanResult, part: _Part, source: Source) -> Any:
    import sarif_om

    repository = Repository(result.root)
    policies = {each.policy.id: each.policy for each in result.verdicts}
    policies |= {policy.id: policy for policy in result.policies}
    policies = {id_: each for id_, each in policies.items() if part.name in ("", each.family) or part.first}
    controls = sarif_rules.controls_of(list(policies.values()))
    rules = {id_: index for index, id_ in enumerate(sorted(policies))}
    found_standings = standings(result)
    return sarif_om.Run(
        tool=sarif_om.Tool(
            driver=sarif_om.ToolComponent(
                name="tfaudit",
                version=result.tool_version,
                semantic_version=result.tool_version,
                information_uri=documents.HOME,
                short_description=sarif_rules.text("Does this infrastructure meet its controls"),
                rules=[sarif_rules.rule(policies[id_], controls) for id_ in rules],
                notifications=[_descriptor(id_, *texts) for id_, texts in _sorts(result).items()],
                supported_taxonomies=[
                    sarif_om.ToolComponentReference(name=name, index=index)
                    for index, name in enumerate(controls)
                ],
            )
        ),
        taxonomies=sarif_rules.taxonomies(result, controls, found_standings),
        automation_details=sarif_om.RunAutomationDetails(
            id=(f"{part.category}/" if part.category else _category(result, repository.prefix))
            + (f"{part.name}/" if part.name else "")
        ),
        version_control_provenance=_provenance(result),
        original_uri_base_ids={BASE: {"description": {"text": "The top folder of the repository."}}},
        column_kind="unicodeCodePoints",
        invocations=[_invocation(result, rules, repository, part, source)],
        results=[sarif_results.result(each, rules, repository, source) for each in part.found[: part.limit]],
        properties={"summary": sums.summary(result, found_standings)},
    )


def _provenance(result: ScanResult) -> list[Any] | None:
    """Return the repository and the commit that was checked out; SARIF takes no commit without a repository."""
    import sarif_om

    revision = result.revision
    if revision is None or not revision.repository:
        return None
    return [
        sarif_om.VersionControlDetails(
            repository_uri=revision.repository,
            revision_id=revision.commit,
            branch=revision.branch or None,
            mapped_to=sarif_om.ArtifactLocation(uri_base_id=BASE),
        )
    ]


def _category(result: ScanResult, prefix: str) -> str:
    """Return what GitHub keeps alerts apart by: plane, and the folders that were scanned below the repository."""
    parts = dict.fromkeys(each.plane for each in result.scanned)
    if prefix:
        parts[prefix] = None
    for each in result.scanned:
        if result.root and (Path(result.root) / each.target).exists():
            parts[each.target] = None
    return "/".join(["tfaudit", *parts, ""])


def _invocation(
    result: ScanResult, rules: dict[str, int], repository: Repository, part: _Part, source: Source
) -> Any:
    import sarif_om

    kept = (len(part.found), min(part.limit, len(part.found)))
    stated: list[Any] = []
    left = 0
    if part.first:  # of several runs the first tells what is no result
        undecided = findings.of(result, Outcome.ERROR) + findings.of(result, Outcome.UNKNOWN)
        stated = [sarif_results.unread(gap, repository, source) for gap in result.unread[:NOTIFICATIONS]]
        rest = max(0, NOTIFICATIONS - len(stated))
        stated += [sarif_results.not_decided(each, rules, repository, source) for each in undecided[:rest]]
        left = len(result.unread) + len(undecided) - len(stated)
        notes = [_notification("note", "note", findings.line(note)) for note in result.notes[:NOTES]]
        stated = [*notes, *stated]
    return sarif_om.Invocation(
        execution_successful=result.complete,
        start_time_utc=result.started,
        end_time_utc=result.finished,
        tool_execution_notifications=[*_left_out(*kept, left), *stated],
    )


def _sorts(result: ScanResult) -> dict[str, tuple[str, str]]:
    return {**_NOTIFICATIONS, **(_NOTES if result.notes else {})}


def _notification(id_: str, level: str, text: str) -> Any:
    import sarif_om

    return sarif_om.Notification(
        message=sarif_om.Message(text=text),
        level=level,
        descriptor=sarif_om.ReportingDescriptorReference(id=id_),
    )


def _left_out(found: int, limit: int, left: int) -> list[Any]:
    """Return what is not in the file, or is in it and will not be seen."""
    says: list[tuple[str, str]] = []
    if limit < found:
        says.append(
            (
                "warning",
                f"{found - limit:,} of {found:,} findings are left out, the least severe; -o json holds them all.",
            )
        )
    if limit > SHOWN_BY_GITHUB:
        says.append(
            ("note", f"GitHub shows the first {SHOWN_BY_GITHUB:,} of these {limit:,} findings, the worst.")
        )
    if left > 0:
        says.append(
            (
                "warning",
                f"{left:,} more inputs or verdicts that are not decided are left out; -o json holds them.",
            )
        )
    return [_notification("left-out", level, text) for level, text in says]
