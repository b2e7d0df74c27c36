"""The one place that reads environment variables."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tfaudit.cache import Store


def variables() -> Mapping[str, str]:
    """Return the process's environment."""
    return os.environ


def wants_compiled() -> bool:
    """Whether modules are to be taken as they were compiled, where they were; TFAUDIT_COMPILED=0 says no."""
    return os.environ.get("TFAUDIT_COMPILED") != "0"


def cache_folder() -> Path | None:
    """Return where parsed input is kept: TFAUDIT_CACHE (empty: nowhere, None), else the user's cache folder."""
    named = os.environ.get("TFAUDIT_CACHE")
    if named is not None:
        return Path(named) if named else None
    return _below_home(os.environ.get("XDG_CACHE_HOME", ""), ".cache")


def settings_folder() -> Path | None:
    """Return the folder of the user's own settings; None where there is no home folder."""
    base = os.environ.get("XDG_CONFIG_HOME", "")
    return _below_home(base, ".config")


def cache_store(trees: Iterable[Path]) -> Store | None:
    """Return the cache, None for none: it is not used where it would lie in one of `trees`, which are scanned."""
    folder, settings = cache_folder(), settings_folder()
    if folder is None or settings is None:
        return None
    from tfaudit.cache import opened

    return opened(folder, settings, trees)


def _below_home(base: str, otherwise: str) -> Path | None:
    # A relative path is not valid in the XDG variables, and would lead into what is scanned.
    if base and Path(base).is_absolute():
        return Path(base) / "tfaudit"
    try:
        return Path.home() / otherwise / "tfaudit"
    except RuntimeError:  # the user has no entry in the system's list
        return None


def plugin_folders() -> tuple[Path, ...]:
    """Return the folders of TFAUDIT_PLUGINS, which is separated as PATH is."""
    return tuple(Path(each) for each in os.environ.get("TFAUDIT_PLUGINS", "").split(os.pathsep) if each)


def external_checks() -> tuple[tuple[Path, ...], bool]:
    """Return the folders of TFAUDIT_EXTERNAL_CHECKS, separated as PATH is, and whether their Python is to be run.

    That is so where TFAUDIT_EXTERNAL_CHECKS_PYTHON is 1.
    """
    named = os.environ.get("TFAUDIT_EXTERNAL_CHECKS", "").split(os.pathsep)
    return tuple(map(Path, filter(None, named))), os.environ.get("TFAUDIT_EXTERNAL_CHECKS_PYTHON") == "1"


def signing_key() -> str:
    """Return the PEM private key in TFAUDIT_SIGNING_KEY, or ""."""
    return os.environ.get("TFAUDIT_SIGNING_KEY", "")
