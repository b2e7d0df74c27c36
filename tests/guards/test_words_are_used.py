"""Every word of the vocabulary is read by a service and asked by a policy or a report; services read no other.

A word that nobody asks is work for every scan and a promise that no verdict keeps. The failure says what to do.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from types import ModuleType

import pytest

from tfaudit.documents import PLACEHOLDER
from tfaudit.model.asset import Asset
from tfaudit.model.verdicts import Policy
from tfaudit.model.vocabulary import KINDS
from tfaudit.policies.same_as import claim
from tfaudit.policies.select import available
from tfaudit.reading.documented import Inapplicable
from tfaudit.reading.fact import Fact
from tfaudit.services.registry import Registry

TAGS = "tags"
"""What a scope of `tfaudit.yaml` may mark assets of every kind by (`policies/scopes.py`): a report's own question."""

Words = Mapping[str, frozenset[str]]
"""Settings by the kind that has them."""


def asked(policies: Iterable[Policy]) -> Words:
    """Return what conditions, requirements, findings and claims of other scanners' rules ask of each kind."""
    found: dict[str, set[str]] = defaultdict(set)
    for policy in policies:
        claims = [claim(each) for rules in policy.same_as.values() for each in rules]
        words = {*policy.when, *policy.require, *PLACEHOLDER.findall(policy.finding)}
        words |= {each.where for each in claims if each.where}
        for kind in policy.kinds:
            found[kind] |= words & {*KINDS[kind]} | {TAGS}
    return {kind: frozenset(words) for kind, words in found.items()}


@cache
def services() -> tuple[ModuleType, ...]:
    registry = Registry()
    modules = {module.__name__: module for type_ in registry.types for module in registry.modules(type_)}
    return tuple(modules.values())  # type: ignore[arg-type]


def stated(module: ModuleType) -> Iterator[tuple[str, Fact | None]]:
    """Yield each setting for which a module has a fact, with the fact; None for one that another reader stands for."""
    for value in vars(module).values():
        yield from _inside(value)


def _inside(value: object) -> Iterator[tuple[str, Fact | None]]:
    if not isinstance(value, Mapping) or not value:
        return
    if any(isinstance(each, Fact) for each in value.values()):
        yield from ((name, each if isinstance(each, Fact) else None) for name, each in value.items())
        return
    for each in value.values():
        if isinstance(each, tuple):
            for part in each:
                yield from _inside(part)
        else:
            yield from _inside(each)


def unasked(vocabulary: Words, asked_of: Words) -> list[str]:
    return [
        f'{kind} "{word}": no policy asks it and no report reads it; write the policy that does (or add {kind} to one '
        "that asks it of other kinds), or take the word out of tfaudit/model/vocabulary and its facts out of services"
        for kind, words in vocabulary.items()
        for word in sorted(words - asked_of.get(kind, frozenset()))
    ]


def unread(vocabulary: Words, modules: Iterable[ModuleType]) -> list[str]:
    """Return each word of which no service of its kind has more to say than that it does not apply."""
    read: dict[str, set[str]] = defaultdict(set)
    for module in modules:
        names = {
            name
            for name, fact in stated(module)
            if fact is None or not isinstance(fact.constant, Inapplicable)
        }
        for kind in module.KINDS:
            read[kind] |= names
    return [
        f'{kind} "{word}": no service reads it; add the fact to a service that yields {kind}, or take the word out of '
        "tfaudit/model/vocabulary and of the policies that ask it"
        for kind, words in vocabulary.items()
        for word in sorted(words - read[kind])
    ]


def unknown_facts(modules: Iterable[ModuleType], vocabulary: Words) -> list[str]:
    return [
        f'{module.__name__} reads "{name}", which is no setting of {" or ".join(module.KINDS)}: take the fact out, or '
        "add the word to tfaudit/model/vocabulary together with the policy that asks it"
        for module in modules
        for name in sorted({name for name, _ in stated(module)})
        if not any(name in vocabulary.get(kind, ()) for kind in module.KINDS)
    ]


VOCABULARY = {kind: frozenset(words) for kind, words in KINDS.items()}


def test_policies_ask_no_word_that_the_vocabulary_lacks() -> None:
    found = [
        f'{policy.id} asks "{word}", which {kind} does not have: add it to tfaudit/model/vocabulary with its service'
        for policy in available()
        for kind in policy.kinds
        for word in (*policy.when, *policy.require)
        if word not in KINDS.get(kind, ())
    ]
    assert not found, "\n".join(found)


def test_every_word_is_asked_by_a_policy_or_a_report() -> None:
    found = unasked(VOCABULARY, asked(available()))
    assert not found, "\n".join(found)


def test_every_word_is_read_by_a_service() -> None:
    found = unread(VOCABULARY, services())
    assert not found, "\n".join(found)


def test_services_read_no_word_that_the_vocabulary_lacks() -> None:
    found = unknown_facts(services(), VOCABULARY)
    assert not found, "\n".join(found)


def test_every_kind_is_judged_and_yielded() -> None:
    judged = {kind for policy in available() for kind in policy.kinds}
    yielded = {kind for module in services() for kind in module.KINDS}
    assert judged == set(KINDS), "write a policy for the kind, or take it out of the vocabulary"
    assert yielded == set(KINDS), "write a service that yields the kind, or take it out of the vocabulary"


def test_the_guard_notices_each_of_these() -> None:
    queue = {"queue": frozenset({"encryption.at_rest", "colour"})}
    assert [each.partition(":")[0] for each in unasked(queue, asked(available()))] == ['queue "colour"']
    assert [each.partition(":")[0] for each in unread(queue, services())] == ['queue "colour"']
    odd = ModuleType("odd")
    odd.KINDS = ("queue",)  # type: ignore[attr-defined]
    odd.FACTS = {"colour": Fact("colour")}  # type: ignore[attr-defined]
    assert unknown_facts([odd], VOCABULARY)
    assert not unknown_facts([odd], {"queue": frozenset({"colour"})})


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_tags_are_read_of_what_a_scope_marks(kind: str) -> None:
    """`TAGS` above counts as asked because of this: a scope asks the tags of an asset, whatever its kind."""
    from tfaudit.policies.scopes import Mark

    questions: list[str] = []

    class Settings(dict[str, object]):
        def __missing__(self, name: str) -> None:
            questions.append(name)

    asset = Asset(kind, "one", "one", "one", None, Settings())  # type: ignore[arg-type]
    Mark(tags={"data": "personal"}, kind=kind).holds(asset)
    assert questions == [TAGS]
