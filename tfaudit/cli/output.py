"""Writes a run to every output that was asked for, and decides the exit code."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

from msgspec import Struct

from tfaudit.cli import environment
from tfaudit.errors import UsageError
from tfaudit.model.verdicts import Outcome, ScanResult, Severity
from tfaudit.reports.options import ReportOptions
from tfaudit.reports.output import replacing, replacing_bytes, standard_output
from tfaudit.reports.registry import Formats


class Gate(Struct, frozen=True):
    """What decides the exit code.

    `fail_on` is the lowest severity that fails a run ("never" for none), `max_unknown` the bound on unknown verdicts
    (None for none), `allow_empty` whether it is sound that nothing was judged; `signal` is the number of the one that
    interrupted the scan, 0 for none.
    """

    fail_on: str = "low"
    max_unknown: int | None = None
    allow_empty: bool = False
    signal: int = 0


class Output(Struct, frozen=True):
    """A format, and the file that it goes to ("" = standard output)."""

    format: str
    file: str = ""


def parse_output(text: str) -> Output:
    """Return the output that `FORMAT[=FILE]` asks for."""
    name, _, file = text.partition("=")
    return Output(name, file)


def check(outputs: Sequence[Output], plugins: Sequence[Path]) -> Formats:
    """Return the formats; `UsageError` for an unknown one, two on standard output, or a folder that is not there.

    Called before a scan starts, so that nobody waits for a scan whose result cannot be written.
    """
    formats = Formats([each / "reports" for each in plugins])
    for each in outputs:
        if each.format not in formats.names:
            formats.write(each.format)
        if formats.is_binary(each.format) and not each.file:
            raise UsageError(f"a {each.format} needs a file: -o {each.format}=FILE")
        if each.file and not Path(each.file).absolute().parent.is_dir():
            raise UsageError(f"{each.file}: there is no such folder; make it first")
    if sum(1 for each in outputs if not each.file) > 1:
        raise UsageError("two outputs cannot share standard output; give one of them a file: -o FORMAT=FILE")
    return formats


def emit(result: ScanResult, outputs: Sequence[Output], formats: Formats, options: ReportOptions) -> None:
    """Write `result` to each output."""
    for each in outputs:
        write = formats.write(each.format)
        with _opened(each, formats) as out:
            write(result, out, options)


def _opened(output: Output, formats: Formats) -> AbstractContextManager[Any]:
    if not output.file:
        return standard_output()
    path = Path(output.file)
    return replacing_bytes(path) if formats.is_binary(output.format) else replacing(path)


def exit_code(result: ScanResult, gate: Gate) -> tuple[int, str]:
    """Return the code and why: 1 for findings at or over the gate or too many unknown, 3 for gaps or nothing judged."""
    if gate.signal:
        code = 128 + gate.signal
        return code, f"exit code {code}: the scan was interrupted; what it had seen by then is told here"
    too = "" if result.complete else "; the scan is incomplete as well, see what was not read"
    fail_on, max_unknown = gate.fail_on, gate.max_unknown
    bar = Severity(fail_on).rank if fail_on != "never" else None
    fail = Outcome.FAIL
    fails = [v.policy.severity.rank for v in result.verdicts if v.outcome is fail]
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
    options = ReportOptions(
        show_all=arguments.all,
        environment=environment.variables(),
        hint=hint,
        key=_key(arguments.key),
        key_origin=arguments.key or "TFAUDIT_SIGNING_KEY",
        previous=Path(arguments.previous) if arguments.previous else None,
    )
    emit(result, outputs, formats, options)
    if hint and Output("text") not in outputs:
        print(f"tfaudit: {hint}", file=sys.stderr)
    return code


def _key(file: str | None) -> str:
    """Return the PEM text of the key that `--key` or the environment gives, "" for none."""
    if not file:
        return environment.signing_key() or ""
    try:
        return Path(file).read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"{file}: the key cannot be read; name a PEM file") from error
