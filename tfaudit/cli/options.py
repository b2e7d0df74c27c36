"""The options that every scanning command shares, and what they put in force."""

from __future__ import annotations

import argparse
import functools
import sys
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from tfaudit import config, data, work_tree
from tfaudit.cli import environment
from tfaudit.cli.output import Asked, Output, parse_output
from tfaudit.cli.packs import packs_of
from tfaudit.clock import Clock, OutOfTime
from tfaudit.config_words import Config
from tfaudit.discovery import check_folder
from tfaudit.errors import LateError, UsageError
from tfaudit.pipeline.gate import LEVELS, Gate
from tfaudit.pipeline.options import Options
from tfaudit.policies.load import PolicySet
from tfaudit.policies.select import Choice, in_force
from tfaudit.progress import progress
from tfaudit.reports.options import GROUPS, View
from tfaudit.reports.registry import Formats
from tfaudit.services.registry import Registry
from tfaudit.sources.registry import sources

_FOR_REPORTS = 30.0
SWITCH = argparse.BooleanOptionalAction
"""A switch that a configuration may set: `--no-...` takes that back."""


def declare(parser: argparse.ArgumentParser) -> None:
    """Add the options to `parser`."""
    outputs = parser.add_argument_group("output")
    outputs.add_argument(
        "-o", "--output", action="append", default=[], metavar="FORMAT[=FILE]",
        help="text (default), json, sarif, junit, markdown, html, github, bundle=FILE ...; may be repeated",
    )  # fmt: skip
    outputs.add_argument("--all", action="store_true", help="show every finding in the text output")
    outputs.add_argument(
        "--limit",
        type=whole_number,
        metavar="N",
        help="show so many findings in the text output (default: 40)",
    )
    outputs.add_argument(
        "--group-by", choices=GROUPS, help="what findings stand below in the text output (default: file)"
    )
    outputs.add_argument(
        "--compact", action=SWITCH, help="a line for each finding in the text output, and no tables"
    )
    outputs.add_argument("--summary", action=SWITCH, help="the sums alone in the text output")
    outputs.add_argument("--quiet", action="store_true", help="no progress")
    outputs.add_argument("--key", metavar="FILE", help="Ed25519 private key (PEM) that signs a bundle")
    outputs.add_argument(
        "--category",
        default="",
        metavar="NAME",
        help="what code scanning keeps the alerts of a SARIF report apart by (default: what was scanned)",
    )
    outputs.add_argument(
        "--previous", metavar="BUNDLE", help="the bundle before this one, which the new one names"
    )
    declare_choice(parser)
    _declare_gate(parser)
    parser.add_argument(
        "--jobs", type=whole_number, default=0, metavar="N", help="parallel readers (default: one a core)"
    )


def _declare_gate(parser: argparse.ArgumentParser) -> None:
    gate = parser.add_argument_group("gate")
    gate.add_argument(
        "--fail-on",
        type=str.lower,
        choices=LEVELS,
        help="lowest severity that ends with exit code 1 (default: low)",
    )
    gate.add_argument(
        "--unknown-on",
        type=str.lower,
        choices=LEVELS,
        help="lowest severity of an unknown verdict that ends with exit code 1 (default: never)",
    )
    gate.add_argument(
        "--max-unknown",
        type=whole_number,
        metavar="N",
        help="more unknown verdicts than this end with exit code 1",
    )
    gate.add_argument(
        "--strict-waivers",
        action=SWITCH,
        help="a waiver that ran out, is broad, misspelt or without effect ends with exit code 1",
    )
    gate.add_argument("--allow-incomplete", action=SWITCH, help="unread input is no reason for exit code 3")
    gate.add_argument("--allow-empty", action=SWITCH, help="nothing judged is no reason for exit code 3")
    gate.add_argument(
        "--soft-fail", action=SWITCH, help="exit code 0 where it would be 1 or 3; the last line tells both"
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
        "--policy",
        action="append",
        default=[],
        metavar="ID",
        help="judge this policy only; * stands for any characters; may be repeated",
    )
    chosen.add_argument(
        "--skip-policy",
        action="append",
        default=[],
        metavar="ID",
        help="leave this policy out; * as above; may be repeated",
    )
    chosen.add_argument(
        "--severity",
        type=str.lower,
        choices=LEVELS[:-1],
        metavar="LEVEL",
        help="judge policies of this severity or worse only: critical, high, medium, low",
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
    pinned = chosen.add_mutually_exclusive_group()
    pinned.add_argument(
        "--config", metavar="FILE", help="configuration (default: the nearest tfaudit.yaml upwards)"
    )
    pinned.add_argument("--no-config", action="store_true", help="no configuration at all")
    chosen.add_argument(
        "--inline-waivers",
        action=argparse.BooleanOptionalAction,
        help="whether comments in the code may waive findings (default: yes)",
    )
    parser.add_argument("--no-cache", action="store_true", help="neither read nor write the cache")


def configuration(arguments: argparse.Namespace, target: Path) -> Config:
    """Return the configuration for a scan of `target`: the one named, the nearest one, or none where none is wanted."""
    if arguments.no_config:
        return Config()
    return config.find(target, arguments.config or "")


def switch(given: bool | None, stated: bool | None, otherwise: bool) -> bool:
    """Return a switch of the command line, else of the configuration, else what holds otherwise."""
    if given is not None:
        return given
    return stated if stated is not None else otherwise


def whole_number(text: str) -> int:
    """Return the number that an option states; argparse's error where it is none from 0 up."""
    if not text.isdecimal():
        raise argparse.ArgumentTypeError(f"{text!r} is not a whole number from 0 up")
    return int(text)


def outputs_of(arguments: argparse.Namespace) -> list[Output]:
    """Return the outputs asked for; text where none is."""
    return [parse_output(each) for each in arguments.output or ["text"]]


def options_of(arguments: argparse.Namespace, configured: Config) -> Options:
    """Return what the command line and the configuration put in force; the command line goes first.

    Raises `UsageError` for any name in either that does not exist.
    """
    plugins = (*environment.plugin_folders(), *map(Path, arguments.plugins))
    _check(plugins)
    frameworks = tuple(arguments.framework or configured.frameworks)
    cache = (
        None if arguments.no_cache else environment.cache_store(map(_top, getattr(arguments, "path", ["."])))
    )
    from tfaudit.controls.load import linked, read

    catalogues = [
        data.folder("controls"),
        *(each / "controls" for each in plugins),
        *framework_folders([*arguments.controls, *configured.framework_folders]),
    ]
    known = read(catalogues, frameworks, cache)
    # Packs judge files: a command that has no option for them looks at none.
    scans = hasattr(arguments, "pack")
    packs = packs_of(arguments, configured.packs, configured.pack_formats) if scans else None
    choice = Choice(
        more=functools.partial(packs.policies, cache) if packs is not None else None,
        profile=arguments.profile or configured.profile or "default",
        ids=tuple(arguments.policy or configured.policies),
        excluded=tuple(configured.excluded_policies),
        skipped=tuple(arguments.skip_policy),
        at_least=arguments.severity or configured.severity,
        frameworks=frameworks,
        folders=(
            *map(Path, arguments.policies),
            *configured.policy_folders,
            *(each / "policies" for each in plugins if (each / "policies").is_dir()),
        ),
        parameters=configured.parameters,
        severities=configured.severities,
        origin=configured.origin or "the configuration",
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
        waivers=configured.waivers,
        scopes=configured.scopes,
        accepted_unread=configured.accepted_unread,
        fixed=_fixed(),
        notes=configured.notes() + _of_options(arguments),
        configurations=configured.files,
        inline_waivers=switch(arguments.inline_waivers, configured.inline_waivers, True),
        progress=progress(sys.stderr, wanted=not getattr(arguments, "quiet", True)),
        packs=packs.names if packs is not None else (),
        own_checks=packs.own_checks() if packs is not None else (),
        own_modules=packs.modules() if packs is not None else (),
        pack_formats=packs.formats if packs is not None else (),
    )


def _of_options(arguments: argparse.Namespace) -> tuple[str, ...]:
    """Return a note on what options of the command line leave out: a report has to say so as of a configuration."""
    answer = []
    if arguments.skip_policy:
        answer.append(f"--skip-policy leaves out {', '.join(arguments.skip_policy)}")
    if arguments.severity not in (None, "low"):
        answer.append(f"--severity leaves out policies below {arguments.severity}")
    return tuple(answer)


def framework_folders(named: Iterable[str | Path]) -> list[Path]:
    """Return folders of frameworks; `UsageError` for one that is not there."""
    folders = [Path(each) for each in named]
    for each in folders:
        if not each.is_dir():
            raise UsageError(f"{each}: no such folder of frameworks")
    return folders


def _check(plugins: tuple[Path, ...]) -> None:
    """Load every module of the plug-ins, so that a broken one is reported before a scan, not after it."""
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


def gate_of(arguments: argparse.Namespace, configured: Config) -> Gate:
    """Return what decides the exit code; the command line goes first."""
    words: dict[str, Any] = dict(configured.gate)
    stated = {name: f"gate.{name} of {configured.stated_in('gate', name)}" for name in words}
    for name in Gate.__struct_fields__:
        given = getattr(arguments, name, None)
        if given is not None:
            words[name] = given
            stated[name] = _as_given(name, given)
    return Gate(**words, stated=stated)


def _as_given(name: str, value: Any) -> str:
    option = f"--{name.replace('_', '-')}"
    if isinstance(value, bool):
        return option if value else option.replace("--", "--no-", 1)
    return f"{option} {value}"


def view_of(arguments: argparse.Namespace, configured: Config) -> View:
    """Return how much the text report shows; the command line goes first."""
    words: dict[str, Any] = dict(configured.output)
    for name in View.__struct_fields__:
        given = getattr(arguments, name, None)
        if given is not None:
            words[name] = given
    return View(**words)


def asked(arguments: argparse.Namespace, configured: Config) -> Asked:
    """Return what is asked for once a run is over."""
    return Asked(gate_of(arguments, configured), view_of(arguments, configured))
