"""What the names of commits stand for, as the files of `.git` say: enough to know whether they still mean the same.

To load a library that reads repositories takes a fifth of a small scan. Which commits two names parted at hangs on
nothing but the ids that the names stand for, so that an answer can be kept under these.
"""

from __future__ import annotations

import re

from tfaudit.sources.tree import git_remotes, inside

_ID = re.compile(r"[0-9a-f]{40}(?:[0-9a-f]{24})?")
_NAME = re.compile(r"[\w+=-][\w./+=-]{0,200}")
_SYMBOLIC = re.compile(r"ref: (refs/[\w./+@=-]{1,500})")
_MOST = 4_000_000
_DEEP = 5
# git-scm.com/docs/gitrevisions: where a name is looked for.
_PLACES = ("{}", "refs/{}", "refs/tags/{}", "refs/heads/{}", "refs/remotes/{}", "refs/remotes/{}/HEAD")


def meant(top: str, *names: str) -> str:
    """Return a text that is another one whenever one of `names` may mean another commit in the work tree at `top`.

    It holds how far the history reaches as well. "" where that takes more than the files of references: for an
    expression (`HEAD~1`), a short id, a repository that keeps its references in another way.
    """
    try:
        own, shared = git_remotes.git_folders(top)
        packed = _packed(shared)
        found = [_ids(own, shared, packed, name) for name in names]
    except OSError:
        return ""
    if not all(found):
        return ""
    return repr((found, _text(shared, "shallow")))


def _ids(own: str, shared: str, packed: dict[str, str], name: str) -> list[str]:
    """Return every id that `name` may stand for; [] where none is known."""
    if _ID.fullmatch(name):
        return [name]
    if not _NAME.fullmatch(name) or ".." in name or name.endswith((".lock", "/")):
        return []
    found = []
    for place in _PLACES:
        path, text = place.format(name), ""
        for _ in range(_DEEP):
            text = _text(own, path) or _text(shared, path) or packed.get(path, "")
            symbolic = _SYMBOLIC.fullmatch(text)
            if symbolic is None or ".." in symbolic[1]:
                break
            path = symbolic[1]
        if _ID.fullmatch(text):
            found.append(text)
    return found


def _packed(shared: str) -> dict[str, str]:
    """Return the packed references, each with its id."""
    lines = (line.partition(" ") for line in _text(shared, "packed-refs").splitlines())
    return {name: id_ for id_, _, name in lines if name and id_[:1] not in ("#", "^")}


def _text(folder: str, name: str) -> str:
    """Return what a file holds, "" where there is none."""
    try:
        return inside.walked(folder, name, _MOST).decode("utf-8", "replace").strip()
    except OSError:
        return ""
