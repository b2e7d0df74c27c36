"""The index of the installed checkov: which module checks which type, and the graph checks. Made inside of a worker."""

from __future__ import annotations

import importlib
import json
import os
from collections.abc import Iterator
from typing import Any

from tfaudit.packs.checkov import grammars
from tfaudit.packs.checkov.actions_of_iam import spans
from tfaudit.packs.checkov.graph import words
from tfaudit.packs.checkov.registries import KINDS, registry

_FOLDER = "checkov/terraform/checks"
_GRAPH = {"terraform": f"{_FOLDER}/graph_checks", "kubernetes": "checkov/kubernetes/checks/graph_checks"}
_MODULES = {
    **{kind: f"{_FOLDER}/{kind}" for kind in KINDS},
    "kubernetes": "checkov/kubernetes/checks/resource/k8s",
}


def build(site: str) -> dict[str, Any]:
    """Return the index of the checkov in the folder `site`: all of the checks are loaded for it, once."""
    modules: dict[str, dict[str, list[str]]] = {}
    for kind, folder in _MODULES.items():
        # Some files make a check of a class that stands in another one.
        makers = {
            id(value): name
            for name in _modules(site, folder)
            for value in vars(importlib.import_module(name)).values()
        }
        found: dict[str, list[str]] = {}
        for type_, check in registry(kind).all_checks():
            module = makers.get(id(check)) or type(check).__module__
            if module not in found.setdefault(type_, []):
                found[type_].append(module)
        modules[kind] = found
    graph = [
        {**each, "framework": framework}
        for framework, folder in _GRAPH.items()
        for each in _graph_checks(f"{site}/{folder}")
    ]
    return {"modules": modules, "graph": graph, "actions": spans(site), "grammars": grammars.made()}


def _modules(site: str, folder: str) -> Iterator[str]:
    for path, folders, names in os.walk(f"{site}/{folder}"):
        folders.sort()
        for name in sorted(names):
            if name.endswith(".py") and name != "__init__.py":
                yield os.path.relpath(f"{path}/{name}", site)[:-3].replace("/", ".")


def _graph_checks(folder: str) -> Iterator[dict[str, Any]]:
    for path, folders, names in os.walk(folder):
        folders.sort()
        for name in sorted(names):
            if name.endswith((".json", ".yaml", ".yml")):
                with open(f"{path}/{name}", "rb") as stream:  # noqa: PTH123
                    found = entry(parsed(stream.read(), name))
                if found is not None:
                    yield found


def parsed(data: bytes, name: str) -> Any:
    """Return the definition of a graph check that a file holds."""
    if name.endswith(".json"):
        return json.loads(data)
    import yaml

    return yaml.load(data, getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506 - safe_load by its C twin


def entry(raw: Any) -> dict[str, Any] | None:
    """Return a graph check as the index holds it; None for what is none."""
    if not isinstance(raw, dict) or not isinstance(raw.get("definition"), (dict, list)):
        return None
    id_ = (raw.get("metadata") or {}).get("id")
    if not isinstance(id_, str):
        return None
    from checkov.common.checks_infra.checks_parser import GraphCheckParser
    from checkov.common.checks_infra.resources_types import resources_types

    provider = str((raw.get("scope") or {}).get("provider", "")).lower()
    check = GraphCheckParser().parse_raw_check(
        raw, resources_types=resources_types.get(provider), check_path=""
    )
    types = sorted(_types(check))
    return {
        "id": id_,
        "types": types,
        "words": sorted(words(raw["definition"])),
        "connects": '"connection"' in json.dumps(raw["definition"]),
        "raw": json.loads(json.dumps(raw)),
    }


def _types(check: Any) -> set[str]:
    found = {*check.resource_types, *check.connected_resources_types}
    return found.union(*(_types(each) for each in check.sub_checks))
