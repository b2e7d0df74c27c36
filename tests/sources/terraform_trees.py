"""Writes small trees of Terraform files and reads them as a scan does."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from tfaudit.model.resources import Limits, Reference, Resource, Unread, Unresolved
from tfaudit.sources.terraform import hcl as terraform
from tfaudit.sources.tree.files import InputFile, Tree, discover

if TYPE_CHECKING:
    from pathlib import Path


@dataclass
class Reading:
    """What came out of a tree: resources by address (of several roots: `scope:address`), and what was not read."""

    resources: dict[str, Resource] = field(default_factory=dict)
    unread: list[Unread] = field(default_factory=list)

    def body(self, address: str) -> dict[str, Any]:
        return dict(self.resources[address].body)

    def where(self, address: str, *path: str | int) -> str:
        return str(self.resources[address].place_of(path))

    @property
    def said(self) -> list[str]:
        return [f"{each.place}: {each.because}" for each in self.unread]


def write(root: Path, files: dict[str, str | bytes]) -> None:
    for name, content in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())


def read(root: Path, files: dict[str, str | bytes] | str, target: str = "", **options: Any) -> Reading:
    """Write `files` (one text is main.tf) below `root` and read the tree, or `target` of it alone."""
    write(root, {"main.tf": files} if isinstance(files, str) else files)
    limits = options.pop("limits", Limits())
    found = [each for each in discover(root / target, root, limits) if isinstance(each, InputFile)]
    claimed = [each for each in found if terraform.claims(each)]
    reading = Reading()
    for each in terraform.read_tree(claimed, Tree(root, limits, **options)):
        if isinstance(each, Unread):
            reading.unread.append(each)
        else:
            name = each.address if each.address not in reading.resources else f"{each.scope}:{each.address}"
            reading.resources[name] = each
    return reading


def because(value: Any) -> str:
    assert isinstance(value, Unresolved), value
    return value.because


def points(value: Any) -> str:
    assert isinstance(value, Reference), value
    return str(value)
