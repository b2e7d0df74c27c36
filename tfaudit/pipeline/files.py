"""The pipeline over files: everything below a folder, or files that are named, in; verdicts out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct, field
from msgspec.structs import replace

from tfaudit import work_tree
from tfaudit.clock import Clock, OutOfTime
from tfaudit.errors import UsageError
from tfaudit.model.resources import Resource, Unread
from tfaudit.model.result import ScanResult
from tfaudit.model.verdicts import Scanned
from tfaudit.pipeline import notes
from tfaudit.pipeline.claimed import kept, read
from tfaudit.pipeline.conclude import Observed, conclude, now
from tfaudit.pipeline.early import Early
from tfaudit.pipeline.elsewhere import further
from tfaudit.pipeline.meanwhile import loading
from tfaudit.pipeline.named import Named, around
from tfaudit.pipeline.options import Options
from tfaudit.policies import remembered
from tfaudit.policies.select import Choice, in_force
from tfaudit.progress import counted
from tfaudit.sources.protocol import Source
from tfaudit.sources.registry import sources
from tfaudit.sources.terraform.of_arm import is_object_of_arm
from tfaudit.sources.terraform.of_clusters import is_object_of_a_cluster
from tfaudit.sources.tree import unclaimed
from tfaudit.sources.tree.files import InputFile, Tree, discover

if TYPE_CHECKING:
    from tfaudit.pipeline.packs import Running

_OF_ONE_ROOT = frozenset({"terraform", "arm"})
"""Dialects of what nothing outside of its root bears on: azapi's objects are made of their own root alone."""


def scan(target: str | Path = ".", options: Options | None = None) -> ScanResult:
    """Return the verdicts on everything at or below `target`; nothing of it is executed or changed.

    A file is judged with what belongs together with it, and what touches it is returned (`named`). Without `options`
    every policy of the default profile is judged. Raises `UsageError` for a target that is not there.
    """
    target = Path(target)
    if not target.exists():
        raise UsageError(f"{target}: no such file or folder; name one that exists")
    if target.is_file():
        return scan_files([target], options)
    started = now()
    options = options or Options(in_force(Choice()))
    base = options.base or target
    options, tree = _prepared(base, options)

    def look(seen: Seen) -> list[Source]:
        for each in discover(target, base, options.limits, options.excluded):
            if isinstance(each, InputFile):
                seen.files.append(each)
            else:
                seen.unread.append(each)
        return _sources(unclaimed.names(seen.files), options)

    return _observed(tree, look, _shown(target, base), started, options)


def scan_files(targets: Sequence[Path], options: Options | None = None) -> ScanResult:
    """Return the verdicts that touch the files `targets`, which are judged with what belongs together with them.

    Raises `UsageError` for one that does not lie below `options.base`.
    """
    started = now()
    options = options or Options(in_force(Choice()))
    resolved = [each.resolve() for each in targets]
    base = options.base or work_tree.top(resolved[0].parent) or resolved[0].parent
    for each in resolved:
        if not each.is_relative_to(base):
            raise UsageError(f"{each}: it does not lie in {base}; scan it by itself")
    names = [each.relative_to(base).as_posix() for each in resolved]
    options, tree = _prepared(base, options, frozenset(names))

    def look(seen: Seen) -> list[Source]:
        asked = [InputFile(base, name, 0, only=True) for name in names]
        modules = _sources(unclaimed.names(asked), options)
        seen.files.extend(around(tree, modules, options.excluded, seen.unread))
        return modules

    more = f" and {len(names) - notes.SHOWN:,} more" if len(names) > notes.SHOWN else ""
    return _observed(tree, look, ", ".join(names[: notes.SHOWN]) + more, started, options)


def _prepared(base: Path, options: Options, named: frozenset[str] = frozenset()) -> tuple[Options, Tree]:
    """Return the options with a clock that runs, and without a cache in the scanned tree; and what sources get."""
    clock = options.clock or Clock(options.limits.scan_seconds)
    cache = options.cache if options.cache is not None and options.cache.outside(base) else None
    tree = Tree(
        base,
        options.limits,
        options.variable_files,
        options.variables,
        options.workspace,
        options.parameters,
        cache,
        options.jobs,
        clock=clock,
        modules=options.modules,
        named=named,
        stated_in=options.stated_in,
        further=further(options),
        converted={
            path.relative_to(base).as_posix(): content
            for path, content in options.converted.items()
            if path.is_relative_to(base)
        },
    )
    return replace(options, clock=clock, cache=cache), tree


def _sources(names: Iterable[str], options: Options) -> list[Source]:
    return sources(names, [each / "sources" for each in options.plugins])


class Seen(Struct):
    """What a scan has found so far."""

    files: list[InputFile] = field(default_factory=list)
    resources: list[Resource] = field(default_factory=list)
    unread: list[Unread] = field(default_factory=list)

    def drop_last_scope(self) -> None:
        """Leave out the scope of which only a part may have been read: what is missing could change its verdicts."""
        if self.resources:
            last = self.resources[-1].scope
            self.resources = [each for each in self.resources if each.scope != last]


def _observed(
    tree: Tree, look: Callable[[Seen], list[Source]], shown: str, started: str, options: Options
) -> ScanResult:
    """Find files by `look`, which returns the sources for them, read them, and judge what they hold."""
    clock, seen = tree.clock, Seen()
    early = Early(tree, options)
    packs = _packs(tree, options)
    if packs is None:
        tree.looked_into = partial(_knows, early)
    try:
        with clock.bounded(clock.closing_from):
            _read_all(tree, look(seen), seen, options, (early, packs))
    except OutOfTime:
        seen.unread.append(clock.not_read(shown))
        seen.drop_last_scope()
    for file in seen.files:
        if file.digest is not None:
            tree.took(file.name, file.digest)
    count = len(seen.files) - len(tree.passed_over)
    scanned = Scanned(shown, "code", "tfaudit, from files", count, named=len(tree.named))
    scopes = {} if options.plugins or options.cache is None else _scopes(seen.resources, tree.keys)
    said = tuple(notes.of_files(tree, seen.files, seen.resources, scanned, options))
    observed = Observed(
        seen.resources,
        seen.unread,
        scanned,
        started,
        tree.root,
        scopes,
        said,
        Named(tree),
        tree.read_files,
        early.roots,
        tree.digests,
        packs,
    )
    return conclude(observed, options, early.registry)


def _knows(early: Early, type_: str) -> bool:
    """Whether some service looks into resources of a type; the services are found when the first one is asked for."""
    return early.registry.knows(type_)


def _packs(tree: Tree, options: Options) -> Running | None:
    """Return the rule packs, which begin at once."""
    if not options.packs:
        return None
    from tfaudit.pipeline.packs import Running

    tree.calls = True
    return Running(tree, options)


def _read_all(
    tree: Tree, modules: list[Source], seen: Seen, options: Options, judges: tuple[Early, Running | None]
) -> None:
    """Read what was found, and judge what can be judged before all is read."""
    early, packs = judges
    found = read(seen.files, tree, modules, seen.unread)
    # Services of what is recalled are not needed, nor of what workers judge.
    declared = (
        () if tree.judged_elsewhere else [each for each in seen.files if each.name not in tree.recalled]
    )
    with loading(options, lambda: early.registry, declared):
        taken = early.passed_on(counted(kept(found, seen.unread), "reading", options.progress))
        if packs is not None:
            packs.files(seen.files)
            taken = packs.passed_on(taken)
        # One by one, so that those there are stay where time runs out.
        seen.resources.extend(taken)
    for done in tree.at_last:  # while what is kept of the verdicts is written
        done()
    early.finish()
    plans = {each.scope for each in seen.resources if each.plane == "plan"}
    if plans:
        from tfaudit.sources.terraform.plan import beside

        code = beside.read_beside(tree, plans) if tree.named else ()
        beside.take_over([*seen.resources, *code])
    if any(is_object_of_a_cluster(each.type) for each in seen.resources):
        from tfaudit.sources.terraform.kubernetes import as_objects

        seen.resources = as_objects(seen.resources)
    if any(is_object_of_arm(each.type) for each in seen.resources):
        from tfaudit.sources.terraform.azapi import as_arm

        seen.resources = as_arm(seen.resources)
    seen.unread.extend(unclaimed.silent(seen.files, seen.resources, seen.unread))


def _scopes(resources: list[Resource], keys: Mapping[str, str]) -> dict[str, remembered.Scope]:
    """Return the scopes that were read in whole, as far as their source gave a digest of them."""
    members: dict[str, list[Resource]] = {}
    for resource in resources:
        members.setdefault(resource.scope, []).append(resource)
    return {
        name: remembered.Scope(keys[name], inside)
        for name, inside in members.items()
        if name in keys and all(each.dialect in _OF_ONE_ROOT and each.plane == "code" for each in inside)
    }


def _shown(target: Path, base: Path) -> str:
    """Return the target relative to the base: an absolute path would tell of the machine, not of the code."""
    return target.relative_to(base).as_posix() if target != base else target.name
