"""Baselines: the findings of one run in a file, so that later runs count only what is new.

A baseline is JSON with a line for each finding, sorted, so that a review of a changed one reads well. A JSON report of
tfaudit serves as well: it says less of what a finding stood in, so that less of what moved is known again.
"""

from __future__ import annotations

import json
from collections.abc import Iterable

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from tfaudit import strict_json
from tfaudit.changes.records import TOLD, Record, fact, of
from tfaudit.errors import UsageError
from tfaudit.model.result import ScanResult
from tfaudit.model.verdicts import Outcome, Severity

SCHEMA = "tfaudit/baseline/1"
MAX_BYTES = 500_000_000
"""What is read of one: whoever reads the file holds it to this."""
_REPORTS = ("tfaudit/report/1", "tfaudit/report/2")
_line = json.JSONEncoder(ensure_ascii=False, separators=(", ", ": ")).encode


class _Place(Struct):
    origin: str
    line: int | None = None

    def __str__(self) -> str:
        """Return it as a verdict's place is shown."""
        return self.origin if self.line is None else f"{self.origin}:{self.line}"


class _Asset(Struct):
    address: str
    scope: str
    key: str | None = None
    said: str = ""


class _Reported(Struct):
    """What a JSON report says of a verdict, as far as it is known again by it."""

    policy: str
    outcome: Outcome
    severity: Severity
    setting: str
    asset: _Asset
    places: tuple[_Place, ...]
    fingerprint: str
    fact: str
    also: tuple[str, ...] = ()

    def record(self) -> Record:
        """Return it as a baseline has it; `IndexError` where it has no place."""
        return Record(
            policy=self.policy,
            outcome=self.outcome.value,
            severity=self.severity.value,
            setting=self.setting,
            address=self.asset.said or self.asset.address,
            scope=self.asset.scope,
            file=self.places[0].origin,
            place=str(self.places[0]),
            fingerprint=self.fingerprint,
            fact=self.fact,
            also=self.also,
            key=self.asset.key or "",
        )


def text(result: ScanResult) -> str:
    """Return the baseline of a run."""
    found = sorted(of(result.verdicts), key=lambda each: (each.file, each.address, each.policy, each.setting))
    head = {"schema": SCHEMA, "tool": result.tool_version, "written": result.finished}
    lines = ",\n".join(_line(msgspec.to_builtins(each)) for each in found)
    return f'{_line(head)[:-1]}, "findings": [\n{lines}\n]}}\n'


def read(data: bytes, name: str) -> list[Record]:
    """Return the findings of a baseline or JSON report, the bytes of the file called `name`.

    Raises `UsageError` for what is neither. A `fact` that is not that of the record's own policy, key and setting is
    left out: it would know another finding again than the one that a reader sees.
    """
    try:
        document = strict_json.parsed(data)
    except (ValueError, RecursionError) as error:
        raise UsageError(
            f"{name}: no JSON, or a name in it stands twice; give what tfaudit baseline write, or scan -o json, wrote"
        ) from error
    schema = str(document.get("schema", "")) if isinstance(document, dict) else ""
    try:
        if schema == SCHEMA:
            return _believed(msgspec.convert(document["findings"], list[Record]))
        if schema in _REPORTS:
            stated = msgspec.convert(document["verdicts"], list[_Reported])
            return _believed(each.record() for each in stated if each.outcome in TOLD)
    except (
        ValueError,
        KeyError,
        IndexError,
    ) as error:  # half a character among the words is a ValueError, too
        raise UsageError(f"{name}: it has not the form of a {schema}; write it anew") from error
    raise UsageError(f'{name}: its schema is "{schema[:60]}"; give a baseline or a JSON report of tfaudit')


def _believed(records: Iterable[Record]) -> list[Record]:
    """Return `records`, facts only as they follow from what they say; `ValueError` for an outcome or weight of none."""
    found = [
        each if each.fact == fact(each.policy, each.key, each.setting) else replace(each, fact="")
        for each in records
    ]
    for word in {each.outcome for each in found}:
        Outcome(word)
    for word in {each.severity for each in found}:
        Severity(word)
    return found
