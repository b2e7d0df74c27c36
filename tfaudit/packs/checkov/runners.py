"""Runs checkov's own runners on files, inside of a worker: for the formats that we do not evaluate ourselves.

What they drop is kept: a check that leaves something open is a row, and one that a comment skips is judged all the
same, with the comment beside it.
"""

from __future__ import annotations

import importlib
import os
from typing import Any, TypeAlias

from tfaudit.packs.checkov.blocks import FAIL, NONE, PASS, UNKNOWN
from tfaudit.packs.checkov.formats import MAX_BYTES, NEVER, WORDS

Found: TypeAlias = tuple[str, int, int, str, str, str, tuple[str, ...], str | None]
"""File, first and last line, resource, check, outcome, keys, and the comment that asks to skip it (None for none)."""

_SHARED = {"bicep": ("arm",), "serverless": ("cloudformation",)}
"""The formats whose checks are run on another one too: they are there once that format's runner is loaded."""
_OUTCOMES = {"PASSED": PASS, "FAILED": FAIL, "UNKNOWN": UNKNOWN, "SKIPPED": UNKNOWN}


class Runners:
    """Checkov's runners by framework, loaded when they are first needed."""

    def __init__(self, start: dict[str, Any]) -> None:
        """Take the tree and the ids that are wanted."""
        self._tree = os.path.realpath(start["tree"])
        self._chosen = frozenset(start["checks"])
        self._patched = False
        self._skips: dict[tuple[str, str], str] = {}
        self._records: list[Any] = []

    def answer(self, job: dict[str, Any]) -> list[Found]:
        """Return what a framework's runner finds in the files of a job."""
        framework = job["framework"]
        files = [path for name in job["files"] if (path := self._read(framework, name))]
        if not files:
            return []
        self._patch()
        from checkov.runner_filter import RunnerFilter

        for each in _SHARED.get(framework, ()):
            importlib.import_module(f"checkov.{each}.runner")
        module = importlib.import_module(f"checkov.{framework}.runner")
        chosen = RunnerFilter(
            framework=[framework],
            show_progress_bar=False,
            run_image_referencer=False,
            download_external_modules=False,
        )
        self._records.clear()
        module.Runner().run(root_folder=None, files=files, runner_filter=chosen)
        found: dict[Found, None] = {}
        for record in self._records:
            row = self._row(record, whole=framework == "dockerfile")
            if row is not None:
                found[row] = None
        return sorted(found, key=lambda row: tuple(map(str, row)))

    def _read(self, framework: str, name: str) -> str:
        """Return the path of a file that may be of a format; "" for one that is not, or is too large."""
        path = f"{self._tree}/{name}"
        try:
            if os.path.getsize(path) > MAX_BYTES:  # noqa: PTH202
                return ""
            words = WORDS.get(framework)
            if words is None:
                return path
            with open(path, "rb") as stream:  # noqa: PTH123
                data = stream.read(MAX_BYTES)
        except OSError:
            return ""
        never = NEVER.get(framework)
        if never is not None and never in data:
            return ""
        return path if all(word in data for word in words) else ""

    def _row(self, record: Any, *, whole: bool) -> Found | None:
        """Return a record as a row; of a format whose comments are for the `whole` file, that comment counts."""
        if record.check_id not in self._chosen:
            return None
        path = os.path.realpath(record.file_abs_path or "")
        if not path.startswith(f"{self._tree}/"):
            return None
        result = record.check_result
        outcome = _OUTCOMES.get(getattr(result["result"], "name", ""), NONE)
        lines = [each for each in (record.file_line_range or ()) if isinstance(each, int)]
        first, last = (lines[0], lines[-1]) if lines else (0, 0)
        keys = tuple(str(each) for each in result.get("evaluated_keys") or () if isinstance(each, str))[:8]
        skips = result.get("skipped") or getattr(result["result"], "name", "") == "SKIPPED"
        skip = result.get("suppress_comment") if skips else None
        if skip is None and whole:
            skip = self._skips.get((record.check_id, path))
        return (
            path.removeprefix(f"{self._tree}/"),
            max(first, 0),
            max(last, 0),
            str(record.resource).replace(f"{self._tree}/", "/"),  # where the tree lies is nobody's business
            str(record.check_id),
            outcome,
            keys,
            None if skip is None else str(skip),
        )

    def _patch(self) -> None:
        """Keep all records of reports, and judge what comments ask to skip."""
        if self._patched:
            return
        self._patched = True
        from checkov.common.checks.base_check import BaseCheck
        from checkov.common.output.report import Report

        records, add, run, skips = self._records, Report.add_record, BaseCheck.run, self._skips

        def add_record(report: Any, record: Any) -> None:
            records.append(record)  # of every report: graph checks have one of their own
            add(report, record)

        def judged(check: Any, *given: Any, **named: Any) -> Any:
            skip = named.get("skip_info") or (given[4] if len(given) > 4 else None)
            if skip and "skip_info" in named:
                named["skip_info"] = {}
            elif skip:
                given = (*given[:4], {}, *given[5:])
            result: Any = run(check, *given, **named)
            if skip:
                file = named.get("scanned_file") or (given[0] if given else "")
                skips[check.id, os.path.realpath(file)] = str(skip.get("suppress_comment", ""))
                result["skipped"] = True
                result["suppress_comment"] = skip.get("suppress_comment", "")
            return result

        setattr(Report, "add_record", add_record)  # noqa: B010 - somebody else's class
        setattr(BaseCheck, "run", judged)  # noqa: B010
