"""Files of parameters of Bicep: what they extend, import and are for, and what of it is not there."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.sources.arm_templates import account, read_files, template

STORE = """param q bool
param tags object = {}
resource store 'Microsoft.Storage/storageAccounts@2023-01-01' = {
  name: 'orders'
  tags: tags
  properties: {
    x: q
  }
}
"""
_BASE = "using none\nvar own = 'platform'\nparam q = false\nparam tags = { env: 'dev', owner: own }\n"


def stated(folder: Path, text: str, **others: str) -> dict[str, Any]:
    """Return the account of a deployment with a file of parameters."""
    files = {"main.bicep": STORE, "base.bicepparam": _BASE, "prod.bicepparam": f"using 'main.bicep'\n{text}"}
    [found], gaps = read_files(folder, files | others)
    assert gaps == []
    return dict(found.body)


@pytest.mark.parametrize(
    ("text", "q", "tags"),
    [
        ("extends 'base.bicepparam'\n", False, {"env": "dev", "owner": "platform"}),
        ("extends 'base.bicepparam'\nparam q = !base.q\n", True, {"env": "dev", "owner": "platform"}),
        (
            "extends 'base.bicepparam'\nparam tags = { ...base.tags, env: 'prod' }\n",
            False,
            {"env": "prod", "owner": "platform"},
        ),
        ("extends 'base.bicepparam'\nparam tags = base.?tags ?? {}\n", False, {"env": "dev", "owner": "platform"}),
        ("import { on } from 'shared.bicep'\nvar way = on\nparam q = way\n", True, {}),
        ("import * as shared from 'shared.bicep'\nparam q = shared.negated(shared.on)\n", False, {}),
    ],
)  # fmt: skip
def test_values_come_from_what_is_extended_and_imported(
    tmp_path: Path, text: str, q: bool, tags: dict[str, str]
) -> None:
    shared = "@export()\nvar on = true\n@export()\nfunc negated(a bool) bool => !a\n"
    found = stated(tmp_path, text, **{"shared.bicep": shared})
    assert found["properties"]["x"] is q
    assert found["tags"] == tags


def test_a_chain_of_files_gives_what_the_nearest_says(tmp_path: Path) -> None:
    middle = "using none\nextends 'base.bicepparam'\nparam tags = { ...base.tags, env: 'test' }\n"
    text = "extends 'middle.bicepparam'\nparam tags = { ...base.tags, owner: 'shop' }\n"
    found = stated(tmp_path, text, **{"middle.bicepparam": middle})
    assert found["tags"] == {"env": "test", "owner": "shop"}
    assert found["properties"]["x"] is False


@pytest.mark.parametrize(
    ("text", "because", "line"),
    [
        ("using 'main.bicep'\nextends 'gone.bicepparam'\n", "gone.bicepparam is not read", 2),
        ("// for nothing\nusing 'gone.bicep'\n", "gone.bicep, which is not in the scanned tree", 2),
        ("using 'br/public:avm/res/x:1.0'\n", "br/public:avm/res/x:1.0, which is in a registry", 1),
        ("using '../outside.bicep'\n", "outside.bicep, which is not in the scanned tree", 1),
    ],
)
def test_what_a_file_names_and_is_not_there_is_a_gap_at_its_line(
    tmp_path: Path, text: str, because: str, line: int
) -> None:
    _, [gap] = read_files(tmp_path / "tree", {"main.bicep": STORE, "prod.bicepparam": text})
    assert because in gap.because
    assert (gap.place.origin, gap.place.line) == ("prod.bicepparam", line)
    assert gap.settle_with


def test_a_template_in_json_may_have_one(tmp_path: Path) -> None:
    text = template(account(x="[parameters('q')]"), parameters={"q": {"type": "bool"}})
    files = {"main.json": text, "dev.bicepparam": "using './main.json'\nparam q = false\n"}
    [found], gaps = read_files(tmp_path, files)
    assert gaps == []
    assert found.body["properties"]["x"] is False
    assert found.scope == "main.json with dev.bicepparam"
    [origin] = found.origins_of(("properties", "x"), False)
    assert origin.place is not None
    assert (origin.place.origin, origin.place.line) == ("dev.bicepparam", 2)
