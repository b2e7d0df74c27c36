"""Words of a view: at the root, inherited, in rows, and where a part of them stands."""

from __future__ import annotations

from typing import Any

import pytest

from tfaudit.model.resources import Dialect, Place, Resource, Unresolved
from tfaudit.model.settings import Known, Setting, Unknown
from tfaudit.reading.answers import Said
from tfaudit.reading.documented import Documented
from tfaudit.reading.fact import Fact
from tfaudit.reading.inventory import Inventory
from tfaudit.reading.settings import Settings
from tfaudit.reading.spelling import NOTHING, Spelling, Word, kubernetes
from tfaudit.reading.states import Absent
from tfaudit.reading.view import View

OPEN = Unresolved("it is filled in")
PEER: Spelling = {"cidr": kubernetes("block.cidr")}
TABLE: Spelling = {
    "name": kubernetes("/metadata.name"),
    "user": kubernetes(("context.user", "/spec.context.user")),
    "rules": kubernetes("rules", rows={"from": kubernetes("from", rows=PEER), "port": kubernetes("port")}),
    "odd": kubernetes("rules", rows={"port": kubernetes("port"), "never": kubernetes(NOTHING)}),
    "labels": kubernetes("labels"),
}


def view(part: dict[str, Any], **spec: Any) -> View:
    """The view of a part of an object, read by the table."""
    body = {"metadata": {"name": "a"}, "spec": {**spec, "parts": [part]}}
    resource = Resource("thing", "thing a", body, Place("a.yaml"), "manifest", "kubernetes")
    return View(resource, Inventory([resource]), table=TABLE).at(("spec", "parts", 0))


def told(fact: Fact, part: dict[str, Any]) -> Setting:
    return fact.read(view(part), None)


def test_a_path_from_the_root_is_one_in_a_view_of_a_part_too() -> None:
    found = view({}).word("name")
    assert isinstance(found, Known)
    assert (found.value, found.path) == ("a", ("metadata", "name"))


def test_what_a_part_does_not_set_is_that_of_the_whole() -> None:
    own = view({"context": {"user": 5}}, context={"user": 0}).word("user")
    theirs = view({"context": {}}, context={"user": 0}).word("user")
    assert isinstance(own, Known)
    assert isinstance(theirs, Known)
    assert (own.value, own.path) == (5, ("spec", "parts", 0, "context", "user"))
    assert (theirs.value, theirs.path) == (0, ("spec", "context", "user"))
    assert isinstance(view({}).word("user"), Absent)
    assert isinstance(view({"context": OPEN}, context={"user": 0}).word("user"), Unknown)


def test_rows_are_maps_of_their_words() -> None:
    rules = [{"port": 1, "from": [{"block": {"cidr": "x"}}, OPEN]}, OPEN, {"port": None}, 5]
    found = view({"rules": rules}).word("rules")
    assert isinstance(found, Known)
    assert found.value[:3] == [{"port": 1, "from": [{"cidr": "x"}, OPEN]}, OPEN, {}]
    assert {name: type(each).__base__ for name, each in found.value[3].items()} == {
        "from": Unresolved,
        "port": Unresolved,
    }
    odd = view({"rules": rules}).word("odd")
    assert isinstance(odd, Known)
    assert odd.value[:3] == [{"port": 1}, OPEN, {}]
    assert isinstance(odd.value[3]["port"], Unresolved)
    alone = view({"rules": {"port": 1}}).word("rules")
    assert isinstance(alone, Known)
    assert alone.value == []


@pytest.mark.parametrize("wrong", ["x", 5, True, ["x"]])
def test_what_stands_where_a_mapping_belongs_is_no_default(wrong: Any) -> None:
    found = view({"context": wrong}).word("user")
    assert isinstance(found, Unknown)
    assert "stands where a mapping belongs" in found.because
    # The other path of the word leads to a value: it counts, as it does where the first one's is absent.
    other = view({"context": wrong}, context={"user": 0}).word("user")
    assert isinstance(other, Known)
    assert other.value == 0


@pytest.mark.parametrize("dialect", ["kubernetes", "terraform"])
def test_an_empty_text_is_what_is_not_set(dialect: Dialect) -> None:
    word = Word(terraform=("/metadata.name", "labels"), kubernetes=("/metadata.name", "labels"))
    rows = Word(
        terraform=("rules",), kubernetes=("rules",), rows={"port": Word(("port",), kubernetes=("port",))}
    )
    table = {"label": Word(terraform=("labels",), kubernetes=("labels",)), "name": word, "rules": rows}

    def read(name: str, body: dict[str, Any]) -> Any:
        resource = Resource("thing", "thing a", body, Place("a"), "code", dialect)
        return View(resource, Inventory([resource]), table=table).word(name)

    assert isinstance(read("label", {"labels": ""}), Absent)
    assert isinstance(read("name", {"metadata": {"name": ""}}), Absent)
    assert read("name", {"metadata": {"name": ""}, "labels": "b"}).value == "b"
    assert read("rules", {"rules": [{"port": ""}, {"port": 0}]}).value == [{}, {"port": 0}]


def test_an_answer_is_placed_at_a_word_of_a_row_of_a_row() -> None:
    fact = Fact(lambda _: Said(True, by="rules", row=(1, "from", 0, "cidr")), of=("rules",))
    found = told(fact, {"rules": [{}, {"from": [{"block": {"cidr": "x"}}]}]})
    assert isinstance(found, Known)
    assert found.path == ("spec", "parts", 0, "rules", 1, "from", 0, "block", "cidr")
    missing = told(fact, {"rules": [{}, {"from": [{}]}]})
    assert isinstance(missing, Known)
    assert missing.path == ("spec", "parts", 0, "rules", 1, "from", 0)


def test_an_answer_is_placed_at_a_key_of_a_map_or_at_the_asset() -> None:
    key = told(Fact(lambda _: Said(True, by="labels", row="a.b/c"), of=("labels",)), {"labels": {"a.b/c": 1}})
    asset = told(Fact(lambda _: Said(None, by=""), of=("labels",), default=Documented(1, "page")), {})
    assert isinstance(key, Known)
    assert key.path == ("spec", "parts", 0, "labels", "a.b/c")
    assert not isinstance(asset, (Known, Unknown))
    assert asset.path == ("spec", "parts", 0)


def test_an_answer_that_all_worlds_give_is_placed_at_what_is_known() -> None:
    def port(rules: Any) -> Any:
        return next(
            (Said(True, by="rules", row=n) for n, rule in enumerate(rules) if rule.get("port") is not None),
            None,
        )

    found = told(Fact(port, of=("rules",)), {"rules": [{"port": OPEN}, {"port": 1}]})
    assert isinstance(found, Known)
    assert found.path == ("spec", "parts", 0, "rules", 1)


def test_what_leaves_a_function_open_is_where_the_unknown_is_placed() -> None:
    found = told(Fact(lambda rules: rules[1]["port"] + 1, of=("rules",)), {"rules": [{}, {"port": OPEN}]})
    assert isinstance(found, Unknown)
    assert (found.because, found.path) == ("it is filled in", ("spec", "parts", 0, "rules", 1, "port"))


def test_a_word_is_resolved_once_until_another_asset_is_asked() -> None:
    one, other = view({"labels": {"a": "b"}}), view({})
    facts = {"tags": Fact("labels"), "of_cluster": Fact(bool, of=("labels",))}
    settings, others = Settings("role", facts, one), Settings("role", facts, other)
    first = settings["tags"]
    assert one.read_words
    assert settings["tags"] is first
    _ = others["tags"]
    assert not one.read_words
    again = settings["of_cluster"]
    assert isinstance(again, Known)
    assert again.value is True
