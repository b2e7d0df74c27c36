"""Lists of which a part is not known: the others are asked all the same."""

from __future__ import annotations

from typing import Any

import pytest

from tfaudit.model.resources import Place, Reference, Resource, Unresolved
from tfaudit.model.settings import Known
from tfaudit.reading.lift import lifted
from tfaudit.reading.parts import among, every, first, literal, mapped, some, there
from tfaudit.services.contents import filled_in
from tfaudit.services.open_ports import all_ports_among, port_among, world_among

RESOURCE = Resource("thing", "thing.x", {}, Place("main.tf"), "code", "terraform")
OPEN = Unresolved("it is var.x")
POINTER = Reference("aws_sns_topic.t", "arn")


def told(function: Any, value: Any) -> Any:
    """What `function` answers of a raw value; "open" where it is undecided."""
    found = lifted(function, [Known(value, RESOURCE)])
    return "open" if isinstance(found, Unresolved) else found


def wide(source: Any) -> bool:
    return str(source) == "*"


@pytest.mark.parametrize(
    ("items", "expected"),
    [
        ([], False),
        (["a"], False),
        (["a", "*"], True),
        ([OPEN], "open"),
        ([OPEN, "*"], True),
        (["a", OPEN], "open"),
    ],
)
def test_one_that_is_known_decides_for_some(items: list[Any], expected: object) -> None:
    assert told(lambda values: some(values, wide), items) == expected


def test_one_that_is_not_decides_for_every() -> None:
    def both(values: list[Any]) -> bool:
        return every(lambda: values[0] == "a", lambda: values[1] == "a")

    assert told(both, ["a", "a"]) is True
    assert told(both, [OPEN, "b"]) is False
    assert told(both, ["b", OPEN]) is False
    assert told(both, [OPEN, "a"]) == "open"


def test_the_first_answer_counts_and_an_open_one_only_where_there_is_none() -> None:
    def answer(values: list[Any]) -> Any:
        return first(*(lambda each=each: each.lower() if each else None for each in values))

    assert told(answer, [OPEN, "", "A", "B"]) == "a"
    assert told(answer, ["", OPEN]) == "open"
    assert told(answer, [""]) is None


def test_the_index_of_what_answers_is_given() -> None:
    assert (
        told(
            lambda values: among(values, lambda index, each: index if wide(each) else None), ["a", OPEN, "*"]
        )
        == 2
    )


def test_what_is_not_known_stays_in_a_mapped_list() -> None:
    assert told(lambda values: mapped(values, lambda each: each.upper()), ["a", OPEN]) == ["A", OPEN]


def test_only_what_is_written_out_is_a_literal() -> None:
    assert told(lambda values: [literal(each) for each in values], ["a", OPEN, POINTER]) == ["a", None, None]


@pytest.mark.parametrize(
    ("items", "expected"),
    [([], False), ([None], False), (["a"], True), ([OPEN], "open"), ([POINTER], True), ([OPEN, "a"], True)],
)
def test_what_is_not_known_may_turn_out_as_nothing(items: list[Any], expected: object) -> None:
    assert told(there, items) == expected
    assert told(filled_in, items) == expected


def test_ports_and_sources_of_plain_functions() -> None:
    assert told(world_among, [OPEN, "0.0.0.0/1"]) is True
    assert told(world_among, [OPEN, "10.0.0.0/8"]) == "open"
    assert told(lambda ports: port_among(ports, (22,)), ["20-30", OPEN]) is True
    assert told(lambda ports: port_among(ports, (22,)), ["80", OPEN]) == "open"
    assert told(all_ports_among, ["0-65535"]) is True
    assert told(all_ports_among, ["80", "443"]) is False
