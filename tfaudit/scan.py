"""The pipeline as a function: bytes or API pages in, verdicts out. What the command line and library users call."""

from __future__ import annotations

import os
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from fnmatch import fnmatchcase
from itertools import chain
from pathlib import Path
from types import ModuleType
from typing import TypeVar

from tfaudit import __version__
from tfaudit.analysis import analyse
from tfaudit.assets.asset import Asset
from tfaudit.cache import Cache
from tfaudit.errors import UsageError, did_you_mean
from tfaudit.policies import remembered
from tfaudit.policies.load import PolicySet
from tfaudit.policies.select import Choice, in_force
from tfaudit.policies.waivers import ConfiguredWaiver, waive
from tfaudit.progress import Progress, Silent
from tfaudit.resources import Limits, Place, Resource, Unread
from tfaudit.services.registry import Registry, assets
from tfaudit.sources.files import InputFile, Tree, discover, nothing_excluded
from tfaudit.sources.registry import sources
from tfaudit.verdicts import Framework, Scanned, ScanResult

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

    `base` is the folder that places are relative to, by default the target; `excluded` is asked with paths relative to
    the target.
    """

    policies: PolicySet
    profile: str = "default"
    plugins: tuple[Path, ...] = ()
    limits: Limits = field(default_factory=Limits)
    excluded: Callable[[str, bool], bool] = nothing_excluded
    variable_files: tuple[Path, ...] = ()
    variables: tuple[tuple[str, str], ...] = ()
    parameters: tuple[tuple[str, str], ...] = ()
    workspace: str = "default"
    cache: Path | None = None
    jobs: int = 0
    frameworks: dict[str, Framework] = field(default_factory=dict)
    selected_frameworks: tuple[str, ...] = ()
    waivers: tuple[ConfiguredWaiver, ...] = ()
    accepted_unread: tuple[tuple[str, str], ...] = ()
    today: date | None = None
    base: Path | None = None
    progress: Progress = field(default_factory=Silent)


def scan(target: str | Path = ".", options: Options | None = None) -> ScanResult:
    """Return the verdicts on everything at or below `target`; nothing of it is executed or changed.

    Without `options` every policy of the default profile is judged. Raises `UsageError` for a target that is not there.
    """
    started = now()
    target = Path(target)
    if not target.exists():
        raise UsageError(f"{target}: no such file or folder; name one that exists")
    options = options or Options(in_force(Choice()))
    unread: list[Unread] = []
    files: list[InputFile] = []
    base = options.base or (target.parent if target.is_file() else target)
    for each in discover(target, base, options.limits, options.excluded):
        if isinstance(each, InputFile):
            files.append(each)
        else:
            unread.append(each)
    tree = Tree(
        base,
        options.limits,
        options.variable_files,
        options.variables,
        options.workspace,
        options.parameters,
        options.cache,
        options.jobs,
    )
    modules = sources((file.name for file in files), [each / "sources" for each in options.plugins])
    found = read(files, tree, modules, unread)
    _ = options.policies.policies  # loaded while others read
    resources = list(counted(kept(found, unread), "reading", options.progress))
    scanned = Scanned(_shown(target, base), "code", "tfaudit, from files", len(files))
    scopes = {} if options.plugins or options.cache is None else _scopes(resources, tree.keys)
    observed = Observed(resources, unread, scanned, started, base, scopes, _notes(tree, scanned))
    return conclude(observed, options)


def _notes(tree: Tree, scanned: Scanned) -> tuple[str, ...]:
    """Return what is to be said of the values that a scan was given, and of what they make."""
    return (*_undeclared(tree, scanned), *_empty(tree))


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
        if module is not None and file.size > tree.limits.file_bytes:
            size = f"{file.size / 1e6:.0f} MB, over the limit of {tree.limits.file_bytes / 1e6:.0f} MB"
            unread.append(
                Unread(Place(file.name), f"it is {size}", "split it, or exclude it in tfaudit.yaml")
            )
        elif module is not None:
            claimed[module.__name__].append(file)
    return claimed


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
            yield from module.read(file, tree.limits)
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
    told below the report.
    """

    resources: list[Resource]
    unread: list[Unread]
    scanned: Scanned
    started: str
    root: Path | None = None
    unchanged: Mapping[str, remembered.Scope] = field(default_factory=dict)
    notes: tuple[str, ...] = ()


def conclude(observed: Observed, options: Options) -> ScanResult:
    """Turn what was read into assets, judge them, and return the whole run."""
    unread = observed.unread
    registry = Registry([each / "services" for each in options.plugins])
    found: list[Asset] = []
    for each in assets(observed.resources, registry, options.policies.kinds):
        if isinstance(each, Asset):
            found.append(each)
        else:
            unread.append(each)
    observed.notes += tuple(_not_judged(observed.resources, registry))
    analyse(found, options.policies.settings)
    judged = counted(found, "judging", options.progress, len(found))
    cache = Cache(options.cache, "verdicts")
    verdicts = list(remembered.verdicts(judged, options.policies, observed.unchanged, cache))
    cache.trim()
    notes = waive(verdicts, options.waivers, options.today or datetime.now(UTC).date())
    return ScanResult(
        tool_version=__version__,
        scanned=(replace(observed.scanned, resources=len(observed.resources), assets=len(found)),),
        profile=options.profile,
        policies=options.policies.policies,
        verdicts=verdicts,
        unread=[accepted(gap, options.accepted_unread) for gap in unread],
        started=observed.started,
        finished=now(),
        run_id=random_id(),
        root=str(observed.root) if observed.root else "",
        frameworks=options.frameworks,
        selected_frameworks=options.selected_frameworks,
        notes=(*observed.notes, *notes),
    )


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
    for each in rest:
        first.scanned += each.scanned
        first.verdicts = [*first.verdicts, *each.verdicts]
        first.unread = [*first.unread, *each.unread]
        first.notes += tuple(note for note in each.notes if note not in first.notes)
        first.finished = each.finished
    return first


def accepted(gap: Unread, patterns: tuple[tuple[str, str], ...]) -> Unread:
    """Return `gap`, marked as accepted when the configuration says so of its place."""
    for pattern, reason in patterns:
        if fnmatchcase(str(gap.place), pattern) or fnmatchcase(gap.place.origin, pattern):
            return replace(gap, accepted=reason)
    return gap


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
