"""Settings of the assets that a piece of Terraform declares."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from tests.parity import values
from tfaudit.model.asset import Asset
from tfaudit.model.resources import Resource, Unread
from tfaudit.services.registry import Registry, assets
from tfaudit.sources.terraform import hcl as terraform
from tfaudit.sources.terraform.azapi import as_arm
from tfaudit.sources.tree.files import InputFile, Tree, discover

_BATCHES: list[list[str]] = []
_FOUND: dict[str, dict[str, Asset]] = {}


def together(texts: Iterable[str]) -> None:
    """Have `texts` read in one go when the first of them is asked for: starting the reader costs more than reading."""
    _BATCHES.append(list(texts))


def declared(text: str) -> dict[str, Asset]:
    """Return the assets of `text`, a root of its own, by address."""
    if text not in _FOUND:
        batch = next((each for each in _BATCHES if text in each), [text])
        with tempfile.TemporaryDirectory() as folder:
            for number, each in enumerate(batch):
                root = Path(folder, f"{number:03}")
                root.mkdir()
                (root / "main.tf").write_text(each, "utf-8")
                _FOUND[each] = {}
            for asset in declared_in(Path(folder)):
                _FOUND[batch[int(asset.place.origin[:3])]][asset.address] = asset
    return _FOUND[text]


def declared_in(folder: Path) -> list[Asset]:
    """Return the assets of the Terraform files in `folder`, its modules included."""
    tree = Tree(folder)
    files = [each for each in discover(folder, folder, tree.limits) if isinstance(each, InputFile)]
    read = list(terraform.read_tree(files, tree))
    resources = [each for each in read if isinstance(each, Resource)]
    assert len(resources) == len(read), [each for each in read if isinstance(each, Unread)]
    found = list(assets(as_arm(resources), Registry()))
    assert not [each for each in found if isinstance(each, Unread)], found
    return [each for each in found if isinstance(each, Asset)]


def told(asset: Asset, *names: str) -> Any:
    """Return the value of one setting, or the values of several by name."""
    found = values(asset, names)
    return found[names[0]] if len(names) == 1 else found


def line(asset: Asset, name: str) -> int:
    """Return the line where a setting stands."""
    return asset.settings[name].place.line


def pinned(version: str) -> str:
    """Return the block that pins azurerm to `version`."""
    return f"""
terraform {{
  required_providers {{
    azurerm = {{ source = "hashicorp/azurerm", version = "{version}" }}
  }}
}}
"""
