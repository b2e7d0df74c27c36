"""A real Terraform, which says what its language means.

It is the one on the PATH where that is the version which tests/servers/terraform/go.mod names; otherwise it is built
once from its published modules and kept in the cache folder.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from pathlib import Path

from tests.servers.processes import Missing, cache, made_once, tool

_MODULE = Path(__file__).parent / "terraform"


def version() -> str:
    """The version that answers are recorded from."""
    found = re.search(r"\bgithub\.com/hashicorp/terraform v(\S+)", (_MODULE / "go.mod").read_text())
    assert found, "go.mod requires github.com/hashicorp/terraform"
    return found[1]


def terraform() -> Path:
    """Terraform's program: the one on the PATH, or one that the first test which asks builds (a quarter hour)."""
    installed = shutil.which("terraform")
    if installed is not None and _series(_version_of(installed)) == _series(version()):
        return Path(installed)
    program = cache() / f"terraform-{version()}"
    with made_once(program) as needed:
        if needed:
            _build(program)
    return program


def quiet(folder: Path) -> dict[str, str]:
    """The environment in which Terraform talks to nobody, reads no person's settings, and writes below `folder`."""
    settings = folder / "terraform.rc"
    settings.touch()
    kept = {name: value for name, value in os.environ.items() if not name.startswith("TF_")}
    return {
        **kept,
        "CHECKPOINT_DISABLE": "1",
        "NO_COLOR": "1",
        "TERM": "dumb",
        "TF_CLI_CONFIG_FILE": str(settings),
        "TF_IN_AUTOMATION": "1",
    }


def _series(told: str) -> list[str]:
    return told.split(".")[:2]


def _version_of(program: str) -> str:
    done = subprocess.run(
        [program, "version", "-json"],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "CHECKPOINT_DISABLE": "1"},
    )
    try:
        return str(json.loads(done.stdout)["terraform_version"])
    except (ValueError, KeyError):
        return ""


def _build(program: Path) -> None:
    go = tool("go", "install Go 1.24 or newer, or Terraform itself")
    draft = program.with_name(f".{program.name}.draft")
    done = subprocess.run(
        [
            go,
            "build",
            "-p=2",  # each compiler takes hundreds of megabytes
            "-trimpath",
            "-buildvcs=false",
            "-mod=readonly",
            "-ldflags=-s -w -X github.com/hashicorp/terraform/version.dev=no",
            f"-o={draft}",
            "github.com/hashicorp/terraform",
        ],
        cwd=_MODULE,
        env={**os.environ, "CGO_ENABLED": "0"},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise Missing(f"go cannot build Terraform: {done.stderr.strip()[-2000:]}")
    draft.rename(program)
