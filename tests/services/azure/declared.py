"""Assets from Terraform text, by address."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tfaudit.assets.settings import Default, Known, NotApplicable, Unknown
from tfaudit.resources import Unread
from tfaudit.services.registry import Registry, assets
from tfaudit.sources import terraform
from tfaudit.sources.files import InputFile, Tree, discover

if TYPE_CHECKING:
    from pathlib import Path

    from tfaudit.assets.asset import Asset

_REGISTRY = Registry()


def declared(folder: Path, text: str) -> dict[str, Asset]:
    """Return the assets that `text`, written to main.tf in `folder`, declares."""
    (folder / "main.tf").write_text(text, "utf-8")
    tree = Tree(folder)
    files = [each for each in discover(folder, folder, tree.limits) if isinstance(each, InputFile)]
    found: dict[str, Asset] = {}
    resources = []
    for each in terraform.read_tree(files, tree):
        assert not isinstance(each, Unread), each
        resources.append(each)
    for asset in assets(resources, _REGISTRY):
        assert not isinstance(asset, Unread), asset
        found[asset.address] = asset
    return found


def told(asset: Asset, name: str) -> Any:
    """Return the value of a setting, or the word `unknown` or `not applicable`."""
    setting = asset.settings[name]
    match setting:
        case Known() | Default():
            return setting.value
        case Unknown():
            return "unknown"
        case NotApplicable():
            return "not applicable"
