"""Where the files of a called module lie: beside its caller, in this repository by its address, or where init put it.

Nothing is downloaded, and nothing is looked for outside of the tree.
"""

from __future__ import annotations

import posixpath
from collections.abc import Mapping
from typing import Any

from msgspec import Struct, field

from tfaudit.sources.terraform.hcl import manifest
from tfaudit.sources.terraform.hcl.manifest import Entry
from tfaudit.sources.tree import git_remotes

_SHOWN = ("ref=", "version=", "depth=", "archive=")
OUTSIDE = "which lies outside of the scanned tree"


class Found(Struct, frozen=True):
    """The folder of the tree that a call leads to ("" = the top); `note` is what a reader has to know of that."""

    folder: str
    note: str = ""


class Absent(Struct, frozen=True):
    """Why a call leads to no folder of the tree, as the end of a sentence, and what would help."""

    because: str
    settle_with: str
    joint: str = ", "


class Call(Struct, frozen=True):
    """A module call: source and version as written, the folder of the calling module, and its dotted path of names."""

    source: str
    version: str = ""
    folder: str = ""
    key: str = ""


class Places(Struct, frozen=True):
    """What one root's calls are looked up in.

    `repository` holds the locations by which this repository is called; `mirrors` maps the beginning of a source to a
    folder of the tree, as the configuration says; `entries` is the root's manifest.
    """

    repository: frozenset[str] = frozenset()
    mirrors: Mapping[str, str] = field(default_factory=dict)
    entries: Mapping[str, Entry] = field(default_factory=dict)

    def of(self, call: Call) -> Found | Absent:
        """Return where the module of `call` has to lie, or why that is not known."""
        mirrored = self._mirrored(call.source)
        if mirrored is not None:
            return mirrored
        if is_local(call.source):
            return _inside(posixpath.join(call.folder or ".", call.source))
        if call.source.startswith("/"):
            return Absent(OUTSIDE, "use a relative path, or scan the plan")
        git = git_remotes.address(call.source)
        if git is not None and git.location in self.repository:
            found = _inside(git.folder or ".")
            if isinstance(found, Absent) or not git.ref:
                return found
            return Found(
                found.folder, f"is this repository: it is read from the tree, not at {git.ref[:100]}"
            )
        return self._downloaded(call)

    def _mirrored(self, source: str) -> Found | Absent | None:
        bare = source.partition("?")[0]
        for start in sorted(self.mirrors, key=len, reverse=True):
            prefix = start.partition("?")[0].rstrip("/")
            rest = bare[len(prefix) :]
            if bare.startswith(prefix) and (not rest or rest.startswith("/")):
                found = _inside(posixpath.join(self.mirrors[start], rest.strip("/")))
                if isinstance(found, Absent):
                    return Absent(
                        f'which the configuration maps to "{self.mirrors[start]}": {OUTSIDE}', "mend it there"
                    )
                return Found(found.folder, f"is read from {found.folder or '.'}, as the configuration says")
        return None

    def _downloaded(self, call: Call) -> Found | Absent:
        entry = self.entries.get(call.key)
        if entry is None:
            return Absent("and is not on disk", "run terraform init first, or scan the plan", " ")
        if not manifest.states(entry, call.source, call.version):
            because = "and what modules.json has under this name is another source or version"
            return Absent(because, "run terraform init again, or scan the plan", " ")
        if entry[3]:
            return Absent(f"and {entry[3]}", "run terraform init again, or scan the plan", " ")
        return Found(entry[2], "is read from .terraform/modules, as terraform init left it")


def without_credentials(source: str) -> str:
    """Return a source as a report may show it: without user, password and key, and at most 300 characters.

    go-getter takes keys as parameters: `sshkey`, `aws_access_key_secret`. Only what names a version is shown of these.
    """
    address, _, query = source.partition("?")
    shown = "&".join(each for each in query.split("&") if each.startswith(_SHOWN))
    scheme, sign, rest = address.partition("://")
    host, slash, path = rest.partition("/")
    bare = f"{scheme}{sign}{host.rpartition('@')[2]}{slash}{path}" if sign else address
    return f"{bare}?{shown}"[:300] if shown else bare[:300]


def is_local(source: str) -> bool:
    """Whether a source is a path relative to its caller."""
    return source in (".", "..") or source.startswith(("./", "../"))


def _inside(path: str) -> Found | Absent:
    folder = posixpath.normpath(path)
    if folder.startswith(("../", "/")) or folder == "..":
        return Absent(OUTSIDE, "scan the folder that holds both")
    return Found("" if folder == "." else folder)


def places(job: Mapping[str, Any]) -> Places:
    """Return the places of a job: what `sendable` has made of them."""
    return Places(frozenset(job["repository"]), job["mirrors"], job["manifest"])


def sendable(found: Places) -> dict[str, Any]:
    """Return `found` as a job carries it to a worker."""
    return {
        "repository": sorted(found.repository),
        "mirrors": dict(found.mirrors),
        "manifest": dict(found.entries),
    }
