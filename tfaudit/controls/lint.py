"""What is wrong with links: where they lead, what they claim, and whether each can be read by itself."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping

from tfaudit.errors import did_you_mean
from tfaudit.model.verdicts import LEFT_OVER, Framework, Link, Policy

# A reason is read beside its control alone, where nothing stands before it.
_LEANS = re.compile(r"(?:So|It|They|This|These|There|Its|Both)\b")


def lint(
    policies: Iterable[Policy], frameworks: Mapping[str, Framework], *, known: Collection[str] = ()
) -> Iterator[str]:
    """Yield a sentence for each link that leads nowhere, claims more than can be true or cannot stand by itself.

    What a framework names as sufficient has to be linked to the control, and more than supporting; `known` are further
    ids that exist, where `policies` are not all.
    """
    judged = list(policies)
    for policy in judged:
        if not policy.links:
            yield f"{policy.origin}: it is linked to no control; link it to what it is evidence for"
        own = not policy.origin.startswith(
            "packs/"
        )  # what a fail means, and how it is mended, another scanner says
        if own and not policy.finding:
            yield f"{policy.origin}: it has no finding, a sentence that says what is wrong with an asset that fails"
        if own and not policy.fixes:
            yield f"{policy.origin}: it has no fix; say how a fail is mended"
        if LEFT_OVER in repr(policy):
            yield f"{policy.origin}: {LEFT_OVER} is left over; fill it in"
        for link in policy.links:
            yield from _faults(policy, link, frameworks)
    yield from _sufficient(judged, frameworks, known)


def _faults(policy: Policy, link: Link, frameworks: Mapping[str, Framework]) -> Iterator[str]:
    framework = frameworks.get(link.framework)
    if framework is None:
        yield f'{policy.origin}: unknown framework "{link.framework}"{did_you_mean(link.framework, frameworks)}'
        return
    where = f"{policy.origin}: {link.framework} {link.control}"
    control = framework.controls.get(link.control)
    if control is None:
        near = did_you_mean(link.control, framework.controls)
        yield f'{policy.origin}: {link.framework} has no control "{link.control}"{near}'
        return
    if control.testable == "manual":
        yield f"{where} cannot be tested by a machine: {control.title}"
    elif link.strength == "full" and control.testable == "partial":
        yield f"{where} can be tested in part only; the link cannot be full"
    elif link.strength == "full" and policy.parameters and not link.floor:
        yield f"{where}: a full link of a policy with parameters needs a floor for what the control asks"
    if _LEANS.match(link.because):
        yield f'{where}: "{link.because}" leans on a sentence before it; say what is meant'


def _sufficient(
    policies: list[Policy], frameworks: Mapping[str, Framework], known: Collection[str]
) -> Iterator[str]:
    by_id = {policy.id: policy for policy in policies}
    for framework in frameworks.values():
        for control in framework.controls.values():
            for id_ in (each for which in control.sufficient for each in which["policies"]):
                where = f"{framework.id} {control.id}: sufficient"
                policy = by_id.get(id_)
                if policy is None:
                    if id_ not in known:
                        yield f'{where}: there is no policy "{id_}"{did_you_mean(id_, by_id)}'
                elif not any(
                    (link.framework, link.control) == (framework.id, control.id)
                    and link.strength != "supporting"
                    for link in policy.links
                ):
                    yield f"{where}: {id_} is not linked to it, or supports it only"
