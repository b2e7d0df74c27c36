"""Templates and Bicep that Azure would refuse, or that lead elsewhere: one sentence for each, and all else is read."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.sources.arm_templates import account, read_files, template
from tfaudit.model.resources import Resource, Unresolved

BICEP = """
resource store 'Microsoft.Storage/storageAccounts@2023-01-01' = {{
  name: 'orders'
  properties: {{
    x: {}
    y: 'known'
  }}
}}
"""


def x(found: list[Resource]) -> Any:
    """Return what is asked for; what stands beside it is known whatever it is."""
    [store] = found
    assert store.body["properties"]["y"] == "known"
    return store.body["properties"]["x"]


@pytest.mark.parametrize(
    ("above", "because"),
    [
        ("var a = b\nvar b = a\n", "refers to itself"),
        ("var a = '${b}-logs'\nvar b = { c: a }\n", "refers to itself"),
        ("param a string\n", "the parameter a has no value here"),
        ("func of(b string) string => of(b)\nvar a = of('b')\n", "the function of calls itself"),
        (
            "func of(b string) string => '${to(b)}'\nfunc to(b string) string => of(b)\nvar a = of(of('b'))\n",
            "the function of calls itself",
        ),
        ("var a = madeUp('b')\n", "tfaudit does not know the function madeUp"),
        ("var a = sys.madeUp('b')\n", "tfaudit does not know the function"),
        ("param a string = b\nparam b string = a\n", "refers to itself"),
    ],
)
def test_in_bicep_what_cannot_be_known_is_unknown_with_the_reason(
    tmp_path: Path, above: str, because: str
) -> None:
    found, gaps = read_files(tmp_path, {"main.bicep": above + BICEP.format("a")})
    assert gaps == []
    unknown = x(found)
    assert isinstance(unknown, Unresolved)
    assert because in unknown.because


@pytest.mark.parametrize(
    ("sections", "because"),
    [
        ({"variables": {"a": "[variables('b')]", "b": "[variables('a')]"}}, "refers to itself"),
        ({"variables": {"a": {"c": "[concat(variables('a').c, 'd')]"}}}, "refers to itself"),
        ({"variables": {"a": "[madeUp('b')]"}}, "tfaudit does not know the function madeUp"),
        ({"variables": {"a": "[variables('none')]"}}, "none"),
        ({"variables": {"a": "[parameters('none')]"}}, "none"),
        (
            {"variables": {"a": "[parameters('p')]"}, "parameters": {"p": {"type": "string"}}},
            "p has no value",
        ),
        ({"variables": {"a": "[contoso.none('b')]"}}, "none"),
    ],
)
def test_in_templates_what_cannot_be_known_is_unknown_with_the_reason(
    tmp_path: Path, sections: dict[str, Any], because: str
) -> None:
    text = template(account(x="[variables('a')]", y="known"), **sections)
    found, gaps = read_files(tmp_path, {"main.json": text})
    assert gaps == []
    unknown = x(found)
    unknown = next(iter(unknown.values())) if isinstance(unknown, dict) else unknown
    assert isinstance(unknown, Unresolved)
    assert because in unknown.because


def linked(uri: str) -> dict[str, Any]:
    """Return a deployment of a template that is elsewhere."""
    return {
        "type": "Microsoft.Resources/deployments",
        "apiVersion": "2022-09-01",
        "name": "linked",
        "properties": {"mode": "Incremental", "templateLink": {"uri": uri}},
    }


@pytest.mark.parametrize(
    "uri",
    [
        "https://example.com/store.json",
        "[uri('https://example.com/', 'store.json')]",
        "[concat(parameters('base'), '/store.json')]",
    ],
)
def test_a_template_that_is_linked_by_url_is_named_and_not_read(tmp_path: Path, uri: str) -> None:
    given = {"base": {"type": "string", "defaultValue": "https://example.com"}}
    text = template(linked(uri), account(x=1, y="known"), parameters=given)
    found, [gap] = read_files(tmp_path, {"main.json": text})
    assert x([each for each in found if each.type.endswith("storageaccounts")]) == 1
    assert "https://example.com/store.json" in gap.because
    assert str(gap.place).startswith("main.json:")
    assert gap.settle_with


def test_a_module_of_a_registry_is_named_and_not_read(tmp_path: Path) -> None:
    module = "module m 'br/public:avm/res/storage/storage-account:0.9.1' = {\n  name: 'm'\n}\n"
    found, [gap] = read_files(tmp_path, {"main.bicep": module + BICEP.format("1")})
    assert x([each for each in found if each.type.endswith("storageaccounts")]) == 1
    assert "avm/res/storage/storage-account" in gap.because
    assert "modules in tfaudit.yaml" in gap.settle_with


@pytest.mark.parametrize("version", ["2023-13-45", "203-05-01", "2023-05-01-preveiw", "latest"])
@pytest.mark.parametrize("language", ["bicep", "json"])
def test_a_mistyped_version_is_a_gap_and_the_resource_is_judged(
    tmp_path: Path, language: str, version: str
) -> None:
    if language == "bicep":
        text = BICEP.format("1").replace("2023-01-01", version)
    else:
        text = template({**account(x=1, y="known"), "apiVersion": version})
    found, [gap] = read_files(tmp_path, {f"main.{language}": text})
    assert x(found) == 1
    assert version in gap.because
