"""Matchers are three-valued: what is not known neither passes nor fails."""

from __future__ import annotations

from typing import Any

import pytest

from tfaudit.errors import PolicyError
from tfaudit.model.resources import Reference, Unresolved
from tfaudit.model.vocabulary.types import SettingType
from tfaudit.policies.matchers import compile_matcher, says

LATER = Unresolved("the value comes from var.x, which has no value here")
OTHER = Reference("aws_vpc.main", "cidr_block")


@pytest.mark.parametrize(
    ("matcher", "kind", "value", "result"),
    [
        (True, "bool", True, True),
        (True, "bool", False, False),
        (False, "bool", False, True),
        ("AES256", "str", "aes256", True),
        ({"one_of": ["postgres", "mysql"]}, "str", "Postgres", True),
        ({"none_of": ["public"]}, "str", "public", False),
        ({"at_least": 7}, "int", 7, True),
        ({"at_least": 7}, "int", 6, False),
        ({"at_most": 90}, "int", 91, False),
        ({"at_least": 7, "at_most": 35}, "int", 36, False),
        ({"at_least": "1.2"}, "tls", "1.1", False),
        ({"at_least": "1.2"}, "tls", "1.3", True),
        ({"at_least": "1.0"}, "tls", "SSL 3", False),
        ({"none_of": ["0.0.0.0/0"]}, "list", ["10.0.0.0/8"], True),
        ({"none_of": ["0.0.0.0/0"]}, "list", ["10.0.0.0/8", "0.0.0.0/0"], False),
        ({"none_of": ["0.0.0.0/0"]}, "list", ["10.0.0.0/8", LATER], None),
        ({"none_of": ["0.0.0.0/0"]}, "list", [LATER, "0.0.0.0/0"], False),
        ({"none_of": ["0.0.0.0/0"]}, "list", [OTHER], None),
        ({"subset_of": ["80", "443"]}, "list", ["443", "22"], False),
        ({"subset_of": ["80", "443"]}, "list", ["443", LATER], None),
        ({"contains": "connections"}, "set", ["connections", LATER], True),
        ({"contains": "connections"}, "set", [LATER], None),
        ({"contains": ["a", "b"]}, "set", ["a"], False),
        ({"contains": "owner"}, "map", {"Owner": "data"}, True),
        ({"one_of": ["a"]}, "list", ["b", LATER], None),
        ({"matches": "^sha256:"}, "str", "sha256:00", True),
        ({"not": {"matches": "latest$"}}, "str", "app:latest", False),
        ({"any": {"matches": "^10\\."}}, "list", ["10.0.0.0/8", "0.0.0.0/0"], True),
        ({"all": {"matches": "^10\\."}}, "list", ["10.0.0.0/8", LATER], None),
        ({"not": {"contains": "x"}}, "list", [LATER], None),
        ([], "list", [], True),
        ([], "list", [LATER], None),
        ({"exists": True}, "str", "", False),
        ({"exists": True}, "map", {"a": "b"}, True),
    ],
)
def test_result(matcher: Any, kind: SettingType, value: Any, result: bool | None) -> None:
    assert compile_matcher(matcher, kind)(value) is result


@pytest.mark.parametrize(
    ("matcher", "kind", "says_what"),
    [
        ({"at_leest": 7}, "int", 'did you mean "at_least"'),
        ({"at_least": "soon"}, "int", "need a number"),
        ({"at_least": 1}, "str", "need a number"),
        ({"matches": "("}, "str", "not a regular expression"),
        ("yes", "bool", "write true or false"),
        ({}, "int", "empty matcher"),
    ],
)
def test_fault_is_named(matcher: Any, kind: SettingType, says_what: str) -> None:
    with pytest.raises(PolicyError, match=says_what):
        compile_matcher(matcher, kind)


def test_says_what_it_demands() -> None:
    assert says({"at_least": 7, "at_most": 35}) == "at least 7 and at most 35"
    assert says({"not": {"contains": "x"}}) == "not hold x"
    assert says(True) == "true"
    assert says([]) == "nothing"
    assert (
        says({"none_of": ["a"], "all": {"not": {"matches": "^b"}}})
        == "none of a and without one that matches ^b"
    )
