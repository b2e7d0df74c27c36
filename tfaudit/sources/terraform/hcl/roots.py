"""Finds the root modules among the scanned files, and what each of them is read from."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from tfaudit.cache import made_by
from tfaudit.model.resources import Place, Unread
from tfaudit.sources.terraform.hcl import manifest
from tfaudit.sources.terraform.hcl.folders import Folder, Folders, parent, tofu_of
from tfaudit.sources.terraform.hcl.module_places import sendable
from tfaudit.sources.terraform.hcl.names import VALUES
from tfaudit.sources.tree import inside
from tfaudit.sources.tree.files import InputFile, Tree


class Root(Struct):
    """A root module: its folder ("" for the top), its job for a worker, and the key of its cached result."""

    folder: str
    scope: str
    job: dict[str, Any]
    key: str


def find_roots(files: list[InputFile], tree: Tree) -> tuple[list[Root], list[Unread]]:
    """Return the roots among `files`, in the order of their folders, and what of the tree could not be read for them.

    A folder is a root unless another scanned folder calls it as a module; one with a backend or with variable files
    that Terraform loads by itself is one in any case. Where files are named (`tree.named`), the roots that read one of
    them are returned, and what concerns those files is noted in `tree`.
    """
    folders = Folders(tree)
    members: dict[str, list[str]] = {}
    for file in files:
        members.setdefault(parent(file.name), []).append(file.name)
    for name, inside_of in members.items():
        folders.add(name, inside_of)
    found = [_root(name, folders, tree) for name in _root_folders(sorted(members), folders)]
    gaps = folders.gaps
    if tree.named:
        found = [root for root in found if _reads_named(root, tree)]
        gaps += _not_loaded(found, tree)
        read = {each for root in found for files in root.job["files"].values() for each in files}
        tree.passed_over.update({file.name for file in files} - read - tree.named)
    return found, [*gaps, *_replaced(found, folders)]


def _root_folders(members: list[str], folders: Folders) -> list[str]:
    kept = {name: folder for name in members if (folder := folders.scanned(name)).files}
    called = {call for name, folder in kept.items() for call in folder.calls if call != name}
    roots = [name for name, folder in kept.items() if name not in called or folder.is_root]
    reached = set(folders.reached(*roots))
    for name in kept:  # what is left calls itself in a circle
        if name not in reached:
            roots.append(name)
            reached |= set(folders.reached(name))
    return sorted(roots)


def _root(name: str, folders: Folders, tree: Tree) -> Root:
    entries = manifest.read(str(tree.root), name)
    for key, entry in entries.items():
        if entry[2] and folders.get(entry[2]) is None:
            entries[key] = (
                *entry[:2],
                "",
                f"no Terraform file lies in {entry[2]}, where modules.json puts it",
            )
    parts = {
        each: folder
        for each in folders.reached(name, *(entry[2] for entry in entries.values() if entry[2]))
        if (folder := folders.get(each)) is not None
    }
    job = {
        "tree": str(tree.root),
        "folder": name,
        "files": {each: sorted(folder.files) for each, folder in parts.items()},
        "variable_files": _variable_files(parts[name], tree),
        "variables": list(tree.variables),
        "stated_in": dict(tree.stated_in),
        "workspace": tree.workspace,
        **sendable(replace(folders.places(), entries=entries)),
        "file_bytes": tree.limits.file_bytes,
        "calls": tree.calls,
    }
    return Root(name, name or ".", job, _key(job, [folder.digest for folder in parts.values()], tree))


def _variable_files(folder: Folder, tree: Tree) -> list[tuple[str, bytes, str]]:
    """Return the variable files in the order in which Terraform reads them: name, text, and why one is not read."""
    names = {each.rpartition("/")[2]: each for each in folder.variable_files}
    own: list[str] = [each for each in ("terraform.tfvars", "terraform.tfvars.json") if each in names]
    own += sorted(each for each in names if each.endswith((".auto.tfvars", ".auto.tfvars.json")))
    found: list[tuple[str, bytes, str]] = []
    for each in own:
        name = names[each]
        try:
            found.append((name, inside.walked(str(tree.root), name, tree.limits.file_bytes), ""))
        except OSError as error:
            found.append((name, b"", f"it cannot be read: {error.strerror}"))
    return found + [(each.name, each.data, each.because) for each in tree.variable_files]


def _reads_named(root: Root, tree: Tree) -> bool:
    """Whether a root is read from one of the named files; if so, `tree` notes the gaps and scopes that concern them."""
    job = root.job
    own = [name for name, _, _ in job["variable_files"] if parent(name) == root.folder]
    modules = [files for files in job["files"].values() if not tree.named.isdisjoint(files)]
    values = tree.named.intersection(own)
    if not modules and not values:
        return False
    if values:
        tree.whole.add(root.scope)
    # A file of the same module that is not read may hold what the named one needs.
    tree.concerned.update((root.folder or ".", *own, *(each for files in modules for each in files)))
    return True


def _not_loaded(roots: list[Root], tree: Tree) -> Iterator[Unread]:
    """Yield a gap for each named file of values that no root loads."""
    loaded = {name for root in roots for name, _, _ in root.job["variable_files"]}
    for name in sorted(tree.named - loaded):
        if name.endswith(VALUES):
            because = "Terraform loads these values only where it is told to"
            yield Unread(Place(name), because, f"scan the root with --var-file {name}")


def _replaced(roots: list[Root], folders: Folders) -> Iterator[Unread]:
    """Yield a gap for each file that is passed over because one of OpenTofu's own stands beside it.

    Terraform would read it: whoever adds a `main.tofu` must not hide a `main.tf` by that.
    """
    names = dict.fromkeys(each for root in roots for each in root.job["files"])
    for name in names:
        folder = folders.get(name)
        for each in folder.replaced if folder is not None else ():
            own = tofu_of(each).rpartition("/")[2]
            yield Unread(
                Place(each),
                f"it is not read: {own} stands beside it, and goes before it in OpenTofu",
                "take out the one that is not used; where OpenTofu reads both, accept it in tfaudit.yaml",
            )


def _key(job: dict[str, Any], digests: list[str], tree: Tree) -> str:
    digest = hashlib.blake2b(digest_size=20)
    values = [
        (name, hashlib.blake2b(data).hexdigest(), because) for name, data, because in job["variable_files"]
    ]
    names = (
        "folder",
        "files",
        "variables",
        "stated_in",
        "workspace",
        "repository",
        "mirrors",
        "manifest",
        "calls",
    )
    stated = [made_by(), digests, values, *(job[each] for each in names), tree.limits.depth]
    digest.update(json.dumps(stated).encode())
    return digest.hexdigest()
