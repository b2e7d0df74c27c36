"""Modules import one way: there is no circle, those for types alone and those inside of functions included."""

from __future__ import annotations

from graphlib import CycleError, TopologicalSorter

import grimp
import pytest

FRONT = "tfaudit"
"""The package itself: it offers `scan`, which leads to everything, and holds the version that the inside reads."""


def imports(package: str = FRONT) -> dict[str, set[str]]:
    graph = grimp.build_graph(package, cache_dir=None)
    inside = graph.modules - {FRONT}
    return {module: graph.find_modules_directly_imported_by(module) & inside for module in inside}


def circle(found: dict[str, set[str]]) -> list[str]:
    try:
        TopologicalSorter(found).prepare()
    except CycleError as error:
        return list(error.args[1])
    return []


def test_there_is_no_import_circle() -> None:
    found = imports()
    assert len(found) > 300
    assert " imports ".join(reversed(circle(found))) == ""


def test_nothing_inside_takes_what_the_front_offers() -> None:
    graph = grimp.build_graph(FRONT, cache_dir=None)
    taken = {
        detail["line_contents"]
        for module in graph.find_modules_that_directly_import(FRONT)
        for detail in graph.get_import_details(importer=module, imported=FRONT)
    }
    assert taken == {"from tfaudit import __version__"}


@pytest.mark.parametrize(
    ("found", "says"),
    [
        ({"a": {"b"}, "b": {"c"}, "c": {"a"}}, {"a", "b", "c"}),
        ({"a": {"b"}, "b": set()}, set()),
    ],
)
def test_a_circle_is_told(found: dict[str, set[str]], says: set[str]) -> None:
    assert set(circle(found)) == says
