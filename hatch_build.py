"""Parses what is tfaudit's own once, when it is installed.

That is its YAML (policies, profiles, frameworks), by the SHA-256 of its bytes, what its modules state of themselves,
by their paths, and regular expressions, by their text. A scan uses what it finds there for a file that is what it was,
and parses any other itself, so that nothing here can be out of date; it only saves the time.

Where mypy and a C compiler are at hand, the busiest modules are compiled as well (`compile_modules.py`).
"""

from __future__ import annotations

import hashlib
import json
import runpy
import subprocess
import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

_LONGEST = 600
"""Seconds after which modules are left as they are; to compile them takes a tenth of that."""


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
        self._compile(root, build_data)

    def _compile(self, root: Path, build_data: dict[str, Any]) -> None:
        """Compile the busiest modules; where something is missing for that, they work as they are."""
        folder = root / "tfaudit" / "data" / "compiled"
        command = [sys.executable, str(root / "compile_modules.py"), str(folder)]
        try:
            done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=_LONGEST)
            because = (done.stderr or done.stdout).strip()[-300:] if done.returncode else ""
        except (OSError, subprocess.TimeoutExpired) as error:
            because = str(error)
        if because:
            self.app.display_warning(f"no module is compiled, and large scans take a fifth longer: {because}")
            return
        build_data["pure_python"], build_data["infer_tag"] = False, True
        build_data["force_include"][str(folder)] = "tfaudit/data/compiled"
