"""What is not known never decides a fact by accident: every function is tried in all worlds."""

from __future__ import annotations

import random
from collections.abc import Callable
from itertools import product
from typing import Any

import pytest

from tfaudit.model.resources import Place, Reference, Resource, Unresolved
from tfaudit.model.settings import Known, Unknown
from tfaudit.reading.lift import Veil, lifted
from tfaudit.reading.states import Absent, Pointer, Reading

RESOURCE = Resource("thing", "thing.x", {}, Place("main.tf"), "code", "terraform")
UNKNOWN = Unknown("var.x has no value here", "pass --var-file", RESOURCE)
ABSENT = Absent(RESOURCE)
POINTER = Pointer(Reference("aws_kms_key.k", "arn"), RESOURCE)


def known(value: Any) -> Known:
    return Known(value, RESOURCE)


def kept(enabled: bool | None, days: int | None) -> int | None:
    return None if enabled is None else 0 if not enabled else 35 if days is None else days


@pytest.mark.parametrize(
    ("enabled", "days", "answer"),
    [
        (known(True), known(14), 14),
        (known(True), ABSENT, 35),
        (known(False), UNKNOWN, 0),  # decided without it
        (known(True), UNKNOWN, Unresolved),
        (UNKNOWN, known(14), Unresolved),
        (ABSENT, UNKNOWN, None),
        (UNKNOWN, UNKNOWN, Unresolved),
    ],
)
def test_a_function_of_words_is_decided_only_where_every_world_agrees(
    enabled: Reading, days: Reading, answer: Any
) -> None:
    found = lifted(kept, [enabled, days])
    assert isinstance(found, Unresolved) if answer is Unresolved else found == answer


def test_the_reason_is_that_of_what_is_not_known() -> None:
    found = lifted(kept, [UNKNOWN, known(1)])
    assert isinstance(found, Unresolved)
    assert (found.because, found.settle_with) == ("var.x has no value here", "pass --var-file")


def test_whether_something_is_stated_is_known_of_a_pointer_and_not_of_what_is_unknown() -> None:
    def named(key: Any) -> bool:
        return key is not None

    assert lifted(named, [POINTER]) is True
    assert isinstance(lifted(named, [UNKNOWN]), Unresolved)


LOOKS: list[Callable[[Any], Any]] = [
    bool,
    str,
    len,
    list,
    int,
    hash,
    lambda x: x == "aws:kms",
    lambda x: x in ("a", "b"),
    lambda x: x in {"a": 1},
    lambda x: isinstance(x, str),
    lambda x: x.lower(),
    lambda x: x[0],
    lambda x: f"{x}",
    lambda x: x > 3,
    lambda x: x or "default",
    lambda x: not x,
    lambda x: x + 1,
    lambda x: ",".join(["a", *[x]]),
]


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("reading", [UNKNOWN, POINTER])
def test_whoever_looks_at_what_is_not_known_leaves_it_open(
    look: Callable[[Any], Any], reading: Reading
) -> None:
    def guarded(value: Any) -> Any:
        return "nothing" if value is None else look(value)

    assert isinstance(lifted(guarded, [reading]), Unresolved)


def test_what_is_not_known_inside_a_value_is_not_seen_either() -> None:
    def algorithm(rule: dict[str, Any]) -> str:
        return str(rule.get("algorithm") or "AES256")

    assert isinstance(lifted(algorithm, [known({"algorithm": Unresolved("it is var.a")})]), Unresolved)
    assert lifted(algorithm, [known({"other": Unresolved("it is var.a")})]) == "AES256"


def test_elements_that_are_not_known_stay_in_a_list() -> None:
    found = lifted(lambda names: [each for each in names], [known(["a", Unresolved("it is var.b")])])  # noqa: C416
    assert found[0] == "a"
    assert isinstance(found[1], Unresolved)


def test_random_functions_agree_with_trying_every_value() -> None:
    """A decided answer is what the function gives for each value of the domain, None among them."""
    domain = [None, False, True, 0, 7, 35, "", "a"]
    chance = random.Random(20)  # noqa: S311 - the same at each run
    decided = 0
    for _ in range(400):
        table = {pair: chance.choice([None, 1, 2]) for pair in product(map(repr, domain), repeat=2)}
        blind = chance.choice([0, 1, 2])  # which argument it does not look at, if any

        def function(a: Any, b: Any, table: Any = table, blind: int = blind) -> Any:
            # A veil has no repr: looking it up raises.
            return table["None" if blind == 0 else repr(a), "None" if blind == 1 else repr(b)]

        other = chance.choice(domain)
        for open_at in (0, 1):
            readings: list[Reading] = [known(other) if other is not None else ABSENT] * 2
            readings[open_at] = UNKNOWN
            found = lifted(function, readings)
            answers = {function(*((value, other) if open_at == 0 else (other, value))) for value in domain}
            if isinstance(found, Unresolved):
                continue
            decided += 1
            assert answers == {found}
    assert decided > 50


def test_a_veil_is_passed_on_and_no_more() -> None:
    veil = Veil(Unresolved("it is var.x"))
    assert lifted(lambda: veil, []) == Unresolved("it is var.x")
