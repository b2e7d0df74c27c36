"""Asks tfparse, Trivy's evaluator behind a Python wheel, for what is not evaluated here.

Its values are taken only where ours are `Opaque`. What it makes up is refused: it puts the target's id (a UUID) where a
reference stands, null where it cannot evaluate, and keeps `${...}` in texts.
"""

from __future__ import annotations

import importlib.util
import json
import shutil
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tfaudit.sources.secrets import without_secrets
from tfaudit.sources.terraform.rows import Row
from tfaudit.sources.terraform.scopes import Run

_MARKS = ("__attribute__", "__tfmeta", "__unresolved__")


def supplement(
    found: list[Row], run: Run, job: dict[str, Any], again: Callable[[Run], list[Row]]
) -> list[Row]:
    """Return `found` with opaque values filled in by tfparse, which is only called where there are any.

    Where the number of instances is opaque, the root is evaluated a second time (`again`) with the instances that
    tfparse found.
    """
    if not run.opaque and not any(row[6] and _has_opaque(row[2]) for row in found):
        return found
    told = _load(job)
    blocks = {
        each["__tfmeta"]["path"]: each
        for items in told.values()
        for each in items
        if isinstance(each, dict) and each.get("__tfmeta", {}).get("path")
    }
    ids = frozenset(str(each["id"]) for each in blocks.values() if "id" in each)
    if run.opaque:
        hints: dict[str, list[str]] = {}
        for address in blocks:
            bare = address.rpartition("[")[0] if address.endswith("]") else ""
            if bare in run.opaque:
                hints.setdefault(bare, []).append(address[len(bare) :])
        fresh = Run(run.load, run.variables, run.workspace, run.steps, run.places, hints)
        found = again(fresh)
        run.missing.update(fresh.missing)
    return [_filled(row, blocks.get(row[1]), ids) if row[6] and _has_opaque(row[2]) else row for row in found]


def _has_opaque(value: Any) -> bool:
    if isinstance(value, tuple):
        return bool(value[0] == "!")
    if isinstance(value, dict):
        return any(_has_opaque(each) for each in value.values())
    return isinstance(value, list) and any(_has_opaque(each) for each in value)


def _filled(row: Row, block: Any, ids: frozenset[str]) -> Row:
    if not isinstance(block, dict):
        return row
    return (*row[:2], without_secrets(_fill(row[2], block, ids), row[0]), *row[3:])


def _fill(value: Any, told: Any, ids: frozenset[str]) -> Any:
    if isinstance(value, tuple):
        return told if value[0] == "!" and _sound(told, ids) else value
    if isinstance(value, dict):
        inner = told if isinstance(told, dict) else {}
        return {key: _fill(each, inner.get(key), ids) for key, each in value.items()}
    if isinstance(value, list):
        items = told if isinstance(told, list) else [told] if isinstance(told, dict) else []
        items = items if len(items) == len(value) else [None] * len(value)
        return [_fill(each, item, ids) for each, item in zip(value, items, strict=True)]
    return value


def _sound(told: Any, ids: frozenset[str]) -> bool:
    """Whether tfparse evaluated a value, every part of it."""
    if isinstance(told, dict):
        return not any(key in _MARKS for key in told) and all(_sound(each, ids) for each in told.values())
    if isinstance(told, list):
        return all(_sound(each, ids) for each in told)
    if isinstance(told, str):
        return "${" not in told and "__unresolved__" not in told and not any(each in told for each in ids)
    return told is not None


def _load(job: dict[str, Any]) -> dict[str, Any]:
    """Return what tfparse makes of a root, {} where it refuses."""
    folder = Path(job["tree"]) / job["folder"]
    scratch = tempfile.mkdtemp(prefix="tfaudit-")
    try:
        return _parse(folder, _variable_files(job, folder, Path(scratch)), job["workspace"])
    finally:
        shutil.rmtree(scratch, ignore_errors=True)


def _variable_files(job: dict[str, Any], folder: Path, scratch: Path) -> list[str]:
    """Return the variable files as tfparse wants them: relative to the root."""
    import os

    paths = []
    for number, (name, data, _) in enumerate(job["variable_files"]):
        ending = ".tfvars.json" if name.endswith(".json") else ".tfvars"
        paths.append(scratch / f"given{number}{ending}")
        paths[-1].write_bytes(data)
    if job["variables"]:
        extra = scratch / "given.tfvars"
        lines = [f"{key} = {_written(value)}" for key, value in job["variables"]]
        extra.write_text("\n".join(lines) + "\n", "utf-8")
        paths.append(extra)
    return [os.path.relpath(path, folder) for path in paths]


def _written(value: str) -> str:
    return (
        value
        if value.lstrip()[:1] in ("[", "{")
        else json.dumps(value).replace("${", "$${").replace("%{", "%%{")
    )


def _parse(folder: Path, variable_files: list[str], workspace: str) -> dict[str, Any]:
    ffi, library = _library()
    names = [ffi.new("char[]", name.encode()) for name in variable_files]
    answer = library.Parse(
        ffi.new("char[]", str(folder).encode()),
        0,
        0,
        0,
        ffi.new("char[]", workspace.encode()),
        len(names),
        names,
    )
    if answer.err != ffi.NULL:
        library.free(answer.err)
        return {}
    text = ffi.string(answer.json)
    library.free(answer.json)
    told = json.loads(text)
    return told if isinstance(told, dict) else {}


_LOADED: list[tuple[Any, Any]] = []


def _library() -> tuple[Any, Any]:
    """Load tfparse's shared object without its package, whose import costs more than a small root."""
    if not _LOADED:
        for entry in sys.path:
            binding = Path(entry) / "tfparse" / "_tfparse.py"
            shared = sorted(Path(entry).glob("tfparse*.so"))
            if binding.is_file() and shared:
                spec = importlib.util.spec_from_file_location("_tfaudit_tfparse", binding)
                assert spec is not None  # noqa: S101 - a .py file always has one
                assert spec.loader is not None  # noqa: S101
                module = importlib.util.module_from_spec(spec)
                spec.loader.exec_module(module)
                _LOADED.append((module.ffi, module.ffi.dlopen(str(shared[0]))))
                break
        else:
            import tfparse

            _LOADED.append((tfparse.ffi, tfparse.lib))
    return _LOADED[0]
