"""What decides alone has the arguments behind it left alone, and the answer is that of all of them."""

from __future__ import annotations

from itertools import product
from pathlib import Path
from typing import Any

import pytest

from tests.sources.arm_templates import read_files
from tfaudit.model.resources import Reference, Unresolved
from tfaudit.sources.arm.functions.signature import Wrong
from tfaudit.sources.arm.functions.table import FUNCTIONS

VALUES = (True, False, None, "x", 0, Unresolved("it is open", "", "${a}", True), Reference("vault", "id"))


def answer(function: Any, arguments: tuple[Any, ...]) -> Any:
    try:
        return function.call(*arguments)
    except Wrong as error:
        return str(error)


@pytest.mark.parametrize("name", [name for name, each in FUNCTIONS.items() if each.decides is not None])
def test_what_is_left_alone_changes_nothing(name: str) -> None:
    function, fewer = FUNCTIONS[name], 0
    assert function.decides is not None
    for arguments in product(VALUES, repeat=3):
        decides = (end for end in (1, 2) if function.decides(list(arguments[:end])))
        taken = arguments[: next(decides, 3)]
        fewer += len(taken) < 3
        assert answer(function, taken) == answer(function, arguments), arguments
    assert fewer


@pytest.mark.parametrize(
    ("text", "left_alone"),
    [
        ("false && file", True),
        ("true && file", False),
        ("true || file", True),
        ("'x' ?? file", True),
        ("null ?? file", False),
    ],
)
def test_what_does_not_count_is_not_evaluated(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str, left_alone: bool
) -> None:
    seen: list[Any] = []

    def content(*given: Any) -> bool:
        seen.append(given)
        return True

    monkeypatch.setattr("tfaudit.sources.bicep.loading.Loader.content", content)
    store = f"resource s 'Microsoft.Storage/storageAccounts@2023-01-01' = {{ name: 's', properties: {{ x: {text} }} }}"
    read_files(tmp_path, {"main.bicep": store.replace("file", "loadJsonContent('x.json')")})
    assert (not seen) is left_alone
