"""`--since REF` and `--baseline FILE` of a scan: which findings are new."""

from __future__ import annotations

import argparse
import hashlib
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec.structs import replace

from tfaudit.config_words import Config
from tfaudit.errors import UsageError
from tfaudit.model.result import ScanResult
from tfaudit.pipeline.request import Request

if TYPE_CHECKING:
    from tfaudit.changes.matching import Before
    from tfaudit.changes.records import Record
    from tfaudit.sources.tree.git_past import Past


def declare(parser: argparse.ArgumentParser) -> None:
    """Add the options."""
    group = parser.add_argument_group("only what is new counts").add_mutually_exclusive_group()
    group.add_argument(
        "--since",
        metavar="REF",
        help="compare with where the work parted from this commit, branch or tag; A..B judges the commit B",
    )
    group.add_argument(
        "--baseline", metavar="FILE", help="compare with what tfaudit baseline write, or -o json, wrote"
    )


def check(arguments: argparse.Namespace) -> None:
    """Raise `UsageError` for an option without a name: a pipeline's variable that is not set."""
    for option, given in (("--since", arguments.since), ("--baseline", arguments.baseline)):
        if given is not None and not given.strip(" ."):  # to count everything is not what was meant
            raise UsageError(
                f'{option} "{given}": it names nothing; leave the option out where nothing is compared'
            )


def compare(
    result: ScanResult,
    requests: Sequence[Request],
    arguments: argparse.Namespace,
    configured: Config,
    now: Past | None,
) -> None:
    """Say of each verdict of `result` whether it is new, if the command line or the configuration asks for that."""
    ref, file = arguments.since or "", arguments.baseline or ""
    if not ref and not file:
        ref, file = configured.since, configured.baseline
        if ".." in ref:
            raise UsageError(f"{configured.origin}: compare.since: {ref!r} names two commits; name one")
    if not ref and not file:
        return
    from tfaudit.changes.matching import compare as matched

    before = _since(ref, requests, arguments, now) if ref else _baseline(file, requests)
    before.reaches = _reaches(requests)
    matched(result, before)


def recorded(path: Path) -> tuple[list[Record], str]:
    """Return the findings of a baseline or JSON report, and the file's SHA-256; `UsageError` where there is none."""
    from tfaudit.changes import baseline
    from tfaudit.sources.tree import inside

    try:
        data = inside.given(str(path), baseline.MAX_BYTES)
    except OSError as error:
        raise UsageError(
            f"{path}: it cannot be read: {error.strerror}; write one: tfaudit baseline write"
        ) from error
    return baseline.read(data, str(path)), hashlib.sha256(data).hexdigest()


def _baseline(file: str, requests: Sequence[Request]) -> Before:
    from tfaudit.changes.matching import Before

    path = Path(file)
    records, sha256 = recorded(path)
    tops = [each.options.base or each.folder for each in requests]
    notes: tuple[str, ...] = ()
    if any(path.resolve().is_relative_to(top.resolve()) for top in tops):
        # As a configuration of the tree: it counts, and everybody is told that it does.
        changes = "who changes the tree can change what counts as new"
        notes = (
            f"the baseline {path.name} lies in the tree that is judged: {changes}; its SHA-256 is {sha256[:12]}",
        )
    return Before(f"the baseline {path.name}", records, notes=notes)


def _since(ref: str, requests: Sequence[Request], arguments: argparse.Namespace, now: Past | None) -> Before:
    from tfaudit.pipeline import since
    from tfaudit.sources.tree import git_past

    top = requests[0].options.base or Path()
    store = requests[0].options.cache
    if now is None:
        past = git_past.parted(top, ref, store=store)
    else:
        past = git_past.parted(now.top, ref.partition("..")[0], now.commit, store)
    before = since.before(requests, top, past, lambda request, there: _values(request, there, arguments))
    before.former = since.former_addresses(top)
    before.renames = lambda: git_past.renamed(past) if now is None else git_past.renamed_between(past, now)
    return before


def _values(request: Request, top: Path, arguments: argparse.Namespace) -> Request:
    """Return a request with the values and waivers of the configuration that its own tree, at `top`, has."""
    from tfaudit.cli import options

    try:
        configured = options.configuration(arguments, request.targets[0])
    except UsageError:  # today's may have been mended since
        return request
    if configured.folder is not None and not configured.folder.is_relative_to(top):
        return request  # --config: it is no part of the tree
    given = set(arguments.var_file)
    chosen = replace(
        request.options,
        modules=configured.modules,
        variable_files=(
            *configured.variable_files,
            *(each for each in request.options.variable_files if each.name in given),
        ),
        variables=_over(configured.variables, request.options.variables, arguments.var),
        parameters=_over(
            configured.cloudformation_parameters, request.options.parameters, arguments.parameter
        ),
        workspace=arguments.workspace or configured.workspace or "default",
        waivers=configured.waivers,
    )
    return replace(request, options=chosen)


def _over(
    stated: tuple[tuple[str, str], ...], now: tuple[tuple[str, str], ...], given: Sequence[str]
) -> tuple[tuple[str, str], ...]:
    """Return what the earlier configuration states, and of what is in force now what the command line gives."""
    return (*stated, *now[len(now) - len(given) :]) if given else stated


def _reaches(requests: Sequence[Request]) -> Callable[[str], bool]:
    """Return what tells whether the run would have judged a file, had it been there."""
    from tfaudit.sources.tree.ignored import excluder

    asked = [
        (each, excluder(each.folder, each.excluded, options=each.exclude, gitignore=False))
        for each in requests
    ]

    def reaches(file: str) -> bool:
        for request, left_out in asked:
            path = (request.options.base or request.folder) / file
            if path in request.targets:
                return True
            if any(path.is_relative_to(each) for each in request.targets):
                inner = path.relative_to(request.folder)
                folders = [*reversed(inner.parents)][1:]
                return not any(left_out(each.as_posix(), True) for each in folders) and not left_out(
                    inner.as_posix(), False
                )
        return False

    return reaches
