"""The code that a plan was made of: it says where each value is written, and which findings are waived there.

A plan has no lines and no comments. Where the code stands beside it, at or above its folder, a planned resource takes
the places and the suppressions of the resource that the code declares under its address.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from msgspec.structs import replace

from tfaudit.model.resources import Path as Steps
from tfaudit.model.resources import Place, Resource, Unread
from tfaudit.sources.terraform.plan.configuration import without_instances
from tfaudit.sources.tree.files import InputFile, Tree

Declared = Mapping[str, Resource | None]
"""From each address of one root, with instances and without, to what declares it; None where several do differently."""


def take_over(resources: Iterable[Resource]) -> None:
    """Give planned resources the places and suppressions of the root that their plan is of, in place.

    That is the nearest root at or above the plan's folder; where none is, the one root that declares all of the plan.
    """
    plans: dict[str, list[Resource]] = {}
    code: list[Resource] = []
    for each in resources:
        if each.dialect == "terraform" and each.plane == "plan":
            plans.setdefault(each.scope, []).append(each)
        elif each.dialect == "terraform" and each.plane == "code":
            code.append(each)
    roots = _roots(code)
    if not roots:
        return
    for scope, planned in plans.items():
        root = _root_of(scope, planned, roots)
        for each in planned:
            declared = root.get(each.address, root.get(without_instances(each.address)))
            if declared is not None:
                _take(each, declared)


def read_beside(tree: Tree, plans: Iterable[str]) -> Iterator[Resource]:
    """Yield what the code beside `plans` (names in `tree`) declares; it is not judged, and its gaps are not reported.

    Of a plan that is named by itself, nothing else has been read.
    """
    from tfaudit.sources.terraform import hcl

    folders = {
        folder for each in plans if (folder := _nearest(tree.root, posixpath.dirname(each))) is not None
    }
    files = [
        InputFile(tree.root, name, (tree.root / name).stat().st_size)
        for folder in sorted(folders)
        for name in _files(tree.root, folder)
    ]
    if not files:
        return
    around = replace(tree, named=frozenset(), keys={}, notes=[], declared=set(), empty=[], further=None)
    for each in hcl.read_tree(files, around):
        if not isinstance(each, Unread):
            yield each


def _nearest(top: Path, folder: str) -> str | None:
    """Return the nearest folder at or above `folder` with Terraform code in it, None for none up to the top."""
    while True:
        if _files(top, folder):
            return folder
        if not folder:
            return None
        folder = posixpath.dirname(folder)


def _files(top: Path, folder: str) -> list[str]:
    from tfaudit.sources.terraform.hcl.names import is_read

    try:
        found = sorted(
            each.name for each in (top / folder).iterdir() if each.is_file() and not each.is_symlink()
        )
    except OSError:
        return []
    return [posixpath.join(folder, name) for name in found if is_read(name)]


def _roots(code: Iterable[Resource]) -> dict[str, dict[str, Resource | None]]:
    roots: dict[str, dict[str, Resource | None]] = {}
    for each in code:
        declared = roots.setdefault(each.scope, {})
        bare = without_instances(each.address)
        known = declared.get(bare, each)
        # What is asked of one instance alone is not asked of the others.
        same = known is not None and known.suppressions == each.suppressions
        declared[bare] = known if same else None
        declared[each.address] = each
    return roots


def _root_of(plan: str, planned: list[Resource], roots: Mapping[str, Declared]) -> Declared:
    folder = posixpath.dirname(plan)
    while True:
        if (folder or ".") in roots:
            return roots[folder or "."]
        if not folder:
            break
        folder = posixpath.dirname(folder)
    names = {without_instances(each.address) for each in planned if not each.type.startswith("provider.")}
    found = [root for root in roots.values() if names <= root.keys()]
    return found[0] if len(found) == 1 else {}


def _take(planned: Resource, declared: Resource) -> None:
    planned.suppressions += declared.suppressions
    address, of_code = planned.address, declared.locate
    at = planned.place.at
    planned.place = replace(declared.place, at=at)
    planned.last_line = declared.last_line
    if of_code is None:
        return

    def locate(path: Steps) -> Place:
        place = of_code(path)
        return replace(place, at=f"{address}.{place.at}" if place.at else address)

    planned.locate = locate
