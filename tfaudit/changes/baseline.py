"""Baselines: the findings of one run in a file, so that later runs count only what is new.

A baseline is JSON with a line for each finding, sorted, so that a review of a changed one reads well. A JSON report of
tfaudit serves as well: it says less of what a finding stood in, so that less of what moved is known again.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import msgspec

from tfaudit.changes.records import TOLD, Record, of
from tfaudit.errors import UsageError
from tfaudit.model.result import ScanResult

SCHEMA = "tfaudit/baseline/1"
MAX_BYTES = 500_000_000
_REPORT = "tfaudit/report/"
_line = json.JSONEncoder(ensure_ascii=False, separators=(", ", ": ")).encode


def text(result: ScanResult) -> str:
    """Return the baseline of a run."""
    found = sorted(of(result.verdicts), key=lambda each: (each.file, each.address, each.policy, each.setting))
    head = {"schema": SCHEMA, "tool": result.tool_version, "written": result.finished}
    lines = ",\n".join(_line(msgspec.to_builtins(each)) for each in found)
    return f'{_line(head)[:-1]}, "findings": [\n{lines}\n]}}\n'


def read(data: bytes, name: str) -> list[Record]:
    """Return the findings of a baseline or JSON report, the bytes of the file called `name`.

    Raises `UsageError` for what is neither.
    """
    try:
        document = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise UsageError(
            f"{name}: no JSON; give what tfaudit baseline write, or tfaudit scan -o json, wrote"
        ) from error
    schema = str(document.get("schema", "")) if isinstance(document, dict) else ""
    try:
        if schema == SCHEMA:
            return [_record(each) for each in document["findings"]]
        if schema.startswith(_REPORT):
            stated = {outcome.value for outcome in TOLD}
            return [_of_report(each) for each in document["verdicts"] if each["outcome"] in stated]
    except (msgspec.ValidationError, AttributeError, KeyError, TypeError, IndexError) as error:
        raise UsageError(f"{name}: it has not the form of a {schema}; write it anew") from error
    raise UsageError(f'{name}: its schema is "{schema[:60]}"; give a baseline or a JSON report of tfaudit')


def read_file(path: Path) -> list[Record]:
    """Return the findings of a baseline or JSON report; `UsageError` where there is none."""
    try:
        if path.stat().st_size > MAX_BYTES:
            raise UsageError(f"{path}: over {MAX_BYTES / 1e6:.0f} MB; give a smaller one")
        return read(path.read_bytes(), str(path))
    except OSError as error:
        raise UsageError(
            f"{path}: it cannot be read: {error.strerror}; write one: tfaudit baseline write"
        ) from error


def _record(each: Mapping[str, Any]) -> Record:
    return msgspec.convert(each, Record)


def _of_report(each: Mapping[str, Any]) -> Record:
    asset = each["asset"]
    place = each["places"][0]
    at = f"{place['origin']}:{place['line']}" if "line" in place else place["origin"]
    return Record(
        policy=each["policy"],
        outcome=each["outcome"],
        severity=each["severity"],
        setting=each["setting"],
        address=asset["address"],
        scope=asset["scope"],
        file=place["origin"],
        place=at,
        fingerprint=each["fingerprint"],
        fact=each["fact"],
        also=tuple(each.get("also", ())),
    )
