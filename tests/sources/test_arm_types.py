"""Types of a template's own, and of Bicep: whether a parameter may be null, and whether it is a secret."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.sources.arm_templates import account, declared, read_files, template
from tfaudit.model.resources import Unresolved
from tfaudit.redaction import REDACTED

_OPEN = "[parameters('x')]"


def given(folder: Path, definitions: dict[str, Any], parameter: dict[str, Any]) -> Any:
    """Return what a parameter comes to that is given nothing."""
    text = template(account(x=_OPEN), definitions=definitions, parameters={"x": parameter})
    [found] = declared(folder, text)
    return found.body["properties"].get("x")


@pytest.mark.parametrize(
    ("definitions", "parameter", "null"),
    [
        ({"lockType": {"type": "object", "nullable": True}}, {"$ref": "#/definitions/lockType"}, True),
        ({"_1.LockType": {"type": "object", "nullable": True}}, {"$ref": "#/definitions/_1.lockType"}, True),
        (
            {"a": {"$ref": "#/definitions/b"}, "b": {"type": "string", "nullable": True}},
            {"$ref": "#/definitions/a"},
            True,
        ),
        ({"lockType": {"type": "object"}}, {"$ref": "#/definitions/lockType", "nullable": True}, True),
        (
            {"lockType": {"type": "object", "nullable": True}},
            {"$ref": "#/definitions/lockType", "nullable": False},
            False,
        ),
        ({"lockType": {"type": "object"}}, {"$ref": "#/definitions/lockType"}, False),
        ({"a": {"$ref": "#/definitions/b"}, "b": {"$ref": "#/definitions/a"}}, {"$ref": "#/definitions/a"}, False),
        ({}, {"$ref": "#/definitions/gone"}, False),
    ],
)  # fmt: skip
def test_a_parameter_may_be_null_where_the_type_says_so_that_it_is_named_after(
    tmp_path: Path, definitions: dict[str, Any], parameter: dict[str, Any], null: bool
) -> None:
    found = given(tmp_path, definitions, parameter)
    assert found is None if null else isinstance(found, Unresolved)


def test_a_secret_by_its_type_is_not_shown(tmp_path: Path) -> None:
    types = {"password": {"type": "securestring"}}
    stated = {"$ref": "#/definitions/password", "defaultValue": "hunter2-hunter2"}
    assert given(tmp_path, types, stated) == REDACTED


STORE = """
resource store 'Microsoft.Storage/storageAccounts@2023-01-01' = {
  name: 'orders'
  properties: {
    x: x
  }
}
"""


@pytest.mark.parametrize(
    ("stated", "null"),
    [
        ("type lockType = { kind: string? }?\nparam x lockType\n", True),
        ("type inner = string?\ntype outer = inner\nparam x outer\n", True),
        ("type size = 'a' | 'b' | null\nparam x size\n", True),
        ("param x 'a' | 'b' | null\n", True),
        ("param x string[]?\n", True),
        ("type lockType = { kind: string? }?\nparam x lockType!\n", False),
        ("type lockType = { kind: string? }\nparam x lockType\n", False),
        ("import { lockType } from 'types.bicep'\nparam x lockType\n", True),
        ("import { lockType as own } from 'types.bicep'\nparam x own\n", True),
        ("import * as types from 'types.bicep'\nparam x types.lockType\n", True),
        ("import * as types from 'types.bicep'\ntype own = types.lockType\nparam x own\n", True),
        ("import { lockType } from 'br/public:types:1.0'\nparam x lockType\n", False),
    ],
)
def test_a_parameter_of_bicep_may_be_null_as_its_type_may(tmp_path: Path, stated: str, null: bool) -> None:
    files = {
        "main.bicep": stated + STORE,
        "types.bicep": "type inner = { kind: string? }?\n@export()\ntype lockType = inner\n",
    }
    found, _ = read_files(tmp_path, files)
    value = found[0].body["properties"].get("x")
    assert value is None if null else isinstance(value, Unresolved)


@pytest.mark.parametrize(
    "stated",
    [
        "@secure()\ntype secret = string\nparam x secret = 'hunter2-hunter2'\n",
        "@sys.secure()\ntype secret = string\ntype own = secret\nparam x own = 'hunter2-hunter2'\n",
    ],
)
def test_a_secret_of_bicep_by_its_type_is_not_shown(tmp_path: Path, stated: str) -> None:
    [found], _ = read_files(tmp_path, {"main.bicep": stated + STORE})
    assert found.body["properties"]["x"] == REDACTED


def test_an_option_is_read_as_the_type_that_a_parameter_is_named_after(tmp_path: Path) -> None:
    [found], _ = read_files(tmp_path, {"main.bicep": "type flag = bool\nparam x flag\n" + STORE}, x="true")
    assert found.body["properties"]["x"] is True


def test_a_type_over_several_lines_is_read(tmp_path: Path) -> None:
    stated = "type own = resourceInput<\n\n  'Microsoft.Web/sites@2023-01-01'\n\n>.name\nparam x int = 1\n"
    [found], gaps = read_files(tmp_path, {"main.bicep": stated + STORE})
    assert gaps == []
    assert found.body["properties"]["x"] == 1
