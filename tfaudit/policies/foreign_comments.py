"""Comments for other scanners that waive nothing here: no policy stands for the rule, or it finds nothing there."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, TypeAlias

from tfaudit.patterns import alike
from tfaudit.policies.same_as import canonical, rules_of

if TYPE_CHECKING:
    from tfaudit.model.resources import Place, Resource
    from tfaudit.model.verdicts import Policy
    from tfaudit.policies.waivers import Effects

_ByRule: TypeAlias = "dict[str, dict[str, dict[int, str]]]"
_MOST_PLACES = 3
_MOST_RULES = 20


def without_effect(
    effects: Effects, resources: Iterable[Resource], policies: Iterable[Policy], others: Iterable[Policy]
) -> Iterator[str]:
    """Yield a sentence for each rule that comments skip in vain, and one for all that no policy stands for.

    `others` are policies that are not in force: what is skipped for them is as it should be.
    """
    places = _places(effects, resources)
    if not places:
        return
    in_force, every = _by_rule(policies), _by_rule(others)
    homeless: dict[str, dict[str, list[Place]]] = defaultdict(dict)
    for (tool, id_), at in sorted(places.items()):
        if found := _judging(in_force, tool, id_):
            names = ", ".join(found[:3])
            yield f"{_at(at)}: what is said to {tool} of {id_} waives nothing: {names} finds nothing that it covers"
        elif not _judging(every, tool, id_):
            homeless[tool][id_] = at
    for tool, rules in homeless.items():
        named = [f"{id_} ({_at(at)})" for id_, at in rules.items()]
        more = f" and {len(named) - _MOST_RULES} more" if len(named) > _MOST_RULES else ""
        listed = "; ".join(named[:_MOST_RULES])
        yield f"no policy stands for these rules of {tool}, and comments that skip them waive nothing: {listed}{more}"


def _places(effects: Effects, resources: Iterable[Resource]) -> dict[tuple[str, str], list[Place]]:
    """Return where each rule of another scanner is skipped to no effect, each place once."""
    found: dict[tuple[str, str], dict[Place, None]] = defaultdict(dict)
    for resource in resources:
        for each in resource.suppressions:
            if each.tool != "tfaudit" and each not in effects.used:
                for id_ in each.ids:
                    found[each.tool, id_][each.place] = None
    return {key: list(at) for key, at in found.items()}


def _by_rule(policies: Iterable[Policy]) -> _ByRule:
    """Return the ids of the policies, in their order, by the tool and the rule that they judge the same as."""
    found: _ByRule = defaultdict(lambda: defaultdict(dict))
    for number, policy in enumerate(policies):
        for tool in policy.same_as:
            for rule in rules_of(policy, tool):
                found[tool][rule][number] = policy.id
    return found


def _judging(by_rule: _ByRule, tool: str, id_: str) -> list[str]:
    """Return the policies that judge what a rule does, by its id, one of its names, or a pattern of these."""
    rules = by_rule.get(tool, {})
    judging: dict[int, str] = {}
    for each in canonical(tool, id_):
        for rule in [rule for rule in rules if alike(each, rule)] if "*" in each else [each]:
            judging |= rules.get(rule, {})
    return [judging[number] for number in sorted(judging)]


def _at(places: list[Place]) -> str:
    first = ", ".join(f"{each.origin}:{each.line}" for each in places[:_MOST_PLACES])
    return first + (f" and {len(places) - _MOST_PLACES} more" if len(places) > _MOST_PLACES else "")
