"""`.terraform/modules/modules.json`: where `terraform init` has put a root's modules, believed as far as it can be.

A manifest that is committed could turn any module into a sound one. So an entry counts only for a call of the very
source and version that it states, as Terraform itself decides whether to download anew, and only where it leads to
Terraform files in `.terraform/modules/` of its own root, which is where `terraform init` puts them.
"""

from __future__ import annotations

import json
import posixpath
from typing import Any, TypeAlias

from tfaudit.sources.terraform.hcl.versions import meets
from tfaudit.sources.tree import git_remotes, inside

_MAX_BYTES = 5_000_000
_REGISTRIES = ("registry.terraform.io/", "registry.opentofu.org/")
FOLDER = ".terraform/modules"

Entry: TypeAlias = tuple[str, str, str, str]
"""What the manifest says of a call: source, version, folder in the tree, and why that is not believed ("" = it is)."""


def read(top: str, root: str) -> dict[str, Entry]:
    """Return the manifest of the root in folder `root` of the tree at `top`, by the dotted names of the calls.

    A manifest that is not there, or is none, has no entries.
    """
    try:
        data = inside.read(top, f"{root or '.'}/{FOLDER}/modules.json", _MAX_BYTES)
        listed = json.loads(data)["Modules"]
        entries = {str(each["Key"]): each for each in listed if each["Key"]}
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return {}
    return {key: _entry(top, root, each) for key, each in entries.items()}


def _entry(top: str, root: str, stated: Any) -> Entry:
    source, version, folder = (str(stated.get(name) or "") for name in ("Source", "Version", "Dir"))
    own = posixpath.normpath(posixpath.join(root or ".", FOLDER))
    place = posixpath.normpath(posixpath.join(root or ".", folder))
    because = f'modules.json puts it in "{folder[:200]}", which is not in {own}'
    if not place.startswith(f"{own}/"):
        return source, version, "", because
    try:
        real = inside.real(top, place)
        if not real.startswith(inside.real(top, own) + "/"):
            return source, version, "", because
    except OSError:
        return source, version, "", because
    return source, version, place, ""


def states(entry: Entry, source: str, version: str) -> bool:
    """Whether an entry is about a call of this source, with this version constraint ("" for none)."""
    stated, have = entry[:2]
    if not any(stated == each for each in (source, *(registry + source for registry in _REGISTRIES))):
        own, other = git_remotes.address(source), git_remotes.address(stated)
        if own is None or own != other:
            return False
    return not version or meets(have, version)
