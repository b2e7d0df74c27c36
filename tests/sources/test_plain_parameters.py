"""A file of parameters that is called after no template is for the only one of its folder, if it fits that.

The portal exports a template as `template.json`, with `parameters.json` beside it.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.sources.arm_templates import account, parameter_file, read_files, template

_TEXT = {"type": "string"}
_JSON = template(account("[parameters('n')]"), parameters={"n": _TEXT})
_BICEP = """
param n string
resource a 'Microsoft.Storage/storageAccounts@2024-01-01' = {
  name: n
  location: 'westeurope'
}
"""
_BOTH = [("template.json", _JSON), ("main.bicep", _BICEP)]


def names(folder: Path, files: dict[str, str]) -> list[tuple[object, str]]:
    found, _ = read_files(folder, files)
    return [(each.body["name"] if isinstance(each.body["name"], str) else "?", each.scope) for each in found]


@pytest.mark.parametrize(("main", "text"), _BOTH)
@pytest.mark.parametrize("base", ["parameters.json", "param.json", "params.dev.json", "Parameters.Prod.json"])
def test_it_is_for_the_only_template_of_its_folder(tmp_path: Path, main: str, text: str, base: str) -> None:
    assert names(tmp_path, {main: text, base: parameter_file(n="one")}) == [("one", f"{main} with {base}")]


@pytest.mark.parametrize(("main", "text"), _BOTH)
def test_each_is_a_deployment_of_its_own(tmp_path: Path, main: str, text: str) -> None:
    files = {
        main: text,
        "parameters.dev.json": parameter_file(n="one"),
        "parameters.prod.json": parameter_file(n="two"),
    }
    assert [name for name, _ in names(tmp_path, files)] == ["one", "two"]


@pytest.mark.parametrize(("main", "text"), _BOTH)
@pytest.mark.parametrize(
    "others",
    [
        {"parameters.json": parameter_file(n="one", other="two")},  # it gives what there is no parameter for
        {"parameters.json": parameter_file()},
        {"values.json": parameter_file(n="one")},
        {"parameters.json": "{}"},
        {"elsewhere/parameters.json": parameter_file(n="one")},
        {"parameters.json": parameter_file(n="one"), "second.json": _JSON, "third.bicep": _BICEP},
    ],
)
def test_it_is_for_none_where_that_cannot_be_told(
    tmp_path: Path, main: str, text: str, others: dict[str, str]
) -> None:
    assert ("?", main) in names(tmp_path, {main: text, **others})


@pytest.mark.parametrize(("main", "text"), _BOTH)
def test_one_that_is_called_after_it_goes_before(tmp_path: Path, main: str, text: str) -> None:
    stem = main.partition(".")[0]
    files = {
        main: text,
        "parameters.json": parameter_file(n="one"),
        f"{stem}.parameters.json": parameter_file(n="two"),
    }
    assert names(tmp_path, files) == [("two", f"{main} with {stem}.parameters.json")]


def test_a_module_is_no_template_of_the_folder(tmp_path: Path) -> None:
    files = {
        "main.bicep": "param n string\nmodule a 'a.bicep' = {\n  name: 'a'\n  params: { n: n }\n}\n",
        "a.bicep": _BICEP,
        "param.json": parameter_file(n="one"),
    }
    assert names(tmp_path, files) == [("one", "main.bicep with param.json")]
