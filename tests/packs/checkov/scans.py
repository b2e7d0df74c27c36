"""Scans small trees with the pack, as its user does, and returns what came out by check and address."""

from __future__ import annotations

import atexit
import json
from functools import cache
from pathlib import Path
from shutil import rmtree
from tempfile import mkdtemp
from typing import Any

from tests.commands import tfaudit


@cache
def _shared() -> dict[str, str]:
    folder = mkdtemp(prefix="tfaudit-pack-")
    atexit.register(rmtree, folder, ignore_errors=True)
    return {"TFAUDIT_CACHE": f"{folder}/cache", "XDG_CONFIG_HOME": f"{folder}/settings"}


Judged = dict[tuple[str, str], dict[str, Any]]


def written(folder: Path, files: dict[str, str]) -> Path:
    """Write the files of a tree, and return it."""
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return folder


def document(folder: Path, *arguments: str, environment: dict[str, str] | None = None) -> dict[str, Any]:
    """Return the JSON report of a scan with the pack; the index of checkov is made once for all tests of a process."""
    done = tfaudit(
        *("scan", ".", "--pack", "checkov", "-o", "json", *arguments),
        cwd=folder,
        environment={**_shared(), **(environment or {})},
    )
    assert done.returncode in (0, 1, 3), done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def judged(folder: Path, *arguments: str) -> Judged:
    """Return the verdicts of checkov's checks by check and address."""
    found = document(folder, "--pack-format", "terraform", *arguments)
    return {(each["policy"], each["asset"]["address"]): each for each in found["verdicts"]}
