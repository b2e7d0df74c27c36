"""What Resource Manager refuses: a value of another type, a loop without a number, a scope that is none."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.sources.arm_templates import account, declared, parameter_file, read_files, template
from tfaudit.model.resources import Unresolved

STORE = """
resource s 'Microsoft.Storage/storageAccounts@2023-01-01' = {{
  name: 's'
  properties: {{ x: {} }}
}}
"""


@pytest.mark.parametrize(
    ("type_", "value", "taken"),
    [
        ("bool", "true", False),
        ("bool", 1, False),
        ("int", True, False),
        ("int", "3", False),
        ("string", 3, False),
        ("array", {"a": 1}, False),
        ("object", [1], False),
        ("bool", True, True),
        ("Int", 3, True),
        ("string", "3", True),
        ("array", [1], True),
        ("object", {"a": 1}, True),
    ],
)
@pytest.mark.parametrize("by", ["default", "file"])
def test_a_parameter_takes_values_of_its_type(
    tmp_path: Path, type_: str, value: Any, taken: bool, by: str
) -> None:
    stated = {"type": type_} | ({"defaultValue": value} if by == "default" else {})
    files = {"main.json": template(account(x="[parameters('p')]"), parameters={"p": stated})}
    if by == "file":
        files["main.parameters.json"] = parameter_file(p=value)
    [found], gaps = read_files(tmp_path, files)
    assert gaps == []
    told = found.body["properties"]["x"]
    if taken:
        assert told == value
    else:
        assert isinstance(told, Unresolved)
        assert told.because == f"the parameter p takes {type_.lower()}, and is given another type"


def test_a_file_that_gives_no_mapping_says_so(tmp_path: Path) -> None:
    given = json.loads(parameter_file()) | {"parameters": {"p": True}}
    files = {
        "main.json": template(account(x="[parameters('p')]"), parameters={"p": {"type": "bool"}}),
        "main.parameters.json": json.dumps(given),
    }
    [found], _ = read_files(tmp_path, files)
    assert "gives p no mapping with a value" in found.body["properties"]["x"].because


@pytest.mark.parametrize("count", [-1, 801, "two", None, [1]])
def test_a_loop_without_a_number_of_turns_is_a_gap_at_the_resource(tmp_path: Path, count: Any) -> None:
    loop = account() | {"copy": {"name": "c", "count": count}}
    found, [gap] = read_files(tmp_path, {"main.json": template(account("a"), loop)})
    assert len(found) == 2
    assert "its loop has no number of turns from 0 to 800" in gap.because
    assert gap.place.line == 11


def test_a_condition_that_is_none_is_a_gap_once_for_a_loop(tmp_path: Path) -> None:
    text = (
        "resource a 'Microsoft.Storage/storageAccounts@2023-01-01' = [for i in range(0, 3): if ('yes') {\n"
        "  name: 'a${i}'\n}]\n"
    )
    found, [gap] = read_files(tmp_path, {"main.bicep": text})
    assert len(found) == 3
    assert "its condition is neither true nor false" in gap.because


def nested(**properties: Any) -> str:
    """Return a template that deploys another."""
    deployment = {
        "type": "Microsoft.Resources/deployments",
        "apiVersion": "2022-09-01",
        "name": "inner",
        "properties": {"mode": "Incremental", **properties},
    }
    return template(deployment, account("a"), parameters={"p": {"type": "object"}})


@pytest.mark.parametrize(
    ("properties", "because"),
    [
        (
            {"template": json.loads(template(account())), "expressionEvaluationOptions": {"scope": "inne"}},
            "expressions of inner have the scope inne, which is neither inner nor outer",
        ),
        (
            {"template": "[parameters('p')]"},
            "the template of inner is not known: the parameter p has no value here",
        ),
        ({}, "the deployment inner has no template"),
    ],
)
def test_a_deployment_that_cannot_be_read_says_why(
    tmp_path: Path, properties: dict[str, Any], because: str
) -> None:
    [found], [gap] = read_files(tmp_path, {"main.json": nested(**properties)})
    assert found.body["name"] == "a"
    assert gap.because == because


def test_what_gives_a_modules_parameter_is_the_one_that_deploys_it(tmp_path: Path) -> None:
    inner = "param q bool\n" + STORE.format("q")
    files = {"main.bicep": "module m 'm.bicep' = { name: 'm', params: { Q1: true } }\n", "m.bicep": inner}
    [found], _ = read_files(tmp_path, files)
    assert found.body["properties"]["x"].settle_with == "give it where m is deployed"


def test_a_resource_without_a_version_and_a_profile_is_a_gap(tmp_path: Path) -> None:
    _, [gap] = read_files(tmp_path, {"main.json": template(account() | {"apiVersion": ""})})
    assert gap.because.endswith("has no API version")


@pytest.mark.parametrize("given", ["", "true", "true, false, true"])
def test_a_function_of_the_files_own_takes_all_its_arguments(tmp_path: Path, given: str) -> None:
    text = "func f(a bool, b bool) bool => a && b\n" + STORE.format(f"f({given})")
    [found], _ = read_files(tmp_path, {"main.bicep": text})
    assert "f takes 2 arguments" in found.body["properties"]["x"].because


@pytest.mark.parametrize(
    "expression",
    [
        "[contains(parameters('p'), 'h')]",
        "[startsWith(parameters('p'), 'h')]",
        "[endsWith(concat('a', parameters('p')), 'e')]",
        "[equals(length(parameters('p')), 22)]",
        "[equalsIgnoreCase(parameters('p'), 'x')]",
        "[substring(parameters('p'), 0, 2)]",
        "[indexOf(parameters('p'), 'z')]",
    ],
)
def test_what_looks_into_a_secret_is_not_known(tmp_path: Path, expression: str) -> None:
    secret = {"p": {"type": "securestring", "defaultValue": "hunter2-hunter2-hunter"}}
    [found] = declared(tmp_path, template(account(x=expression), parameters=secret))
    told = found.body["properties"]["x"]
    assert isinstance(told, Unresolved)
    assert "secret" in told.because
    assert "hunter" not in str(told)
