"""A module holds one idea, and is read at one sitting."""

from __future__ import annotations

from pathlib import Path

MOST = 400
PACKAGE = Path(__file__).parents[2] / "tfaudit"


def test_no_module_is_longer_than_it_may_be() -> None:
    lengths = {path: len(path.read_text("utf-8").splitlines()) for path in PACKAGE.rglob("*.py")}
    assert len(lengths) > 300
    assert {str(path.relative_to(PACKAGE)): long for path, long in lengths.items() if long > MOST} == {}
