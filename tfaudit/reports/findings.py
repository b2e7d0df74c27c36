"""Verdicts in the order in which people meet them: the worst first, by the file or the live asset they are about."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from msgspec import Struct

from tfaudit import documents
from tfaudit.foreign import visible
from tfaudit.model.verdicts import Change, Outcome
from tfaudit.redaction import redacted

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from tfaudit.model.resources import Unread
    from tfaudit.model.result import ScanResult
    from tfaudit.model.verdicts import Policy, Verdict


_LACKING = {
    "owner": "no owner",
    "approver": "no approver",
    "ticket": "no ticket",
    "until": "no end",
}
ORIGINS = 5
"""How many origins a sentence names."""


class Group(Struct):
    """The verdicts about one file, or about one asset of a live account."""

    title: str
    verdicts: list[Verdict]


def of(result: ScanResult, *outcomes: Outcome) -> list[Verdict]:
    """Return the verdicts with any of `outcomes`: by severity, then the place of what they are about, then policy."""
    wanted = frozenset(outcomes)
    return sorted((each for each in _among(result, wanted) if each.outcome in wanted), key=order)


def _among(result: ScanResult, wanted: frozenset[Outcome]) -> Sequence[Verdict]:
    """Return the verdicts among which those of the outcomes `wanted` are."""
    quiet = {Outcome.PASS, Outcome.NOT_APPLICABLE}
    return result.verdicts if wanted & quiet else result.tally.notable


def told(result: ScanResult, outcome: Outcome) -> tuple[list[Verdict], list[Verdict]]:
    """Return the verdicts of `of`, and those that are unchanged since what the run is compared with, told apart."""
    found = of(result, outcome)
    return (
        [each for each in found if each.change is not Change.UNCHANGED],
        [each for each in found if each.change is Change.UNCHANGED],
    )


def worst(verdicts: Iterable[Verdict], outcome: Outcome, limit: int) -> tuple[list[Verdict], list[Verdict]]:
    """Return the first `limit` verdicts of `of`, and the others in no order."""
    by_rank: dict[int, list[Verdict]] = {}
    for each in verdicts:
        if each.outcome is outcome:
            by_rank.setdefault(each.policy.severity.rank, []).append(each)
    first: list[Verdict] = []
    rest: list[Verdict] = []
    for _, found in sorted(by_rank.items(), reverse=True):
        if len(first) < limit:
            found.sort(key=order)
        room = limit - len(first)
        first += found[:room]
        rest += found[room:]
    return first, rest


def order(each: Verdict) -> tuple[int, str, int, str, str]:
    """Return the sort key of a verdict among others; where a value stands takes time to find out."""
    place = each.asset.resource.place
    return -each.policy.severity.rank, place.origin, place.line, each.asset.address, each.policy.id


def grouped(verdicts: Iterable[Verdict], by: str = "file") -> list[Group]:
    """Return sorted verdicts as groups by file, asset, policy or control, in the order of each group's worst.

    By control, a verdict stands in the group of each control that its policy is evidence for.
    """
    groups: dict[str, Group] = {}
    for each in verdicts:
        for title in _titles(each, by):
            groups.setdefault(title, Group(title, [])).verdicts.append(each)
    return list(groups.values())


def _titles(each: Verdict, by: str) -> list[str]:
    match by:
        case "policy":
            return [f"{each.policy.id}: {each.policy.title}"]
        case "asset":
            return [named(each)]
        case "control":
            links = [f"{link.framework}:{link.control}" for link in each.policy.links]
            return links or ["no control"]
        case _:
            return [subject(each)]


def subject(each: Verdict) -> str:
    """Return the file that a verdict is about, or the asset where there is none."""
    return line(each.places[0].origin if each.places[0].line else each.asset.address)


def where(each: Verdict) -> str:
    """Return the first place of a verdict as people write it."""
    return line(str(each.places[0]))


def named(each: Verdict) -> str:
    """Return the address of a verdict's asset; of what a called module declares also the root: it may have several."""
    asset = each.asset
    called = asset.address.startswith("module.") and asset.scope != "."
    return line(f"{asset.address} of {asset.scope}" if called else asset.address)


def sentence(each: Verdict) -> str:
    """Return what is wrong with the asset of a fail, of any other verdict how it should be."""
    return line(documents.finding(each))


def tells(each: Verdict) -> bool:
    """Whether the sentence of a verdict names its asset as `named` does."""
    return named(each) in sentence(each)


@lru_cache(maxsize=4096)
def line(text: str) -> str:
    """Return foreign text as one harmless line. A report says many of them several times."""
    return visible(redacted(text))


def because(each: Verdict) -> str:
    """Return the reason of a verdict, with what its values were taken from beside it."""
    return f"{each.because}{taken_from(each)}"


def taken_from(each: Verdict) -> str:
    """Return what the values of a verdict were taken from, in brackets behind a space; "" where they stand there."""
    origins = [str(one) for one in each.origins]
    if not origins:
        return ""
    more = f"; and {len(origins) - ORIGINS:,} more" if len(origins) > ORIGINS else ""
    return f" ({'; '.join(origins[:ORIGINS])}{more})"


def controls(policy: Policy) -> str:
    """Return the controls of a policy by framework: `soc2: A1.2 (full), CC6.1 (partial); gdpr: ...`."""
    frameworks: dict[str, list[str]] = {}
    for link in policy.links:
        frameworks.setdefault(link.framework, []).append(f"{link.control} ({link.strength})")
    return "; ".join(f"{name}: {', '.join(found)}" for name, found in frameworks.items())


def waived_by(each: Verdict) -> str:
    """Return why, by whom, until when and where a verdict was waived, and what the waiver does not say."""
    waiver = each.waiver
    if waiver is None:
        return line(each.because)
    told = [
        f"owner {waiver.owner}" if waiver.owner else "",
        f"approved by {waiver.approver}" if waiver.approver else "",
        f"ticket {waiver.ticket}" if waiver.ticket else "",
        f"instead: {waiver.compensating_control}" if waiver.compensating_control else "",
        f"until {waiver.until}" if waiver.until else "",
    ]
    known = ", ".join(filter(None, told))
    lacking = [_LACKING[word] for word in waiver.lacks()]
    if waiver.approver:
        lacking = [f"{word} but its owner" if word == _LACKING["approver"] else word for word in lacking]
    lacks = f"; it names {', '.join(lacking)}" if lacking else ""
    said = f"said in {waiver.place}" + (f" for {waiver.tool}" if waiver.tool not in ("", "tfaudit") else "")
    return line(f"{waiver.reason}{f' ({known})' if known else ''}, {said}{lacks}")


def gap(each: Unread) -> str:
    """Return an unread input as `where: what; what to do`, or the reason for which the gap is accepted."""
    return line(f"{each.place}: {gap_says(each)}")


def gap_says(each: Unread) -> str:
    """Return an unread input as `gap` does, without its place."""
    if each.accepted:
        return f"{each.because}; accepted: {each.accepted}"
    return f"{each.because}; {each.settle_with}" if each.settle_with else each.because


def sums(result: ScanResult) -> str:
    """Return how many verdicts there are of each outcome: `9 pass, 23 fail, 6 unknown, ...`."""
    return ", ".join(f"{result.count(outcome):,} {outcome.value.replace('_', ' ')}" for outcome in Outcome)


def plural(count: int, word: str, words: str = "") -> str:
    """Return `1 finding`, `2 findings`."""
    return f"{count:,} {word if count == 1 else words or word + 's'}"


def families(policies: Sequence[Policy]) -> list[str]:
    """Return the families of the policies, in order."""
    return sorted({policy.family for policy in policies})
