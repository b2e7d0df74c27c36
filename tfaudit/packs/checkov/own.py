"""Checks of the user's own, inside of a worker: graph checks as data, and Python files that somebody asked to run."""

from __future__ import annotations

import importlib.util
import os
import sys
from collections.abc import Iterator, Sequence
from typing import Any

from tfaudit.packs.checkov.catalogue import entry
from tfaudit.packs.checkov.registries import KINDS, registry

_PREFIX = "tfaudit_own_checks_"


def graph(checks: Sequence[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Yield graph checks as the index holds them."""
    for raw in checks:
        found = entry(raw)
        if found is not None:
            yield {**found, "framework": "terraform"}


def listed(paths: Sequence[str]) -> list[tuple[str, str, str]] | str:
    """Return id, name and file of the checks in Python files; a sentence where one cannot be loaded."""
    try:
        _load(paths)
    except Exception as error:  # noqa: BLE001 - it is somebody else's code
        return f"{type(error).__name__}: {str(error)[:300]}"
    files = {name: path for path in paths for name in [_name(path)]}
    found = {check.id: (check.name, files[module]) for _, _, check, module in _own(files)}
    return [(id_, name, path) for id_, (name, path) in sorted(found.items())]


def with_modules(
    modules: dict[str, dict[str, list[str]]], paths: Sequence[str]
) -> dict[str, dict[str, list[str]]]:
    """Return the modules by kind and type, with the types that checks in Python files are for; these are run."""
    if not paths:
        return modules
    _load(paths)
    found = {kind: dict(modules[kind]) for kind in KINDS}
    for kind, type_, _, _ in _own({_name(path): path for path in paths}):
        found[kind].setdefault(type_, [])
    return found


def _load(paths: Sequence[str]) -> None:
    for path in paths:
        name = _name(path)
        if name in sys.modules or os.path.basename(path) == "__init__.py":  # noqa: PTH119
            continue
        spec = importlib.util.spec_from_file_location(name, path)
        if spec is None or spec.loader is None:
            continue
        module = importlib.util.module_from_spec(spec)
        sys.modules[name] = module
        spec.loader.exec_module(module)


def _own(names: dict[str, str]) -> Iterator[tuple[str, str, Any, str]]:
    for kind in KINDS:
        for type_, check in registry(kind).all_checks():
            module = type(check).__module__
            if module in names:
                yield kind, type_, check, module


def _name(path: str) -> str:
    return _PREFIX + "".join(each if each.isalnum() else "_" for each in path)
