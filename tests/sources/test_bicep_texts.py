"""Texts of Bicep over several lines, with expressions in them and without.

learn.microsoft.com/azure/azure-resource-manager/bicep/data-types#strings
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.sources.arm_templates import read_files
from tfaudit.model.resources import Unresolved

HEAD = """param p string
resource sa 'Microsoft.Storage/storageAccounts@2023-01-01' = {
  name: 'a'
  properties: { x: """


def value(folder: Path, expression: str) -> tuple[Any, list[str]]:
    """Return what an expression of a Bicep file comes to, and what of the file could not be read."""
    found, gaps = read_files(folder, {"main.bicep": f"{HEAD}{expression} }}\n}}\n"})
    stated = found[0].body["properties"]["x"] if found else None
    return stated, [each.because for each in gaps]


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("$'''a${1 + 1}'''", "a2"),
        ("$'''plain'''", "plain"),
        ("$'''\n${'x'}\ny'''", "x\ny"),
        ("$'''${'x'}-${'y'}'''", "x-y"),
        ("$'''${{ a: 'q' }.a}'''", "q"),
        ("$'''${'${'n'}m'}'''", "nm"),
        ("$'''a${\n1\n}b'''", "a1b"),
        ("$'''$${'b'}'''", "$b"),
        ("contains($$'''$${1 + 1}''', '2')", True),
        ("'x${$'''a${1}'''}'", "xa1"),
    ],
)
def test_expressions_in_them_are_evaluated(tmp_path: Path, expression: str, expected: Any) -> None:
    assert value(tmp_path, expression) == (expected, [])


def test_one_with_what_is_not_known_says_why(tmp_path: Path) -> None:
    found, gaps = value(tmp_path, "$'''a${p}'''")
    assert isinstance(found, Unresolved)
    assert "the parameter p has no value here" in found.because
    assert gaps == []


@pytest.mark.parametrize("expression", ["$'''a${1'''", "$'''a${}'''", "$'''a${1", "$'''a${%}'''"])
def test_one_that_is_broken_is_a_gap(tmp_path: Path, expression: str) -> None:
    assert len(value(tmp_path, expression)[1]) == 1
