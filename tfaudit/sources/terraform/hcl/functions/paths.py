"""Functions over paths as texts, after Go's path/filepath."""

from __future__ import annotations

import posixpath

from tfaudit.sources.terraform.hcl.functions.signature import Function, known


def _base(path: str) -> str:
    if not path:
        return "."
    return posixpath.basename(path.rstrip("/")) or "/"


def _folder(path: str) -> str:
    found = posixpath.normpath(path[: path.rfind("/") + 1] or ".")
    return "/" if found == "//" else found


FUNCTIONS: dict[str, Function] = {"basename": known(_base, "s"), "dirname": known(_folder, "s")}
