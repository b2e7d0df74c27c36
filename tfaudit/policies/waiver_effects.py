"""What waivers came to: those that waived something, and a sentence for each that did not though somebody wrote it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date
from typing import TYPE_CHECKING

from tfaudit.errors import did_you_mean
from tfaudit.patterns import alike

if TYPE_CHECKING:
    from tfaudit.model.resources import Resource, Suppression
    from tfaudit.model.verdicts import Verdict
    from tfaudit.policies.waivers import ConfiguredWaiver, Effects


def idle(
    effects: Effects,
    configured: Iterable[ConfiguredWaiver],
    resources: Iterable[Resource],
    verdicts: Iterable[Verdict],
    policies: tuple[Collection[str], Collection[str]],
) -> Mapping[str, str]:
    """Return for each waiver that somebody wrote why it had no effect, "" where it had one.

    `policies` are the ids of those in force, and of all that there are: a waiver for one that is merely not in force is
    as it should be. Comments for other scanners are theirs to judge, but for what has a form that no owner gives it.
    """
    in_force, every = policies
    listed = list(configured)
    judged = list(verdicts) if listed else []
    found: dict[str, str] = {}
    for waiver in listed:
        because = ""
        if waiver not in effects.used:
            because = _misnamed([waiver.policy], every)
            if not because and any(alike(waiver.policy, each) for each in in_force):
                met = any(waiver.covers(each) for each in judged)
                because = (
                    "waives nothing: what it names is no finding" if met else "meets no asset that is judged"
                )
        named = f"{waiver.place}: the waiver of {waiver.policy} for {waiver.asset}"
        found[named] = because and f"{named} {because}"
    for comment in _comments(resources):
        because = ""
        if comment not in effects.used:
            because = _misnamed(comment.ids, every) or _undated(comment.until)
            if not because and any(_is_one(id_, in_force) for id_ in comment.ids):
                because = f"waives nothing: {', '.join(comment.ids)} finds nothing {_where(comment)}"
        named = f"{comment.place}: the comment"
        found[named] = because and f"{named} {because}"
    return found


def _misnamed(ids: Iterable[str], every: Collection[str]) -> str:
    """Return that one of `ids` is no policy's, with the nearest that is; "" where all are."""
    for id_ in ids:
        if not _is_one(id_, every):
            return f'names "{id_}", which is no policy{did_you_mean(id_, every)}'
    return ""


def _where(comment: Suppression) -> str:
    """Return what a comment is for, as a place: one above an attribute is for that alone."""
    if not comment.path:
        return "there"
    name = next(each for each in reversed(comment.path) if isinstance(each, str))
    return f"in {name}, which it is for; above its resource it is for all of that"


def _undated(until: str) -> str:
    try:
        date.fromisoformat(until or "2000-01-01")
    except ValueError:
        return f'does not count: "{until}" is no date; write it as 2027-01-31'
    return ""


def _is_one(id_: str, names: Collection[str]) -> bool:
    return id_ in names if "*" not in id_ else any(alike(id_, each) for each in names)


def _comments(resources: Iterable[Resource]) -> Iterator[Suppression]:
    """Yield tfaudit's own comments, each once: those in a module stand beside all that its calls make."""
    seen: set[Suppression] = set()
    for resource in resources:
        for each in resource.suppressions:
            if each.tool == "tfaudit" and each not in seen:
                seen.add(each)
                yield each
