"""Microsoft's SARIF Multitool, which judges a SARIF file as GitHub's code scanning would."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

from tests.servers.processes import Missing, cache, made_once, tool

_LOCK = Path(__file__).parent / "sarif_multitool"
_VERSION = json.loads((_LOCK / "package.json").read_text())["dependencies"]["@microsoft/sarif-multitool"]
_ERROR = re.compile(r"^.*?\((?P<place>[\d,]+)\): error (?P<says>\S+: .*)$")


class SarifMultitool:
    """An installed SARIF Multitool."""

    def __init__(self, program: Path) -> None:
        self._program = program

    def validate(self, path: Path) -> list[str]:
        """The errors in a SARIF file, one line each (`line,column rule: message`); warnings are left out."""
        done = subprocess.run(
            [self._program, "validate", path, "--rule-kind", "Sarif;Ghas"],
            capture_output=True,
            text=True,
            check=True,
            timeout=300,
            # No ICU library on small machines.
            env={**os.environ, "DOTNET_SYSTEM_GLOBALIZATION_INVARIANT": "1"},
        )
        if "Analysis completed successfully" not in done.stdout:
            raise RuntimeError(f"the SARIF Multitool did not judge {path}:\n{done.stdout}")
        matches = map(_ERROR.match, done.stdout.splitlines())
        return [f"{match['place']} {match['says']}" for match in matches if match]


def sarif_multitool() -> SarifMultitool:
    """The SARIF Multitool, installed into the cache folder by the first test that asks (100 MB, 5 s)."""
    platform = {"linux": "linux", "darwin": "darwin"}.get(sys.platform)
    if platform is None:
        raise Missing(f"the SARIF Multitool is not tried on {sys.platform}")
    home = cache() / f"sarif-multitool-{_VERSION}"
    program = home / "node_modules" / "@microsoft" / f"sarif-multitool-{platform}" / "Sarif.Multitool"
    with made_once(home) as needed:
        if needed:
            _install(home, program.relative_to(home))
    return SarifMultitool(program)


def _install(home: Path, program: Path) -> None:
    npm = tool("npm", "install Node.js with npm")
    draft = home.with_name(f".{home.name}.draft")
    shutil.rmtree(draft, ignore_errors=True)
    shutil.copytree(_LOCK, draft)
    done = subprocess.run(
        [npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund"],
        cwd=draft,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise Missing(f"npm cannot install the SARIF Multitool: {done.stderr.strip()}")
    # The package leaves this to an install script of its own, which npm does not run.
    (draft / program).chmod(0o755)
    draft.rename(home)
