"""Imports a module from its file: one of tfaudit's own by its package name, a plug-in's under a name of its own."""

from __future__ import annotations

import importlib
import importlib.util
import re
import sys
from functools import cache
from pathlib import Path
from types import ModuleType

from tfaudit.errors import UsageError

_PACKAGE = Path(__file__).parent


@cache
def module_at(path: Path) -> ModuleType:
    """Return the module in the file `path`, which is run; `UsageError` where Python cannot import such a file."""
    if path.is_relative_to(_PACKAGE):
        parts = path.relative_to(_PACKAGE).with_suffix("").parts
        return importlib.import_module(".".join(("tfaudit", *parts)).removesuffix(".__init__"))
    name = "tfaudit_plugin_" + re.sub(r"\W", "_", str(path.with_suffix("")))
    spec = importlib.util.spec_from_file_location(name, path)
    if spec is None or spec.loader is None:
        raise UsageError(f"{path}: it cannot be imported; give it a name that ends in .py")
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module
