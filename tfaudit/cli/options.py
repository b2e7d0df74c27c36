"""The options that every scanning command shares, and what they put in force."""

from __future__ import annotations

import argparse
import functools
import sys
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from tfaudit import data, work_tree
from tfaudit.cli import environment
from tfaudit.cli.output import Gate, Output, parse_output
from tfaudit.clock import Clock, OutOfTime
from tfaudit.config import Config
from tfaudit.discovery import check_folder
from tfaudit.errors import LateError, UsageError
from tfaudit.pipeline.options import Options
from tfaudit.policies.load import PolicySet
from tfaudit.policies.select import Choice, in_force
from tfaudit.progress import progress
from tfaudit.reports.registry import Formats
from tfaudit.services.registry import Registry
from tfaudit.sources.registry import sources

_FOR_REPORTS = 30.0
GATES = ("critical", "high", "medium", "low", "never")


def declare(parser: argparse.ArgumentParser) -> None:
    """Add the options to `parser`."""
    outputs = parser.add_argument_group("output")
    outputs.add_argument(
        "-o", "--output", action="append", default=[], metavar="FORMAT[=FILE]",
        help="text (default), json, sarif, junit, markdown, html, bundle=FILE; may be repeated",
    )  # fmt: skip
    outputs.add_argument("--all", action="store_true", help="show every finding in the text output")
    outputs.add_argument("--quiet", action="store_true", help="no progress")
    outputs.add_argument("--key", metavar="FILE", help="Ed25519 private key (PEM) that signs a bundle")
    outputs.add_argument(
        "--previous", metavar="BUNDLE", help="the bundle before this one, which the new one names"
    )
    declare_choice(parser)
    gate = parser.add_argument_group("gate")
    gate.add_argument(
        "--fail-on", choices=GATES, help="lowest severity that ends with exit code 1 (default: low)"
    )
    gate.add_argument(
        "--max-unknown", type=_count, metavar="N", help="more unknown verdicts than this end with exit code 1"
    )
    gate.add_argument(
        "--allow-empty", action="store_true", help="nothing judged is no reason for exit code 3"
    )
    parser.add_argument(
        "--jobs", type=_count, default=0, metavar="N", help="parallel readers (default: one a core)"
    )


def declare_timeout(parser: argparse.ArgumentParser, default: float) -> None:
    """Add the option that bounds the whole scan; `default` is in seconds."""
    parser.add_argument(
        "--timeout",
        type=_seconds,
        metavar="SECONDS",
        help=f"how long the whole scan may take (default: {default:g}); what is not read by then is reported as unread",
    )


def _seconds(text: str) -> float:
    try:
        seconds = float(text)
    except ValueError:
        seconds = 0.0
    if not 0 < seconds < float("inf"):
        raise argparse.ArgumentTypeError(f"{text!r} is not a number of seconds over 0")
    return seconds


def seconds_of(arguments: argparse.Namespace, config: Config, default: float) -> float:
    """Return how long the whole scan may take; the command line goes first."""
    return float(arguments.timeout or config.timeout or default)


def in_time(clock: Clock, write: Callable[[], int]) -> int:
    """Return what `write` does, which writes the reports; `LateError` where it takes too long after the scan's end."""
    try:
        with clock.watched(), clock.bounded(clock.until + _FOR_REPORTS):
            return write()
    except OutOfTime as late:
        because = f"the reports were not written within the {clock.seconds:g} seconds that the scan may take"
        raise LateError(f"{because}; give it more time (--timeout), or fewer outputs") from late


def declare_choice(parser: argparse.ArgumentParser) -> None:
    """Add the options that say what is judged."""
    chosen = parser.add_argument_group("what is judged")
    chosen.add_argument("--profile", metavar="NAME", help="a profile's name or file (default: default)")
    chosen.add_argument(
        "--policy", action="append", default=[], metavar="ID", help="judge this policy only; may be repeated"
    )
    chosen.add_argument(
        "--framework",
        action="append",
        default=[],
        metavar="NAME",
        help="judge what is linked to it only; may be repeated",
    )
    chosen.add_argument(
        "--policies", action="append", default=[], metavar="FOLDER", help="a folder of further policies"
    )
    chosen.add_argument(
        "--controls",
        action="append",
        default=[],
        metavar="FOLDER",
        help="a folder of further frameworks, with links to policies",
    )
    chosen.add_argument(
        "--plugins",
        action="append",
        default=[],
        metavar="FOLDER",
        help="a folder with policies/, services/, sources/, reports/ of your own; its Python is run",
    )
    chosen.add_argument(
        "--config", metavar="FILE", help="configuration (default: the nearest tfaudit.yaml upwards)"
    )
    parser.add_argument("--no-cache", action="store_true", help="neither read nor write the cache")


def _count(text: str) -> int:
    if not text.isdecimal():
        raise argparse.ArgumentTypeError(f"{text!r} is not a whole number from 0 up")
    return int(text)


def outputs_of(arguments: argparse.Namespace) -> list[Output]:
    """Return the outputs asked for; text where none is."""
    return [parse_output(each) for each in arguments.output or ["text"]]


def options_of(arguments: argparse.Namespace, config: Config) -> Options:
    """Return what the command line and the configuration put in force; the command line goes first.

    Raises `UsageError` for any name in either that does not exist.
    """
    plugins = (*environment.plugin_folders(), *map(Path, arguments.plugins))
    _check(plugins)
    frameworks = tuple(arguments.framework or config.frameworks)
    cache = (
        None if arguments.no_cache else environment.cache_store(map(_top, getattr(arguments, "path", ["."])))
    )
    from tfaudit.controls.load import linked, read

    catalogues = [
        data.folder("controls"),
        *(each / "controls" for each in plugins),
        *framework_folders([*arguments.controls, *config.framework_folders]),
    ]
    known = read(catalogues, frameworks, cache)
    choice = Choice(
        profile=arguments.profile or config.profile or "default",
        ids=tuple(arguments.policy or config.policies),
        excluded=config.excluded_policies,
        frameworks=frameworks,
        folders=(
            *map(Path, arguments.policies),
            *config.policy_folders,
            *(each / "policies" for each in plugins if (each / "policies").is_dir()),
        ),
        parameters=config.parameters,
        severities=config.severities,
        origin=config.origin or "the configuration",
        links=linked(known.values()),
    )
    chosen = functools.cache(lambda: in_force(choice, cache))
    return Options(
        policies=PolicySet(lambda: chosen().policies, lambda: chosen().every, choice),
        profile=choice.profile,
        plugins=plugins,
        cache=cache,
        jobs=getattr(arguments, "jobs", 0),
        frameworks=known,
        selected_frameworks=frameworks,
        waivers=config.waivers,
        scopes=config.scopes,
        accepted_unread=config.accepted_unread,
        fixed=_fixed(),
        notes=config.notes(),
        progress=progress(sys.stderr, wanted=not getattr(arguments, "quiet", True)),
    )


def framework_folders(named: Iterable[str | Path]) -> list[Path]:
    """Return folders of frameworks; `UsageError` for one that is not there."""
    folders = [Path(each) for each in named]
    for each in folders:
        if not each.is_dir():
            raise UsageError(f"{each}: no such folder of frameworks")
    return folders


def _check(plugins: tuple[Path, ...]) -> None:
    """Load every module of the plug-ins, so that a broken one is told before a scan, not after it."""
    for folder in plugins:
        check_folder(folder)
    if plugins:
        Registry([each / "services" for each in plugins])
        sources((), [each / "sources" for each in plugins])
        Formats([each / "reports" for each in plugins])


def _top(path: str) -> Path:
    """Return the top of the work tree that `path` lies in, else the path itself."""
    target = Path(path).resolve()
    return work_tree.top(target) or target


def _fixed() -> datetime | None:
    """Return the time that the run is to state, so that equal runs give equal bytes (reproducible-builds.org)."""
    fixed = environment.variables().get("SOURCE_DATE_EPOCH", "")
    return datetime.fromtimestamp(int(fixed), UTC) if fixed.isdecimal() and len(fixed) < 12 else None


def gate_of(arguments: argparse.Namespace, config: Config) -> Gate:
    """Return what decides the exit code; the command line goes first."""
    unknown: Any = arguments.max_unknown if arguments.max_unknown is not None else config.max_unknown
    allow_empty = arguments.allow_empty or config.allow_empty
    return Gate(arguments.fail_on or config.fail_on or "low", unknown, allow_empty)
