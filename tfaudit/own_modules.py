"""Where tfaudit's own modules lie, and how each file stands: without reading any of them."""

from __future__ import annotations

import os
from collections.abc import Iterator
from functools import cache

PACKAGE = os.path.dirname(__file__)  # noqa: PTH120 - what is asked for are texts


def below(folder: str) -> Iterator[tuple[str, os.stat_result]]:
    """Yield the path and the state of each module below a folder of the package, in no certain order.

    They are looked at once: several ask for them, and they stay as they are while a command runs.
    """
    inside = f"{folder}{os.sep}"
    return ((path, state) for path, state in looked_at(PACKAGE) if path.startswith(inside))


@cache
def looked_at(package: str) -> list[tuple[str, os.stat_result]]:
    """Return every module below the folder of the package, as `below` does."""
    found: list[tuple[str, os.stat_result]] = []
    folders = [package]
    for each in folders:
        with os.scandir(each) as entries:
            for entry in entries:
                if entry.name.endswith(".py"):
                    found.append((entry.path, entry.stat()))
                elif "." not in entry.name and entry.name not in ("__pycache__", "data") and entry.is_dir():
                    folders.append(entry.path)
    return found
