"""Terraform HCL, read by tfparse (prototype)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tfaudit.resources import Place, Reference, Resource, Unread, Unresolved
from tfaudit.sources.files import InputFile, Tree


def claims(file: InputFile) -> bool:
    """Whether it is HCL or its JSON syntax."""
    return file.name.endswith((".tf", ".tf.json", ".tfvars"))


def read_tree(files: list[InputFile], tree: Tree) -> Iterator[Resource | Unread]:
    """Yield the resources of every folder that has .tf files."""
    import shutil
    import tempfile

    import tfparse

    for folder in sorted({str(file.path.parent) for file in files if file.suffix == ".tf"}):
        here = [f for f in files if str(f.path.parent) == folder]
        base = folder
        if here[0].only:
            base = tempfile.mkdtemp()
            shutil.copy(here[0].path, base)
        data = tfparse.load_from_path(base)
        ids: dict[str, str] = {}
        for blocks in data.values():
            for block in blocks:
                ids[block["id"]] = block["__tfmeta"].get("path", "")
        rel = Path(folder).relative_to(tree.root).as_posix() if Path(folder).is_relative_to(tree.root) else folder
        for type_, blocks in data.items():
            for block in blocks:
                meta = block["__tfmeta"]
                if meta.get("type") not in ("resource", "data"):
                    continue
                kind = type_ if meta["type"] == "resource" else "data." + type_
                body = _clean(block, ids)
                origin = meta["filename"] if rel == "." else f"{rel}/{meta['filename']}"
                yield Resource(kind, meta["path"], body, Place(origin, meta["line_start"]), "code", "terraform", rel)


def _clean(value: Any, ids: dict[str, str]) -> Any:
    if isinstance(value, dict):
        if "__attribute__" in value:
            text = value["__attribute__"]
            if text.startswith(("var.", "local.", "module.", "each.", "count.")):
                return Unresolved(f"the value comes from {text}, which has no value here", "pass --var-file, or scan the plan", text)
            parts = text.split(".")
            count = 3 if parts[0] == "data" else 2
            return Reference(".".join(parts[:count]), ".".join(parts[count:]))
        out = {}
        for name, inner in value.items():
            if name in ("__tfmeta", "id") and "__tfmeta" in value:
                continue
            inner = [inner] if isinstance(inner, dict) and "__tfmeta" in inner else inner
            out[name] = _clean(inner, ids)
        return out
    if isinstance(value, list):
        return [_clean(each, ids) for each in value]
    if isinstance(value, str) and value in ids:
        return Reference(ids[value])
    return value
