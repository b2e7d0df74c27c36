"""Parses tfaudit's own YAML once, when it is installed: policies, profiles, frameworks, by the SHA-256 of their bytes.

A scan uses what it finds there for a file of the same bytes, and parses any other itself, so that nothing here can be
out of date; it only saves the time.
"""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class ParseOnce(BuildHookInterface):  # type: ignore[type-arg]
    """Writes `tfaudit/data/documents.json` into the wheel, or beside the code where that is installed editable."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002
        """Parse the files, and have the result packed."""
        import yaml

        root = Path(self.root)
        documents = {}
        for folder in ("policies", "controls"):
            for path in sorted((root / folder).rglob("*.yaml")):
                text = path.read_bytes()
                documents[hashlib.sha256(text).hexdigest()] = yaml.safe_load(text)
        made = root / "tfaudit" / "data" / "documents.json"
        made.parent.mkdir(exist_ok=True)
        made.write_text(json.dumps(documents), "utf-8")
        build_data["force_include"][str(made)] = "tfaudit/data/documents.json"
