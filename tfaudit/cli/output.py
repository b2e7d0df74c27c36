"""Writes a run to every output that was asked for, and decides the exit code."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
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

# No report is written as one of these: a file so called is somebody's work.
_CODE = (
    ".bicep", ".bicepparam", ".hcl", ".tf", ".tf.json", ".tfstate", ".tfvars", ".tfvars.json", ".tofu", ".tofu.json",
    ".yaml", ".yml",
)  # fmt: skip
# What may be a plan, a template or a state.
_MAY_BE_INPUT = (".json", ".template", ".cfn", ".cform", ".cft", ".sam")
_OURS = b"tfaudit"
_HEAD_BYTES = 4096
_MOST_BYTES = 100_000_000


class Asked(Struct, frozen=True):
    """What command line and configuration ask for once a run is over; `frames` returns quotes made meanwhile."""

    gate: Gate
    view: View
    frames: Callable[[], Mapping[Any, Any]] = dict


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


def check(outputs: Sequence[Output], plugins: Sequence[Path], sources: Iterable[Path] = ()) -> Formats:
    """Return the formats; `UsageError` for an unknown one, or a place that cannot be written or must not be.

    Two outputs share no place, and none replaces one of the files `sources`, from which the run is made, or other code.
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
    _check_places([each.file for each in outputs if each.file], {each.resolve() for each in sources})
    return formats


def kept(arguments: argparse.Namespace) -> list[Path]:
    """Return the files that the options name and a run is made from, which none of its outputs may replace."""
    named = [getattr(arguments, each, None) for each in ("config", "key", "previous", "kubeconfig")]
    return [Path(each) for each in (*named, *getattr(arguments, "var_file", ())) if each]


def _check_places(files: Sequence[str], sources: Collection[Path]) -> None:
    seen: set[Path] = set()
    for each in files:
        path = Path(each).resolve()
        if path.exists() and not path.is_file():  # a device or a pipe takes more than one
            continue
        if path in seen:
            raise UsageError(f"{each}: two outputs cannot share a file; give each its own")
        seen.add(path)
        if path in sources or (path.exists() and _is_input(path)):
            raise UsageError(f"{each}: what is scanned or configured is not written over; name another file")


def _is_input(path: Path) -> bool:
    """Whether a file is what a scan reads, by its name or by its content, and so somebody's work."""
    if path.name.lower().endswith(_CODE):
        return True
    if not path.name.lower().endswith(_MAY_BE_INPUT):
        return False
    from tfaudit.sources.text.forms import outermost_form

    try:
        with path.open("rb") as stream:
            head = stream.read(_HEAD_BYTES)
            if not head or _OURS in head:  # the report of the last run
                return False
            return bool(outermost_form(head + stream.read(_MOST_BYTES)))
    except OSError as error:
        raise UsageError(
            f"{path}: it is there and cannot be read: {error.strerror}; name another file"
        ) from error


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
        category=arguments.category.strip("/"),
        frames=asked.frames,
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
