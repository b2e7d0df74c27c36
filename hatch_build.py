"""Parses what is tfaudit's own once, when it is installed.

That is its YAML (policies, profiles, frameworks), by the SHA-256 of its bytes, what its modules state of themselves,
by their paths, and regular expressions, by their text. A scan uses what it finds there for a file that is what it was,
and parses any other itself, so that nothing here can be out of date; it only saves the time.
"""

from __future__ import annotations

import hashlib
import json
import runpy
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class ParseOnce(BuildHookInterface):  # type: ignore[type-arg]
    """Writes `documents.json`, `modules.json`, `regexes.bin` to `tfaudit/data` of the wheel or the checkout."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002
        """Parse the files, and have the result packed."""
        import yaml

        root = Path(self.root)
        documents = {}
        for folder in ("policies", "controls"):
            for path in sorted((root / folder).rglob("*.yaml")):
                if path.parent.name == "packs":
                    continue  # every scan reads what is made here, and few have a pack
                text = path.read_bytes()
                documents[hashlib.sha256(text).hexdigest()] = yaml.safe_load(text)
        modules = {}
        stated = runpy.run_path(str(root / "tfaudit" / "literals.py"))["stated"]
        for stage in ("sources", "services", "reports"):
            for path in sorted((root / "tfaudit" / stage).rglob("*.py")):
                text = path.read_bytes()
                modules[str(path.relative_to(root / "tfaudit"))] = {
                    "sha256": hashlib.sha256(text).hexdigest(),
                    "size": len(text),
                    "values": stated(text.decode(), path),
                }
        regexes = runpy.run_path(str(root / "tfaudit" / "regexes.py"))
        content = {
            "documents.json": json.dumps(documents).encode(),
            "modules.json": json.dumps(modules).encode(),
            "regexes.bin": regexes["kept"](regexes["patterns"](root / "tfaudit", documents.values())),
        }
        for name, data in content.items():
            made = root / "tfaudit" / "data" / name
            made.parent.mkdir(exist_ok=True)
            made.write_bytes(data)
            build_data["force_include"][str(made)] = f"tfaudit/data/{name}"
