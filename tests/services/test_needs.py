from __future__ import annotations

from typing import TYPE_CHECKING

from tfaudit.services.needs import calls
from tfaudit.services.registry import Registry

if TYPE_CHECKING:
    from pathlib import Path

SERVICE = '''
"""A service of a plug-in."""

from functools import partial

from tfaudit.reading.asset import asset
from tfaudit.reading.facts import At, Fact
from tfaudit.model.calls import Detail, Listing

READS = ("thing.list_things",)
KINDS = ("queue",)
_NAME = {"Name": "value"}
CALLS = (
    Listing(
        "thing",
        "list_things",
        "Things",
        "value",
        region_at="get_home/Region",
        details=(
            Detail("get_home", _NAME),
            Detail("get_plain", _NAME),
            Detail("get_called", _NAME),
            Detail("get_deeper", _NAME),
            Detail("get_stated", _NAME, settings=("tags",)),
            Detail("get_outer", _NAME, details=(Detail("get_inner", _NAME),)),
            Detail("get_unnamed", _NAME),
            Detail("get_key", _NAME),
        ),
    ),
)
_DEEPER = "get_deeper"


def _deep(view):
    return view.read(_DEEPER + "/Value")


def _called(view, other):
    inner = lambda: _deep(view)
    return inner() or view.read("get_called/Value")


FACTS = {
    "encryption.at_rest": Fact(api="get_plain/Value"),
    "policy.public": Fact(api=partial(_called, other=1)),
    "dead_letter": Fact(api=At(("get_outer/get_inner.Value", "Other"), bool)),
}


def assets(view):
    yield asset("queue", view, FACTS, view.get("get_key/Key"))
'''


def wanted(folder: Path, *settings: str) -> set[str]:
    (folder / "aws").mkdir(exist_ok=True)
    (folder / "aws" / "thing.py").write_text(SERVICE, "utf-8")
    registry = Registry([folder])
    chosen = frozenset(settings) if settings else None
    listing = next(
        each for each in calls(registry, "aws", frozenset({"queue"}), chosen) if each.client == "thing"
    )
    return {each.operation.removeprefix("get_") for each in listing.details if each.wanted}


ALWAYS = {"home", "unnamed", "key"}


def test_a_detail_is_wanted_where_a_path_of_a_chosen_setting_names_it(tmp_path: Path) -> None:
    assert wanted(tmp_path, "encryption.at_rest") == {*ALWAYS, "plain"}


def test_functions_are_searched_with_what_they_use(tmp_path: Path) -> None:
    assert wanted(tmp_path, "policy.public") == {*ALWAYS, "called", "deeper"}


def test_a_call_around_a_wanted_one_is_wanted(tmp_path: Path) -> None:
    assert wanted(tmp_path, "dead_letter") == {*ALWAYS, "outer"}


def test_settings_that_a_detail_states_decide_alone(tmp_path: Path) -> None:
    assert wanted(tmp_path, "tags") == {*ALWAYS, "stated"}


def test_without_settings_everything_is_wanted(tmp_path: Path) -> None:
    assert len(wanted(tmp_path)) == 8
