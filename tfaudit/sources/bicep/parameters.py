"""Which files of parameters are for which Bicep file."""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from tfaudit.model.resources import Unread
from tfaudit.sources.arm.nesting import path_beside
from tfaudit.sources.arm.parameters import fits, says_no_template

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
    base = posixpath.basename(name)
    stem = posixpath.splitext(base)[0]
    return _stated(
        name,
        loader,
        lambda each: each.startswith(f"{stem}.") and "parameters" in each[len(stem) + 1 :],
    )


def beside_the_only_one(name: str, loader: Loader) -> list[str]:
    """Return those beside `name`, the only file there that is deployed, that are called after none and fit it."""
    found: list[str] = []
    for own in _stated(name, loader, says_no_template):
        given = loader.parameter_file(own)
        if isinstance(given, Unread) or fits(given, loader.data[name]):
            found.append(own)
    return found


def _stated(name: str, loader: Loader, called: Callable[[str], bool]) -> list[str]:
    """Return the files of parameters in the folder of `name` of which the name is one that is looked for."""
    folder = posixpath.dirname(name)
    found: list[str] = []
    for each in loader.listed(folder):
        if not called(each):
            continue
        own = posixpath.join(folder, each)
        data = loader.bytes_of(own)
        if isinstance(data, bytes) and (b"eploymentParameters.json" in data or b'"parameters"' in data):
            loader.data[own] = data
            found.append(own)
    return found
