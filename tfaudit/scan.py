"""The pipeline as a function: bytes or API pages in, verdicts out. What the command line and library users call."""

from __future__ import annotations

import os
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from functools import partial
from itertools import chain
from pathlib import Path
from types import ModuleType
from typing import TypeVar

from tfaudit import __version__
from tfaudit.analysis import analyse
from tfaudit.cache import Cache, Store
from tfaudit.clock import Clock, OutOfTime
from tfaudit.errors import UsageError, did_you_mean
from tfaudit.named import CONFIGURATIONS, Named, around, work_tree
from tfaudit.patterns import alike
from tfaudit.policies import remembered
from tfaudit.policies.load import PolicySet
from tfaudit.policies.select import Choice, in_force
from tfaudit.policies.waiver_effects import Effects, idle
from tfaudit.policies.waivers import ConfiguredWaiver, waive
from tfaudit.progress import Progress, Silent
from tfaudit.reading.asset import Asset
from tfaudit.resources import Limits, Place, Resource, Unread
from tfaudit.services.registry import Registry, assets
from tfaudit.sources import deployed, plan_comments, terraform_kubernetes, unclaimed
from tfaudit.sources.files import InputFile, Tree, VariableFile, discover, nothing_excluded
from tfaudit.sources.ignored import Excluder
from tfaudit.sources.registry import sources
from tfaudit.verdicts import Framework, Scanned, ScanResult, Verdict

T = TypeVar("T")
# What Terraform reads, makes up or runs by itself.
_NO_INFRASTRUCTURE = (
    "data.",
    "provider",
    "archive_",
    "external",
    "http",
    "local_",
    "null_",
    "random_",
    "template_",
    "terraform_",
    "time_",
    "tls_",
)
_NAMED = 5


@dataclass(slots=True)
class Options:
    """What a scan is asked to do. `policies` are final: chosen, with the profile's values.

    `base` is the folder that places are relative to, by default the target, of a file its work tree's top; `excluded`
    is asked with paths relative to the target, of a file relative to `base`. `modules` maps the beginnings of Terraform
    module sources to folders of `base`; `configuration` is the name of the file in force, relative to `base`; `notes`
    are told below the report. `cache` is not used where it lies in what is scanned. `clock` runs already, None for one
    that starts with the scan.
    """

    policies: PolicySet
    profile: str = "default"
    plugins: tuple[Path, ...] = ()
    limits: Limits = field(default_factory=Limits)
    excluded: Callable[[str, bool], bool] = nothing_excluded
    variable_files: tuple[VariableFile, ...] = ()
    modules: Mapping[str, str] = field(default_factory=dict)
    variables: tuple[tuple[str, str], ...] = ()
    parameters: tuple[tuple[str, str], ...] = ()
    workspace: str = "default"
    cache: Store | None = None
    clock: Clock | None = None
    jobs: int = 0
    frameworks: dict[str, Framework] = field(default_factory=dict)
    selected_frameworks: tuple[str, ...] = ()
    waivers: tuple[ConfiguredWaiver, ...] = ()
    accepted_unread: tuple[tuple[str, str], ...] = ()
    today: date | None = None
    base: Path | None = None
    configuration: str = ""
    notes: tuple[str, ...] = ()
    progress: Progress = field(default_factory=Silent)


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

    def look(seen: Seen) -> list[ModuleType]:
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
    base = options.base or work_tree(resolved[0].parent) or resolved[0].parent
    for each in resolved:
        if not each.is_relative_to(base):
            raise UsageError(f"{each}: it does not lie in {base}; scan it by itself")
    names = [each.relative_to(base).as_posix() for each in resolved]
    options, tree = _prepared(base, options, frozenset(names))

    def look(seen: Seen) -> list[ModuleType]:
        modules = _sources(names, options)
        seen.files.extend(around(tree, modules, options.excluded, seen.unread))
        return modules

    more = f" and {len(names) - _NAMED:,} more" if len(names) > _NAMED else ""
    return _observed(tree, look, ", ".join(names[:_NAMED]) + more, started, options)


def _prepared(base: Path, options: Options, named: frozenset[str] = frozenset()) -> tuple[Options, Tree]:
    """Return the options with a clock that runs, and without a cache in the scanned tree; and what sources are told."""
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
    )
    return replace(options, clock=clock, cache=cache), tree


def _sources(names: Iterable[str], options: Options) -> list[ModuleType]:
    return sources(names, [each / "sources" for each in options.plugins])


@dataclass(slots=True)
class Seen:
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
    tree: Tree, look: Callable[[Seen], list[ModuleType]], shown: str, started: str, options: Options
) -> ScanResult:
    """Find files by `look`, which returns the sources for them, read them, and judge what they hold."""
    clock, seen = tree.clock, Seen()
    try:
        with clock.bounded(clock.closing_from):
            _read_all(tree, look(seen), seen, options)
    except OutOfTime:
        seen.unread.append(clock.not_read(shown))
        seen.drop_last_scope()
    count = len(seen.files) - len(tree.passed_over)
    scanned = Scanned(shown, "code", "tfaudit, from files", count, named=len(tree.named))
    scopes = {} if options.plugins or options.cache is None else _scopes(seen.resources, tree.keys)
    notes = (
        *tree.notes,
        *_undeclared(tree, scanned),
        *_empty(tree),
        *_not_in_force(seen.files, options),
        *_left_out(options),
        *deployed.notes(seen.resources),
    )
    observed = Observed(
        seen.resources, seen.unread, scanned, started, tree.root, scopes, notes, Named(tree), tree.read_files
    )
    return conclude(observed, options)


def _read_all(tree: Tree, modules: list[ModuleType], seen: Seen, options: Options) -> None:
    """Read what was found."""
    found = read(seen.files, tree, modules, seen.unread)
    _ = options.policies.policies  # loaded while others read
    # One by one, so that those there are stay where time runs out.
    seen.resources.extend(counted(kept(found, seen.unread), "reading", options.progress))
    plan_comments.take_over(seen.resources)
    seen.resources = terraform_kubernetes.as_objects(seen.resources)
    seen.unread.extend(unclaimed.silent(seen.files, seen.resources, seen.unread))


def _left_out(options: Options) -> tuple[str, ...]:
    return options.excluded.notes() if isinstance(options.excluded, Excluder) else ()


def _empty(tree: Tree) -> Iterator[str]:
    """Yield a note on the blocks that make nothing: what they would make is not judged."""
    found = sorted(set(tree.empty))
    if found:
        told = ", ".join(found[:_NAMED]) + (f" and {len(found) - _NAMED:,} more" if found[_NAMED:] else "")
        blocks = "block makes" if len(found) == 1 else "blocks make"
        yield f"{len(found):,} {blocks} nothing with the values at hand (count is 0, or for_each is empty): {told}"


def _undeclared(tree: Tree, scanned: Scanned) -> Iterator[str]:
    """Yield a note on each value that was given for something that no file declares: most often it is misspelt."""
    for word, given in (("variable", tree.variables), ("parameter", tree.parameters)):
        for name, _ in given:
            if name not in tree.declared:
                near = did_you_mean(name, tree.declared)
                yield f'the {word} "{name}" is given a value, and nothing in {scanned.target} declares it{near}'


def _not_in_force(files: list[InputFile], options: Options) -> Iterator[str]:
    """Yield a note on each configuration below what is scanned: the one of the target holds for all of it."""
    for file in files:
        if file.name.rpartition("/")[2] in CONFIGURATIONS and file.name != options.configuration:
            yield f"{file.name} is not in force: it counts where its own folder is scanned"


def _scopes(resources: list[Resource], keys: Mapping[str, str]) -> dict[str, remembered.Scope]:
    """Return the scopes of which the source that has told their digest read all."""
    members: dict[str, list[Resource]] = {}
    for resource in resources:
        members.setdefault(resource.scope, []).append(resource)
    return {
        name: remembered.Scope(keys[name], inside)
        for name, inside in members.items()
        if name in keys and all(each.dialect == "terraform" and each.plane == "code" for each in inside)
    }


def _shown(target: Path, base: Path) -> str:
    """Return the target relative to the base: an absolute path would tell of the machine, not of the code."""
    return target.relative_to(base).as_posix() if target != base else target.name


def read(
    files: list[InputFile], tree: Tree, modules: list[ModuleType], unread: list[Unread]
) -> Iterator[Resource | Unread]:
    """Return the resources of all files, each read by the first source that claims it, in the sources' order.

    A source that reads by processes of its own has begun to when this returns.
    """
    claimed = _claimed(files, tree, modules, unread)
    return chain.from_iterable([_by(module, claimed[module.__name__], tree) for module in modules])


def _claimed(
    files: list[InputFile], tree: Tree, modules: list[ModuleType], unread: list[Unread]
) -> dict[str, list[InputFile]]:
    """Return each source's files; what is too large or cannot be opened goes to `unread`."""
    claimed: dict[str, list[InputFile]] = {module.__name__: [] for module in modules}
    for file in files:
        try:
            module = next((each for each in modules if each.claims(file)), None)
        except OSError as error:
            unread.append(_unreadable(file, error))
            continue
        if module is None:
            unread.extend(_not_claimed(file))
        elif file.size > tree.limits.file_bytes:
            size = f"{file.size / 1e6:.0f} MB, over the limit of {tree.limits.file_bytes / 1e6:.0f} MB"
            unread.append(
                Unread(Place(file.name), f"it is {size}", "split it, or exclude it in tfaudit.yaml")
            )
        else:
            claimed[module.__name__].append(file)
    return claimed


def _not_claimed(file: InputFile) -> Iterator[Unread]:
    try:
        found = unclaimed.gap(file)
    except OSError as error:
        found = _unreadable(file, error) if file.only else None
    if found is not None:
        yield found


def _by(module: ModuleType, files: list[InputFile], tree: Tree) -> Iterator[Resource | Unread]:
    if not files:
        return iter(())
    if hasattr(module, "read_tree"):
        found: Iterator[Resource | Unread] = module.read_tree(files, tree)
        return found
    return _one_by_one(module, files, tree)


def _one_by_one(module: ModuleType, files: list[InputFile], tree: Tree) -> Iterator[Resource | Unread]:
    for file in files:
        try:
            yield from tree.clock.read(
                file.name, tree.limits.parse_seconds, partial(module.read, file, tree.limits)
            )
        except OSError as error:
            yield _unreadable(file, error)


def _unreadable(file: InputFile, error: OSError) -> Unread:
    return Unread(Place(file.name), f"it cannot be read: {error.strerror}", "give read access to it")


def counted(items: Iterable[T], name: str, progress: Progress, total: int | None = None) -> Iterator[T]:
    """Yield `items`, telling `progress` of every hundredth."""
    done = 0
    for done, each in enumerate(items, 1):
        if done % 100 == 0:
            progress.step(name, done, total)
        yield each
    progress.step(name, done, total)


def kept(found: Iterable[Resource | Unread], unread: list[Unread]) -> Iterator[Resource]:
    """Yield the resources of `found`; what could not be read is added to `unread`."""
    for each in found:
        if isinstance(each, Resource):
            yield each
        else:
            unread.append(each)


@dataclass(slots=True)
class Observed:
    """What was read of one target, ready to be judged; `root` is the folder that places are relative to, if any.

    `unchanged` holds the scopes whose source can tell whether they are what they were at an earlier scan; `notes` are
    told below the report; `named` tells what the answer is about. `read_files` are further files that its expressions
    read, each with its SHA-256 or with why it was not read.
    """

    resources: list[Resource]
    unread: list[Unread]
    scanned: Scanned
    started: str
    root: Path | None = None
    unchanged: Mapping[str, remembered.Scope] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    named: Named | None = None
    read_files: Mapping[str, str] = field(default_factory=dict)


def conclude(observed: Observed, options: Options) -> ScanResult:
    """Turn what was read into assets, judge them, and return the whole run."""
    unread = observed.unread
    registry = Registry([each / "services" for each in options.plugins])
    clock = options.clock or Clock(options.limits.scan_seconds)
    named = observed.named or Named(Tree(Path()))
    found = _assets(observed, registry, options, clock)
    verdicts = [each for each in _judged(found, observed, options, clock) if named.touches(each)]
    observed.notes += tuple(_not_judged(filter(named.holds, observed.resources), registry))
    if not verdicts:
        observed.notes += (f"nothing was judged in {observed.scanned.target}",)
    effects = waive(verdicts, options.waivers, options.today or datetime.now(UTC).date())
    written = _written(effects, observed, verdicts, options)
    return ScanResult(
        tool_version=__version__,
        scanned=(replace(observed.scanned, resources=len(observed.resources), assets=len(found)),),
        profile=options.profile,
        policies=options.policies.policies,
        verdicts=verdicts,
        unread=[accepted(gap, options.accepted_unread) for gap in unread if named.concerns(gap)],
        started=observed.started,
        finished=now(),
        run_id=random_id(),
        root=str(observed.root) if observed.root else "",
        frameworks=options.frameworks,
        selected_frameworks=options.selected_frameworks,
        notes=(*options.notes, *observed.notes, *effects.notes, *filter(None, written.values())),
        waivers=written,
    )


def _written(
    effects: Effects, observed: Observed, verdicts: list[Verdict], options: Options
) -> Mapping[str, str]:
    """Return what the waivers that somebody wrote came to, where all that they may be for was looked at."""
    if observed.scanned.plane != "code" or observed.scanned.named:
        return {}
    policies = options.policies
    return idle(
        effects, options.waivers, observed.resources, verdicts, (policies.by_id.keys(), policies.known)
    )


def _assets(observed: Observed, registry: Registry, options: Options, clock: Clock) -> list[Asset]:
    """Return the assets of what was read, as many as there is time for."""
    found: list[Asset] = []
    try:
        with clock.bounded(clock.assets_until):
            made = assets(observed.resources, registry, options.policies.kinds)
            for each in clock.in_time(made, clock.assets_until):
                if isinstance(each, Asset):
                    found.append(each)
                else:
                    observed.unread.append(each)
            analyse(found, options.policies.settings)
    except OutOfTime:
        seen = {id(asset.resource) for asset in found}
        rest = sum(1 for each in observed.resources if id(each) not in seen)
        observed.unread.append(clock.not_judged(observed.scanned.target, f"{rest:,} resources"))
    return found


def _judged(found: list[Asset], observed: Observed, options: Options, clock: Clock) -> list[Verdict]:
    """Return the verdicts on assets, as many as there is time for."""
    verdicts: list[Verdict] = []
    judging = clock.in_time(counted(found, "judging", options.progress, len(found)), clock.until)
    cache = Cache(options.cache, "verdicts")
    try:
        with clock.bounded(clock.until):
            # One by one, so that those there are stay where time runs out.
            verdicts.extend(remembered.verdicts(judging, options.policies, observed.unchanged, cache))
            cache.trim()
    except OutOfTime:
        rest = len(found) - len({id(verdict.asset) for verdict in verdicts})
        observed.unread.append(clock.not_judged(observed.scanned.target, f"{rest:,} assets"))
    return verdicts


def _not_judged(resources: Iterable[Resource], registry: Registry) -> Iterator[str]:
    """Yield a note on the resources of types that no service knows: a scan says nothing of them."""
    counts = Counter(each.type for each in resources)
    types = {
        name: count
        for name, count in counts.items()
        if not name.startswith(_NO_INFRASTRUCTURE) and not registry.knows(name)
    }
    if not types:
        return
    most = sorted(types, key=lambda name: (-types[name], name))
    told = ", ".join(f"{name} ({types[name]:,})" for name in most[:_NAMED])
    rest = len(most) - _NAMED
    more = f" and {rest:,} more {'type' if rest == 1 else 'types'}" if rest > 0 else ""
    total = sum(types.values())
    yield f"{total:,} {'resource is' if total == 1 else 'resources are'} of types that are not judged: {told}{more}"


def joined(results: Sequence[ScanResult]) -> ScanResult:
    """Return several scans of one run as one result; the first gives the run's id and root."""
    first, *rest = results
    idle_somewhere = {says for each in results for says in each.waivers.values()}
    for each in rest:
        known = {policy.id for policy in first.policies}
        first.policies += tuple(policy for policy in each.policies if policy.id not in known)
        first.scanned += each.scanned
        first.verdicts = [*first.verdicts, *each.verdicts]
        first.unread = [*first.unread, *each.unread]
        first.notes += tuple(note for note in each.notes if note not in first.notes)
        effects = {**each.waivers, **first.waivers}
        first.waivers = {named: says and each.waivers.get(named, says) for named, says in effects.items()}
        first.finished = each.finished
    used_after_all = idle_somewhere - {*first.waivers.values()}
    first.notes = tuple(note for note in first.notes if note not in used_after_all)
    return first


def accepted(gap: Unread, patterns: tuple[tuple[str, str], ...]) -> Unread:
    """Return `gap`, marked as accepted when the configuration says so of its place, and of every further one."""
    reasons = [_accepted(place, patterns) for place in (gap.place, *gap.also)]
    return replace(gap, accepted=reasons[0]) if all(reasons) else gap


def _accepted(place: Place, patterns: tuple[tuple[str, str], ...]) -> str:
    for pattern, reason in patterns:
        if alike(pattern, str(place)) or alike(pattern, place.origin):
            return reason
    return ""


class _CallableModule(ModuleType):
    """Lets `from tfaudit import scan` be the function, though the module has the same name."""

    def __call__(self, target: str | Path = ".", options: Options | None = None) -> ScanResult:
        return scan(target, options)


sys.modules[__name__].__class__ = _CallableModule


def random_id() -> str:
    """Return a version 4 UUID; the `uuid` module takes longer to import than some scans take to judge."""
    bits = int.from_bytes(os.urandom(16), "big") & ~(0xF << 76 | 0x3 << 62) | 0x4 << 76 | 0x2 << 62
    text = f"{bits:032x}"
    return "-".join((text[:8], text[8:12], text[12:16], text[16:20], text[20:]))


def now() -> str:
    """Return the time in UTC, ISO 8601 to the second."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
