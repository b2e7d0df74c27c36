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
from tfaudit.model.result import ScanResult
from tfaudit.pipeline.gate import Gate, decide
from tfaudit.reports.options import ReportOptions, View
from tfaudit.reports.output import replacing, replacing_bytes, standard_output
from tfaudit.reports.registry import Formats


class Asked(Struct, frozen=True):
    """What command line and configuration ask for once a run is over."""

    gate: Gate
    view: View


class Output(Struct, frozen=True):
    """A format, and the file that it goes to ("" = standard output)."""

    format: str
    file: str = ""


def parse_output(text: str) -> Output:
    """Return the output that `FORMAT[=FILE]` asks for."""
    name, sign, file = text.partition("=")
    if sign and not file:
        raise UsageError(f"-o {text}: no file is named; -o {name} writes to standard output")
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


def conclude(
    result: ScanResult, outputs: Sequence[Output], formats: Formats, arguments: Any, asked: Asked
) -> int:
    """Write every output and return the exit code; why it is not 0 goes to standard error if no text output says."""
    decision = decide(result, asked.gate)
    options = ReportOptions(
        show_all=arguments.all,
        view=asked.view,
        environment=environment.variables(),
        hint=decision.because,
        key=_key(arguments.key),
        key_origin=arguments.key or "TFAUDIT_SIGNING_KEY",
        previous=Path(arguments.previous) if arguments.previous else None,
    )
    emit(result, outputs, formats, options)
    if decision.code and Output("text") not in outputs:
        print(f"tfaudit: {decision.because}", file=sys.stderr)
    return decision.code


def _key(file: str | None) -> str:
    """Return the PEM text of the key that `--key` or the environment gives, "" for none."""
    if not file:
        return environment.signing_key() or ""
    try:
        return Path(file).read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"{file}: the key cannot be read; name a PEM file") from error
