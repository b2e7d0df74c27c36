"""Writes a run to every output that was asked for, and decides the exit code."""

from __future__ import annotations

import inspect
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from msgspec import Struct

from tfaudit.cli import environment
from tfaudit.errors import UsageError
from tfaudit.model.verdicts import Outcome, ScanResult, Severity
from tfaudit.reports.output import replacing, standard_output
from tfaudit.reports.registry import Formats


class Gate(Struct, frozen=True):
    """What decides the exit code.

    `fail_on` is the lowest severity that fails a run ("never" for none), `max_unknown` the bound on unknown verdicts
    (None for none), `allow_empty` whether it is sound that nothing was judged.
    """

    fail_on: str = "low"
    max_unknown: int | None = None
    allow_empty: bool = False


class Output(Struct, frozen=True):
    """A format, and the file that it goes to ("" = standard output)."""

    format: str
    file: str = ""


def parse_output(text: str) -> Output:
    """Return the output that `FORMAT[=FILE]` asks for."""
    name, _, file = text.partition("=")
    if name == "bundle" and not file:
        raise UsageError("a bundle needs a file: -o bundle=FILE")
    return Output(name, file)


def check(outputs: Sequence[Output], plugins: Sequence[Path]) -> Formats:
    """Return the formats; `UsageError` for an unknown one, two on standard output, or a folder that is not there.

    Called before a scan starts, so that nobody waits for a scan whose result cannot be written.
    """
    formats = Formats([each / "reports" for each in plugins])
    for each in outputs:
        if each.format != "bundle" and each.format not in formats.names:
            formats.write(each.format)
        if each.file and not Path(each.file).absolute().parent.is_dir():
            raise UsageError(f"{each.file}: there is no such folder; make it first")
    if sum(1 for each in outputs if not each.file) > 1:
        raise UsageError("two outputs cannot share standard output; give one of them a file: -o FORMAT=FILE")
    return formats


def emit(result: ScanResult, outputs: Sequence[Output], formats: Formats, options: dict[str, Any]) -> None:
    """Write `result` to each output. `options` are offered to the formats that know them."""
    for each in outputs:
        if each.format == "bundle":
            from tfaudit.cli.evidence import write_bundle

            write_bundle(result, Path(each.file), options)
            continue
        write = formats.write(each.format)
        known = inspect.signature(write).parameters
        offered = {name: value for name, value in options.items() if name in known}
        if each.file:
            with replacing(Path(each.file)) as out:
                write(result, out, **offered)
        else:
            with standard_output() as out:
                write(result, out, **offered)


def exit_code(result: ScanResult, gate: Gate) -> tuple[int, str]:
    """Return the code and why: 1 for findings at or over the gate or too many unknown, 3 for gaps or nothing judged."""
    too = "" if result.complete else "; the scan is incomplete as well, see what was not read"
    fail_on, max_unknown = gate.fail_on, gate.max_unknown
    bar = Severity(fail_on).rank if fail_on != "never" else None
    fails = [v.policy.severity.rank for v in result.verdicts if v.outcome is Outcome.FAIL]
    if bar is not None and (over := sum(1 for rank in fails if rank >= bar)):
        return (
            1,
            f"exit code 1: {over} {'finding is' if over == 1 else 'findings are'} {fail_on} or worse{too}",
        )
    unknown = result.count(Outcome.UNKNOWN)
    if max_unknown is not None and unknown > max_unknown:
        verdicts = "verdict is" if unknown == 1 else "verdicts are"
        return 1, f"exit code 1: {unknown} {verdicts} unknown, more than --max-unknown {max_unknown}{too}"
    if not result.complete:
        return 3, "exit code 3: the scan is incomplete, see what was not read"
    if not result.verdicts and not gate.allow_empty:
        return 3, "exit code 3: nothing was judged; --allow-empty where that is right"
    return 0, ""


def conclude(
    result: ScanResult, outputs: Sequence[Output], formats: Formats, arguments: Any, gate: Gate
) -> int:
    """Write every output and return the exit code; the reason for it is told where no text output tells it."""
    code, hint = exit_code(result, gate)
    options = {
        "show_all": arguments.all,
        "environment": environment.variables(),
        "key": arguments.key,
        "previous": arguments.previous,
        "hint": hint,
    }
    emit(result, outputs, formats, options)
    if hint and Output("text") not in outputs:
        print(f"tfaudit: {hint}", file=sys.stderr)
    return code
