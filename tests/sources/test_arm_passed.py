"""What deployments pass and files of parameters give, however it is written: no default hides it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.sources.arm_templates import account, parameter_file, read_files, template
from tfaudit.model.resources import Unresolved

UNKNOWN = "unknown"
_ASKED = {"p": {"type": "bool", "defaultValue": True}}
_INNER = json.loads(template(account(x="[parameters('p')]"), parameters=_ASKED))
_MODULE = """param p bool = true
resource sa 'Microsoft.Storage/storageAccounts@2023-01-01' = {
  name: 'orders'
  properties: { x: p }
}
"""


def given(folder: Path, files: dict[str, str]) -> list[Any]:
    """Return what each account of a folder states for `x`, `UNKNOWN` where it is not known."""
    found, _ = read_files(folder, files)
    stated = [each.body["properties"]["x"] for each in found if each.type.endswith("storageaccounts")]
    return [UNKNOWN if isinstance(each, Unresolved) else each for each in stated]


def deployed(parameters: Any, **more: Any) -> dict[str, Any]:
    """Return a nested deployment with what it passes."""
    properties = {
        "mode": "Incremental",
        "expressionEvaluationOptions": {"scope": "inner"},
        "template": _INNER,
        "parameters": parameters,
        **more,
    }
    return {
        "type": "Microsoft.Resources/deployments",
        "apiVersion": "2022-09-01",
        "name": "inner",
        "properties": properties,
    }


@pytest.mark.parametrize(
    ("parameters", "expected"),
    [
        ({"p": {"value": False}}, False),
        ({"P": {"Value": False}}, False),
        ("[variables('v')]", False),
        ("[createObject('p', createObject('value', false()))]", False),
        ("[parameters('o')]", UNKNOWN),
        ({"p": "[variables('v').p]"}, False),
        ({"[concat('p')]": {"value": False}}, False),
        ({"[parameters('n')]": {"value": False}}, UNKNOWN),
        ({"p": False}, UNKNOWN),
        ({"p": None}, UNKNOWN),
        ({"p": {}}, UNKNOWN),
        ({"p": {"reference": {"keyVault": {"id": "x"}, "secretName": "y"}}}, UNKNOWN),
        ([], UNKNOWN),
        (None, True),
        ({}, True),
    ],
)
def test_what_a_nested_template_is_given(tmp_path: Path, parameters: Any, expected: Any) -> None:
    text = template(
        deployed(parameters),
        variables={"v": {"p": {"value": False}}},
        parameters={"o": {"type": "object"}, "n": {"type": "string"}},
    )
    assert given(tmp_path, {"main.json": text}) == [expected]


@pytest.mark.parametrize("link", [{"uri": "https://example.com/p.json"}, "p.json"])
def test_linked_parameters_may_set_what_is_not_passed(tmp_path: Path, link: Any) -> None:
    assert given(tmp_path, {"main.json": template(deployed(None, parametersLink=link))}) == [UNKNOWN]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("params: { p: false }", False),
        ("params: { ...z }", False),
        ("params: { p: true\n ...z }", False),
        ("params: { ...z\n p: true }", True),
        ("params: { ...o }", UNKNOWN),
        ("params: { p: true\n ...o }", UNKNOWN),
        ("params: { ...o\n p: true }", True),
        ("params: { '${'p'}': false }", False),
        ("params: { '${k}': false }", UNKNOWN),
        ("params: z", False),
        ("params: o", UNKNOWN),
        ("params: { '${k}': false\n p: true }", True),
        ("...{ params: { p: false } }", UNKNOWN),
        ("'${'params'}': { p: false }", UNKNOWN),
        ("Params: { p: false }", UNKNOWN),
        ("params: { p: false }\n params: { p: true }", UNKNOWN),
        ("'params': { p: false }", False),
        ("", True),
    ],
)
def test_what_a_module_is_given(tmp_path: Path, body: str, expected: Any) -> None:
    text = "var z = { p: false }\nparam o object\nparam k string\n"
    text += f"module m 'm.bicep' = {{\n  name: 'm'\n  {body}\n}}\n"
    assert given(tmp_path, {"main.bicep": text, "m.bicep": _MODULE}) == [expected]


_OUTER = template(account(x="[parameters('p')]"), parameters=_ASKED)
_WITHOUT_SCHEMA = '{"parameters": {"p": {"value": false}}}'


@pytest.mark.parametrize(
    ("files", "expected", "gaps"),
    [
        ({"main.json": _OUTER, "main.parameters.json": parameter_file(p=False)}, [False], 0),
        ({"main.json": _OUTER, "main.parameters.json": _WITHOUT_SCHEMA}, [False], 0),
        ({"main.json": _OUTER, "main.parameters.json": _WITHOUT_SCHEMA.replace('"v', '"V')}, [False], 0),
        ({"main.json": _OUTER, "main.parameters.json": parameter_file(p=False)[:-4]}, [UNKNOWN], 1),
        ({"main.json": _OUTER, "main.parameters.json": _WITHOUT_SCHEMA[:-2]}, [UNKNOWN], 1),
        ({"main.json": _OUTER, "other.parameters.json": _WITHOUT_SCHEMA[:-2]}, [True], 0),
        ({"main.bicep": _MODULE, "main.parameters.json": _WITHOUT_SCHEMA}, [False], 0),
        ({"main.bicep": _MODULE, "main.parameters.json": _WITHOUT_SCHEMA[:-2]}, [UNKNOWN], 1),
        ({"main.bicep": _MODULE, "p.bicepparam": "using 'main.bicep'\nparam p = \n"}, [UNKNOWN], 1),
        (
            {"main.bicep": _MODULE, "p.bicepparam": "using 'main.bicep'\nparam p = false\nparam q = \n"},
            [False],
            1,
        ),
    ],
)
def test_what_a_file_gives_that_may_not_be_read(
    tmp_path: Path, files: dict[str, str], expected: list[Any], gaps: int
) -> None:
    assert given(tmp_path, files) == expected
    assert len(read_files(tmp_path, files)[1]) == gaps


def test_what_extends_a_file_that_is_not_read_whole_does_not_know_the_rest(tmp_path: Path) -> None:
    files = {
        "main.bicep": _MODULE,
        "p.bicepparam": "using 'main.bicep'\nextends 'base.bicepparam'\nparam p = base.p\n",
        "base.bicepparam": "using none\nparam p = \n",
    }
    assert given(tmp_path, files) == [UNKNOWN]


def test_a_template_that_a_module_deploys_is_judged_there_alone(tmp_path: Path) -> None:
    files = {
        "main.bicep": "module m 'm.json' = {\n  name: 'm'\n  params: { p: false }\n}\n",
        "m.json": _OUTER,
    }
    assert given(tmp_path, files) == [False]
    assert given(tmp_path, {**files, "n.json": _OUTER}) == [False, True]


@pytest.mark.parametrize(
    ("imported", "expression", "word"),
    [
        ("{ v }", "v", "v is imported: nope.bicep"),
        ("{ v as w }", "w", "v is imported: nope.bicep"),
        ("{ f }", "f(true)", "f is imported"),
        ("* as t", "t.v", "t is imported"),
        ("* as t", "t.f(true)", "t is imported"),
    ],
)
@pytest.mark.parametrize("path", ["nope.bicep", "br/public:avm/utl/types:1.0.0"])
def test_what_is_imported_from_what_is_not_there_says_so(
    tmp_path: Path, imported: str, expression: str, word: str, path: str
) -> None:
    text = f"import {imported} from '{path}'\n{_MODULE.replace('x: p', f'x: {expression}')}"
    [found] = read_files(tmp_path, {"main.bicep": text})[0]
    because = found.body["properties"]["x"].because
    assert word.replace("nope.bicep", "") in because
    assert path.partition(":")[0] in because
