"""What `moved` blocks say: under which addresses the resources of a root were known before.

developer.hashicorp.com/terraform/language/modules/develop/refactoring: a block's addresses are relative to the module
that holds it; whatever stands below `from`, instances included, is below `to` afterwards.
"""

from __future__ import annotations

import os
import posixpath
import re
from collections.abc import Iterable, Iterator

from tfaudit.model.resources import Limits, Resource
from tfaudit.sources.terraform.hcl.names import declares
from tfaudit.sources.terraform.hcl.syntax import Text, source_text
from tfaudit.sources.tree import inside

_STEP = re.compile(r'module\.[\w-]+(?:\[(?:"(?:[^"\\]|\\.)*"|\d+)\])?\.')
_MOST_HOPS = 16
_MOST_FILES = 500


class Moves:
    """Tells former addresses; files are read when a folder is first asked for."""

    def __init__(self, root: str) -> None:
        """Read below the folder `root`, which places are relative to."""
        self._root = root
        self._folders: dict[str, list[tuple[str, str]]] = {}

    def former(self, resource: Resource) -> list[str]:
        """Return the addresses that a resource had before, the latest first; [] where nothing says that it moved."""
        if resource.dialect != "terraform" or resource.plane != "code":
            return []
        pairs = list(self._pairs(resource))
        found: list[str] = []
        address = resource.address
        for _ in range(_MOST_HOPS):
            earlier = next((was for was in _earlier(address, pairs) if was not in found), "")
            if not earlier or earlier == resource.address:
                break
            found.append(earlier)
            address = earlier
        return found

    def _pairs(self, resource: Resource) -> Iterator[tuple[str, str]]:
        """Yield the whole addresses of each `moved` block that may be about a resource."""
        path = _module_path(resource.address)
        folders = {resource.scope: [""]}
        inner = posixpath.dirname(resource.place.origin)
        between = [posixpath.dirname(each) for each in resource.context.get("called_in", "").split("\0")]
        prefixes = ["".join(path[:depth]) for depth in range(len(path) + 1)]
        for each in between:
            folders.setdefault(each, prefixes[1:])
        folders.setdefault(inner, prefixes[-1:])
        for folder, beginnings in folders.items():
            for was, is_ in self._of(folder):
                yield from ((f"{each}{was}", f"{each}{is_}") for each in beginnings)

    def _of(self, folder: str) -> list[tuple[str, str]]:
        if folder not in self._folders:
            self._folders[folder] = list(_blocks(self._root, "" if folder == "." else folder))
        return self._folders[folder]


def _earlier(address: str, pairs: Iterable[tuple[str, str]]) -> Iterator[str]:
    for was, is_ in pairs:
        rest = address[len(is_) :]
        if address.startswith(is_) and (not rest or rest[0] in ".["):
            yield f"{was}{rest}"


def _module_path(address: str) -> list[str]:
    """Return the modules of an address, each with its dot behind it."""
    found: list[str] = []
    at = 0
    while match := _STEP.match(address, at):
        found.append(match[0])
        at = match.end()
    return found


def _blocks(root: str, folder: str) -> Iterator[tuple[str, str]]:
    """Yield `from` and `to` of the `moved` blocks of one folder; what cannot be read, the scan has reported already."""
    from tfaudit.sources.terraform.hcl.reader import Reader

    reader: Reader | None = None
    try:
        names = sorted(each.name for each in os.scandir(inside.real(root, folder or ".")))[:_MOST_FILES]
    except OSError:
        return
    for name in names:
        origin = posixpath.join(folder, name)
        if not declares(name) or name.endswith(".json"):
            continue
        try:
            data = inside.read(root, origin, Limits().file_bytes)
        except OSError:
            continue
        if b"moved" not in data:
            continue
        reader = reader or Reader(Limits().depth)
        top, _ = reader.read(Text(origin, data))
        for block in top.blocks:
            if block.type == "moved" and {"from", "to"} <= block.attributes.keys():
                ends = [source_text(block.attributes[each][1]).strip() for each in ("from", "to")]
                if all(ends):
                    yield ends[0], ends[1]
