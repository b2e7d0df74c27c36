"""How a control stands after a run: what the verdicts of the policies linked to it come to, by the links' strength.

The strengths, the statuses and what each means are said here once, for every report, the bundle and the documentation.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum
from functools import cached_property
from operator import attrgetter

from msgspec import Struct, field

from tfaudit.model.floors import shortfall
from tfaudit.model.result import ScanResult
from tfaudit.model.tally import outcome_of
from tfaudit.model.verdicts import Framework, Link, Outcome, Policy, Verdict

STRENGTHS = {
    "full": "the policy alone shows the control's technical substance, on the kinds that it judges and with its "
    "parameters at or over the link's floor",
    "partial": "the policy shows a stated part of the control",
    "supporting": "the policy bears on the control and shows no part of it; alone it makes neither an exception nor "
    "evidence",
}


class Status(StrEnum):
    """How a control stands, the worst first."""

    EXCEPTIONS = "exceptions"
    UNKNOWN = "unknown"
    NO_EXCEPTIONS_SEEN = "no exceptions seen"
    EVIDENCED = "evidenced"
    NOT_SEEN = "not seen"
    NO_POLICY = "no policy"


STATUSES = {
    Status.EXCEPTIONS: "a policy that shows the control in part or in full fails on an asset, or failed there and was "
    "waived",
    Status.UNKNOWN: "no such policy fails, and what at least one of them asks is not known; or all that was "
    "judged is supporting, and some of it fails",
    Status.NO_EXCEPTIONS_SEEN: "what was judged passed; that is as far as the policies and the assets reach, and not "
    "that the control is met",
    Status.EVIDENCED: "every policy of a set that the framework's file names as sufficient passed on assets of every "
    "kind that the set names",
    Status.NOT_SEEN: "policies are linked to the control, and nothing that they judge was there",
    Status.NO_POLICY: "no policy in force is linked to the control",
}


_NOTHING: Counter[Outcome] = Counter()
"""What a policy comes to that judged nothing: most do, and a count for each would take longer than all else here."""
_asset_of = attrgetter("asset")
_kind_of = attrgetter("asset.kind")


class Judged:
    """What the verdicts of one policy are about; found out when somebody asks, which no sum of a run does."""

    def __init__(
        self, verdicts: Sequence[Verdict], same: dict[frozenset[int], frozenset[int]], *, all_apply: bool
    ) -> None:
        """Take the verdicts; of equal sets of assets, which many policies judge, the one in `same` stands for all."""
        self._verdicts = verdicts
        self._same = same
        self._all_apply = all_apply

    @cached_property
    def _applying(self) -> Sequence[Verdict]:
        if self._all_apply:
            return self._verdicts
        return [each for each in self._verdicts if each.outcome is not Outcome.NOT_APPLICABLE]

    @cached_property
    def assets(self) -> frozenset[int]:
        """The assets, by identity: the verdicts keep them alive."""
        found = frozenset(map(id, map(_asset_of, self._applying)))
        return self._same.setdefault(found, found)

    @cached_property
    def kinds(self) -> frozenset[str]:
        """The kinds of the assets."""
        return frozenset(map(_kind_of, self._applying))


_NONE_JUDGED = Judged((), {}, all_apply=True)


class Evidence(Struct):
    """One policy linked to a control: how strongly, why its link does not count (""), and how it came out."""

    policy: Policy
    link: Link
    short: str = ""
    scope: str = ""
    outcomes: Counter[Outcome] = field(default_factory=lambda: _NOTHING)
    waived_fails: int = 0
    about: Judged = _NONE_JUDGED

    @property
    def assets(self) -> frozenset[int]:
        """The assets that it judged, by identity."""
        return self.about.assets

    @property
    def kinds(self) -> frozenset[str]:
        """Their kinds."""
        return self.about.kinds

    @property
    def judged(self) -> bool:
        """Whether it came to a verdict on an asset; "not applicable" is none."""
        counts = self.outcomes
        return bool(counts) and any(
            count for outcome, count in counts.items() if outcome is not Outcome.NOT_APPLICABLE
        )

    @property
    def deciding(self) -> bool:
        """Whether its link counts for more than support."""
        return self.link.strength != "supporting"

    @property
    def fails(self) -> int:
        """How many assets it failed on, waived or not."""
        return self.outcomes[Outcome.FAIL] + self.waived_fails

    @property
    def open(self) -> int:
        """How many assets it could not tell of, waived or not."""
        waived = self.outcomes[Outcome.WAIVED] - self.waived_fails
        return self.outcomes[Outcome.UNKNOWN] + self.outcomes[Outcome.ERROR] + waived

    @property
    def word(self) -> str:
        """How it came out, in a word: fails, unknown, passes, not seen; below its floor it does not count."""
        if self.short:
            return "below the floor"
        if not self.judged:
            return "not seen"
        return "fails" if self.fails else "unknown" if self.open else "passes"


class Standing(Struct):
    """One control after a run, with every policy that is linked to it."""

    framework: str
    control: str
    title: str
    testable: str
    evidence: list[Evidence] = field(default_factory=list)
    sufficient: tuple[Mapping[str, tuple[str, ...]], ...] = ()

    @property
    def counted(self) -> list[Evidence]:
        """The evidence whose link's floor is reached."""
        return [each for each in self.evidence if not each.short]

    @property
    def judged(self) -> list[Evidence]:
        """The counted evidence that came to verdicts."""
        return [each for each in self.counted if each.judged]

    @property
    def status(self) -> Status:
        """What all of it comes to."""
        if not self.evidence:
            return Status.NO_POLICY
        judged = self.judged
        if not judged:
            return Status.NOT_SEEN
        deciding = [each for each in judged if each.deciding]
        if any(each.fails for each in deciding):
            return Status.EXCEPTIONS
        if any(each.open for each in deciding):
            return Status.UNKNOWN
        if not deciding and any(each.fails or each.open for each in judged):
            return Status.UNKNOWN
        return Status.EVIDENCED if self._sufficed() else Status.NO_EXCEPTIONS_SEEN

    def _sufficed(self) -> bool:
        passed = {
            each.policy.id: each.kinds
            for each in self.judged
            if each.outcomes[Outcome.PASS] and not each.fails
        }
        return any(
            all(id_ in passed for id_ in which["policies"])
            and all(any(kind in passed[id_] for id_ in which["policies"]) for kind in which["kinds"])
            for which in self.sufficient
        )

    @property
    def assets(self) -> int:
        """How many assets the judged evidence is about."""
        different = {id(each.assets): each.assets for each in self.judged}  # equal ones are one and the same
        return len(frozenset[int]().union(*different.values()))

    @property
    def kinds(self) -> list[str]:
        """The kinds of these assets."""
        return sorted(frozenset[str]().union(*(each.kinds for each in self.judged)))

    @property
    def worst(self) -> Evidence | None:
        """The evidence that speaks most against the control: fails first, by strength and then severity."""
        against = [each for each in self.judged if each.fails] or [each for each in self.judged if each.open]
        return min(against, key=_weight, default=None)

    @property
    def says(self) -> str:
        """The status with what it rests on: `exceptions (3 of 5 policies judged, on 7 assets); ...`."""
        status = self.status
        if status in (Status.NO_POLICY, Status.NOT_SEEN):
            return status.value
        only = "" if any(each.deciding for each in self.judged) else ", supporting evidence only"
        assets = "1 asset" if self.assets == 1 else f"{self.assets:,} assets"
        policies = (
            f"{len(self.judged)} of {len(self.counted)} {'policy' if len(self.counted) == 1 else 'policies'}"
        )
        stated = [
            f"{status.value} ({policies} judged, on {assets}{only})",
            *map(_against, self._worst_first()),
        ]
        return "; ".join(stated)

    def _worst_first(self) -> list[Evidence]:
        return sorted((each for each in self.judged if each.fails or each.open), key=_weight)[:_TOLD]

    def count(self, outcome: Outcome) -> int:
        """Return how many verdicts of the counted evidence came out so."""
        return sum(each.outcomes[outcome] for each in self.counted)


_TOLD = 3
_ORDER = {"full": 0, "partial": 1, "supporting": 2}


def _weight(each: Evidence) -> tuple[bool, int, int, str]:
    return not each.fails, _ORDER[each.link.strength], -each.policy.severity.rank, each.policy.id


def _against(each: Evidence) -> str:
    """Return what one policy says against a control: `database-encrypted (high, partial) fails on 2`."""
    head = f"{each.policy.id} ({each.policy.severity.value}, {each.link.strength})"
    if not each.fails:
        return f"{head} is unknown on {each.open:,}"
    waived = f", {each.waived_fails:,} of them waived" if each.waived_fails else ""
    return f"{head} fails on {each.fails:,}{waived}"


def standings(result: ScanResult) -> list[Standing]:
    """Return how each control stands, of the frameworks that were asked for, in the frameworks' order.

    Controls without any policy are among them where the frameworks' files were read for the run.
    """
    policies = {policy.id: policy for policy in result.policies}
    for id_, verdicts in result.tally.by_policy.items():
        policies.setdefault(id_, verdicts[0].policy)
    wanted = result.selected_frameworks
    found = of_policies(result.frameworks, policies.values(), wanted)
    by_policy: dict[str, list[Evidence]] = {}
    for standing in found:
        for evidence in standing.evidence:
            by_policy.setdefault(evidence.policy.id, []).append(evidence)
    same: dict[frozenset[int], frozenset[int]] = {}
    for id_, verdicts in result.tally.by_policy.items():
        _judge(by_policy.get(id_, ()), verdicts, result, same)
    return found


def of_policies(
    frameworks: Mapping[str, Framework], policies: Iterable[Policy], wanted: Iterable[str] = ()
) -> list[Standing]:
    """Return the standing of each control before anything is judged: with the policies linked to it."""
    chosen = tuple(wanted)
    table = {
        (framework.id, control.id): Standing(
            framework.id, control.id, control.title, control.testable, [], control.sufficient
        )
        for framework in frameworks.values()
        if not chosen or framework.id in chosen
        for control in framework.controls.values()
    }
    for policy in policies:
        for link in policy.links:
            if chosen and link.framework not in chosen:
                continue
            standing = table.get((link.framework, link.control))
            if standing is None:
                standing = Standing(link.framework, link.control, "", "")
                table[link.framework, link.control] = standing
            framework = frameworks.get(link.framework)
            scope = link.scope or (framework.scope if framework else "")
            standing.evidence.append(Evidence(policy, link, shortfall(policy, link), scope))
    return list(table.values())


def _judge(
    evidence: Iterable[Evidence],
    verdicts: list[Verdict],
    result: ScanResult,
    same: dict[frozenset[int], frozenset[int]],
) -> None:
    """Enter the verdicts of one policy into what it is evidence for, those on assets in its scope."""
    scopes = result.scopes
    by_scope: dict[str, list[Evidence]] = {}
    for one in evidence:
        by_scope.setdefault(one.scope if one.scope in scopes else "", []).append(one)
    for scope, those in by_scope.items():
        inside = scopes.get(scope)
        if inside is None:
            counted, outcomes = verdicts, result.tally.outcomes_of[verdicts[0].policy.id]
        else:
            counted = [each for each in verdicts if id(each.asset) in inside]
            outcomes = Counter(map(outcome_of, counted))
        _enter(those, counted, outcomes, same)


def _enter(
    evidence: list[Evidence],
    verdicts: list[Verdict],
    outcomes: Counter[Outcome],
    same: dict[frozenset[int], frozenset[int]],
) -> None:
    waived = 0
    if outcomes[Outcome.WAIVED]:
        waived = sum(
            1 for each in verdicts if each.waiver is not None and each.waiver.outcome is Outcome.FAIL
        )
    about = Judged(verdicts, same, all_apply=not outcomes[Outcome.NOT_APPLICABLE])
    for one in evidence:
        one.outcomes, one.waived_fails, one.about = outcomes, waived, about


def by_status(found: Iterable[Standing]) -> dict[str, Counter[Status]]:
    """Return how many controls of each framework have each status."""
    stated: dict[str, Counter[Status]] = {}
    for each in found:
        stated.setdefault(each.framework, Counter())[each.status] += 1
    return stated
