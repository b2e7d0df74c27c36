"""tfaudit: does this infrastructure meet its controls, on every plane where it exists?

from tfaudit import scan
result = scan("infrastructure/")
"""

# Nothing is imported here, not even from __future__: under `python -m tfaudit` the first folder that Python searches is
# the current one, which may hold a `typing.py` of a stranger's. `__main__` takes it out.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from tfaudit.pipeline.files import scan as scan

__version__ = "0.1.0"


def __getattr__(name: str) -> "Any":
    # Lazy, so that `tfaudit --version` imports nothing.
    if name == "scan":
        import importlib

        return importlib.import_module("tfaudit.pipeline.files").scan
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
