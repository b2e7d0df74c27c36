"""Where tfaudit's own modules lie, and how each file stands: without reading any of them."""

from __future__ import annotations

import os
from collections.abc import Iterator


def below(folder: str) -> Iterator[tuple[str, os.stat_result]]:
    """Yield the path and the state of each module below a folder of the package, in no certain order."""
    folders = [folder]
    for each in folders:
        with os.scandir(each) as entries:
            for entry in entries:
                if entry.name.endswith(".py"):
                    yield entry.path, entry.stat()
                elif "." not in entry.name and entry.name not in ("__pycache__", "data") and entry.is_dir():
                    folders.append(entry.path)
