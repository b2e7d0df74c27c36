"""What was found at an earlier commit: the same scan of the tree as it was then, or what is remembered of it."""

from __future__ import annotations

import hashlib
import marshal
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from msgspec.structs import astuple

from tfaudit.cache import Cache
from tfaudit.changes.matching import Before
from tfaudit.changes.records import Record, of
from tfaudit.model.resources import Limits
from tfaudit.model.result import ScanResult
from tfaudit.model.verdicts import Verdict
from tfaudit.pipeline.request import Request, performed, relocated
from tfaudit.sources.tree import git_past
from tfaudit.sources.tree.git_past import Past

Earlier = Callable[[Request, Path], Request]
"""Gives a relocated request what the configuration of the earlier tree, whose top is the path, says of its values."""


@contextmanager
def laid_out(past: Past) -> Iterator[Path]:
    """Give a folder with the files of `past`, which is removed afterwards."""
    with tempfile.TemporaryDirectory(prefix="tfaudit-", ignore_cleanup_errors=True) as folder:
        path = Path(folder).resolve()
        git_past.lay_out(past, path, Limits())
        yield path


def before(requests: Sequence[Request], top: Path, past: Past, earlier: Earlier) -> Before:
    """Return what was found at `past` where `requests` look, which are about the tree at `top`.

    Policies, parameters and exclusions are those of now, so that both states are judged alike; values and waivers are
    those of then, which `earlier` puts in. Nothing is laid out where it is remembered.
    """
    records: list[Record] = []
    notes: list[str] = []
    missing = []
    for request in requests:
        kept = _recalled(request, top, past)
        if kept is None:
            missing.append(request)
        else:
            records += kept[0]
            notes += kept[1]
    if missing:
        with laid_out(past) as folder:
            for request in missing:
                found = _found(request, top, folder, past, earlier)
                records += found[0]
                notes += found[1]
    return Before(past.says, records, notes=tuple(dict.fromkeys(notes)))


def _found(
    request: Request, top: Path, folder: Path, past: Past, earlier: Earlier
) -> tuple[list[Record], list[str]]:
    there = relocated(request, top, folder)
    if there is None:
        return [], []
    result = performed(earlier(there, folder))
    records, notes = list(of(result.verdicts)), _notes(result, past)
    clock = request.options.clock
    if clock is None or clock.reading_left:
        content = marshal.dumps(([_row(each) for each in records], notes))
        cache = Cache(request.options.cache, "past")
        cache.put(_key(request, top, past), content)
        cache.trim()
    return records, notes


def _row(each: Record) -> tuple[object, ...]:
    return astuple(each)


def _notes(result: ScanResult, past: Past) -> list[str]:
    gaps = sum(1 for gap in result.unread if not gap.accepted)
    if not gaps:
        return []
    inputs = "1 input" if gaps == 1 else f"{gaps:,} inputs"
    return [f"of {past.says} {inputs} could not be read: what they hold counts as new"]


def _recalled(request: Request, top: Path, past: Past) -> tuple[list[Record], list[str]] | None:
    content = Cache(request.options.cache, "past").get(_key(request, top, past))
    if content is None:
        return None
    rows, notes = marshal.loads(content)  # noqa: S302 - written by `_found`, and sealed
    return [Record(*row) for row in rows], notes


def _key(request: Request, top: Path, past: Past) -> str:
    """Return what changes whenever the answer may: the tree, the targets, and all that is asked of them."""
    options = request.options
    targets = [each.relative_to(top).as_posix() for each in request.targets]
    asked = (
        options.policies.digest,
        options.plugins,
        options.variable_files,
        options.variables,
        options.workspace,
        options.parameters,
        sorted(options.modules.items()),
        options.waivers,
        options.inline_waivers,
        options.accepted_unread,
        options.today,
        request.excluded,
        request.exclude,
    )
    from datetime import UTC, datetime

    day = (options.fixed or datetime.now(UTC)).date()
    plain = repr((past.tree, past.says, targets, asked, day))
    return hashlib.sha256(plain.encode("utf-8", "surrogatepass")).hexdigest()


def former_addresses(root: Path) -> Callable[[Verdict], list[str]]:
    """Return what tells the addresses that an asset had before it was moved; files below `root` say so."""
    from tfaudit.sources.terraform.hcl.moved import Moves

    moves = Moves(str(root))
    return lambda verdict: moves.former(verdict.asset.resource)
