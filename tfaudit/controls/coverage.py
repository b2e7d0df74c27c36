"""What policies are evidence for: links checked against the catalogues."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from tfaudit.errors import did_you_mean
from tfaudit.model.verdicts import Framework, Link, Policy


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
