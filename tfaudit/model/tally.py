"""What the verdicts of a run come to in numbers, counted once for all that ask."""

from __future__ import annotations

from collections import Counter, defaultdict
from functools import cached_property
from operator import attrgetter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tfaudit.model.verdicts import Outcome, Severity, Verdict

_QUIET = frozenset({"pass", "not_applicable"})
outcome_of = attrgetter("outcome")


class Tally:
    """The verdicts of a run, sorted out by policy and by outcome; what is counted must not change any more."""

    def __init__(self, verdicts: Sequence[Verdict]) -> None:
        """Take the verdicts, in their order; each count is made when somebody asks for it."""
        self.verdicts = verdicts

    @cached_property
    def by_policy(self) -> Mapping[str, list[Verdict]]:
        """The verdicts of each policy, by its id, in the order in which policies come first."""
        found: defaultdict[str, list[Verdict]] = defaultdict(list)
        for each in self.verdicts:
            found[each.policy.id].append(each)
        return found

    @cached_property
    def outcomes_of(self) -> Mapping[str, Counter[Outcome]]:
        """How many verdicts of each outcome each policy has, by its id."""
        return {id_: Counter(map(outcome_of, found)) for id_, found in self.by_policy.items()}

    @cached_property
    def outcomes(self) -> Counter[Outcome]:
        """How many verdicts of each outcome there are."""
        counts: Counter[Outcome] = Counter()
        for each in self.outcomes_of.values():
            counts.update(each)
        return counts

    @cached_property
    def severities(self) -> Mapping[Severity, Counter[Outcome]]:
        """How many verdicts of each outcome stand at each severity at which one stands."""
        counts: defaultdict[Severity, Counter[Outcome]] = defaultdict(Counter)
        for id_, found in self.by_policy.items():
            counts[found[0].policy.severity].update(self.outcomes_of[id_])
        return counts

    @cached_property
    def notable(self) -> list[Verdict]:
        """The verdicts that are neither passes nor without anything to judge, in their order: few of many."""
        return [each for each in self.verdicts if each.outcome not in _QUIET]
