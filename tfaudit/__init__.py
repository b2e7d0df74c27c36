"""tfaudit: does this infrastructure meet its controls, on every plane where it exists?

from tfaudit import scan
result = scan("infrastructure/")
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tfaudit.scan import scan as scan

__version__ = "0.1.0"


def __getattr__(name: str) -> Any:
    # Lazy, so that `tfaudit --version` imports nothing.
    if name == "scan":
        import importlib

        return importlib.import_module("tfaudit.scan")
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
