"""The SARIF 2.1.0 report, made to be uploaded to code scanning.

Results are what fails, and what is waived (with its suppression). GitHub shows every result as an alert whatever its
`kind`, so an unknown verdict, a policy that failed and an input that could not be read are notifications of the run,
which is then not `executionSuccessful` where it is incomplete. Passes and what is not applicable are told as counts.
GitHub takes 25,000 results and 10 MB packed, and shows 5,000: the worst come first, and a notification says how many
were left out.
"""

from __future__ import annotations

import zlib
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tfaudit import documents
from tfaudit.model.standing import standings
from tfaudit.model.verdicts import Outcome
from tfaudit.reports import findings, sarif_results, sarif_rules
from tfaudit.reports.frames import Quotes
from tfaudit.reports.options import ReportOptions
from tfaudit.reports.sarif_objects import plain, spread

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import TextIO

    from tfaudit.model.verdicts import ScanResult, Verdict

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
        "A policy can neither pass nor fail on what this input tells",
        "Give what its message says would settle it",
    ),
    "left-out": ("The run has more than this file may hold", "Read the JSON report, which holds all of it"),
}
_NOTES = {"note": ("What bears on the whole run", "See whether it is meant so")}
NOTES = 200


def write(
    result: ScanResult,
    out: TextIO,
    options: ReportOptions,
    *,
    results: int = RESULTS,
    packed_bytes: int = PACKED_BYTES,
) -> None:
    """Write the run to `out`: at most `results` results, and so many fewer that it packs into `packed_bytes`."""
    found = findings.of(result, Outcome.FAIL) + findings.of(result, Outcome.WAIVED)
    limit = min(results, len(found))
    text = _log(result, found, limit)
    while (
        limit
        and len(text) > packed_bytes
        and len(zlib.compress(text.encode("utf-8", "replace"), 6)) > packed_bytes
    ):
        limit = limit * 3 // 4
        text = _log(result, found, limit)
    out.write(text)


def _log(result: ScanResult, found: Sequence[Verdict], limit: int) -> str:
    import sarif_om

    log = sarif_om.SarifLog(version="2.1.0", runs=[_run(result, found, limit)])
    data = {"$schema": SCHEMA, "version": log.version, **plain(log)}
    return spread(data) + "\n"


def _descriptor(id_: str, says: str, advice: str) -> Any:
    import sarif_om

    return sarif_om.ReportingDescriptor(
        id=id_,
        short_description=sarif_rules.text(says),
        full_description=sarif_rules.text(says),
        help=sarif_rules.text(advice),
    )


def _run(result: ScanResult, found: Sequence[Verdict], limit: int) -> Any:
    import sarif_om

    repository = sarif_results.Repository(result.root)
    quotes = Quotes(result.root)
    policies = {each.policy.id: each.policy for each in result.verdicts}
    policies |= {policy.id: policy for policy in result.policies}
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
        automation_details=sarif_om.RunAutomationDetails(id=_category(result, repository.prefix)),
        original_uri_base_ids={
            sarif_results.BASE: {"description": {"text": "The top folder of the repository."}}
        },
        column_kind="unicodeCodePoints",
        invocations=[_invocation(result, rules, repository, (len(found), limit))],
        results=[sarif_results.result(each, rules, repository, quotes) for each in found[:limit]],
        properties={"summary": documents.summary(result, found_standings)},
    )


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
    result: ScanResult, rules: dict[str, int], repository: sarif_results.Repository, kept: tuple[int, int]
) -> Any:
    import sarif_om

    undecided = findings.of(result, Outcome.ERROR) + findings.of(result, Outcome.UNKNOWN)
    notifications = [sarif_results.unread(gap, repository) for gap in result.unread[:NOTIFICATIONS]]
    rest = max(0, NOTIFICATIONS - len(notifications))
    notifications += [sarif_results.not_decided(each, rules, repository) for each in undecided[:rest]]
    left = len(result.unread) + len(undecided) - len(notifications)
    return sarif_om.Invocation(
        execution_successful=result.complete,
        start_time_utc=result.started,
        end_time_utc=result.finished,
        tool_execution_notifications=[
            *_left_out(*kept, left),
            *(_notification("note", "note", findings.line(note)) for note in result.notes[:NOTES]),
            *notifications,
        ],
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
