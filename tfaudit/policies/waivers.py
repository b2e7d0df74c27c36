"""Waivers: findings that somebody has said not to count, in the code beside them or in `tfaudit.yaml`.

A waived finding keeps its place in every report, with who said so, why, and until when. A waiver without a reason, or
one that has run out, waives nothing and is said to.

A comment for another scanner counts where `same_as` says that its rule judges the same fact. Where that rule judges a
part of it alone, `same_as` says which: `CKV_K8S_11 for resources.cpu_limit` waives no missing memory limit, and
`CKV_AWS_53+CKV_AWS_54` waives only where both are skipped.
"""

from __future__ import annotations

import fnmatch
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

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
        if not _pattern(self.policy).match(verdict.policy.id):
            return False
        asset, fits = verdict.asset, _pattern(self.asset).match
        return any(
            fits(name)
            for name in (asset.address, asset.name, asset.key if isinstance(asset.key, str) else "")
        )


@lru_cache(maxsize=65_536)
def _pattern(text: str) -> re.Pattern[str]:
    """Return a pattern as `fnmatch` has it; that one forgets what it made of more than 256 of them."""
    return re.compile(fnmatch.translate(text))


def waive(verdicts: Sequence[Verdict], configured: Iterable[ConfiguredWaiver], today: date) -> list[str]:
    """Turn every waived fail or unknown into outcome `waived`, in place.

    Returns a sentence for each waiver that has no effect: it ran out, or gives no reason.
    """
    notes: dict[str, None] = {}
    listed = list(configured)
    of_policy: dict[str, list[ConfiguredWaiver]] = {}
    for verdict in verdicts:
        if verdict.outcome not in (Outcome.FAIL, Outcome.UNKNOWN):
            continue
        id_ = verdict.policy.id
        if id_ not in of_policy:
            of_policy[id_] = [each for each in listed if _pattern(each.policy).match(id_)]
        for waiver in _waivers(verdict, of_policy[id_]):
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


def _waivers(verdict: Verdict, configured: list[ConfiguredWaiver]) -> Iterator[Waiver]:
    reaching = [each for each in verdict.asset.resource.suppressions if _reaches(each, verdict)]
    # What is skipped on the resource counts together: each failed setting must be waived by some of it.
    skipped: dict[str, set[str]] = {}
    for each in reaching:
        skipped.setdefault(each.tool, set()).update(map(_bare, each.ids))
    for suppression in reaching:
        if _names(suppression, verdict, skipped[suppression.tool]):
            yield Waiver(suppression.reason, suppression.until, suppression.tool, suppression.place)
    for waiver in configured:
        if waiver.covers(verdict):
            yield Waiver(waiver.reason, waiver.until, waiver.owner, waiver.place)


def _names(suppression: Suppression, verdict: Verdict, skipped: set[str]) -> bool:
    policy = verdict.policy
    if suppression.tool == "tfaudit":
        return "*" in suppression.ids or policy.id in suppression.ids
    own = {_bare(id_) for id_ in suppression.ids}
    waived: set[str] = set()
    takes_part = False
    for mapped in policy.same_as.get(suppression.tool, ()):
        rules, _, setting = mapped.partition(" for ")
        needed = {_bare(id_) for id_ in rules.split("+")}
        if needed <= skipped:
            takes_part = takes_part or bool(needed & own)
            waived |= {setting} if setting else {verdict.setting, *verdict.also}
    return takes_part and {verdict.setting, *verdict.also} <= waived


def _bare(id_: str) -> str:
    # Trivy writes one rule as AVD-AWS-0089, AWS-0089 and aws-0089.
    return id_.upper().removeprefix("AVD-")


def _reaches(suppression: Suppression, verdict: Verdict) -> bool:
    setting = verdict.asset.settings[verdict.setting] if verdict.setting else None
    path = setting.path if setting is not None else ()
    if suppression.path:
        return tuple(path[: len(suppression.path)]) == suppression.path
    return True
