"""The one place that reads environment variables."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path


def variables() -> Mapping[str, str]:
    """Return the process's environment."""
    return os.environ


def cache_folder() -> Path | None:
    """Return where parsed input is kept: TFAUDIT_CACHE (empty: nowhere, None), else the user's cache folder."""
    named = os.environ.get("TFAUDIT_CACHE")
    if named is not None:
        return Path(named) if named else None
    base = os.environ.get("XDG_CACHE_HOME")
    return (Path(base) if base else Path("~/.cache").expanduser()) / "tfaudit"


def plugin_folders() -> tuple[Path, ...]:
    """Return the folders of TFAUDIT_PLUGINS, which is separated as PATH is."""
    return tuple(Path(each) for each in os.environ.get("TFAUDIT_PLUGINS", "").split(os.pathsep) if each)


def signing_key() -> str:
    """Return the PEM private key in TFAUDIT_SIGNING_KEY, or ""."""
    return os.environ.get("TFAUDIT_SIGNING_KEY", "")
