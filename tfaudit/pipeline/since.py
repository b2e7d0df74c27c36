"""What was found at an earlier commit: the same scan of the tree as it was then, or what is remembered of it."""

from __future__ import annotations

import hashlib
import marshal
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from msgspec import Struct, field
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

SHOWN = 5
"""How many submodules a note names."""

Earlier = Callable[[Request, Path], Request]
"""Gives a relocated request what the configuration of the earlier tree, whose top is the path, says of its values."""


class Found(Struct):
    """What was found at a commit: findings, what bears on them, and the submodules, of whose files nothing is known."""

    records: list[Record] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    submodules: list[str] = field(default_factory=list)


@contextmanager
def laid_out(past: Past) -> Iterator[tuple[Path, tuple[str, ...]]]:
    """Give a folder with the files of `past`, which is removed afterwards, and the submodules that are not in it."""
    import tempfile

    with tempfile.TemporaryDirectory(prefix="tfaudit-", ignore_cleanup_errors=True) as folder:
        path = Path(folder).resolve()
        yield path, git_past.lay_out(past, path, Limits())


def before(requests: Sequence[Request], top: Path, past: Past, earlier: Earlier) -> Before:
    """Return what was found at `past` where `requests` look, which are about the tree at `top`.

    Policies, parameters and exclusions are those of now, so that both states are judged alike; values and waivers are
    those of then, which `earlier` puts in. Nothing is laid out where it is remembered.
    """
    found = Found()
    missing = []
    for request in requests:
        kept = _recalled(request, top, past)
        if kept is None:
            missing.append(request)
        else:
            _add(found, kept)
    if missing:
        with laid_out(past) as laid:
            for request in missing:
                _add(found, _found(request, top, laid, past, earlier))
    notes = [*found.notes, *_of_submodules(top, found.submodules, past)]
    return Before(past.says, found.records, notes=tuple(dict.fromkeys(notes)))


def _add(found: Found, more: Found) -> None:
    found.records += more.records
    found.notes += more.notes
    found.submodules += more.submodules


def _asked_about(folder: Path, request: Request) -> bool:
    return any(folder.is_relative_to(each) or each.is_relative_to(folder) for each in request.targets)


def _found(
    request: Request, top: Path, laid: tuple[Path, Sequence[str]], past: Past, earlier: Earlier
) -> Found:
    folder, outside = laid
    submodules = [each for each in outside if _asked_about(top / each, request)]
    there = relocated(request, top, folder)
    if there is None:
        return Found(submodules=submodules)
    result = performed(earlier(there, folder))
    found = Found(list(of(result.verdicts)), _notes(result, past), submodules)
    clock = request.options.clock
    if not request.options.plugins and (clock is None or clock.reading_left):
        content = marshal.dumps(([astuple(each) for each in found.records], found.notes, submodules))
        cache = Cache(request.options.cache, "past")
        cache.put(_key(request, top, past), content)
        cache.trim()
    return found


def _notes(result: ScanResult, past: Past) -> list[str]:
    gaps = sum(1 for gap in result.unread if not gap.accepted)
    if not gaps:
        return []
    inputs = "1 input" if gaps == 1 else f"{gaps:,} inputs"
    return [f"of {past.says} {inputs} could not be read: what they hold counts as new"]


def _of_submodules(top: Path, submodules: Sequence[str], past: Past) -> list[str]:
    """Return what to say of submodules that are here now: at a commit, each is the id of another repository's."""
    here = sorted({each for each in submodules if (top / each).is_dir() and any((top / each).iterdir())})
    if not here:
        return []
    names = ", ".join(here[:SHOWN]) + (f" and {len(here) - SHOWN:,} more" if len(here) > SHOWN else "")
    what = "submodule" if len(here) == 1 else "submodules"
    why = "of which it holds a commit's id and no files: what is found there counts as new"
    return [f"not compared with {past.says}: the {what} {names}, {why}"]


def left_out(submodules: Sequence[str], past: Past) -> list[str]:
    """Return what to say of the submodules of a commit that is judged without a work tree."""
    if not submodules:
        return []
    names = ", ".join(submodules[:SHOWN])
    more = f" and {len(submodules) - SHOWN:,} more" if len(submodules) > SHOWN else ""
    return [f"not judged: the submodules of {past.says} ({names}{more}), of which it holds no files"]


def _recalled(request: Request, top: Path, past: Past) -> Found | None:
    if request.options.plugins:  # code of somebody's own may have changed in any file that it loads
        return None
    content = Cache(request.options.cache, "past").get(_key(request, top, past))
    if content is None:
        return None
    rows, notes, submodules = marshal.loads(content)  # noqa: S302 - written by `_found`, and sealed
    return Found([Record(*row) for row in rows], notes, submodules)


def _key(request: Request, top: Path, past: Past) -> str:
    """Return what changes whenever the answer may: the tree, the targets, and all that is asked of them."""
    options = request.options
    targets = [each.relative_to(top).as_posix() for each in request.targets]
    asked = (
        options.policies.digest,
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

    def former(verdict: Verdict) -> list[str]:
        asset = verdict.asset
        part = asset.lasting.removeprefix(asset.resource.address)
        return [f"{each}{part}" for each in moves.former(asset.resource)]

    return former
