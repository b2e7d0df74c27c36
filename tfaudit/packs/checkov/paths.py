"""Values at a path of a configuration, without a walk through all of it: most checks ask for one attribute.

The library that checkov asks compares every path of a configuration with the one that it looks for. Where that begins
with a plain name, nothing below another name can match, and only what is below this one is given to it.
"""

from __future__ import annotations

import importlib
import re
from collections.abc import Callable
from functools import wraps
from typing import Any

_PLAIN = re.compile(r"(\w+)(?:/|$)", re.ASCII)


def install() -> None:
    """Let `dpath.search` and `dpath.get` look below the first name of a path alone."""
    dpath = importlib.import_module("dpath")
    for name in ("search", "get"):
        function = getattr(dpath, name)
        if not hasattr(function, "__wrapped__"):
            setattr(dpath, name, _below(function))


def _below(function: Callable[..., Any]) -> Callable[..., Any]:
    @wraps(function)
    def found(held: Any, path: Any, *given: Any, **named: Any) -> Any:
        first = (
            _PLAIN.match(path) if isinstance(path, str) and not given and "separator" not in named else None
        )
        if first is not None and type(held) is dict:
            held = {first[1]: held[first[1]]} if first[1] in held else {}
        return function(held, path, *given, **named)

    return found
