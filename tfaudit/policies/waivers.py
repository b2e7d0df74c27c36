"""Waivers: findings that somebody has said not to count, in the code beside them or in `tfaudit.yaml`.

A waived finding keeps its place in every report, with who said so, why, and until when. A waiver without a reason, or
one that has run out, waives nothing and is said to.

A comment for another scanner counts where `same_as` says that its rule judges the same fact. Where that rule judges a
part of it alone, `same_as` says which: `CKV_K8S_11 for resources.cpu_limit` waives no missing memory limit,
`CKV_AWS_24 where rule.admin_ports in 22` no open port but that of SSH, and `CKV_AWS_53+CKV_AWS_54` waives only where
both are skipped.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from fnmatch import fnmatchcase

from tfaudit.policies.evaluate import shown
from tfaudit.resources import Place, Suppression
from tfaudit.verdicts import Outcome, Verdict, Waiver


@dataclass(slots=True, frozen=True)
class ConfiguredWaiver:
    """A waiver of the configuration: a policy id and an asset's address, key or name, both with `*` allowed."""

    policy: str
    asset: str
    reason: str
    until: str
    owner: str
    place: Place

    def covers(self, verdict: Verdict) -> bool:
        """Whether it speaks of this verdict's policy and asset."""
        asset = verdict.asset
        names = [asset.address, asset.name, asset.key if isinstance(asset.key, str) else ""]
        return fnmatchcase(verdict.policy.id, self.policy) and any(
            fnmatchcase(name, self.asset) for name in names
        )


def waive(verdicts: Sequence[Verdict], configured: Iterable[ConfiguredWaiver], today: date) -> list[str]:
    """Turn every waived fail or unknown into outcome `waived`, in place.

    Returns a sentence for each waiver that has no effect: it ran out, or gives no reason.
    """
    notes: dict[str, None] = {}
    listed = list(configured)
    for verdict in verdicts:
        if verdict.outcome not in (Outcome.FAIL, Outcome.UNKNOWN):
            continue
        for waiver in _waivers(verdict, listed):
            if not waiver.reason:
                notes[
                    f"{waiver.place}: waives {verdict.policy.id} without a reason, and so does not count; add one"
                ] = None
            elif _over(waiver.until, today):
                notes[f"{waiver.place}: the waiver of {verdict.policy.id} ran out on {waiver.until}"] = None
            else:
                verdict.outcome = Outcome.WAIVED
                verdict.waiver = waiver
                break
    return list(notes)


def _over(until: str, today: date) -> bool:
    if not until:
        return False
    try:
        return date.fromisoformat(until) < today
    except ValueError:
        return True  # a date that nobody can read must not waive for ever


def _waivers(verdict: Verdict, configured: list[ConfiguredWaiver]) -> Iterable[Waiver]:
    for suppression in verdict.asset.resource.suppressions:
        if _reaches(suppression, verdict) and _names(suppression, verdict):
            yield Waiver(suppression.reason, suppression.until, suppression.tool, suppression.place)
    for each in configured:
        if each.covers(verdict):
            yield Waiver(each.reason, each.until, each.owner, each.place)


def _names(suppression: Suppression, verdict: Verdict) -> bool:
    policy = verdict.policy
    if suppression.tool == "tfaudit":
        return "*" in suppression.ids or policy.id in suppression.ids
    # What is skipped on the resource counts together: each failed setting must be waived by some of it.
    skipped = {
        _bare(id_)
        for each in verdict.asset.resource.suppressions
        if each.tool == suppression.tool and _reaches(each, verdict)
        for id_ in each.ids
    }
    own = {_bare(id_) for id_ in suppression.ids}
    failed = {verdict.setting, *verdict.also}
    waived: set[str] = set()
    takes_part = False
    # What is waived of one setting where another has some values: several rules may each be about some of these.
    in_part: dict[tuple[str, str], set[str]] = {}
    for each in (claim(mapped) for mapped in policy.same_as.get(suppression.tool, ())):
        needed = {_bare(id_) for id_ in each.rules}
        if needed <= skipped:
            takes_part = takes_part or bool(needed & own)
            if each.where:
                in_part.setdefault((each.setting, each.where), set()).update(each.values)
            else:
                waived |= {each.setting} if each.setting else failed
    for (setting, where), values in in_part.items():
        if _has_only(verdict, where, values):
            waived |= {setting} if setting else failed
    return takes_part and failed <= waived


def _has_only(verdict: Verdict, where: str, values: set[str]) -> bool:
    """Whether the value of the asset's setting `where` is known, and one of `values` or a list of such."""
    value = getattr(verdict.asset.settings[where], "value", None)
    parts = value if isinstance(value, (list, tuple)) else [value]
    return (
        bool(parts) and all(shown(each) in values for each in parts if each is not None) and parts != [None]
    )


@dataclass(slots=True, frozen=True)
class Claim:
    """One entry of `same_as`: `A+B for SETTING where OTHER in X, Y`."""

    rules: tuple[str, ...]
    setting: str = ""
    where: str = ""
    values: tuple[str, ...] = ()


def claim(mapped: str) -> Claim:
    """Return what an entry of `same_as` says."""
    rest, _, condition = mapped.partition(" where ")
    rules, _, setting = rest.partition(" for ")
    where, _, values = condition.partition(" in ")
    listed = tuple(each.strip() for each in values.split(",")) if values else ()
    return Claim(tuple(rules.split("+")), setting, where, listed)


def _bare(id_: str) -> str:
    # Trivy writes one rule as AVD-AWS-0089, AWS-0089 and aws-0089.
    return id_.upper().removeprefix("AVD-")


def _reaches(suppression: Suppression, verdict: Verdict) -> bool:
    setting = verdict.asset.settings[verdict.setting] if verdict.setting else None
    path = setting.path if setting is not None else ()
    if suppression.path:
        return tuple(path[: len(suppression.path)]) == suppression.path
    return True
