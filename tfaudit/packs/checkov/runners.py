"""Runs checkov's own runners on files, inside of a worker: for the formats that we do not evaluate ourselves.

What they drop is kept: a check that leaves something open is a row, and one that a comment skips is judged all the
same, with the comment beside it.
"""

from __future__ import annotations

import importlib
import os
import sys
from typing import Any, TypeAlias

from tfaudit.packs.checkov import bicep_parser
from tfaudit.packs.checkov.blocks import FAIL, NONE, PASS, UNKNOWN
from tfaudit.packs.checkov.formats import MAX_BYTES, NEVER, WORDS

Found: TypeAlias = tuple[str, int, int, str, str, str, tuple[str, ...], str | None]
"""File, first and last line, resource, check, outcome, keys, and the comment that asks to skip it (None for none)."""

_SHARED = {"bicep": ("arm",), "serverless": ("cloudformation",)}
"""The formats whose checks are run on another one too: they are there once that format's runner is loaded."""
_ALONE = frozenset({"bicep", "arm"})
"""The formats in which checkov takes a name for what has it in whichever file was read last: each file is run alone."""
_OUTCOMES = {"PASSED": PASS, "FAILED": FAIL, "UNKNOWN": UNKNOWN, "SKIPPED": UNKNOWN}


class Runners:
    """Checkov's runners by framework, loaded when they are first needed."""

    def __init__(self, start: dict[str, Any]) -> None:
        """Take the tree and the ids that are wanted."""
        self._tree = os.path.realpath(start["tree"])
        self._chosen = frozenset(start["checks"])
        self._patched = False
        self._skips: dict[tuple[Any, ...], str] = {}
        self._judged_ones: list[Any] = []
        """What stood under a comment: kept, so that nothing else gets its identity."""
        self._records: list[Any] = []

    def answer(self, job: dict[str, Any]) -> Any:
        """Return what a framework's runner finds in the files of a job, and the files that it fails on, with why.

        A job with `tables` is one of Bicep's parser: what it made is returned where None were given.
        """
        if "tables" in job:
            return bicep_parser.prepared(job["tables"])
        framework = job["framework"]
        files = [path for name in job["files"] if (path := self._read(framework, name))]
        found: dict[Found, None] = {}
        left: list[tuple[str, str]] = []
        if files:
            self._patch()
            for each in _SHARED.get(framework, ()):
                importlib.import_module(f"checkov.{each}.runner")
            importlib.import_module(f"checkov.{framework}.runner")
        parts = [[path] for path in files] if framework in _ALONE else [files]
        while parts:
            part = parts.pop()
            try:
                found |= dict.fromkeys(self._judged(framework, part))
            except Exception as error:  # noqa: BLE001 - the border to checkov: what it fails on is reported
                if len(part) > 1:
                    parts += [part[: len(part) // 2], part[len(part) // 2 :]]
                else:
                    left.append((part[0].removeprefix(f"{self._tree}/"), _said(error, self._tree)))
        return sorted(found, key=lambda row: tuple(map(str, row))), sorted(left)

    def _judged(self, framework: str, files: list[str]) -> list[Found]:
        """Return what a framework's runner finds in files; raises what it raises."""
        from checkov.runner_filter import RunnerFilter

        chosen = RunnerFilter(
            framework=[framework],
            show_progress_bar=False,
            run_image_referencer=False,
            download_external_modules=False,
        )
        for each in (self._records, self._judged_ones, self._skips):
            each.clear()
        if files:
            runner = sys.modules[f"checkov.{framework}.runner"].Runner()
            runner.run(root_folder=None, files=files, runner_filter=chosen)
        rows = (self._row(record, whole=framework == "dockerfile") for record in self._records)
        return [row for row in rows if row is not None]

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
        if skip is None and "results_configuration" in result:
            skip = self._skips.get((record.check_id, path, *_itself(result["results_configuration"])))
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
        judged_ones = self._judged_ones

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
                at = check.id, os.path.realpath(file)
                skips[at] = comment = str(skip.get("suppress_comment", ""))
                # Registries of documents make a result of their own, of which only what was judged is left.
                conf = named.get("entity_configuration", given[1] if len(given) > 1 else None)
                of = result.get("result")
                for each in (conf, of[1] if isinstance(of, tuple) and len(of) > 1 else conf):
                    skips[*at, *_itself(each)] = comment
                    judged_ones.append(each)
                result["skipped"] = True
                result["suppress_comment"] = skip.get("suppress_comment", "")
            return result

        setattr(Report, "add_record", add_record)  # noqa: B010 - somebody else's class
        setattr(BaseCheck, "run", judged)  # noqa: B010


def _said(error: Exception, tree: str) -> str:
    return f"{type(error).__name__}: {str(error)[:300]}".replace(f"{tree}/", "")


def _itself(value: Any) -> tuple[Any, ...]:
    """Return what tells a part of a document from all others: its identity, of a single value the value."""
    return (id(value),) if isinstance(value, (dict, list)) else (type(value), str(value))
