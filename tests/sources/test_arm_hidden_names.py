"""Objects of templates of which a name is not known, or that Azure would not take: none of them is absent."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.sources.arm_templates import account, declared, read_files, template
from tfaudit.model.resources import Unresolved

_ASKED = {"p": {"type": "string"}, "o": {"type": "object"}, "n": {"type": "int"}}


def properties(folder: Path, stated: Any) -> Any:
    """Return the properties of an account that a template states so."""
    own = {**account(), "properties": stated}
    [found] = declared(folder, template(own, parameters=_ASKED))
    return found.body["properties"]


@pytest.mark.parametrize(
    "stated",
    [
        {"[parameters('p')]": False},
        {"[parameters('p')]": False, "minimumTlsVersion": "TLS1_2"},
        "[createObject(parameters('p'), false())]",
        {"supportsHttps[parameters('p')]": False, "[concat('supports', parameters('p'))]": False},
        {"supportsHttpsTrafficOnly": False, "SUPPORTSHTTPSTRAFFICONLY": True},
    ],
)
def test_a_name_that_may_be_any_property_leaves_all_open(tmp_path: Path, stated: Any) -> None:
    assert isinstance(properties(tmp_path, stated), Unresolved)


def test_a_name_that_is_none_of_a_property_leaves_nothing_open(tmp_path: Path) -> None:
    stated = {"[concat('ours-', parameters('p'))]": 1, "minimumTlsVersion": "TLS1_2"}
    assert properties(tmp_path, stated)["minimumTlsVersion"] == "TLS1_2"


def test_tags_and_identities_are_named_by_anything(tmp_path: Path) -> None:
    own = {
        **account(),
        "tags": {"[parameters('p')]": "a", "owner": "us"},
        "identity": {"type": "UserAssigned", "userAssignedIdentities": {"[parameters('p')]": {}}},
    }
    [found] = declared(tmp_path, template(own, parameters=_ASKED))
    assert found.body["tags"]["owner"] == "us"
    assert isinstance(found.body["identity"]["userAssignedIdentities"], dict)


@pytest.mark.parametrize("twice", ["x: 1\n    x: 2", "'x': 1\n    x: 2"])
def test_what_stands_twice_in_bicep_is_refused(tmp_path: Path, twice: str) -> None:
    text = (
        "resource sa 'Microsoft.Storage/storageAccounts@2023-01-01' = {\n  name: 'a'\n  properties: {\n    "
    )
    [found] = read_files(tmp_path, {"main.bicep": f"{text}{twice}\n  }}\n}}\n"})[0]
    assert "stands twice" in found.body["properties"].because


def test_what_is_stated_over_what_is_spread_is_not_twice(tmp_path: Path) -> None:
    text = "resource sa 'Microsoft.Storage/storageAccounts@2023-01-01' = {\n  name: 'a'\n  properties: {\n"
    [found] = read_files(tmp_path, {"main.bicep": f"{text}    ...{{ x: 1 }}\n    x: 2\n  }}\n}}\n"})[0]
    assert found.body["properties"] == {"x": 2}


@pytest.mark.parametrize("type_", ["[concat('Microsoft.Storage', '/storageAccounts')]", "[parameters('p')]"])
def test_a_type_that_is_an_expression_is_a_gap(tmp_path: Path, type_: str) -> None:
    found, gaps = read_files(
        tmp_path, {"main.json": template({**account(), "type": type_}, account("b"), parameters=_ASKED)}
    )
    assert [each.body["name"] for each in found] == ["b"]
    assert [f"a resource has the type {type_}, an expression" == each.because for each in gaps] == [True]


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("[indexFromEnd(createArray(1, 2, 3), 1)]", 3),
        ("[indexFromEnd(createArray(1, 2, 3), 3)]", 1),
        ("[tryIndexFromEnd(createArray(1, 2, 3), 2)]", 2),
        ("[coalesce(tryIndexFromEnd(createArray(1), 2), 7)]", 7),
    ],
)
def test_elements_are_counted_from_the_end(tmp_path: Path, expression: str, expected: int) -> None:
    assert properties(tmp_path, {"x": expression})["x"] == expected


@pytest.mark.parametrize(
    "expression",
    [
        "[indexFromEnd(createArray(1), 2)]",
        "[indexFromEnd(createArray(1), 0)]",
        "[indexFromEnd('a', 1)]",
        "[tryIndexFromEnd(createArray(1), 'a')]",
        "[indexFromEnd(createArray(1), parameters('n'))]",
    ],
)
def test_an_element_that_is_not_there_is_not_known(tmp_path: Path, expression: str) -> None:
    assert isinstance(properties(tmp_path, {"x": expression})["x"], Unresolved)


@pytest.mark.parametrize(
    ("expression", "literal"),
    [
        ("[if(equals(parameters('p'), ''), createObject('a', 'b'), createObject())]", True),
        ("[if(equals(parameters('p'), ''), createObject('a', 1), createObject())]", False),
        ("[union(parameters('o'), createObject('a', 'b'))]", True),
        ("[union(parameters('o'), createObject('a', 1))]", False),
        ("[createArray('a', 'b')[parameters('n')]]", True),
        ("[createObject('a', 'b')[parameters('p')]]", True),
        ("[createArray(1, 2)[parameters('n')]]", False),
        ("[parameters('o')]", False),
    ],
)
def test_what_may_be_a_text_that_is_written_down_says_so(
    tmp_path: Path, expression: str, literal: bool
) -> None:
    found = properties(tmp_path, {"x": expression})["x"]
    assert isinstance(found, Unresolved)
    assert found.literal is literal


LOOP = {"name": "minimumTlsVersion", "count": 1, "input": "TLS1_0"}


@pytest.mark.parametrize(
    "copy",
    [
        "[variables('l')]",
        LOOP,
        ["[variables('l')]"],
        [{**LOOP, "name": "[parameters('p')]"}],
        [{**LOOP, "name": 5}],
        [{"count": 1, "input": "TLS1_0"}],
    ],
)
def test_a_loop_that_may_make_any_property_leaves_all_open(tmp_path: Path, copy: Any) -> None:
    assert isinstance(properties(tmp_path, {"copy": copy, "x": 1}), Unresolved)


@pytest.mark.parametrize(
    "stated",
    [
        {"copy": [LOOP]},
        {"Copy": [{"Name": "minimumTlsVersion", "COUNT": 1, "Input": "TLS1_0"}]},
        {"copy": [{**LOOP, "name": "[concat('minimum', 'TlsVersion')]"}]},
    ],
)
def test_a_loop_makes_the_property_that_it_names(tmp_path: Path, stated: Any) -> None:
    assert properties(tmp_path, stated) == {"minimumTlsVersion": ["TLS1_0"]}


@pytest.mark.parametrize("copy", [{"type": "Copy"}, ["a", "b"], "a", 5, True, [{"source": "a"}]])
def test_a_property_may_be_called_copy(tmp_path: Path, copy: Any) -> None:
    assert properties(tmp_path, {"copy": copy, "x": 1}) == {"copy": copy, "x": 1}
