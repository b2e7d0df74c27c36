"""Elements of a list are called by their names, or by what they say, whatever their order."""

from __future__ import annotations

from tfaudit.model.resources import Reference, Unresolved
from tfaudit.reading.element import marks


def test_names_that_only_one_has_are_taken() -> None:
    assert marks([{"name": "a"}, {"name": "b"}, {"rule_no": 100}, "c"]) == [".a", ".b", ".100", ".c"]
    twice = marks([{"name": "a", "port": 1}, {"name": "a", "port": 2}])
    assert all(each.startswith("~") for each in twice)
    assert len(set(twice)) == 2


def test_names_that_a_pattern_or_an_address_would_read_otherwise_are_not_taken() -> None:
    for name in ("*", "a*", "a~2", "a#b", "", "a" * 81, "é", "a\n", " a"):
        assert marks([{"name": name}])[0].startswith("~"), name


def test_what_is_said_counts_and_no_order_of_it() -> None:
    one = {"port": 22, "from": ["10.0.0.0/8", "0.0.0.0/0"], "description": None}
    same = {"from": ["0.0.0.0/0", "10.0.0.0/8"], "port": 22}
    (mark,) = marks([one])
    assert marks([same]) == [mark]
    assert marks([{**same, "port": 23}]) != [mark]
    assert marks([same, {"port": 1}, one]) == [mark, marks([{"port": 1}])[0], f"{mark}~2"]


def test_what_is_not_known_says_what_is_written() -> None:
    def named(because: str) -> list[str]:
        return marks([{"port": Unresolved(because, "", "var.port"), "group": Reference("aws_x.x", "id")}])

    assert named("it has no value") == named("in other words")
    assert named("") != marks(
        [{"port": Unresolved("", "", "var.other"), "group": Reference("aws_x.x", "id")}]
    )
