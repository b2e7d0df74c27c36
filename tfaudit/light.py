"""Loads msgspec and argparse without what they do not need here.

Most of what a small scan takes is the loading of modules, and a tenth of that is for what nobody asks of them:

- msgspec looks for newer types in `typing_extensions`; Python 3.11 has all of them, and msgspec is content without.
- msgspec loads `uuid`, which loads `platform` to ask it for the system's name, which `os` knows.
- msgspec loads what makes JSON Schemas of types, and `textwrap` with it; that is loaded when somebody calls it.
- argparse looks for translations of its few sentences, each time it needs one; tfaudit's are in English as well.

Nothing is changed for who has loaded one of these modules already, or loads it later.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib import import_module
from types import ModuleType
from typing import Any

_SCHEMAS = ("schema", "schema_components")


def load() -> None:
    """Import msgspec and argparse."""
    later = {"msgspec.inspect": _later("inspect"), "msgspec._json_schema": _later("_json_schema", *_SCHEMAS)}
    with _standing_in(typing_extensions=None, platform=_platform(), **later):
        import msgspec  # noqa: F401
    with _standing_in(gettext=_gettext()):
        import argparse  # noqa: F401


@contextmanager
def _standing_in(**modules: ModuleType | None) -> Iterator[None]:
    """Have `modules` found in place of those of their names, where these are not loaded; None is found by nobody."""
    chosen = {name: module for name, module in modules.items() if name not in sys.modules}
    # None is what an import that is to fail finds there, though no type says so.
    sys.modules.update(chosen)  # type: ignore[arg-type]
    try:
        yield
    finally:
        for name in chosen:
            del sys.modules[name]


def _platform() -> ModuleType:
    found = ModuleType("platform")
    found.system = lambda: os.uname().sysname if hasattr(os, "uname") else ""  # type: ignore[attr-defined]
    return found


def _later(name: str, *functions: str) -> ModuleType:
    """Return what stands in for a module of msgspec's until somebody uses it, or calls one of its `functions`."""

    def found(attribute: str) -> Any:
        if attribute.startswith("__"):  # what imports ask of any module
            raise AttributeError(attribute)
        return getattr(import_module(f"msgspec.{name}"), attribute)

    def calling(function: str) -> Callable[..., Any]:
        def call(*given: Any, **named: Any) -> Any:
            return found(function)(*given, **named)

        return call

    module = ModuleType(name)
    module.__getattr__ = found  # type: ignore[method-assign]
    for each in functions:
        setattr(module, each, calling(each))
    return module


def _gettext() -> ModuleType:
    found = ModuleType("gettext")
    found.gettext = str  # type: ignore[attr-defined]
    found.ngettext = lambda one, many, count: one if count == 1 else many  # type: ignore[attr-defined]
    return found
