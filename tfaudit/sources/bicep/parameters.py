"""Which files of parameters are for which Bicep file."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable
from typing import TYPE_CHECKING

from tfaudit.sources.arm.nesting import path_beside

if TYPE_CHECKING:
    from tfaudit.sources.bicep.loading import Loader

_NONE = "none"


def files_using(names: Iterable[str], loader: Loader) -> dict[str, list[str]]:
    """Return the files of parameters among `names` by the Bicep file that each is for."""
    found: dict[str, list[str]] = {}
    for name in names:
        using = loader.file(name).using
        if using and using != _NONE:
            found.setdefault(path_beside(name, using), []).append(name)
    return found


def beside(name: str, loader: Loader) -> list[str]:
    """Return the JSON files of parameters in the folder of the Bicep file `name` that are called after it."""
    folder, base = posixpath.split(name)
    stem = posixpath.splitext(base)[0]
    found: list[str] = []
    for each in loader.listed(folder):
        if not each.startswith(f"{stem}.") or "parameters" not in each[len(stem) + 1 :]:
            continue
        own = posixpath.join(folder, each)
        data = loader.bytes_of(own)
        if isinstance(data, bytes) and (b"eploymentParameters.json" in data or b'"parameters"' in data):
            loader.data[own] = data
            found.append(own)
    return found
