"""A rule of another scanner waives no more here than it does at home: `same_as` is as narrow as the rule.

Whoever left a finding out by its rule has said nothing of the findings that the rule does not make. Where two policies
judge one kind by one rule, or a policy requires several things, each claim says which part of it the rule is about.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from tfaudit.policies.same_as import Claim, claim
from tfaudit.policies.select import available

if TYPE_CHECKING:
    from tfaudit.model.verdicts import Policy

WHOLE = {
    "C-0030": "it asks of a namespace that what comes in and what goes out is blocked: both policies",
    "CKV_K8S_49": "it fails on wildcards in verbs and in resources: both settings of role-no-wildcards",
}
"""Rules that judge all of what several policies or settings ask, each with the reason."""


def _claims() -> list[tuple[Policy, str, Claim]]:
    return [
        (policy, tool, claim(each))
        for policy in available()
        for tool, rules in policy.same_as.items()
        for each in rules
    ]


def _narrow(of: Claim) -> bool:
    return bool(of.setting or of.where or of.plane or len(of.rules) > 1)


def test_a_rule_that_two_policies_claim_of_one_kind_is_narrowed_in_both() -> None:
    by_rule: dict[tuple[str, str], list[tuple[str, Claim]]] = defaultdict(list)
    for policy, _, each in _claims():
        for rule in each.rules:
            for kind in policy.kinds:
                by_rule[rule, kind].append((policy.id, each))
    wide = [
        f"{policy} claims all of {rule}, as {len(claims) - 1} others do: say for which setting, or where it holds"
        for (rule, _), claims in by_rule.items()
        for policy, each in claims
        if len({name for name, _ in claims}) > 1 and not _narrow(each) and rule not in WHOLE
    ]
    assert not wide, "\n".join(wide)


def test_of_a_policy_that_requires_several_things_a_claim_says_which() -> None:
    wide = [
        f"{policy.id} requires {', '.join(policy.require)}: say for which of them {each.rules[0]} stands"
        for policy, tool, each in _claims()
        if tool in ("checkov", "trivy") and len(policy.require) > 1
        if not _narrow(each) and each.rules[0] not in WHOLE
    ]
    assert not wide, "\n".join(wide)


def test_rules_that_are_whole_are_claimed() -> None:
    claimed = {rule for _, _, each in _claims() for rule in each.rules}
    assert WHOLE.keys() <= claimed


def test_a_claim_may_leave_values_out() -> None:
    found = claim("A+B where sensitive_actions not in s3:Get, s3:Put")
    assert (found.rules, found.where, found.values, found.without) == (
        ("A", "B"),
        "sensitive_actions",
        ("s3:Get", "s3:Put"),
        True,
    )
    assert not claim("A where rule.ports in 22").without
