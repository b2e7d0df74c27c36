"""What an entry of `same_as` claims: that a rule of another scanner judges the same fact, or a part of it.

CKV_AWS_21                                     the rule judges the whole
CKV_K8S_11 for resources.cpu_limit             it judges that setting alone, and waives no other
CKV_AWS_53+CKV_AWS_54                          only both together judge it
CKV_AWS_24 where rule.admin_ports in 22        it judges assets of which that setting has no other value
CKV_AWS_288 where sensitive_actions not in a, b  it judges assets of which that setting has none of these values
CKV_K8S_13 on manifest                         it judges this where it stands in a manifest: in code it is another rule
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterable, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

from msgspec import Struct

from tfaudit.model.resources import Reference, Unresolved
from tfaudit.model.verdicts import Policy, Verdict
from tfaudit.patterns import alike
from tfaudit.redaction import shown


class Claim(Struct, frozen=True):
    """One entry of `same_as`: `A+B on PLANE for SETTING where OTHER in X, Y`, or `not in`, which is `without`."""

    rules: tuple[str, ...]
    plane: str = ""
    setting: str = ""
    where: str = ""
    values: tuple[str, ...] = ()
    without: bool = False


def claim(mapped: str) -> Claim:
    """Return what an entry of `same_as` says."""
    rest, _, condition = mapped.partition(" where ")
    rest, _, setting = rest.partition(" for ")
    rules, _, plane = rest.partition(" on ")
    where, _, values = condition.partition(" in ")
    without = where.endswith(" not")
    listed = tuple(each.strip() for each in values.split(",")) if values else ()
    return Claim(tuple(rules.split("+")), plane, setting, where.removesuffix(" not"), listed, without)


def covering(verdict: Verdict, tool: str, skipped: set[str]) -> set[str]:
    """Return the rules of `tool` that waive all that failed of a verdict where `skipped` are skipped.

    Skipped ids are `bare`, and may hold `*`.
    """
    failed = {verdict.setting, *verdict.also}
    starred = [each for each in skipped if "*" in each]
    waived: set[str] = set()
    takes_part: set[str] = set()
    # What is waived of one setting where another has some values: several rules may each be about some of these.
    in_part: dict[tuple[str, str], set[str]] = {}
    for each in map(claim, verdict.policy.same_as.get(tool, ())):
        needed = {bare(id_) for id_ in each.rules}
        if each.plane and each.plane != verdict.asset.plane:
            continue
        if not all(rule in skipped or any(alike(id_, rule) for id_ in starred) for rule in needed):
            continue
        takes_part |= needed
        if each.without:
            if _has_none(verdict, each.where, each.values):
                waived |= {each.setting} if each.setting else failed
        elif each.where:
            in_part.setdefault((each.setting, each.where), set()).update(each.values)
        else:
            waived |= {each.setting} if each.setting else failed
    for (setting, where), values in in_part.items():
        if _has_only(verdict, where, values):
            waived |= {setting} if setting else failed
    return takes_part if failed <= waived else set()


def _has_only(verdict: Verdict, where: str, values: set[str]) -> bool:
    """Whether the value of the asset's setting `where` is known, and one of `values` or a list of such."""
    parts = _parts(verdict, where)
    return (
        bool(parts) and all(shown(each) in values for each in parts if each is not None) and parts != [None]
    )


def _has_none(verdict: Verdict, where: str, values: Collection[str]) -> bool:
    """Whether the value of the setting `where` is known in all its parts, and none of them is one of `values`."""
    parts = _parts(verdict, where)
    open_ = any(each is None or isinstance(each, (Unresolved, Reference)) for each in parts)
    return bool(parts) and not open_ and all(shown(each) not in values for each in parts)


def _parts(verdict: Verdict, name: str) -> Sequence[Any]:
    value = getattr(verdict.asset.settings[name], "value", None)
    return value if isinstance(value, (list, tuple)) else [value]


def by_rule(policies: Iterable[Policy], rule: str) -> list[tuple[Policy, str, str]]:
    """Return the policies that judge what another scanner's rule judges, each with the scanner and what is claimed."""
    return [
        (policy, tool, mapped)
        for policy in policies
        for tool, ids in policy.same_as.items()
        for mapped in ids
        if bare(rule) in map(bare, claim(mapped).rules)
    ]


def rules_of(policy: Policy, tool: str) -> list[str]:
    """Return the rules of `tool` that a policy claims, in whole or in part, as they are compared."""
    return [bare(rule) for mapped in policy.same_as.get(tool, ()) for rule in claim(mapped).rules]


@lru_cache(
    maxsize=16_384
)  # a comment is looked at for several reasons, and a repository has many of the same
def canonical(tool: str, id_: str) -> frozenset[str]:
    """Return the rules that a comment names, as they are compared: Trivy's and tfsec's have names beside their ids.

    `aws-s3-enable-versioning` and `aws-s3-*` are ids of rules; what is none comes back as it is.
    """
    if tool != "trivy" or _NUMBERED.fullmatch(bare(id_)):
        return frozenset({bare(id_)})
    name = id_.lower()
    if "*" in name:
        found = (rule for each, rules in _rules_by_name().items() if alike(name, each) for rule in rules)
        return frozenset(found) or frozenset({bare(id_)})
    return frozenset(_rules_by_name().get(name, ())) or frozenset({bare(id_)})


# An id, and a pattern that begins like one.
_NUMBERED = re.compile(r"[A-Z]+-[0-9*]+")


@lru_cache(maxsize=1)
def _names() -> dict[str, list[str]]:
    """Return the names of Trivy's rules that policies claim, by id, as aquasecurity/trivy-checks states them."""
    found: dict[str, list[str]] = json.loads(Path(__file__).with_name("trivy_names.json").read_text("utf-8"))
    return found


@lru_cache(maxsize=1)
def _rules_by_name() -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for rule, names in _names().items():
        for name in names:
            found.setdefault(name, []).append(rule)
    return found


def bare(id_: str) -> str:
    """Return the id of a rule as it is compared: Trivy writes one rule as AVD-AWS-0089, AWS-0089 and aws-0089."""
    return id_.upper().removeprefix("AVD-")
