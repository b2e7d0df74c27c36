"""`tfaudit scan [PATH ...]`: Terraform, plans, CloudFormation, ARM, Bicep and Kubernetes manifests."""

from __future__ import annotations

import argparse
import os
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from msgspec.structs import replace

from tfaudit import config, work_tree
from tfaudit.cli import options
from tfaudit.cli.output import check, conclude
from tfaudit.clock import Clock
from tfaudit.config import Config
from tfaudit.errors import UsageError
from tfaudit.model.resources import Limits
from tfaudit.model.verdicts import ScanResult
from tfaudit.pipeline.files import scan, scan_files
from tfaudit.pipeline.joined import joined
from tfaudit.pipeline.options import Options
from tfaudit.sources.tree.files import VariableFile
from tfaudit.sources.tree.ignored import excluder


def declare(parser: argparse.ArgumentParser) -> None:
    """Add the command's options."""
    parser.add_argument(
        "path", nargs="*", default=["."], metavar="PATH", help="files or folders (default: .)"
    )
    options.declare(parser)
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
    parser.add_argument(
        "--exclude", action="append", default=[], metavar="PATTERN", help="leave out, as .gitignore would"
    )
    options.declare_timeout(parser, Limits().scan_seconds)
    parser.add_argument("--no-gitignore", action="store_true", help="read what .gitignore leaves out, too")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Scan every path as one run, write the outputs, and return the exit code.

    Each path is judged by the nearest configuration of its own; how the run ends (the gate) is what the first path's
    says. Files that share a configuration are judged together, each with what belongs to it. A file named beside its
    folder is a part of that; one that a configuration or .gitignore leaves out is judged, since it was named.
    """
    targets = _targets(arguments.path)
    base = _base(targets)
    outputs = options.outputs_of(arguments)
    values = tuple(map(_file, arguments.var_file))
    groups = _groups(targets, arguments.config or "")
    prepared = [
        (part, configured, _options(arguments, configured, base, values)) for part, configured in groups
    ]
    formats = check(outputs, prepared[0][2].plugins)
    names = [each.format for each in outputs]
    clock = Clock(options.seconds_of(arguments, groups[0][1], Limits().scan_seconds))
    results = []
    with clock.watched():
        for part, configured, chosen in prepared:
            with chosen.progress:
                given = replace(chosen, clock=clock, meanwhile=partial(formats.load, names))
                results.append(_scanned(part, given, configured, arguments))
    result = joined(results)
    gate = options.gate_of(arguments, groups[0][1])
    return options.in_time(clock, lambda: conclude(result, outputs, formats, arguments, gate))


def _targets(paths: Sequence[str]) -> list[Path]:
    """Return the paths resolved, without those that lie in another of them."""
    found: list[Path] = []
    for each in paths:
        path = Path(each)
        if not path.exists():
            raise UsageError(f"{path}: no such file or folder; name one that exists")
        resolved = path.resolve()
        top = work_tree.top(Path(os.path.abspath(path)).parent)  # noqa: PTH100 - links are what this is about
        if top is not None and not resolved.is_relative_to(top.resolve()):
            raise UsageError(f"{path}: a link that leads out of the work tree; name what it leads to")
        found.append(resolved)
    unique = list(dict.fromkeys(found))
    return [each for each in unique if not any(other in each.parents for other in unique)]


def _groups(targets: list[Path], named: str) -> list[tuple[list[Path], Config]]:
    """Return the targets by their configurations: each folder alone, files of one configuration together."""
    groups: list[tuple[list[Path], Config]] = []
    files: dict[str, list[Path]] = {}
    read: dict[Path, Config] = {}
    for target in targets:
        folder = target if target.is_dir() else target.parent
        if folder not in read:
            read[folder] = config.find(target, named)
        configured = read[folder]
        if target.is_dir():
            groups.append(([target], configured))
        elif configured.origin in files:
            files[configured.origin].append(target)
        else:
            files[configured.origin] = [target]
            groups.append((files[configured.origin], configured))
    return groups


def _options(
    arguments: argparse.Namespace, configured: Config, base: Path, values: tuple[VariableFile, ...]
) -> Options:
    given = {name for name, _ in map(_pair, [*arguments.var, *arguments.parameter])}
    stated = (*configured.variables, *configured.cloudformation_parameters)
    return replace(
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


def _scanned(
    targets: list[Path], chosen: Options, configured: Config, arguments: argparse.Namespace
) -> ScanResult:
    """Scan one group: a folder, or files with what belongs to them."""
    folder = targets[0] if targets[0].is_dir() else chosen.base or targets[0].parent
    excluded = excluder(
        folder,
        configured.exclude,
        base=configured.folder,
        options=arguments.exclude,
        gitignore=not arguments.no_gitignore,
    )
    chosen = replace(chosen, excluded=excluded)
    return scan(folder, chosen) if targets[0].is_dir() else scan_files(targets, chosen)


def _base(targets: list[Path]) -> Path:
    """Return what places are relative to: the work tree's top, so that a code host finds them; else the target."""
    common = Path(os.path.commonpath(targets))
    common = common.parent if common.is_file() else common
    return work_tree.top(common) or common


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
    path = Path(os.path.abspath(text))  # noqa: PTH100 - links are what this is about
    top = work_tree.top(path.parent)
    found = config.variable_file(str(path), text, top if path.is_symlink() else None)
    if found.because:
        raise UsageError(f"{text}: {found.because}; name another file of variables")
    return found
