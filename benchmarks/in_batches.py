"""What checkov says of templates and Bicep, some files at a time: one that it fails on costs itself, and no more.

`checkov -d` ends with an error where one file of the tree does. Checkov is loaded once, and judges each batch in a
process that is forked from that; a batch that comes to no end is halved.
"""

from __future__ import annotations

import json
import logging
import os
import signal
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from tfaudit.packs.checkov.bicep_parser import prepared

_FILES = 8
_SECONDS = 10.0
"""Of the processor, for a batch."""


class Their(NamedTuple):
    """What checkov says by a check of a resource: in which lines of which file it is, and how it comes out."""

    check: str
    file: str
    name: str
    first: int
    last: int
    outcome: str


def judged(folder: Path, framework: str, checks: Iterable[str]) -> list[Their]:
    """Return what checkov says of the files of a folder, a framework of "arm" or "bicep"; it names what it fails on."""
    os.environ["LOG_LEVEL"] = "CRITICAL"  # before it is loaded
    if framework == "bicep":
        prepared(None)  # or each process would make the tables of its grammar
    ending = ".json" if framework == "arm" else ".bicep"
    files = [each for each in sorted(folder.rglob(f"*{ending}")) if framework == "bicep" or _template(each)]
    wanted = sorted(checks)
    found: list[Their] = []
    for start in range(0, len(files), _FILES):
        found += _halved(folder, framework, files[start : start + _FILES], wanted)
    return found


def _template(file: Path) -> bool:
    return b"deploymenttemplate.json" in file.read_bytes().lower()


def _halved(folder: Path, framework: str, files: Sequence[Path], checks: list[str]) -> Iterator[Their]:
    said = _forked(framework, files, checks)
    if said is not None:
        for check, file, name, first, last, outcome in said:
            yield Their(check, os.path.relpath(file, folder), name, first, last, outcome)
    elif len(files) == 1:
        print(f"checkov fails on {files[0].relative_to(folder)}", file=sys.stderr)
    else:
        middle = len(files) // 2
        yield from _halved(folder, framework, files[:middle], checks)
        yield from _halved(folder, framework, files[middle:], checks)


def _forked(framework: str, files: Sequence[Path], checks: list[str]) -> list[list[Any]] | None:
    """Return what checkov says of some files, made in a process of its own; None where that ends with an error."""
    _runner(framework)
    read, write = os.pipe()
    child = os.fork()
    if not child:
        signal.setitimer(signal.ITIMER_PROF, _SECONDS)
        status = 1
        try:
            os.close(read)
            sys.stderr = sys.stdout = Path(os.devnull).open("w")  # noqa: SIM115 - until the process ends
            from checkov.runner_filter import RunnerFilter

            logging.disable()
            report = _runner(framework).run(
                root_folder=None,
                files=[str(each) for each in files],
                runner_filter=RunnerFilter(checks=checks, framework=[framework]),
            )
            rows = [
                [each.check_id, each.file_abs_path, each.resource, *each.file_line_range, outcome]
                for outcome, records in (("pass", report.passed_checks), ("fail", report.failed_checks))
                for each in records
            ]
            with os.fdopen(write, "w") as stream:
                json.dump(rows, stream)
            status = 0
        finally:
            os._exit(status)
    os.close(write)
    with os.fdopen(read) as stream:
        text = stream.read()
    _, ended = os.waitpid(child, 0)
    return json.loads(text) if ended == 0 else None


def _runner(framework: str) -> Any:
    if framework == "arm":
        from checkov.arm.runner import Runner as Arm

        return Arm()
    from checkov.bicep.runner import Runner as Bicep

    return Bicep()
