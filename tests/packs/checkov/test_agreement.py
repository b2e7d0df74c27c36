"""The pack says what checkov says: a part of `benchmarks/checkov_agreement.py`, over our examples and the estate."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from benchmarks.checkov_agreement import agreement, classes, ours, theirs

ROOT = Path(__file__).parents[3]
_DATABASE = "terraform/aws/modules/database/main.tf"
_PARAMETERS = (
    "each instance has the parameter group of its own module, which checkov does not connect through for_each"
)
KNOWN: dict[tuple[str, str], str] = {
    (f"estate/sound/{_DATABASE}", "CKV2_AWS_30"): _PARAMETERS,
    (f"estate/faulty/{_DATABASE}", "CKV2_AWS_30"): _PARAMETERS,
    (f"estate/faulty/{_DATABASE}", "CKV2_AWS_69"): _PARAMETERS,
}
"""Pairs of file and check that differ, and why we are right; docs/checkov.md lists the classes of a large body."""


@pytest.fixture(scope="module")
def tree(tmp_path_factory: pytest.TempPathFactory) -> Path:
    tree = tmp_path_factory.mktemp("agreement")
    for file in sorted((ROOT / "tests/policies").glob("*/*.tf")):
        if re.fullmatch(r"(?:pass|fail)\w*\.tf", file.name):
            folder = tree / file.parent.name / file.stem
            folder.mkdir(parents=True)
            shutil.copy(file, folder)
    shutil.copytree(ROOT / "examples/estate", tree / "estate")
    return tree


def test_the_pack_agrees_with_checkov(tree: Path) -> None:
    found = classes(ours(tree, ["terraform"]), theirs(tree, ["terraform"])["terraform"])
    different = [pair for name, pairs in found.items() if name.startswith("different") for pair in pairs]
    unexplained = [pair for pair in different if (pair[0], pair[2]) not in KNOWN]
    assert unexplained == [], "checkov says otherwise: who is right?"
    assert len(found["equal"]) > 2000
    decided, of_all = agreement(found)
    assert decided >= 0.995
    assert of_all >= 0.95
    assert not found.get("error here: pass there")
    assert not found.get("error here: fail there")
