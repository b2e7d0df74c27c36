"""Templates and Bicep that Azure would refuse, or that lead elsewhere: one sentence for each, and all else is read."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.sources.arm_templates import account, read_files, template
from tfaudit import scan
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


@pytest.mark.parametrize(
    ("wrong", "because", "line"),
    [
        ({"resources": "x"}, "resources is text where a list belongs", 4),
        ({"resources": 7}, "resources is a plain value where a list belongs", 4),
        ({"resources": [account(), 3]}, "a resource is a plain value where a mapping belongs", 11),
        ({"resources": [account(), {"name": "a"}]}, "a resource has no type", 11),
        ({"resources": {"a": account(), "b": {"type": 3}}}, "a resource has no type", 11),
        ({"resources": [account() | {"resources": ["x"]}]}, "a resource is text where a mapping belongs", 10),
        ({"parameters": []}, "parameters is a list where a mapping belongs", 4),
        ({"variables": "x"}, "variables is text where a mapping belongs", 4),
    ],
)
def test_what_stands_in_a_template_and_is_no_part_of_one_is_told(
    tmp_path: Path, wrong: dict[str, Any], because: str, line: int
) -> None:
    found, gaps = read_files(tmp_path, {"main.json": template(**wrong), "other.json": template(account("b"))})
    assert [(each.because, each.place.origin) for each in gaps] == [(because, "main.json")]
    assert gaps[0].place.line >= line
    assert "b" in {each.body["name"] for each in found}
    nested = {
        "type": "Microsoft.Resources/deployments",
        "apiVersion": "2021-04-01",
        "name": "inner",
        "properties": {"mode": "Incremental", "template": json.loads(template(**wrong))},
    }
    _, gaps = read_files(tmp_path / "nested", {"main.json": template(nested)})
    assert [each.because for each in gaps] == [f"the template of inner is not read: {because}"]


def test_a_template_without_resources_is_told(tmp_path: Path) -> None:
    text = template().replace('"resources"', '"resource"')
    _, gaps = read_files(tmp_path, {"main.json": text})
    assert [each.because for each in gaps] == ["it is a template by its schema, and has no resources"]


def test_names_of_a_template_are_in_any_case(tmp_path: Path) -> None:
    text = template(account(x="[parameters('p')]"), parameters={"p": {"type": "string", "defaultValue": "v"}})
    for word in ("$schema", "parameters", "resources", "type", "apiVersion", "name", "properties"):
        text = text.replace(f'"{word}"', f'"{word.upper()}"')
    text = text.replace('"TYPE": "string"', '"type": "string"')
    found, gaps = read_files(tmp_path, {"main.json": text})
    assert gaps == []
    assert [(each.type, each.body["properties"]["x"]) for each in found] == [
        ("microsoft.storage/storageaccounts", "v")
    ]


@pytest.mark.parametrize("comment", ["// a storage account\n", "/* kind\napiVersion */ ", "\n\n// {\n"])
def test_a_comment_in_front_of_a_template_changes_nothing(tmp_path: Path, comment: str) -> None:
    store = account(x="v") | {"kind": "StorageV2"}
    found, gaps = read_files(tmp_path, {"main.json": comment + template(store)})
    assert gaps == []
    assert [each.body["properties"]["x"] for each in found] == ["v"]


def test_what_no_condition_or_loop_makes_is_noted(tmp_path: Path) -> None:
    off = account("off") | {"condition": False}
    none = account("[concat('a', copyIndex())]") | {"copy": {"name": "c", "count": 0}}
    (tmp_path / "main.json").write_text(template(account(), off, none))
    bicep = "module b 'b.bicep' = if (false) { name: 'b' }\nresource r 'a/b@2023-01-01' = [for x in []: { name: x }]\n"
    (tmp_path / "main.bicep").write_text(bicep)
    (tmp_path / "b.bicep").write_text(BICEP.format("1"))
    [said] = [each for each in scan(tmp_path).notes if "nothing with the values at hand" in each]
    assert said.startswith("4 blocks make nothing")
    assert "Microsoft.Storage/storageAccounts/off" in said
    assert said.endswith(", b, r")


def test_an_unknown_name_is_told_apart_by_what_declares_it_alone(tmp_path: Path) -> None:
    def addresses(folder: str, *more: dict[str, Any]) -> set[str]:
        unknown = [account("[reference('x').name]"), account("[reference('y').name]", x=1)]
        found, _ = read_files(tmp_path / folder, {"main.json": template(*more, *unknown)})
        return {each.address for each in found if each.body["properties"].get("z") is None}

    alone = addresses("alone")
    assert len(alone) == 2
    other = account("[newGuid()]", z=1)
    vault = {
        "type": "Microsoft.KeyVault/vaults",
        "apiVersion": "2023-07-01",
        "name": "[utcNow()]",
        "properties": {"z": 1},
    }
    assert addresses("more", other, vault) == alone


@pytest.mark.parametrize("properties", ["[]", "[\n    {\n      minimumTlsVersion: 'TLS1_2'\n    }\n  ]"])
def test_a_list_where_azure_takes_the_properties_of_a_resource_is_no_absence(
    tmp_path: Path, properties: str
) -> None:
    head = "resource s 'Microsoft.Storage/storageAccounts@2023-01-01' = {\n  name: 'orders'\n  properties: "
    [store], gaps = read_files(tmp_path, {"main.bicep": f"{head}{properties}\n}}\n"})
    assert gaps == []
    assert "properties is a list" in store.body["properties"].because
    judged = {each.policy.id: each.outcome.value for each in scan(tmp_path).verdicts}
    assert judged["object-store-minimum-tls"] == judged["object-store-requires-tls"] == "unknown"
