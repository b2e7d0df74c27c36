"""Finds the root modules among the scanned files, and what each of them is read from."""

from __future__ import annotations

import hashlib
import json
import os
import posixpath
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tfaudit.cache import made_by
from tfaudit.sources.files import InputFile, Tree

_SOURCE = re.compile(rb"[\s{\"]source\"?\s*[=:]\s*\"(\.\.?(?:/[^\"]*)?)\"")
_VARIABLE = re.compile(rb"^\s*variable\s+\"?([\w-]+)\"?\s*\{", re.MULTILINE)
_JSON_BLOCK = re.compile(rb"\"([\w-]+)\"\s*:\s*[{\[]")
_ROOT_MARK = re.compile(rb"^\s*backend\s+\"|^\s*cloud\s*\{", re.MULTILINE)
SUFFIXES = (".tf", ".tf.json", ".tfvars", ".tfvars.json")
_MAX_MANIFEST = 5_000_000


@dataclass(slots=True)
class Folder:
    """The Terraform files of one folder, with what of their text decides how they are read."""

    name: str
    files: list[str] = field(default_factory=list)
    variable_files: list[str] = field(default_factory=list)
    calls: list[str] = field(default_factory=list)
    digest: str = ""
    is_root: bool = False


@dataclass(slots=True)
class Root:
    """A root module: its folder ("" for the top), its job for a worker, and the key of its cached result."""

    folder: str
    scope: str
    job: dict[str, Any]
    key: str


def is_terraform(name: str) -> bool:
    """Whether a file's name says that it declares Terraform resources."""
    return name.endswith((".tf", ".tf.json"))


def find_roots(files: list[InputFile], tree: Tree) -> list[Root]:
    """Return the roots among `files`, in the order of their folders.

    A folder is a root unless another scanned folder calls it as a module; one with a backend or with variable files
    that Terraform loads by itself is one in any case.
    """
    folders: dict[str, Folder] = {}
    for file in files:
        parent = posixpath.dirname(file.name)
        folder = folders.setdefault(parent, Folder(parent))
        (folder.files if is_terraform(file.name) else folder.variable_files).append(file.name)
    only = files[0].name if len(files) == 1 and files[0].only else ""
    if not only:
        for folder in folders.values():
            _add_links(folder, tree)
    scanned = sorted(name for name, folder in folders.items() if folder.files)
    for name in scanned:
        _look(folders[name], tree)
    for name in scanned:
        _follow(name, folders, tree)
    called = {call for name in scanned for call in folders[name].calls if call != name}
    roots = [name for name in scanned if name not in called or folders[name].is_root]
    reached = {each for name in roots for each in _closure(name, folders)}
    for name in scanned:  # what is left calls itself in a circle
        if name not in reached:
            roots.append(name)
            reached |= set(_closure(name, folders))
    return [_root(name, folders, tree, only) for name in sorted(roots)]


def _add_links(folder: Folder, tree: Tree) -> None:
    """Add the links to Terraform files of the tree: for Terraform they are files of this folder as well."""
    try:
        with os.scandir(tree.root / folder.name) as entries:
            links = sorted(
                each.name for each in entries if each.name.endswith(SUFFIXES) and each.is_symlink()
            )
            for each in links:
                name = f"{folder.name}/{each}" if folder.name else each
                path = tree.root / name
                if _inside(path, tree) and path.is_file() and path.stat().st_size <= tree.limits.file_bytes:
                    (folder.files if is_terraform(each) else folder.variable_files).append(name)
    except OSError:
        return  # The walk over the tree has said so.


def _look(folder: Folder, tree: Tree) -> None:
    """Read what the texts of a folder tell: which folders it calls, and their digest."""
    digest = hashlib.blake2b(digest_size=20)
    for name in folder.files:
        try:
            data = (tree.root / name).read_bytes()
        except OSError:
            data = b""
        digest.update(f"{name}\0{len(data)}\0".encode("utf-8", "surrogateescape"))
        digest.update(data)
        if tree.variables:
            declares = _JSON_BLOCK if name.endswith(".json") else _VARIABLE
            tree.declared.update(each.decode("utf-8", "replace") for each in declares.findall(data))
        for match in _SOURCE.finditer(data):
            target = posixpath.normpath(
                posixpath.join(folder.name or ".", match[1].decode("utf-8", "replace"))
            )
            folder.calls.append("" if target == "." else target)
        folder.is_root = folder.is_root or _ROOT_MARK.search(data) is not None
    loaded = (each.rpartition("/")[2] for each in folder.variable_files)
    folder.is_root = folder.is_root or any(
        each.startswith("terraform.tfvars") or ".auto." in each for each in loaded
    )
    folder.digest = digest.hexdigest()


def _follow(name: str, folders: dict[str, Folder], tree: Tree) -> None:
    """Add the called folders that lie in the tree but are not scanned themselves."""
    stack = [name]
    while stack:
        for call in folders[stack.pop()].calls:
            if call not in folders or not folders[call].files:
                found = _on_disk(call, tree)
                if found is not None:
                    folders[call] = found
                    stack.append(call)


def _inside(path: Path, tree: Tree) -> bool:
    # realpath, because Path.resolve() raises on a link that leads to itself.
    return Path(os.path.realpath(path)).is_relative_to(os.path.realpath(tree.root))


def _on_disk(name: str, tree: Tree) -> Folder | None:
    if name.startswith(".."):
        return None
    path = tree.root / name
    try:
        if not _inside(path, tree):
            return None
        found = sorted(
            each.name for each in path.iterdir() if is_terraform(each.name) and not each.is_symlink()
        )
        sized = [each for each in found if (path / each).stat().st_size <= tree.limits.file_bytes]
    except OSError:
        return None
    folder = Folder(name, [f"{name}/{each}" if name else each for each in sized])
    _add_links(folder, tree)
    if not folder.files:
        return None
    _look(folder, tree)
    return folder


def _closure(name: str, folders: dict[str, Folder]) -> list[str]:
    found = [name]
    for each in found:
        for call in folders[each].calls:
            if call in folders and call not in found:
                found.append(call)
    return found


def _root(name: str, folders: dict[str, Folder], tree: Tree, only: str) -> Root:
    manifest = _manifest(name, tree)
    for target in manifest.values():
        if target not in folders:
            found = _on_disk(target, tree)
            if found is not None:
                folders[target] = found
                _follow(target, folders, tree)
    parts = list(
        dict.fromkeys(
            each
            for start in (name, *manifest.values())
            if start in folders
            for each in _closure(start, folders)
        )
    )
    job = {
        "tree": str(tree.root),
        "folder": name,
        "files": {each: sorted(folders[each].files) for each in parts},
        "variable_files": _variable_files(folders[name], tree, only),
        "variables": list(tree.variables),
        "workspace": tree.workspace,
        "manifest": manifest,
        "only": only,
    }
    return Root(name, only or name or ".", job, _key(job, [folders[each].digest for each in parts], tree))


def _manifest(name: str, tree: Tree) -> dict[str, str]:
    """Return where an earlier `terraform init` put each module, by its dotted key, within the tree alone."""
    path = tree.root / name / ".terraform" / "modules" / "modules.json"
    try:
        if path.stat().st_size > _MAX_MANIFEST or not _inside(path, tree):
            return {}
        listed = json.loads(path.read_bytes())["Modules"]
        told = {str(each["Key"]): str(each["Dir"]) for each in listed if each["Key"]}
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return {}
    found = {key: posixpath.normpath(posixpath.join(name or ".", folder)) for key, folder in told.items()}
    return {key: folder for key, folder in found.items() if not folder.startswith(("..", "/"))}


def _variable_files(folder: Folder, tree: Tree, only: str) -> list[tuple[str, str]]:
    """Return the variable files in the order in which Terraform reads them, each with what places call it."""
    found: list[tuple[str, str]] = []
    if not only:
        names = {each.rpartition("/")[2]: each for each in folder.variable_files}
        own: list[str] = [each for each in ("terraform.tfvars", "terraform.tfvars.json") if each in names]
        own += sorted(each for each in names if each.endswith((".auto.tfvars", ".auto.tfvars.json")))
        found += [(str(tree.root / names[each]), names[each]) for each in own]
    return found + [(str(Path(each).resolve()), str(each)) for each in tree.variable_files]


def _key(job: dict[str, Any], digests: list[str], tree: Tree) -> str:
    digest = hashlib.blake2b(digest_size=20)
    contents = []
    for path, _ in job["variable_files"]:
        try:
            contents.append(hashlib.blake2b(Path(path).read_bytes()).hexdigest())
        except OSError:
            contents.append("")
    told = [
        made_by(),
        digests,
        contents,
        job["folder"],
        job["files"],
        job["variables"],
        job["workspace"],
    ]
    digest.update(json.dumps([*told, job["manifest"], job["only"], tree.limits.depth]).encode())
    return digest.hexdigest()
