"""`tfaudit scan [PATH ...|-]`: Terraform, plans, CloudFormation, ARM, Bicep and Kubernetes manifests."""

from __future__ import annotations

import argparse
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from tfaudit import config, work_tree
from tfaudit.cli import compared, options, targets
from tfaudit.cli.output import Asked, Output, check, conclude, kept
from tfaudit.cli.packs import declare_packs
from tfaudit.cli.quoting import Quoting
from tfaudit.clock import Clock
from tfaudit.config_words import Config
from tfaudit.errors import UsageError
from tfaudit.model.resources import Limits
from tfaudit.model.result import ScanResult
from tfaudit.pipeline.joined import joined
from tfaudit.pipeline.request import Request, performed
from tfaudit.reports.registry import Formats
from tfaudit.sources.tree.files import VariableFile


def declare(parser: argparse.ArgumentParser) -> None:
    """Add the command's options."""
    parser.add_argument(
        "path",
        nargs="*",
        default=["."],
        metavar="PATH",
        help="files or folders (default: .); - is standard input",
    )
    options.declare(parser)
    declare_packs(parser.add_argument_group("rules of other scanners"))
    given = parser.add_argument_group("values that the code is evaluated with")
    given.add_argument(
        "--var-file", action="append", default=[], metavar="FILE", help="as terraform's; may be repeated"
    )
    given.add_argument(
        "--var", action="append", default=[], metavar="NAME=VALUE", help="as terraform's; may be repeated"
    )
    given.add_argument(
        "--workspace", default="", metavar="NAME", help="the Terraform workspace (default: default)"
    )
    given.add_argument(
        "--parameter",
        action="append",
        default=[],
        metavar="NAME=VALUE",
        help="a parameter of CloudFormation, ARM or Bicep",
    )
    given.add_argument(
        "--terraform",
        default="",
        metavar="PROGRAM",
        help="convert named binary plans by this Terraform, which runs the providers of their folder",
    )
    parser.add_argument(
        "--exclude", action="append", default=[], metavar="PATTERN", help="leave out, as .gitignore would"
    )
    options.declare_timeout(parser, Limits().scan_seconds)
    parser.add_argument(
        "--gitignore",
        action=argparse.BooleanOptionalAction,
        help="leave out what .gitignore leaves out (default: yes)",
    )
    compared.declare(parser)
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Scan every path as one run, write the outputs, and return the exit code.

    Each path is judged by the nearest configuration of its own; how the run ends (the gate) is what the first path's
    says. Files that share a configuration are judged together, each with what belongs to it. A file named beside its
    folder is a part of that; one that a configuration or .gitignore leaves out is judged, since it was named.
    """
    outputs = options.outputs_of(arguments)
    with observed(arguments, outputs, quoted=True) as seen:
        return options.in_time(
            seen.clock, lambda: conclude(seen.result, outputs, seen.formats, arguments, seen.asked)
        )


_LAST: list[ScanResult] = []
"""The last run. It stays until the process ends: taking it apart before that takes a fortieth of a large scan."""


class Seen(Struct):
    """A run that is over, and what its reports need."""

    result: ScanResult
    formats: Formats
    asked: Asked
    clock: Clock
    configured: Config
    base: Path


@contextmanager
def observed(
    arguments: argparse.Namespace, outputs: Sequence[Output], *, quoted: bool = False
) -> Iterator[Seen]:
    """Give the run that `arguments` ask for; the files that it is about are there as long as the block lasts.

    `quoted` says that the outputs will be written, so that quotes for them can be made meanwhile.
    """
    compared.check(arguments)
    with targets.opened(arguments) as found:
        paths, base = found.targets, found.base
        values = tuple(map(_file, arguments.var_file))
        plans = _converted(paths, arguments.terraform)
        groups = _groups(paths, arguments, base)
        requests = [_request(part, configured, arguments, base, values) for part, configured in groups]
        formats = check(
            outputs, requests[0].options.plugins, [*kept(arguments), *filter(Path.is_file, paths)]
        )
        clock = Clock(options.seconds_of(arguments, groups[0][1], Limits().scan_seconds))
        loads: list[Callable[[], None]] = [partial(formats.load, [each.format for each in outputs])]
        asked = options.asked(arguments, groups[0][1])
        changes: dict[str, Any] = {"clock": clock, "converted": plans}
        if quoted:
            quoting = Quoting(asked, outputs, show_all=arguments.all)
            asked = replace(asked, frames=quoting.frames)
            loads.append(quoting.load)
            changes["judged"] = quoting.judged
        changes["meanwhile"] = partial(_call_all, loads)
        requests = [replace(each, options=replace(each.options, **changes)) for each in requests]
        with clock.watched():
            results = [performed(each) for each in requests]
            result = joined(results)
            result.notes += found.notes
            compared.compare(result, requests, arguments, groups[0][1], found.past)
        _LAST[:] = [result]
        first = groups[0][1]
        yield Seen(result, formats, asked, clock, first, base)


def _call_all(loads: Iterable[Callable[[], None]]) -> None:
    for load in loads:
        load()


def _converted(paths: Sequence[Path], program: str) -> dict[Path, bytes]:
    if not program:
        return {}
    from tfaudit.pipeline.converted import converted

    return converted(paths, program)


def _groups(
    paths: Sequence[Path], arguments: argparse.Namespace, base: Path
) -> list[tuple[list[Path], Config]]:
    """Return the targets by their configurations: each folder alone, files of one configuration together."""
    groups: list[tuple[list[Path], Config]] = []
    files: dict[str, list[Path]] = {}
    read: dict[Path, Config] = {}
    for target in paths:
        folder = target if target.is_dir() else target.parent
        if folder not in read:
            # What comes by standard input has no folder: the one where the command is run says how it is judged.
            at = Path() if targets.is_stdin(arguments) else target
            read[folder] = options.configuration(arguments, at)
        configured = read[folder]
        if target.is_dir():
            groups.append(([target], configured))
        elif configured.origin in files:
            files[configured.origin].append(target)
        else:
            files[configured.origin] = [target]
            groups.append((files[configured.origin], configured))
    return groups


def _request(
    part: list[Path],
    configured: Config,
    arguments: argparse.Namespace,
    base: Path,
    values: tuple[VariableFile, ...],
) -> Request:
    given = {name for name, _ in map(_pair, [*arguments.var, *arguments.parameter])}
    stated = (*configured.variables, *configured.cloudformation_parameters)
    chosen = replace(
        options.options_of(arguments, configured),
        base=base,
        stated_in={name: configured.origin for name, _ in stated if name not in given},
        modules=configured.modules,
        configuration=configured.origin,
        variable_files=(*configured.variable_files, *values),
        variables=(*configured.variables, *map(_pair, arguments.var)),
        parameters=(*configured.cloudformation_parameters, *map(_pair, arguments.parameter)),
        workspace=arguments.workspace or configured.workspace or "default",
    )
    return Request(
        tuple(part),
        chosen,
        tuple((each.origin, each.folder, each.patterns) for each in configured.excluded),
        tuple(arguments.exclude),
        options.switch(arguments.gitignore, configured.gitignore, True),
    )


def _pair(text: str) -> tuple[str, str]:
    name, sign, value = text.partition("=")
    if not sign or not name:
        raise UsageError(f'"{text}" is not NAME=VALUE')
    return name, value


def _file(text: str) -> VariableFile:
    """Return the values of a file that a person names: it may lie anywhere, and be a pipe.

    A link in a work tree that leads out of it is refused: who wrote the tree may have put it there.
    """
    if not os.path.lexists(text):
        raise UsageError(f"{text}: no such file of variables")
    if text.endswith((".tf", ".tf.json", ".tofu")):
        raise UsageError(f"{text}: it is code, which is scanned; --var-file names values, as in a .tfvars")
    path = Path(os.path.abspath(text))  # noqa: PTH100 - links are what this is about
    top = work_tree.top(path.parent)
    found = config.variable_file(str(path), text, top if path.is_symlink() else None)
    if found.because:
        raise UsageError(f"{text}: {found.because}; name another file of variables")
    return found
