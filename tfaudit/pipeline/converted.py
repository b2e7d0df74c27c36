"""Plans in the form that only Terraform reads, converted by the Terraform that a person names.

It runs the providers that the plan's folder has been initialised with: so only where somebody asks for it, and not for
what strangers wrote.
"""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterable
from pathlib import Path

from tfaudit.errors import UsageError
from tfaudit.model.resources import Limits
from tfaudit.sources.tree import unclaimed

_SECONDS = 120
_SHOWN = 300


def converted(targets: Iterable[Path], program: str) -> dict[Path, bytes]:
    """Return the JSON of each binary plan among `targets`, as `program show -json` prints it.

    Raises `UsageError` where the program is not there, fails, or takes longer than two minutes.
    """
    if shutil.which(program) is None:
        raise UsageError(f"--terraform {program}: there is no such program; name the one that made the plan")
    return {
        each: _shown(each, program) for each in targets if each.is_file() and unclaimed.is_binary_plan(each)
    }


def _shown(plan: Path, program: str) -> bytes:
    # A path of its own would be looked for in the plan's folder.
    found = str(Path(program).resolve()) if "/" in program else program
    command = [found, "show", "-json", "-no-color", plan.name]
    try:
        done = subprocess.run(
            command,
            cwd=plan.parent,
            capture_output=True,
            check=False,
            timeout=_SECONDS,
            stdin=subprocess.DEVNULL,
        )
    except subprocess.TimeoutExpired as error:
        raise UsageError(f"{plan.name}: {program} takes longer than {_SECONDS} seconds to show it") from error
    except OSError as error:
        raise UsageError(
            f"--terraform {program}: it cannot be run: {error.strerror}; name the program"
        ) from error
    if done.returncode:
        says = " ".join(done.stderr.decode("utf-8", "replace").split())[:_SHOWN]
        raise UsageError(f"{plan.name}: {program} cannot show it: {says}")
    if len(done.stdout) > Limits().file_bytes:
        raise UsageError(
            f"{plan.name}: its JSON is over {Limits().file_bytes / 1e6:.0f} MB; plan parts of it"
        )
    return done.stdout
