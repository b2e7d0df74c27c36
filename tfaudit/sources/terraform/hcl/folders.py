"""The Terraform files of one folder, and what of their text decides how they are read."""

from __future__ import annotations

import hashlib
import os
import posixpath
import re
from collections.abc import Iterator

from msgspec import Struct, field

from tfaudit.model.resources import Place, Unread
from tfaudit.sources.terraform.hcl.module_places import Call, Found, Places, is_local
from tfaudit.sources.terraform.hcl.names import declares, is_read
from tfaudit.sources.tree import git_remotes, inside
from tfaudit.sources.tree.files import Tree

# A word that a pattern begins with is looked for much faster than what may stand before it.
_SOURCE = re.compile(rb"source\"?\s*[=:]\s*\"([^\"\n]{1,2000})\"")
_BEFORE_SOURCE = frozenset(b' \t\n\r\v\f{"')
_VARIABLE = re.compile(rb"^[ \t]*variable[ \t]+\"?([\w-]+)\"?[ \t]*\{", re.MULTILINE)
_JSON_BLOCK = re.compile(rb"\"([\w-]+)\"\s*:\s*[{\[]")
_ROOT_MARK = re.compile(
    rb"^[ \t]*(?:terraform[ \t]*\{[ \t]*)?(?:backend[ \t]+\"|cloud[ \t]*\{)", re.MULTILINE
)
_MAY_BE_MARKED = (re.compile(rb"backend[ \t]+\""), re.compile(rb"cloud[ \t]*\{"))


class Folder(Struct):
    """A folder: its files, the folders of the tree that it calls, its digest, and whether it is a root in any case.

    `replaced` are the files that OpenTofu passes over, since one of its own stands beside them.
    """

    name: str
    files: list[str] = field(default_factory=list)
    variable_files: list[str] = field(default_factory=list)
    replaced: list[str] = field(default_factory=list)
    calls: list[str] = field(default_factory=list)
    digest: str = ""
    is_root: bool = False


class Folders:
    """The folders of a scan, and those of the tree that they call; `gaps` is what of the latter cannot be read."""

    def __init__(self, tree: Tree) -> None:
        """Start without any."""
        self.tree = tree
        self.gaps: list[Unread] = []
        self._root = str(tree.root)
        self._folders: dict[str, Folder] = {}
        self._places: Places | None = None

    def add(self, name: str, files: list[str]) -> None:
        """Add a scanned folder with its files, and the links to files of the tree that stand in it."""
        folder = Folder(name)
        for each in dict.fromkeys([*files, *self._links(name, told=False)]):
            (folder.files if declares(each) else folder.variable_files).append(each)
        _prefer_tofu(folder)
        self._folders[name] = folder
        self._look(folder)

    def scanned(self, name: str) -> Folder:
        """Return a folder that was added, with or without files that declare something."""
        return self._folders[name]

    def get(self, name: str) -> Folder | None:
        """Return a folder with files that declare something, found on disk if need be; None for one without."""
        folder = self._folders.get(name)
        if folder is None or not folder.files:
            found = self._on_disk(name)
            if found is None:
                return None
            folder = self._folders[name] = found
        return folder

    def reached(self, *names: str) -> list[str]:
        """Return the folders in `names` that have files, and all that they call, each once."""
        found = [each for each in dict.fromkeys(names) if self.get(each) is not None]
        for name in found:
            folder = self.get(name)
            for call in folder.calls if folder is not None else ():
                if call not in found and self.get(call) is not None:
                    found.append(call)
        return found

    def places(self) -> Places:
        """Return what calls are looked up in, without any root's manifest."""
        if self._places is None:
            self._places = Places(git_remotes.remotes(self._root), self.tree.modules)
        return self._places

    def _look(self, folder: Folder) -> None:
        digest = hashlib.blake2b(digest_size=20)
        sources: set[str] = set()
        for name in folder.files:
            try:
                data = inside.walked(self._root, name, self.tree.limits.file_bytes)
            except OSError:
                data = b""  # Whoever reads it says so.
            digest.update(f"{name}\0{len(data)}\0".encode("utf-8", "surrogateescape"))
            digest.update(data)
            if self.tree.variables:
                pattern = _JSON_BLOCK if name.endswith(".json") else _VARIABLE
                self.tree.declared.update(each.decode("utf-8", "replace") for each in pattern.findall(data))
            sources.update(_sources(data))
            folder.is_root = folder.is_root or _is_marked(data)
        folder.calls = [each for source in sorted(sources) for each in self._called(source, folder.name)]
        loaded = (each.rpartition("/")[2] for each in folder.variable_files)
        folder.is_root = folder.is_root or any(map(loads_by_itself, loaded))
        folder.digest = digest.hexdigest()

    def _called(self, source: str, folder: str) -> list[str]:
        if not is_local(source) and not self.tree.modules and git_remotes.address(source) is None:
            return []
        places = Places() if is_local(source) and not self.tree.modules else self.places()
        found = places.of(Call(source, "", folder))
        return [found.folder] if isinstance(found, Found) else []

    def _on_disk(self, name: str) -> Folder | None:
        try:
            with os.scandir(inside.real(self._root, name or ".")) as entries:
                found = sorted(
                    each.name
                    for each in entries
                    if declares(each.name) and each.is_file(follow_symlinks=False)
                )
        except OSError:
            return None
        folder = Folder(name, [_below(name, each) for each in found])
        folder.files += [each for each in self._links(name, told=True) if declares(each)]
        if not folder.files:
            return None
        _prefer_tofu(folder)
        self._look(folder)
        return folder

    def _links(self, folder: str, *, told: bool) -> list[str]:
        """Return the links to Terraform files of the tree: for Terraform they are files of this folder as well."""
        found: list[str] = []
        try:
            with os.scandir(inside.real(self._root, folder or ".")) as entries:
                links = sorted(each.name for each in entries if is_read(each.name) and each.is_symlink())
        except OSError:
            return found  # The walk over the tree has said so.
        for each in links:
            name = _below(folder, each)
            try:
                inside.walked(self._root, name, self.tree.limits.file_bytes)
            except OSError as error:
                if told:
                    because = f"a link that is not followed: {error.strerror}"
                    self.gaps.append(Unread(Place(name), because, "take the link away, or mend it"))
                continue
            found.append(name)
        return found


def _sources(data: bytes) -> Iterator[str]:
    """Yield the texts that stand behind `source`, as the argument of a block or the key of an object."""
    for found in _SOURCE.finditer(data):
        if found.start() and data[found.start() - 1] in _BEFORE_SOURCE:
            yield found[1].decode("utf-8", "replace")


def _is_marked(data: bytes) -> bool:
    """Whether a file says where state is kept, as a root alone does."""
    return any(each.search(data) for each in _MAY_BE_MARKED) and _ROOT_MARK.search(data) is not None


def loads_by_itself(name: str) -> bool:
    """Whether Terraform loads a file of values without being told to; `name` is without folders."""
    return name in ("terraform.tfvars", "terraform.tfvars.json") or name.endswith(
        (".auto.tfvars", ".auto.tfvars.json")
    )


def _below(folder: str, name: str) -> str:
    return f"{folder}/{name}" if folder else name


def _prefer_tofu(folder: Folder) -> None:
    """Take out each `x.tf` beside an `x.tofu`, and each `x.tf.json` beside an `x.tofu.json`, as OpenTofu does.

    opentofu.org/docs/language/files, "Extension Precedence".
    """
    own = {each for each in folder.files if each.endswith((".tofu", ".tofu.json"))}
    if not own:
        return
    folder.replaced = [each for each in folder.files if tofu_of(each) in own]
    folder.files = [each for each in folder.files if each not in folder.replaced]


def tofu_of(name: str) -> str:
    """Return the name of the file that goes before a file of Terraform's in OpenTofu; "" for any other file."""
    stem, ending = (name[:-8], ".tf.json") if name.endswith(".tf.json") else (name[:-3], name[-3:])
    return stem + {".tf": ".tofu", ".tf.json": ".tofu.json"}.get(ending, "")


def parent(name: str) -> str:
    """Return the folder of a file, "" for the top."""
    return posixpath.dirname(name)
