"""Counts are made once for all reports: they are what counting verdict by verdict gives."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from msgspec.structs import replace

from tfaudit import sums
from tfaudit.model.standing import standings
from tfaudit.model.verdicts import Outcome, Severity

if TYPE_CHECKING:
    from tfaudit.model.result import ScanResult


def test_a_tally_counts_as_one_does_by_hand(result: ScanResult) -> None:
    tally = result.tally
    assert result.verdicts
    assert tally.outcomes == Counter(each.outcome for each in result.verdicts)
    for severity in Severity:
        of_it = Counter(each.outcome for each in result.verdicts if each.policy.severity is severity)
        assert sums.by_severity(result)[severity] == of_it
    assert [each.policy.id for found in tally.by_policy.values() for each in found] == sorted(
        (each.policy.id for each in result.verdicts), key=list(tally.by_policy).index
    )
    quiet = (Outcome.PASS, Outcome.NOT_APPLICABLE)
    assert tally.notable == [each for each in result.verdicts if each.outcome not in quiet]


def test_a_run_with_other_verdicts_is_counted_anew(result: ScanResult) -> None:
    before = result.count(Outcome.FAIL)
    assert before
    other = replace(result, verdicts=[each for each in result.verdicts if each.outcome is Outcome.PASS])
    assert other.count(Outcome.FAIL) == 0
    assert result.count(Outcome.FAIL) == before


def test_the_assets_of_a_control_are_counted_once_however_many_policies_judge_them(
    result: ScanResult,
) -> None:
    for each in standings(result):
        judged = [
            verdict
            for verdict in result.verdicts
            if verdict.outcome is not Outcome.NOT_APPLICABLE
            and any(one.policy.id == verdict.policy.id for one in each.judged)
        ]
        assert each.assets == len({id(verdict.asset) for verdict in judged})
