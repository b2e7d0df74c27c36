"""The Bicep of a checked-out repository, against checkov: all of it, what checkov can parse of it, and a scan again.

checkov gives up a file that it cannot parse, and is then done with it: of Azure's own module repository that is every
second one. So there is a row for the files that both read as well. Modules, loops and parameters are evaluated here, so
that resources are judged that checkov never sees.
"""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from benchmarks.measure import Measured, paired

SUFFIXES = (".bicep", ".bicepparam")
OPTIONS = ("--framework", "bicep", "--compact", "--quiet", "--skip-download")


def copied(repository: Path, to: Path) -> Path:
    """Return a copy of the Bicep files of a repository, and of nothing else of it."""
    if not to.exists():
        for file in sorted(repository.rglob("*")):
            if file.suffix in SUFFIXES and file.is_file():
                target = to / file.relative_to(repository)
                target.parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(file, target)
    return to


def of_both(checkov: str, copy: Path, to: Path) -> Path:
    """Return a copy of the files that checkov can parse."""
    command = [checkov, "-d", str(copy), "--framework", "bicep", "--skip-download", "-o", "json"]
    found = json.loads(subprocess.run(command, capture_output=True, text=True, check=False).stdout)
    report = found[0] if isinstance(found, list) else found
    refused = {Path(each) for each in report["results"]["parsing_errors"]}
    for file in sorted(copy.rglob("*.bicep")):
        if file not in refused:
            target = to / file.relative_to(copy)
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(file, target)
    return to


def compared(
    checkov: str, scan: Callable[[Path], Sequence[str]], target: Path, scratch: Path, **how: object
) -> Mapping[str, Measured]:
    """Return the figures of a scan of `target` and of checkov's, taking turns."""
    commands = {"tfaudit": scan(target), "checkov": [checkov, "-d", str(target), *OPTIONS]}
    return paired(commands, scratch, **how)  # type: ignore[arg-type]
