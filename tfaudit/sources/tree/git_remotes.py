"""The addresses by which others call the scanned repository: its remotes, as `.git/config` lists them.

No git is run: it would read hooks and helpers of the repository. What is not `url = ...` in a `[remote "..."]` section
is passed over; user names and passwords in an address are dropped.
"""

from __future__ import annotations

import os
import re
from urllib.parse import parse_qs, unquote

from msgspec import Struct

from tfaudit.sources.tree import inside

_MAX_BYTES = 1_000_000
_MAX_POINTER = 10_000
_SECTION = re.compile(r'^\s*\[\s*([\w.-]+)(?:\s+"[^"]*")?\s*\]')
_SUBMODULE = re.compile(r"(?m)^[ \t]{0,8}worktree[ \t]{0,8}=([^\n]{1,4096})$")
_WHOLE = re.compile(r"([^\n]{1,4096})$")
_URL = re.compile(r'^\s*url\s*=\s*"?([^\s"#;]+)')
_SCHEMED = re.compile(r"^(https?|ssh|git|git\+ssh)://(?:[^/@]*@)?([^/:@]+)(?::\d*)?/(.*)$", re.IGNORECASE)
_SCP = re.compile(r"^(?:[\w.-]+@)?([\w.-]+):(?!/?/)(.+)$")
_HOSTED = ("github.com/", "bitbucket.org/")


class GitAddress(Struct, frozen=True):
    """A git repository as a module source names it: `host/path` without scheme, user, port and `.git`.

    `folder` is the part behind `//`, `ref` what `?ref=` asks for, both "" where there is none.
    """

    location: str
    folder: str = ""
    ref: str = ""


def address(source: str) -> GitAddress | None:
    """Return the git repository that a module source names, None where it names something else.

    developer.hashicorp.com/terraform/language/modules/sources: `git::` before any address, `git@host:path`, and the
    bare `github.com/...` and `bitbucket.org/...`; an `https://` without `git::` is an archive.
    """
    bare = source.removeprefix("git::")
    forced = bare != source
    bare, _, query = bare.partition("?")
    ref = (parse_qs(query).get("ref") or [""])[0]
    scheme, sign, rest = bare.partition("://")
    path, _, folder = (rest if sign else bare).partition("//")
    whole = f"{scheme}://{path}" if sign else path
    if not forced and not whole.startswith(_HOSTED) and not (not sign and "@" in whole and _SCP.match(whole)):
        return None
    location = _location(f"https://{whole}" if whole.startswith(_HOSTED) else whole)
    return GitAddress(location, folder.strip("/"), ref) if location else None


def _location(url: str) -> str:
    """Return `host/path` of a repository's URL, "" for one that is not on a host."""
    match = _SCHEMED.match(url)
    host, path = (match[2], match[3]) if match else ("", "")
    if match is None:
        copied = _SCP.match(url)
        if copied is None:
            return ""
        host, path = copied[1], copied[2]
    path = unquote(path).strip("/").removesuffix(".git").rstrip("/")
    return f"{host.lower()}/{path}" if path else ""


def remotes(top: str) -> frozenset[str]:
    """Return the locations (`host/path`) of the remotes of the work tree at `top`; none where there are none."""
    try:
        text = inside.walked(git_folder(top), "config", _MAX_BYTES).decode("utf-8", "replace")
    except OSError:
        return frozenset()
    found: set[str] = set()
    section = ""
    for line in text.splitlines():
        opened = _SECTION.match(line)
        if opened is not None:
            section = opened[1].lower()
            continue
        url = _URL.match(line)
        if url is not None and section == "remote":
            found.add(_location(url[1]))
    return frozenset(found - {""})


def git_folder(top: str) -> str:
    """Return the folder of the configuration and the references; `OSError` as `git_folders` says."""
    return git_folders(top)[1]


def git_folders(top: str) -> tuple[str, str]:
    """Return the folder of the work tree's own state (HEAD), and that of what all work trees of a repository share.

    A linked work tree or a submodule has them elsewhere, and says where. What is scanned may write anything there, so
    that folder has to name this work tree as its own; `OSError` otherwise.
    """
    place = f"{top}/.git"
    if not os.path.isfile(place):  # noqa: PTH113 - a path as text, as `inside` takes it
        return place, place
    stated = _pointer(top, ".git").removeprefix("gitdir:").strip()
    folder = os.path.join(top, stated)  # noqa: PTH118
    try:
        back, shared = _pointer(folder, "gitdir"), _pointer(folder, "commondir")
    except OSError:
        _check(_SUBMODULE.search(_pointer(folder, "config", _MAX_BYTES)), folder, top)
        return folder, folder
    _check(_WHOLE.match(back), folder, place)
    return folder, os.path.join(folder, shared)  # noqa: PTH118


def _pointer(folder: str, name: str, limit: int = _MAX_POINTER) -> str:
    return inside.walked(folder, name, limit).decode("utf-8", "replace").strip()


def _check(written: re.Match[str] | None, folder: str, wanted: str) -> None:
    """Raise `OSError` unless the path that is written in git's own folder leads back to what names that folder."""
    named = os.path.join(folder, written[1].strip()) if written is not None else ""  # noqa: PTH118
    if os.path.realpath(named) != os.path.realpath(wanted):
        raise FileNotFoundError(f"{folder} is of another work tree")
