"""Loads msgspec without what it does not need: it looks for newer types in `typing_extensions`, which is slow to load.

Python 3.11 has all that msgspec looks for there, and msgspec is content without. Nothing is changed for who has loaded
`typing_extensions` already, or loads it later.
"""

from __future__ import annotations

import sys
from types import ModuleType
from typing import cast

_NAME = "typing_extensions"


def load() -> None:
    """Import msgspec."""
    if _NAME in sys.modules or "msgspec" in sys.modules:
        return
    sys.modules[_NAME] = cast("ModuleType", None)
    try:
        import msgspec  # noqa: F401
    finally:
        del sys.modules[_NAME]
