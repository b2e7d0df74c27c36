"""Judges many assets in two processes: a copy of this one takes some of them, and sends the verdicts written down.

Where there can be no copy, or it fails, this process judges all.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from tfaudit.copies import Copy, possible
from tfaudit.model.asset import Asset
from tfaudit.model.resources import Resource
from tfaudit.model.verdicts import Verdict
from tfaudit.policies import remembered
from tfaudit.policies.evaluate import judge
from tfaudit.policies.load import PolicySet

WORTH_IT = 4_000
"""Of so many assets a part takes longer to judge than a process takes to copy."""

_OWN = 0.58
"""The part that this process judges: the copy has to write down what it finds, too."""


def verdicts(
    assets: Sequence[Asset],
    resources: Sequence[Resource],
    policies: PolicySet,
    jobs: int,
    passed_on: Callable[[Sequence[Asset]], Iterable[Asset]],
) -> Iterator[Verdict]:
    """Yield what `policies.evaluate.judge` would; `resources` are those that the assets were read from.

    `jobs` is how many processes there may be, 0 for one a processor; `passed_on` sees what this process judges.
    """
    if len(assets) < WORTH_IT or not possible(jobs):
        yield from judge(passed_on(assets), policies.of_kind)
        return
    cut = int(len(assets) * _OWN)
    mine, other = assets[:cut], assets[cut:]
    for kind in {each.kind for each in other}:
        policies.of_kind(kind)  # compiled once, for both

    def work() -> Iterator[bytes]:
        yield remembered.written(list(other), list(resources), list(judge(other, policies.of_kind)))

    with Copy(work) as copy:
        yield from judge(passed_on(mine), policies.of_kind)
        try:
            content = b"".join(copy.results())
        except EOFError:
            content = b""
        found = remembered.recalled(content or None, other, resources, policies)
    yield from judge(other, policies.of_kind) if found is None else found
