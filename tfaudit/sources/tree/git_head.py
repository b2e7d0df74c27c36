"""Which commit a work tree has checked out, and of which repository, as the files of `.git` say; no git is run.

What stands there is the tree's own word: a report repeats it, and rests nothing on it.
"""

from __future__ import annotations

import re

from tfaudit.model.verdicts import Revision
from tfaudit.sources.tree import git_remotes, inside

_COMMIT = re.compile(r"[0-9a-f]{40}(?:[0-9a-f]{24})?")
_REF = re.compile(r"ref: (refs/[\w./+@=-]{1,500})")
_MOST = 4_000_000


def revision(top: str) -> Revision | None:
    """Return the commit that the work tree at `top` has checked out; None where that is not known."""
    try:
        own, shared = git_remotes.git_folders(top)
        head = _text(own, "HEAD")
    except OSError:
        return None
    ref = _REF.fullmatch(head)
    commit = head if ref is None else _of_ref(shared, ref[1])
    if not _COMMIT.fullmatch(commit):
        return None
    branch = ref[1].removeprefix("refs/heads/") if ref is not None else ""
    locations = sorted(git_remotes.remotes(top))
    return Revision(f"https://{locations[0]}" if locations else "", commit, branch)


def _of_ref(folder: str, ref: str) -> str:
    if ".." in ref.split("/"):
        return ""
    try:
        return _text(folder, ref)
    except OSError:
        pass
    try:
        packed = _text(folder, "packed-refs")
    except OSError:
        return ""
    return next((line.split(" ")[0] for line in packed.splitlines() if line.endswith(f" {ref}")), "")


def _text(folder: str, name: str) -> str:
    return inside.walked(folder, name, _MOST).decode("utf-8", "replace").strip()
