"""Settings of the assets that a piece of Terraform declares."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from tests.parity import from_terraform, values
from tfaudit.assets.asset import Asset
from tfaudit.resources import Resource
from tfaudit.services.registry import Registry, assets
from tfaudit.sources import terraform
from tfaudit.sources.files import InputFile, Tree, discover


def declared(text: str) -> dict[str, Asset]:
    """Return the assets of `text` by address."""
    return {each.address: each for each in from_terraform(text)}


def declared_in(folder: Path) -> list[Asset]:
    """Return the assets of the Terraform files in `folder`, its modules included."""
    tree = Tree(folder)
    files = [each for each in discover(folder, folder, tree.limits) if isinstance(each, InputFile)]
    resources = [each for each in terraform.read_tree(files, tree) if isinstance(each, Resource)]
    return [each for each in assets(resources, Registry()) if isinstance(each, Asset)]


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
