"""Programs of platforms that are published as Go modules: the one on the PATH, or one that is built once and kept."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

from tests.servers.processes import Missing, cache, made_once, tool

HELM = "helm.sh/helm/v3/cmd/helm@v3.18.6"
ACTIONLINT = "github.com/rhysd/actionlint/cmd/actionlint@v1.7.7"


def go_program(module: str) -> Path:
    """The program of `module`, a package's path with its version; to build Helm takes two minutes, once."""
    path, _, version = module.partition("@")
    name = path.rpartition("/")[2]
    installed = shutil.which(name)
    if installed is not None:
        return Path(installed)
    folder = cache() / f"{name}-{version}"
    with made_once(folder) as needed:
        if needed:
            _build(module, folder)
    return folder / name


def _build(module: str, folder: Path) -> None:
    go = tool("go", "install Go 1.24 or newer")
    draft = folder.with_name(f".{folder.name}.draft")
    done = subprocess.run(
        [go, "install", "-p=2", "-trimpath", "-ldflags=-s -w", module],
        env={**os.environ, "CGO_ENABLED": "0", "GOBIN": str(draft), "GOFLAGS": ""},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise Missing(f"go cannot build {module}: {done.stderr.strip()[-2000:]}")
    draft.rename(folder)
