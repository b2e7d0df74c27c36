"""What was read, judged: resources in, the whole run out."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct, field
from msgspec.structs import replace

from tfaudit import __version__
from tfaudit.analysis import analyse
from tfaudit.cache import Cache
from tfaudit.clock import Clock, OutOfTime
from tfaudit.model.asset import Asset
from tfaudit.model.resources import Place, Resource, Unread
from tfaudit.model.result import ScanResult
from tfaudit.model.verdicts import Revision, Scanned, Verdict
from tfaudit.patterns import alike
from tfaudit.pipeline import notes, together
from tfaudit.pipeline.early import Root, in_order
from tfaudit.pipeline.named import Named
from tfaudit.pipeline.options import Options, registry_of
from tfaudit.policies import remembered
from tfaudit.policies.waiver_effects import idle
from tfaudit.policies.waivers import Effects, waive
from tfaudit.progress import counted
from tfaudit.services.registry import Makers, Registry, assets
from tfaudit.sources.tree.files import Tree
from tfaudit.sources.tree.ignored import Excluder

if TYPE_CHECKING:
    from tfaudit.pipeline.packs import Running


class Observed(Struct):
    """What was read of one target, ready to be judged; `root` is the folder that places are relative to, if any.

    `unchanged` holds the scopes whose source can tell whether they are what they were at an earlier scan; `notes` are
    shown below the report; `named` tells what the answer is about. `read_files` are further files that its expressions
    read, each with its SHA-256; `digests` has that of every file that was read. `early` holds what was judged while the
    rest was read, by scope; `packs` are the rule packs that judge as well.
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
    early: Mapping[str, Root] = field(default_factory=dict)
    digests: Mapping[str, str] = field(default_factory=dict)
    packs: Running | None = None

    @property
    def scopes(self) -> list[str]:
        """The scopes of the resources, in the order in which they were read."""
        return list(dict.fromkeys(each.scope for each in self.resources))


def conclude(observed: Observed, options: Options, registry: Registry | None = None) -> ScanResult:
    """Turn what was read into assets, judge them, and return the whole run."""
    unread = observed.unread
    for scope in observed.scopes if observed.early else ():
        unread += observed.early[scope].unread if scope in observed.early else ()
    registry = registry or registry_of(options)
    clock = options.clock or Clock(options.limits.scan_seconds)
    named = observed.named or Named(Tree(Path()))
    rest = [each for each in observed.resources if each.scope not in observed.early]
    if observed.unchanged.keys().isdisjoint(each.scope for each in rest) and together.worth_it(
        rest, options.policies, options.jobs
    ):
        found, everything = _together(rest, observed, registry, options, clock)
    else:
        found = _assets(rest, observed, registry, options, clock)
        everything = _judged(found, observed, options, clock)
    found, everything = _with_early(found, everything, observed)
    if observed.packs is not None:
        everything = observed.packs.verdicts(everything, found, observed.resources, unread)
    verdicts = everything if named.everything else [each for each in everything if named.touches(each)]
    not_judged = notes.not_judged(filter(named.holds, observed.resources), registry)
    if observed.packs is not None:
        judged_types = {each.asset.resource.type for each in verdicts}
        not_judged = {type_: count for type_, count in not_judged.items() if type_ not in judged_types}
    observed.notes += tuple(notes.of_not_judged(not_judged))
    if options.fixed:
        observed.notes += ("the run's time is the one that SOURCE_DATE_EPOCH gives",)
    observed.notes += tuple(notes.of_not_linked(options))
    if not verdicts:
        observed.notes += (f"nothing was judged in {observed.scanned.target}",)
    inside = _in_scopes(found, verdicts, observed, options)
    if not options.inline_waivers:
        observed.notes += tuple(notes.of_waivers_off(observed.resources))
    today = options.today or (options.fixed or datetime.now(UTC)).date()
    # A pack reads comments where no source of ours does.
    commented = options.inline_waivers and (
        observed.packs is not None or any(each.suppressions for each in observed.resources)
    )
    judged = verdicts if options.waivers or commented else ()
    effects = waive(judged, options.waivers, today, inline=options.inline_waivers)
    written = _written(effects, observed, verdicts, options)
    return ScanResult(
        tool_version=__version__,
        scanned=(replace(observed.scanned, resources=len(observed.resources), assets=len(found)),),
        profile=options.profile,
        policies=options.policies.policies,
        verdicts=verdicts,
        unread=[_accepted(gap, options.accepted_unread) for gap in unread if named.concerns(gap)],
        started=_written_out(options.fixed) if options.fixed else observed.started,
        finished=_written_out(options.fixed) if options.fixed else now(),
        run_id=_run_id(observed.scanned.target, options.fixed),
        root=str(observed.root) if observed.root else "",
        frameworks=options.frameworks,
        selected_frameworks=options.selected_frameworks,
        notes=(
            *options.notes,
            *observed.notes,
            *effects.notes,
            *filter(None, written.values()),
            *_in_vain(effects, observed, options),
        ),
        waivers=written,
        waiver_faults=(*effects.notes, *filter(None, written.values())),
        read_files=dict(observed.read_files),
        digests=observed.digests,
        not_judged=not_judged,
        scopes=inside,
        configurations=options.configurations,
        revision=_revision(observed.root),
        left_out=options.excluded.left_out() if isinstance(options.excluded, Excluder) else (),
    )


def _revision(root: Path | None) -> Revision | None:
    """Return the commit that is checked out where files were read from the top of a work tree."""
    if root is None or not (root / ".git").exists():
        return None
    from tfaudit.sources.tree.git_head import revision

    return revision(str(root))


def _in_scopes(
    found: list[Asset], verdicts: list[Verdict], observed: Observed, options: Options
) -> Mapping[str, frozenset[int]]:
    """Return the assets in each declared scope; a policy that is asked in a scope does not apply outside of it."""
    if not options.scopes and not any(each.scope for each in options.policies.policies):
        return {}
    from tfaudit.policies import scopes

    inside = scopes.members(options.scopes, found)
    scopes.leave_out(verdicts, inside)
    observed.notes += tuple(scopes.undeclared(verdicts, options.scopes))
    if not options.selected_frameworks:  # else the others are not there to ask
        known = options.frameworks.values()
        observed.notes += tuple(scopes.unasked(options.scopes, options.policies.policies, known))
    return inside


def _written(
    effects: Effects, observed: Observed, verdicts: list[Verdict], options: Options
) -> Mapping[str, str]:
    """Return what waivers and accepted gaps came to that somebody wrote, where all that they may be for was seen."""
    if observed.scanned.plane != "code" or observed.scanned.named:
        return {}
    policies = options.policies
    commented = observed.resources if options.inline_waivers else ()
    found = idle(effects, options.waivers, commented, verdicts, (policies.by_id.keys(), policies.known))
    return {**found, **_acceptances(observed.unread, options)}


def _in_vain(effects: Effects, observed: Observed, options: Options) -> Iterator[str]:
    """Yield what comments for other scanners came to that waive nothing; a pack's own are judged with it."""
    if observed.scanned.plane != "code" or observed.scanned.named or not options.inline_waivers:
        return
    if observed.packs is not None or not any(each.suppressions for each in observed.resources):
        return
    from tfaudit.policies.foreign_comments import without_effect
    from tfaudit.policies.select import available

    yield from without_effect(effects, observed.resources, options.policies.policies, available())


def _together(
    rest: list[Resource], observed: Observed, registry: Registry, options: Options, clock: Clock
) -> tuple[list[Asset], list[Verdict]]:
    """Return the assets of the `rest`, which was not judged early, and the verdicts on them.

    Two processes come to them, as far as there is time.
    """
    found = together.Judged()

    def in_time(some: Sequence[Makers]) -> Iterator[Makers]:
        return clock.in_time(counted(some, "judging", options.progress), clock.until)

    try:
        with clock.bounded(clock.until):
            together.judged(rest, registry, options.policies, in_time, found)
    except OutOfTime:
        _missed(rest, found.assets, observed, clock)
    observed.unread += found.unread
    return found.assets, found.verdicts


def _missed(rest: list[Resource], found: list[Asset], observed: Observed, clock: Clock) -> None:
    """Take down how many of the resources there was no time for."""
    seen = {id(asset.resource) for asset in found}
    missed = sum(1 for each in rest if id(each) not in seen)
    observed.unread.append(clock.not_judged(observed.scanned.target, f"{missed:,} resources"))


def _assets(
    rest: list[Resource], observed: Observed, registry: Registry, options: Options, clock: Clock
) -> list[Asset]:
    """Return the assets of the `rest`, which was not judged early, as many as there is time for."""
    found: list[Asset] = []
    try:
        with clock.bounded(clock.assets_until):
            made = assets(rest, registry, options.policies.kinds)
            for each in clock.in_time(made, clock.assets_until):
                if isinstance(each, Asset):
                    found.append(each)
                else:
                    observed.unread.append(each)
            analyse(found, options.policies.settings)
    except OutOfTime:
        _missed(rest, found, observed, clock)
    return found


def _with_early(
    found: list[Asset], verdicts: list[Verdict], observed: Observed
) -> tuple[list[Asset], list[Verdict]]:
    """Return assets and verdicts together with those of the roots that were judged early, in their order."""
    scopes = observed.scopes if observed.early else []
    early = {scope: observed.early[scope] for scope in scopes if scope in observed.early}
    if not early:
        return found, verdicts
    assets_before = {scope: root.assets for scope, root in early.items()}
    verdicts_before = {scope: root.verdicts for scope, root in early.items()}
    return (
        in_order(scopes, assets_before, found, lambda asset: asset.scope),
        in_order(scopes, verdicts_before, verdicts, lambda verdict: verdict.asset.scope),
    )


def _judged(found: list[Asset], observed: Observed, options: Options, clock: Clock) -> list[Verdict]:
    """Return the verdicts on assets, as many as there is time for."""
    verdicts: list[Verdict] = []
    cache = Cache(options.cache, "verdicts")

    def in_time(some: Sequence[Asset]) -> Iterator[Asset]:
        return clock.in_time(counted(some, "judging", options.progress, len(found)), clock.until)

    try:
        with clock.bounded(clock.until):
            # One by one, so that those there are stay where time runs out.
            judging = remembered.verdicts(in_time(found), options.policies, observed.unchanged, cache)
            verdicts.extend(judging)
            cache.trim()
    except OutOfTime:
        rest = len(found) - len({id(verdict.asset) for verdict in verdicts})
        observed.unread.append(clock.not_judged(observed.scanned.target, f"{rest:,} assets"))
    return verdicts


def _accepted(gap: Unread, patterns: tuple[tuple[str, str], ...]) -> Unread:
    """Return `gap`, marked as accepted when the configuration says so of its place, and of every further one."""
    reasons = [_reason(place, patterns) for place in (gap.place, *gap.also)]
    return replace(gap, accepted=reasons[0]) if all(reasons) else gap


def _acceptances(unread: Iterable[Unread], options: Options) -> Mapping[str, str]:
    """Return for each entry that accepts unread input why it had no effect, "" where it had one."""
    places = [place for gap in unread for place in (gap.place, *gap.also)] if options.accepted_unread else []
    found: dict[str, str] = {}
    for pattern, reason in options.accepted_unread:
        named = f'{options.configuration or "the configuration"}: accept_unread: "{pattern}"'
        met = any(_reason(place, ((pattern, reason),)) for place in places)
        found[named] = (
            "" if met else f"{named} accepts nothing: all that it could be for was read, or is not there"
        )
    return found


def _reason(place: Place, patterns: tuple[tuple[str, str], ...]) -> str:
    for pattern, reason in patterns:
        if alike(pattern, str(place)) or alike(pattern, place.origin):
            return reason
    return ""


def _run_id(target: str, fixed: datetime | None) -> str:
    """Return a random UUID, or where the time is fixed one that target and time make (RFC 9562, versions 4 and 8).

    The `uuid` module takes longer to import than some scans take to judge.
    """
    version = 0x8 if fixed else 0x4
    made = (
        hashlib.sha256(f"{target} {fixed}".encode("utf-8", "replace")).digest()[:16]
        if fixed
        else os.urandom(16)
    )
    bits = int.from_bytes(made, "big") & ~(0xF << 76 | 0x3 << 62) | version << 76 | 0x2 << 62
    text = f"{bits:032x}"
    return "-".join((text[:8], text[8:12], text[12:16], text[16:20], text[20:]))


def now() -> str:
    """Return the time in UTC, ISO 8601 to the second."""
    return _written_out(datetime.now(UTC))


def _written_out(time: datetime) -> str:
    return time.strftime("%Y-%m-%dT%H:%M:%SZ")
