"""Runs tfaudit as its user does: a process, with its exit code and both outputs."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any


def tfaudit(
    *arguments: str | Path, cwd: Path, environment: Mapping[str, str] | None = None, stdin: str | None = None
) -> subprocess.CompletedProcess[str]:
    """Return the finished process; an empty cache folder is used, and nothing of the machine's clouds or cluster."""
    clean = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("AWS_", "AZURE_", "TFAUDIT_", "KUBE"))
    }
    clean |= {"TFAUDIT_CACHE": "", "HOME": str(cwd), "NO_COLOR": "1", **(environment or {})}
    command = [sys.executable, "-m", "tfaudit", *map(str, arguments)]
    return subprocess.run(
        command, cwd=cwd, env=clean, capture_output=True, text=True, check=False, timeout=120, input=stdin
    )


def verdicts(done: subprocess.CompletedProcess[str]) -> list[dict[str, Any]]:
    """Return the verdicts of a run with `-o json`."""
    found: list[dict[str, Any]] = json.loads(done.stdout)["verdicts"]
    return found
