"""What policies are evidence for: links checked against the catalogues, coverage, and how each control came out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from msgspec import Struct, field

from tfaudit.errors import did_you_mean
from tfaudit.model.verdicts import Framework, Link, Outcome, Policy, Verdict


def lint(policies: Iterable[Policy], frameworks: Mapping[str, Framework]) -> Iterator[str]:
    """Yield a sentence for each link that leads nowhere or claims more than can be true."""
    for policy in policies:
        if not policy.links:
            yield f"{policy.origin}: it is linked to no control; link it to what it is evidence for"
        for link in policy.links:
            yield from _faults(policy, link, frameworks)


def _faults(policy: Policy, link: Link, frameworks: Mapping[str, Framework]) -> Iterator[str]:
    framework = frameworks.get(link.framework)
    if framework is None:
        yield f'{policy.origin}: unknown framework "{link.framework}"{did_you_mean(link.framework, frameworks)}'
        return
    control = framework.controls.get(link.control)
    if control is None:
        near = did_you_mean(link.control, framework.controls)
        yield f'{policy.origin}: {link.framework} has no control "{link.control}"{near}'
    elif control.testable == "manual":
        yield f"{policy.origin}: {link.framework} {link.control} cannot be tested by a machine: {control.title}"
    elif link.strength == "full" and control.testable == "partial":
        yield f"{policy.origin}: {link.framework} {link.control} can be tested in part only; the link cannot be full"


class Standing(Struct):
    """How one control came out: verdicts by outcome over its linked policies, and the policies."""

    framework: str
    control: str
    title: str
    testable: str
    policies: list[str] = field(default_factory=list)
    outcomes: Counter[Outcome] = field(default_factory=Counter)

    @property
    def word(self) -> str:
        """unmet, unknown, waived, met (as far as policies reach), not seen (nothing to judge), or not covered."""
        if not self.policies:
            return "not covered"
        if self.outcomes[Outcome.FAIL]:
            return "unmet"
        if self.outcomes[Outcome.UNKNOWN] or self.outcomes[Outcome.ERROR]:
            return "unknown"
        if self.outcomes[Outcome.WAIVED]:
            return "waived"
        return "met" if self.outcomes[Outcome.PASS] else "not seen"


def standings(
    frameworks: Mapping[str, Framework], policies: Iterable[Policy], verdicts: Iterable[Verdict] = ()
) -> list[Standing]:
    """Return the standing of every control of `frameworks`, in the frameworks' order."""
    table = {
        (framework.id, control.id): Standing(framework.id, control.id, control.title, control.testable)
        for framework in frameworks.values()
        for control in framework.controls.values()
    }
    by_policy: dict[str, list[Standing]] = {}
    for policy in policies:
        for link in policy.links:
            standing = table.get((link.framework, link.control))
            if standing is not None:
                standing.policies.append(policy.id)
                by_policy.setdefault(policy.id, []).append(standing)
    for verdict in verdicts:
        for standing in by_policy.get(verdict.policy.id, ()):
            standing.outcomes[verdict.outcome] += 1
    return list(table.values())
