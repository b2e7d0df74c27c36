"""`tfaudit scan [PATH ...]`: Terraform, plans, CloudFormation and Kubernetes manifests."""

from __future__ import annotations

import argparse
import os
from dataclasses import replace
from pathlib import Path

from tfaudit import config
from tfaudit.cli import options
from tfaudit.cli.output import check, conclude
from tfaudit.clock import Clock, OutOfTime
from tfaudit.errors import LateError, UsageError
from tfaudit.resources import Limits
from tfaudit.scan import joined, scan
from tfaudit.sources.ignored import excluder

_FOR_REPORTS = 30.0


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
        "--parameter", action="append", default=[], metavar="NAME=VALUE", help="a CloudFormation parameter"
    )
    parser.add_argument(
        "--exclude", action="append", default=[], metavar="PATTERN", help="leave out, as .gitignore would"
    )
    parser.add_argument(
        "--timeout",
        type=_seconds,
        default=Limits().scan_seconds,
        metavar="SECONDS",
        help="how long the whole scan may take (default: 600); what is not read by then is reported as unread",
    )
    parser.add_argument("--no-gitignore", action="store_true", help="read what .gitignore leaves out, too")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Scan every path as one run, write the outputs, and return the exit code."""
    targets = [Path(each) for each in arguments.path]
    for target in targets:
        if not target.exists():
            raise UsageError(f"{target}: no such file or folder; name one that exists")
    configured = config.find(targets[0], arguments.config or "")
    outputs = options.outputs_of(arguments)
    base = options.options_of(arguments, configured)
    formats = check(outputs, base.plugins)
    clock = Clock(arguments.timeout)
    base = replace(
        base,
        clock=clock,
        base=_base(targets),
        variable_files=(*configured.variable_files, *map(_file, arguments.var_file)),
        variables=(*configured.variables, *map(_pair, arguments.var)),
        parameters=(*configured.cloudformation_parameters, *map(_pair, arguments.parameter)),
        workspace=arguments.workspace or configured.workspace or "default",
    )
    results = []
    with clock.watched(), base.progress:
        for target in targets:
            excluded = excluder(
                target, configured.exclude, options=arguments.exclude, gitignore=not arguments.no_gitignore
            )
            results.append(scan(target.resolve(), replace(base, excluded=excluded)))
    result = joined(results)
    gate = options.gate_of(arguments, configured)
    try:
        with clock.watched(), clock.bounded(clock.until + _FOR_REPORTS):
            return conclude(result, outputs, formats, arguments, gate)
    except OutOfTime as late:
        because = f"the reports were not written within the {clock.seconds:g} seconds that the scan may take"
        raise LateError(f"{because}; give it more time (--timeout), or fewer outputs") from late


def _seconds(text: str) -> float:
    try:
        seconds = float(text)
    except ValueError:
        seconds = 0.0
    if not 0 < seconds < float("inf"):
        raise argparse.ArgumentTypeError(f"{text!r} is not a number of seconds over 0")
    return seconds


def _base(targets: list[Path]) -> Path:
    """Return what places are relative to: the work tree's top, so that a code host finds them; else the target."""
    resolved = [target.resolve() for target in targets]
    common = Path(os.path.commonpath(resolved))
    common = common.parent if common.is_file() else common
    return next((each for each in (common, *common.parents) if (each / ".git").exists()), common)


def _pair(text: str) -> tuple[str, str]:
    name, sign, value = text.partition("=")
    if not sign or not name:
        raise UsageError(f'"{text}" is not NAME=VALUE')
    return name, value


def _file(text: str) -> Path:
    path = Path(text)
    if not path.is_file():
        raise UsageError(f"{text}: no such file of variables")
    return path.absolute()
