"""Starts workers before they are needed, so that they load while the command reads its configuration and policies.

Where nothing is kept of an earlier scan, they begin to parse what will most likely be read, each a part of it.
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
LOOKED_AT = 600
"""How many folder entries are looked at: as much as is parsed before the first job is there, and done in a moment."""
MANY = 16
"""Below a target with so many folders, those of modules aside, there may be as many roots, which workers judge."""
_OF_MODULES = frozenset({"module", "modules"})


def start_ahead(targets: Iterable[Path], cache: Path | None, soon: tuple[str, str]) -> None:
    """Start workers where Terraform files stand near the top of `targets`; only one where `cache` holds results.

    After an edit there is one root to read, and each worker more takes time from this process. What the scan does not
    use ends with this process. `soon` names a function by which a worker gets ready to judge many roots.
    """
    warm = cache is not None and (cache / "terraform").is_dir()
    found = {target: folders for target in targets if (folders := _some(target, just_one=warm))}
    if found:
        from tfaudit.sources.terraform.hcl.pool import enough, hint, prepare

        prepare(1, Limits().depth)
        if not warm:
            files = sum(len(names) for folders in found.values() for names in folders)
            workers = enough(files, min(os.cpu_count() or 1, 4))
            prepare(workers, Limits().depth)
            many = any(_may_be_roots(each) >= MANY for each in found.values())
            for worker in range(workers):
                shares = {os.path.realpath(each): folders[worker::workers] for each, folders in found.items()}
                hint(worker, shares, soon if many else None)


def _may_be_roots(folders: list[list[str]]) -> int:
    """Return how many of the folders of some files may be roots."""
    return sum(_OF_MODULES.isdisjoint(files[0].split("/")) for files in folders)


def _some(target: Path, *, just_one: bool) -> list[list[str]]:
    """Return files of Terraform's by the folders below `target`, largest first; one that is called "" for itself."""
    found = _files(os.fspath(target))
    if just_one:
        return [[each] for each in (next(found, None),) if each is not None]
    folders: dict[str, list[str]] = {}
    for each in found:
        folders.setdefault(each.rpartition("/")[0], []).append(each)
    return sorted(folders.values(), key=len, reverse=True)


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
