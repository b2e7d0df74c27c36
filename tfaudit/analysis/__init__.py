"""Analysis: what follows only from several assets together, put into them as computed settings.

A module has `analyse(assets)`, which adds the settings that are listed for it here. It runs only when a policy in force
asks for one of them.
"""

from __future__ import annotations

import importlib
from collections.abc import Sequence

from tfaudit.model.asset import Asset

_MODULES: dict[str, tuple[str, ...]] = {}
"""Module name → the settings that it computes; kept here so that nothing is imported to find out."""


def computes(settings: frozenset[str]) -> bool:
    """Whether one of `settings` is computed from several assets."""
    return any(settings.intersection(each) for each in _MODULES.values())


def analyse(assets: Sequence[Asset], settings: frozenset[str]) -> None:
    """Add to `assets` every computed setting that is one of `settings`."""
    for name, computed in _MODULES.items():
        if settings.intersection(computed):
            importlib.import_module(f"tfaudit.analysis.{name}").analyse(assets)
