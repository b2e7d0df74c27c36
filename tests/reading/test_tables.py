"""What a word and a default come to where a plane has no such thing, or where the default depends on more."""

from __future__ import annotations

from tfaudit.model.resources import Place, Resource, Unresolved
from tfaudit.model.settings import Default, Unknown
from tfaudit.reading.documented import ByPlane, Documented
from tfaudit.reading.fact import Fact
from tfaudit.reading.inventory import Inventory
from tfaudit.reading.spelling import NOTHING, Spelling, aws
from tfaudit.reading.states import Absent
from tfaudit.reading.view import View

TABLE: Spelling = {
    "public": aws("public", "Public"),
    "rules": aws(None, NOTHING, "Rules", rows={"port": aws(NOTHING, NOTHING, "Port")}),
}
DEFAULT = ByPlane(
    terraform=Documented(False, "a page"), cloudformation=Unresolved("the network decides", "set it")
)


def view(dialect: str, body: dict[str, object]) -> View:
    place = Place("main.tf", 3)
    resource = Resource("thing", "thing.a", body, place, "code", dialect)  # type: ignore[arg-type]
    return View(resource, Inventory([resource]), table=TABLE)


def test_a_default_that_depends_on_more_is_not_known_and_says_why() -> None:
    fact = Fact("public", default=DEFAULT)
    documented = fact.read(view("terraform", {}), "bool")
    assert isinstance(documented, Default)
    assert documented.value is False
    depends = fact.read(view("cloudformation", {}), "bool")
    assert isinstance(depends, Unknown)
    assert (depends.because, depends.settle_with) == ("the network decides", "set it")


def test_rows_of_a_plane_without_such_a_thing_are_absent_and_those_it_does_not_state_are_not_known() -> None:
    macro: dict[str, object] = {"@Transform": "it may set anything"}
    assert isinstance(view("cloudformation", macro).rows("rules"), Absent)
    assert isinstance(view("terraform", {}).rows("rules"), Unknown)
    rows = view("api", {"Rules": [{"Port": 22}]}).rows("rules")
    assert isinstance(rows, list)
    assert len(rows) == 1
