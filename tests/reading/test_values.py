"""Providers spell the same value in many ways; the vocabulary has one."""

from __future__ import annotations

from typing import Any

import pytest

from tfaudit.model.resources import Reference, Unresolved
from tfaudit.model.vocabulary import KINDS
from tfaudit.model.vocabulary.types import SettingType
from tfaudit.reading.values import as_int, as_number, coerce


@pytest.mark.parametrize(
    ("value", "kind", "result"),
    [
        ("true", "bool", True),
        ("Enabled", "bool", True),
        ("off", "bool", False),
        ("maybe", "bool", None),
        (None, "bool", None),
        ("35", "int", 35),
        (35.0, "int", 35),
        (True, "int", None),
        ("3.5", "int", None),
        ("3.5", "number", 3.5),
        ("TLS1_2", "tls", "1.2"),
        ("TLSv1.3", "tls", "1.3"),
        ("TLS12", "tls", "1.2"),
        ("1.2", "tls", "1.2"),
        (1.2, "tls", "1.2"),
        ("TLSEnforcementDisabled", "tls", None),
        ("SSLv3", "tls", "SSL 3"),
        ("TLSv1", "tls", "1.0"),
        ("a", "list", ["a"]),
        ({"b", "a"}, "set", ["a", "b"]),
        ({"a": 1}, "map", {"a": 1}),
        ("a", "map", None),
        (5432, "str", "5432"),
    ],
)
def test_one_spelling(value: Any, kind: SettingType, result: Any) -> None:
    assert coerce(value, kind) == result


def test_a_list_keeps_what_is_not_told() -> None:
    later = Unresolved("not known")
    assert coerce([later, "a"], "list") == [later, "a"]
    assert coerce(Reference("aws_vpc.main"), "list") == [Reference("aws_vpc.main")]


def test_words_are_well_formed() -> None:
    for kind, settings in KINDS.items():
        assert kind == kind.lower()
        for name in settings:
            assert name == name.lower()
            assert " " not in name


@pytest.mark.parametrize("value", [10**400, -(10**30), 1e300, float("inf"), float("nan")])
def test_a_number_over_64_bits_is_not_told(value: float) -> None:
    assert as_int(value) is None
    assert as_number(value) is None
