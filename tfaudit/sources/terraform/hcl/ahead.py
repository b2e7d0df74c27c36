"""Starts workers before they are needed, so that they load while the command reads its configuration and policies.

Where nothing is kept of an earlier scan, the first of them begins to parse what will most likely be read.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from tfaudit.model.resources import Limits
from tfaudit.sources.tree.files import SKIPPED_FOLDERS
from tfaudit.sources.tree.inside import PRIVATE_FOLDERS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

_PASSED_OVER = SKIPPED_FOLDERS | PRIVATE_FOLDERS
LOOKED_AT = 300
"""How many folder entries are looked at: enough to tell a Terraform repository, and done in a millisecond."""


def start_ahead(targets: Iterable[Path], cache: Path | None) -> None:
    """Start workers where Terraform files stand near the top of `targets`; only one where `cache` holds results.

    After an edit there is one root to read, and each worker more takes time from this process. What the scan does not
    use ends with this process.
    """
    warm = cache is not None and (cache / "terraform").is_dir()
    found = {target: files for target in targets if (files := _some(target, just_one=warm))}
    if found:
        from tfaudit.sources.terraform.hcl.pool import enough, hint, prepare

        prepare(1, Limits().depth)
        if not warm:
            hint({os.path.realpath(target): files for target, files in found.items() if files[0]})
            prepare(enough(sum(map(len, found.values())), min(os.cpu_count() or 1, 4)), Limits().depth)


def _some(target: Path, *, just_one: bool) -> list[str]:
    """Return files of Terraform's below `target`, those of the folder with the most of them first; "" for itself."""
    found = _files(os.fspath(target))
    if just_one:
        return [each for each in (next(found, None),) if each is not None]
    folders: dict[str, list[str]] = {}
    for each in found:
        folders.setdefault(each.rpartition("/")[0], []).append(each)
    return [each for folder in sorted(folders.values(), key=len, reverse=True) for each in folder]


def _files(target: str) -> Iterator[str]:
    """Yield the names of files of Terraform's below the folder `target`, as far as it is looked at; "" for itself."""
    if _is_code(target):
        yield ""
        return
    folders, left = [""], LOOKED_AT
    for folder in folders:
        try:
            with os.scandir(f"{target}/{folder}") as entries:
                for entry in entries:
                    left -= 1
                    if _is_code(entry.name):
                        yield folder + entry.name
                    elif entry.name not in _PASSED_OVER and entry.is_dir(follow_symlinks=False):
                        folders.append(f"{folder}{entry.name}/")
                    if left <= 0:
                        return
        except OSError:
            continue  # The scan itself will say so.


def _is_code(name: str) -> bool:
    return name.endswith((".tf", ".tf.json"))
