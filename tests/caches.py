"""Gives tests a cache as a user has one: a folder, and a secret in a folder of settings beside it."""

from __future__ import annotations

from pathlib import Path

from tfaudit.cache import Store, opened


def store(folder: Path) -> Store:
    """Return the cache in `folder/cache`, with the secret in `folder/settings`; it is the same one each time."""
    made = opened(folder / "cache", folder / "settings", [])
    assert made is not None
    return made
