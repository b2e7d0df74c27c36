"""Waivers: findings that somebody has said not to count, in the code beside them or in `tfaudit.yaml`.

A waived finding keeps its place in every report, with who said so, why, and until when. A waiver without a reason, or
one that has run out, waives nothing and is said to; so does one that names no policy, meets no asset, or stands beside
what is sound: whoever wrote it thinks that it counts.

A comment for another scanner counts where `same_as` says that its rule judges the same fact. Where that rule judges a
part of it alone, `same_as` says which (`policies/same_as.py`). It counts where its owner would report: on the resource,
or on the companion or document from which the failed setting was read.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from msgspec import Struct, field

from tfaudit.model.asset import Asset
from tfaudit.model.resources import Place, Resource, Suppression
from tfaudit.model.verdicts import Outcome, Policy, Verdict, Waiver
from tfaudit.patterns import alike
from tfaudit.policies.checkov_types import is_about
from tfaudit.policies.same_as import canonical, covering


class ConfiguredWaiver(Struct, frozen=True):
    """A waiver of the configuration: a policy id and an asset's address, key or name, both with `*` allowed.

    A rule inside of a resource has two addresses, one by its number and one by what it says, which stays with it.

    `root`, `path` and `plane` narrow it to a root, to faults in some files and to a plane; "" is all of them.
    """

    policy: str
    asset: str
    reason: str
    until: str
    owner: str
    place: Place
    approver: str = ""
    ticket: str = ""
    compensating_control: str = ""
    root: str = ""
    path: str = ""
    plane: str = ""

    @property
    def is_broad(self) -> bool:
        """Whether it names neither assets nor where they are: what comes tomorrow is waived as well."""
        return not self.asset.strip("*") and not (self.root or self.path)

    def covers(self, verdict: Verdict) -> bool:
        """Whether it speaks of this verdict's policy and asset."""
        if not alike(self.policy, verdict.policy.id) or not self._reaches(verdict):
            return False
        return any(alike(self.asset, name) for name in _names_of(verdict.asset))

    def _reaches(self, verdict: Verdict) -> bool:
        asset = verdict.asset
        return (
            (not self.plane or self.plane == asset.plane)
            and (not self.root or alike(self.root, asset.scope))
            and (not self.path or any(alike(self.path, each.origin) for each in verdict.places))
        )


def _names_of(asset: Asset) -> tuple[str, ...]:
    """Return the names by which a waiver may know an asset."""
    key = asset.key if isinstance(asset.key, str) else ""
    return tuple(filter(None, (asset.address, asset.said, asset.name, key)))


class _Listed:
    """The waivers of one policy, in their order: of thousands, those are looked at that name an asset, or a pattern."""

    def __init__(self, waivers: Iterable[ConfiguredWaiver]) -> None:
        """Take the waivers."""
        self._patterns: list[tuple[int, ConfiguredWaiver]] = []
        self._named: dict[str, list[tuple[int, ConfiguredWaiver]]] = {}
        for each in enumerate(waivers):
            named = each[1].asset
            (self._patterns if "*" in named else self._named.setdefault(named, [])).append(each)

    def near(self, asset: Asset) -> list[ConfiguredWaiver]:
        """Return the waivers that may cover an asset."""
        if not self._named:
            return [each for _, each in self._patterns]
        found = [each for name in dict.fromkeys(_names_of(asset)) for each in self._named.get(name, ())]
        return [each for _, each in sorted([*self._patterns, *found], key=lambda one: one[0])]


class Effects(Struct):
    """`used` are the waivers that spoke of a finding; `notes` are those of them that could not waive it."""

    used: set[Any] = field(default_factory=set)
    notes: dict[str, None] = field(default_factory=dict)

    def void(self, place: Place, because: str) -> None:
        """Note that a waiver at `place` does not hold."""
        self.notes[f"{place}: {because}"] = None


def waive(
    verdicts: Sequence[Verdict],
    configured: Iterable[ConfiguredWaiver],
    today: date,
    *,
    inline: bool = True,
) -> Effects:
    """Turn every waived fail or unknown into outcome `waived`, in place; return what each waiver came to.

    Comments in the code are passed over unless they may waive (`inline`).
    """
    effects = Effects()
    broad: dict[ConfiguredWaiver, int] = {}
    of_policy: dict[str, _Listed] = {}
    listed = list(configured)
    for verdict in verdicts:
        if verdict.outcome not in (Outcome.FAIL, Outcome.UNKNOWN):
            continue
        id_ = verdict.policy.id
        if id_ not in of_policy:
            of_policy[id_] = _Listed(each for each in listed if alike(each.policy, id_))
        found = list(_waivers(verdict, of_policy[id_].near(verdict.asset), inline))
        effects.used.update(given for given, _ in found)
        for given, waiver in found:
            if not any(map(str.isalnum, waiver.reason)):  # an invisible sign gives no reason
                effects.void(waiver.place, f"waives {id_} without a reason, and so does not count; add one")
            elif over := _over(waiver.until, today) or _short(waiver, verdict.policy, today):
                effects.void(waiver.place, f"the waiver of {id_} {over}")
            else:
                verdict.outcome = Outcome.WAIVED
                verdict.waiver = waiver
                if isinstance(given, ConfiguredWaiver) and given.is_broad:
                    broad[given] = broad.get(given, 0) + 1
                break
    for each, count in broad.items():
        verdicts_ = "1 verdict" if count == 1 else f"{count:,} verdicts"
        what = f"the waiver of {each.policy} for {each.asset} is broad"
        effects.void(
            each.place, f"{what}: it waives {verdicts_}; name the assets, or a root, a path or a plane"
        )
    return effects


def _over(until: str, today: date) -> str:
    """Return why a waiver does not hold any more; "" where it does."""
    if not until:
        return ""
    try:
        return f"ran out on {until}" if date.fromisoformat(until) < today else ""
    except ValueError:
        return f'does not count: "{until}" is no date; write it as 2027-01-31'


def _short(waiver: Waiver, policy: Policy, today: date) -> str:
    """Return what a waiver lacks of the terms that its policy or the profile sets; "" where it meets them."""
    terms = policy.waiver_terms
    if lacking := waiver.lacks(terms.requires):
        same = "; the approver may not be the owner" if "approver" in lacking and waiver.approver else ""
        words = " and ".join(each.replace("_", " ") for each in lacking)
        return f"does not count: it has to name {words}{same}"
    longest = terms.longest_days.get(policy.severity.value)
    if longest is None:
        return ""
    last = (today + timedelta(days=longest)).isoformat()
    if not waiver.until or waiver.until > last:
        end = f"runs until {waiver.until}" if waiver.until else "has no end"
        return (
            f"does not count: it {end}, and one of {policy.severity.value} severity may run {longest:,} days, "
            f"today until {last}"
        )
    return ""


def _waivers(
    verdict: Verdict, configured: list[ConfiguredWaiver], inline: bool
) -> Iterator[tuple[Suppression | ConfiguredWaiver, Waiver]]:
    reaching = list(_reaching(verdict)) if inline else []
    # What is skipped on the resource counts together: each failed setting must be waived by some of it.
    skipped: dict[str, set[str]] = {}
    for each, ids in reaching:
        skipped.setdefault(each.tool, set()).update(*(canonical(each.tool, id_) for id_ in ids))
    covered = {tool: covering(verdict, tool, ids) for tool, ids in skipped.items() if tool != "tfaudit"}
    for suppression, ids in reaching:
        if _names(suppression.tool, ids, verdict, covered):
            yield suppression, _of_comment(suppression, verdict.outcome)
    for one in configured:
        if one.covers(verdict):
            more = (one.approver, one.ticket, one.compensating_control, "", verdict.outcome)
            yield one, Waiver(one.reason, one.until, one.owner, one.place, *more)


def _of_comment(comment: Suppression, outcome: Outcome) -> Waiver:
    named = dict(comment.named)
    more = (named.get("approver", ""), named.get("ticket", ""), named.get("control", ""))
    owner = named.get("owner", "")
    return Waiver(comment.reason, comment.until, owner, comment.place, *more, comment.tool, outcome)


def _reaching(verdict: Verdict) -> Iterator[tuple[Suppression, tuple[str, ...]]]:
    """Yield what is asked beside the asset, and beside what else its failed settings were read from.

    With each stand the ids that its owner would heed there.
    """
    asset = verdict.asset
    settings = [asset.settings[name] for name in (verdict.setting, *verdict.also) if name]
    path = settings[0].path if settings else ()
    at_home = not settings or settings[0].resource is asset.resource
    for each in asset.resource.suppressions:
        if _fits(each, asset.resource) and (not each.path or (at_home and _begins(path, each.path))):
            yield each, _heeded(each, asset.resource)
    seen = [asset.resource]
    for setting in settings:
        if any(setting.resource is each for each in seen):
            continue
        seen.append(setting.resource)
        for each in setting.resource.suppressions:
            if _fits(each, setting.resource) and (not each.path or _begins(setting.path, each.path)):
                yield each, _heeded(each, setting.resource)


def _heeded(suppression: Suppression, resource: Resource) -> tuple[str, ...]:
    if suppression.tool != "checkov":
        return suppression.ids
    return tuple(id_ for id_ in suppression.ids if is_about(id_, resource))


def _begins(path: tuple[Any, ...], start: tuple[Any, ...]) -> bool:
    return tuple(path[: len(start)]) == start


def _fits(suppression: Suppression, resource: Resource) -> bool:
    """Whether the attributes that a comment of Trivy's names have the values that it gives."""
    return all(_stated(resource.body, name) == value for name, value in suppression.where)


def _stated(body: Any, name: str) -> str | None:
    """Return the attribute `block.name` of a body as text, None where it is not stated as one."""
    value = body
    for step in name.split("."):
        value = value[0] if isinstance(value, list) and value else value
        value = value.get(step) if isinstance(value, Mapping) else None
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value) if isinstance(value, (str, int, float)) else None


def _names(tool: str, ids: tuple[str, ...], verdict: Verdict, covered: dict[str, set[str]]) -> bool:
    if tool == "tfaudit":
        return any(alike(each, verdict.policy.id) for each in ids)
    rules = covered[tool]
    return bool(rules) and any(
        alike(one, rule) for id_ in ids for one in canonical(tool, id_) for rule in rules
    )
