"""Verdicts in the order in which people meet them: the worst first, by the file or the live asset they are about."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from tfaudit.foreign import visible
from tfaudit.model.verdicts import Outcome
from tfaudit.redaction import redacted

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from typing import Any

    from tfaudit.model.resources import Unread
    from tfaudit.model.verdicts import Policy, ScanResult, Verdict


ORIGINS = 5
"""How many origins a sentence names."""


class Group(Struct):
    """The verdicts about one file, or about one asset of a live account."""

    title: str
    verdicts: list[Verdict]


def of(result: ScanResult, *outcomes: Outcome) -> list[Verdict]:
    """Return the verdicts with any of `outcomes`: by severity, then place, then policy."""
    wanted = frozenset(outcomes)
    return sorted((each for each in result.verdicts if each.outcome in wanted), key=order)


def order(each: Verdict) -> tuple[int, str, int, str, str]:
    """Return the sort key of a verdict among others."""
    place = each.places[0]
    return -each.policy.severity.rank, place.origin, place.line, each.policy.id, each.asset.address


def grouped(verdicts: Iterable[Verdict]) -> list[Group]:
    """Return sorted verdicts as groups, in the order of each group's worst."""
    groups: dict[str, Group] = {}
    for each in verdicts:
        title = subject(each)
        groups.setdefault(title, Group(title, [])).verdicts.append(each)
    return list(groups.values())


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


def line(text: str) -> str:
    """Return foreign text as one harmless line."""
    return visible(redacted(text))


def because(each: Verdict) -> str:
    """Return the reason of a verdict, with what its values were taken from beside it."""
    origins = [str(one) for one in each.origins]
    if not origins:
        return each.because
    more = f"; and {len(origins) - ORIGINS:,} more" if len(origins) > ORIGINS else ""
    return f"{each.because} ({'; '.join(origins[:ORIGINS])}{more})"


def fix(each: Verdict) -> str:
    """Return how to mend it in its own resource type; "" where the policy does not say."""
    advice = each.policy.fix_for(each.asset.resource.type)
    return advice.says if advice else ""


def fix_values(each: Verdict) -> Mapping[str, Any]:
    """Return the attribute values that mend it, with the policy's parameters filled in."""
    advice = each.policy.fix_for(each.asset.resource.type)
    if advice is None:
        return {}
    values = {f"${parameter.name}": parameter.value for parameter in each.policy.parameters}
    return {
        name: values.get(value, value) if isinstance(value, str) else value
        for name, value in advice.sets.items()
    }


def controls(policy: Policy) -> str:
    """Return the controls of a policy by framework: `soc2: A1.2 (full), CC6.1 (partial); gdpr: ...`."""
    frameworks: dict[str, list[str]] = {}
    for link in policy.links:
        frameworks.setdefault(link.framework, []).append(f"{link.control} ({link.strength})")
    return "; ".join(f"{name}: {', '.join(found)}" for name, found in frameworks.items())


def waived_by(each: Verdict) -> str:
    """Return why, by whom, until when and where a verdict was waived."""
    waiver = each.waiver
    if waiver is None:
        return line(each.because)
    until = f", until {waiver.until}" if waiver.until else ""
    owner = f" ({waiver.owner}{until})" if waiver.owner else until
    return line(f"{waiver.reason}{owner}, said in {waiver.place}")


def gap(each: Unread) -> str:
    """Return an unread input as `where: what; what to do`, or the reason for which the gap is accepted."""
    return line(f"{each.place}: {gap_says(each)}")


def gap_says(each: Unread) -> str:
    """Return an unread input as `gap` does, without its place."""
    if each.accepted:
        return f"{each.because}; accepted: {each.accepted}"
    return f"{each.because}; {each.settle_with}" if each.settle_with else each.because


def plural(count: int, word: str, words: str = "") -> str:
    """Return `1 finding`, `2 findings`."""
    return f"{count:,} {word if count == 1 else words or word + 's'}"


def families(policies: Sequence[Policy]) -> list[str]:
    """Return the families of the policies, in order."""
    return sorted({policy.family for policy in policies})
