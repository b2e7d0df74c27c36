"""Reads ARM templates and Bicep files in tests: texts in, resources and gaps out."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from tfaudit.model.resources import Resource, Unread
from tfaudit.pipeline.claimed import read
from tfaudit.sources.registry import sources
from tfaudit.sources.tree.files import InputFile, Tree, discover

_SCHEMA = "https://schema.management.azure.com/schemas/2019-04-01/{}deploymentTemplate.json#"


def template(*resources: Any, scope: str = "", **sections: Any) -> str:
    """Return the text of a template."""
    own = {"$schema": _SCHEMA.format(scope), "contentVersion": "1.0.0.0"}
    return json.dumps({**own, **sections, "resources": sections.get("resources", list(resources))}, indent=2)


def parameter_file(**given: Any) -> str:
    """Return the text of a parameter file that gives values."""
    schema = "https://schema.management.azure.com/schemas/2019-04-01/deploymentParameters.json#"
    values = {name: {"value": each} for name, each in given.items()}
    return json.dumps({"$schema": schema, "contentVersion": "1.0.0.0", "parameters": values}, indent=2)


def account(name: str = "orders", **properties: Any) -> dict[str, Any]:
    """Return a storage account as a template declares it."""
    return {
        "type": "Microsoft.Storage/storageAccounts",
        "apiVersion": "2023-01-01",
        "name": name,
        "properties": properties,
    }


def read_files(
    folder: Path, files: dict[str, str], tree: Tree | None = None, **parameters: str
) -> tuple[list[Resource], list[Unread]]:
    """Return what a folder of `files` declares, and what of it could not be read."""
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    tree = tree or Tree(folder, parameters=tuple(parameters.items()))
    found = [each for each in discover(folder, folder, tree.limits) if isinstance(each, InputFile)]
    unread: list[Unread] = []
    told = list(read(found, tree, sources(each.name for each in found), unread))
    gaps = [*unread, *(each for each in told if isinstance(each, Unread))]
    return [each for each in told if isinstance(each, Resource)], gaps


def declared(folder: Path, text: str, **parameters: str) -> list[Resource]:
    """Return what one template declares, of which all must be read."""
    found, gaps = read_files(folder, {"main.json": text}, None, **parameters)
    assert gaps == []
    return found


def value(folder: Path, expression: Any, **sections: Any) -> Any:
    """Return what an expression comes to in a template."""
    [found] = declared(folder, template(account(x=expression), **sections))
    return found.body["properties"].get("x")
