"""What counts as the whole internet is one rule for all policies: a range of an eighth of all addresses, or wider."""

from __future__ import annotations

import pytest

from tfaudit.model.verdicts import Policy
from tfaudit.policies.load import compile_policy
from tfaudit.policies.select import available
from tfaudit.services.open_ports import is_world

WIDE = ("0.0.0.0/0", "0.0.0.0/1", "64.0.0.0/2", "32.0.0.0/3", "128.0.0.0/1")
NARROW = ("10.0.0.0/8", "198.51.100.0/24")


def _barring() -> list[Policy]:
    return [each for each in available() if "0.0.0.0/0" in str(each.require)]


def test_rules_of_firewalls_take_the_same_ranges_for_the_world() -> None:
    assert all(map(is_world, (*WIDE, "::/0", "2000::/3")))
    assert not any(map(is_world, (*NARROW, "16.0.0.0/4", "fc00::/7", "2001:db8::/32")))


def test_some_policies_bar_the_world_by_its_ranges() -> None:
    assert {"cluster-api-not-public", "service-not-public-by-accident"} <= {each.id for each in _barring()}


@pytest.mark.parametrize("policy", _barring(), ids=lambda policy: policy.id)
def test_a_policy_that_bars_the_world_bars_its_halves(policy: Policy) -> None:
    """Write `{none_of: ["0.0.0.0/0"], all: {not: {matches: "/[1-3]$"}}}`: the world in two halves is the world."""
    for kind in policy.kinds:
        for _, test, matcher in compile_policy(policy, kind).require:
            if "0.0.0.0/0" in str(matcher):
                assert [test([each]) for each in WIDE] == [False] * len(WIDE)
                assert [test([each]) for each in NARROW] == [True] * len(NARROW)
