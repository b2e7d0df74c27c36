"""Starts workers before they are needed, so that they load while the command reads its configuration and policies."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from tfaudit.model.resources import Limits
from tfaudit.sources.tree.files import SKIPPED_FOLDERS

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

LOOKED_AT = 300
"""How many folder entries are looked at: enough to tell a Terraform repository, and done in a millisecond."""


def start_ahead(targets: Iterable[Path], cache: Path | None) -> None:
    """Start workers where Terraform files stand near the top of `targets`; only one where `cache` holds results.

    After an edit there is one root to read, and each worker more takes time from this process. What the scan does not
    use ends with this process.
    """
    if any(_has_terraform(target) for target in targets):
        from tfaudit.sources.terraform.hcl.pool import prepare

        prepare(1, Limits().depth)

        if cache is None or not (cache / "terraform").is_dir():
            prepare(min(os.cpu_count() or 1, 4), Limits().depth)


def _has_terraform(target: Path) -> bool:
    stack, left = [os.fspath(target)], LOOKED_AT
    for folder in stack:
        if folder.endswith((".tf", ".tf.json")):
            return True
        try:
            with os.scandir(folder) as entries:
                for entry in entries:
                    left -= 1
                    if entry.name.endswith((".tf", ".tf.json")):
                        return True
                    if entry.name not in SKIPPED_FOLDERS and entry.is_dir(follow_symlinks=False):
                        stack.append(entry.path)
                    if left <= 0:
                        return False
        except OSError:
            continue  # The scan itself will say so.
    return False
