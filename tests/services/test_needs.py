from __future__ import annotations

from typing import TYPE_CHECKING

from tfaudit.services.needs import calls
from tfaudit.services.registry import Registry

if TYPE_CHECKING:
    from pathlib import Path

SERVICE = '''
"""A service of a plug-in."""

from tfaudit.model.calls import Detail, Listing
from tfaudit.reading.asset import asset, key
from tfaudit.reading.fact import Fact
from tfaudit.reading.spelling import aws

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
TABLE = {
    "key": aws(None, None, "get_key/Key"),
    "plain": aws(None, None, "get_plain/Value"),
    "called": aws(None, None, "get_called/Value"),
    "deeper": aws(None, None, ("get_deeper/Value", "Value")),
    "inner": aws(None, None, "get_outer/get_inner.Value"),
}
IDENTITY = ("key",)


FACTS = {
    "encryption.at_rest": Fact("plain"),
    "policy.public": Fact(lambda called, deeper: called or deeper, of=("called", "deeper")),
    "dead_letter": Fact(joins=lambda view: view.word("inner"), of=("inner",)),
}


def assets(view):
    yield asset("queue", view, FACTS, key(view, "thing/{}", "key"))
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


def test_a_detail_is_wanted_where_a_word_of_a_chosen_setting_names_it(tmp_path: Path) -> None:
    assert wanted(tmp_path, "encryption.at_rest") == {*ALWAYS, "plain"}


def test_every_word_of_a_function_is_wanted(tmp_path: Path) -> None:
    assert wanted(tmp_path, "policy.public") == {*ALWAYS, "called", "deeper"}


def test_a_call_around_a_wanted_one_is_wanted(tmp_path: Path) -> None:
    assert wanted(tmp_path, "dead_letter") == {*ALWAYS, "outer"}


def test_settings_that_a_detail_states_decide_alone(tmp_path: Path) -> None:
    assert wanted(tmp_path, "tags") == {*ALWAYS, "stated"}


def test_without_settings_everything_is_wanted(tmp_path: Path) -> None:
    assert len(wanted(tmp_path)) == 8
