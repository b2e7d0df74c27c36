"""Settings of the assets that a piece of Terraform declares."""

from __future__ import annotations

from typing import Any

from tests.parity import from_terraform, values
from tfaudit.assets.asset import Asset


def declared(text: str) -> dict[str, Asset]:
    """Return the assets of `text` by address."""
    return {each.address: each for each in from_terraform(text)}


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
