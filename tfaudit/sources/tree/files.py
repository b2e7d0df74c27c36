"""The files that a scan looks at: found in one walk, with links out of the tree and ignored paths left out."""

from __future__ import annotations

import io
import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, Literal, TypeAlias

from msgspec import Struct, field

from tfaudit.clock import Clock
from tfaudit.model.digests import digest, same
from tfaudit.model.resources import Limits, Place, Unread
from tfaudit.sources.tree import inside

if TYPE_CHECKING:
    from tfaudit.cache import Store

Form: TypeAlias = Literal["plan", "cloudformation", "arm", "arm parameters", "kubernetes", ""]
"""What a file looks like, as `tfaudit.sources.text.forms` tells; "" for none of these."""

HEAD_BYTES = 65_536
FETCHED_FOLDERS = frozenset({".terraform", ".terragrunt-cache"})
"""Where Terraform and Terragrunt put copies of modules: what is deployed of them is read where it is called."""
SKIPPED_FOLDERS = FETCHED_FOLDERS | {
    "node_modules",
    ".venv",
    "venv",
    "__pycache__",
    ".tox",
    ".mypy_cache",
}
"""Folders that tools fill, known by their names alone: what git tracks in one is no tool's."""


# What a source may read, by its name: where one of these is no file, that is worth a word.
_READ_ENDINGS = (
    ".tf", ".tofu", ".tfvars", ".tf.json", ".tofu.json", ".json", ".jsonc", ".yaml", ".yml",
    ".template", ".cfn", ".cform", ".cft", ".sam", ".bicep", ".bicepparam",
)  # fmt: skip
# Of these, links to files of the tree are read as files of their own folder.
_LINKED_ENDINGS = (".tf", ".tofu", ".tfvars", ".tf.json", ".tofu.json", ".tfvars.json")
_DECLARING_ENDINGS = (".tf", ".tofu", ".tf.json", ".tofu.json")


class InputFile(Struct):
    """One file of the tree. `name` is its path relative to `root`, with `/`; `only` marks one that was named itself.

    `content` is what is read in its place, None for the file on disk: a plan that has been converted. `digest` is the
    SHA-256 of what `read` has returned of the file: None before that, "" where it has returned different bytes.
    """

    root: Path
    name: str
    size: int
    only: bool = False
    form: Form | None = None
    digest: str | None = None
    _head: bytes | None = None
    content: bytes | None = None

    @property
    def path(self) -> Path:
        """The file on disk."""
        return self.root / self.name

    @property
    def suffix(self) -> str:
        """The last suffix of its name in lower case, with the dot."""
        name = self.name[self.name.rfind("/") + 1 :]
        at = name.rfind(".")  # as `PurePath` tells it, in a tenth of the time
        return name[at:].lower() if 0 < at < len(name) - 1 else ""

    def head(self) -> bytes:
        """Return its first 64 KiB; `OSError` when it cannot be read."""
        if self.content is not None:
            return self.content[:HEAD_BYTES]
        if self._head is None:
            self._head = inside.walked_head(str(self.root), self.name, HEAD_BYTES)
        return self._head

    def stream(self) -> BinaryIO:
        """Return it open, for whoever looks through it piece by piece; `OSError` when it cannot be opened."""
        if self.content is not None:
            return io.BytesIO(self.content)
        return inside.walked_stream(str(self.root), self.name)

    def read(self) -> bytes:
        """Return all of it; `OSError` when it cannot be read."""
        if self.content is not None:
            return self.content
        whole = self.size <= HEAD_BYTES
        data = self.head() if whole else inside.walked(str(self.root), self.name, self.size)
        self.digest = same(self.digest, digest(data))
        return data


class VariableFile(Struct, frozen=True):
    """Values for Terraform's variables: the file's name as it was given, its text, or why that was not read."""

    name: str
    data: bytes = b""
    because: str = ""


class Tree(Struct):
    """What a source needs to know of the scan beside its files.

    `keys` is filled by sources that can tell whether a scope is what it was: scope → digest of all that it comes from.
    `variables` are `-var` pairs and `variable_files` files that hold for every root; `workspace` is Terraform's;
    `modules` maps the beginnings of module sources to folders of the tree; `cache` keeps parsed input, None for no
    cache; `parameters` are CloudFormation's. `declared` is filled with the variables and parameters that the files
    declare, where any are given; `notes` with what is shown below the report; `read_files` with the files that
    expressions read, each with its SHA-256; `digests` with the SHA-256 of files that a source reads by
    other means than `InputFile.read`, by `took`; `empty` with the addresses of blocks that make nothing with the
    values at hand. `clock` says how long reading may take. `stated_in` maps the names among
    `variables` and `parameters` that a configuration gives to its name: the others are given by options. `calls` says
    that the calls of Terraform's modules are wanted as resources, too.

    `converted` holds what is read in the place of a named file, by its name.

    `named` are the files that the scan was asked about, empty for all: a source reads what belongs together with them,
    and fills `concerned` (further origins whose gaps bear on them), `whole` (scopes that they bear on as a whole) and
    `passed_over` (the names of files that have nothing to do with them).

    `further` is what a worker may do with the resources of a scope as soon as it has read them: the module and name of
    a function, and its first argument, as plain data; `further_done` is filled with its results, by scope.
    `judged_elsewhere` says that workers have been asked to do so, and `recalled` names the files of roots of which
    nothing has to be evaluated, since they are what they were.

    `opened` is what one source leaves to another that reads the same files, by the first one's name. `at_last` is what
    sources have done once all has been read, and judged as far as it could be meanwhile. `looked_into` tells of which
    types somebody looks into the resources, None for all: bodies of the others need not be evaluated.
    """

    root: Path
    limits: Limits = field(default_factory=Limits)
    variable_files: tuple[VariableFile, ...] = ()
    variables: tuple[tuple[str, str], ...] = ()
    workspace: str = "default"
    parameters: tuple[tuple[str, str], ...] = ()
    cache: Store | None = None
    jobs: int = 0
    keys: dict[str, str] = field(default_factory=dict)
    declared: set[str] = field(default_factory=set)
    modules: Mapping[str, str] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    converted: Mapping[str, bytes] = field(default_factory=dict)
    named: frozenset[str] = frozenset()
    concerned: set[str] = field(default_factory=set)
    whole: set[str] = field(default_factory=set)
    passed_over: set[str] = field(default_factory=set)
    empty: list[str] = field(default_factory=list)
    read_files: dict[str, str] = field(default_factory=dict)
    digests: dict[str, str] = field(default_factory=dict)
    clock: Clock = field(default_factory=Clock)
    stated_in: Mapping[str, str] = field(default_factory=dict)
    further: tuple[str, str, Any] | None = None
    further_done: dict[str, Any] = field(default_factory=dict)
    judged_elsewhere: bool = False
    recalled: frozenset[str] = frozenset()
    calls: bool = False
    opened: dict[str, Any] = field(default_factory=dict)
    at_last: list[Callable[[], None]] = field(default_factory=list)
    looked_into: Callable[[str], bool] | None = None

    def took(self, name: str, digest: str) -> None:
        """Note the digest of a file as it was read: a report quotes no other bytes, and evidence names these."""
        self.digests[name] = same(self.digests.get(name), digest)


def nothing_excluded(name: str, folder: bool) -> bool:
    """Leave nothing out but the folders that tools fill."""
    return folder and name.rpartition("/")[2] in SKIPPED_FOLDERS


def discover(
    target: Path,
    base: Path,
    limits: Limits,
    excluded: Callable[[str, bool], bool] = nothing_excluded,
) -> Iterator[InputFile | Unread]:
    """Yield the files at or below `target`, folders and names in order, with names relative to `base`, which holds it.

    `excluded` tells whether a path relative to `target` (and whether it is a folder) is left out. A link that leads out
    of the tree, a folder that cannot be listed, what is no file but is called as one that is read (a FIFO, a device),
    and anything beyond the bound on the number of files is `Unread`.
    """
    if target.is_file():
        yield InputFile(base, target.relative_to(base).as_posix(), target.stat().st_size, only=True)
        return
    prefix = "" if target == base else target.relative_to(base).as_posix() + "/"
    top = str(base)
    within = os.path.realpath(target)
    count = 0
    stack: list[str] = [""]
    while stack:
        folder = stack.pop()
        below: list[str] = []
        linked: list[str] = []
        declares = False
        for entry in _listed(top, (prefix + folder).rstrip("/")):
            if isinstance(entry, Unread):
                yield entry
                continue
            name = f"{folder}/{entry.name}" if folder else entry.name
            is_folder = entry.is_dir(follow_symlinks=False)
            if (is_folder and entry.name in inside.PRIVATE_FOLDERS) or excluded(name, is_folder):
                continue
            if is_folder:
                below.append(name)
            elif not entry.is_file(follow_symlinks=False):
                yield from _no_file(entry, top, prefix + name, within)
                if entry.is_symlink() and name.endswith(_READ_ENDINGS):
                    linked.append(prefix + name)
            else:
                declares = declares or name.endswith(_DECLARING_ENDINGS)
                count += 1
                if count > limits.files:
                    because = f"there are more than {limits.files} files"
                    yield Unread(Place(prefix + folder or "."), because, "scan its folders one by one")
                    return
                yield InputFile(base, prefix + name, entry.stat(follow_symlinks=False).st_size)
        yield from _linked(base, linked, alone=not declares)
        stack.extend(reversed(below))


def _linked(base: Path, names: Iterable[str], *, alone: bool) -> Iterator[InputFile]:
    """Yield the links to files of the tree that nothing else reads.

    What they lead to has a name under which it is not read; or they are all that their folder has of Terraform
    (`alone`): else they are read with it.
    """
    for name in names:
        try:
            real = inside.real(str(base), name)
        except inside.NotInside:
            continue
        of_terraform = name.endswith(_LINKED_ENDINGS)
        wanted = alone if of_terraform else not real.endswith(_READ_ENDINGS)
        if wanted and os.path.isfile(real):  # noqa: PTH113 - a path as text, as `inside` gives it
            yield InputFile(base, name, os.path.getsize(real))  # noqa: PTH202 - as above


def _listed(top: str, name: str) -> Iterator[os.DirEntry[str] | Unread]:
    try:
        with inside.listed(top, name) as entries:
            yield from entries
    except OSError as error:
        because = f"the folder cannot be listed: {error.strerror}"
        yield Unread(Place(name or "."), because, "give read access to it")


def _no_file(entry: os.DirEntry[str], top: str, name: str, within: str) -> Iterator[Unread]:
    """Yield why something is not read that is no file: a link, or what is called as an input is."""
    if entry.is_symlink():
        yield from _link(top, name, within)
    elif name.endswith(_READ_ENDINGS):
        yield Unread(Place(name), "it is no regular file", "take it away, or exclude it")


def _link(top: str, name: str, within: str) -> Iterator[Unread]:
    """Yield why a link is not followed; one inside the tree leads to what is read in its own place."""
    try:
        real = inside.real(top, name)
    except inside.NotInside as error:
        if error.outside:
            yield Unread(
                Place(name),
                "a link that leads out of the scanned tree is not followed",
                "scan its target by itself",
            )
        else:
            yield Unread(Place(name), f"a link that is not followed: {error.strerror}", "take it away")
        return
    is_folder = os.path.isdir(real)  # noqa: PTH112 - a path as text, as `inside` gives it
    if name.endswith(_READ_ENDINGS) and not is_folder and not os.path.isfile(real):  # noqa: PTH113
        yield Unread(Place(name), "a link that leads to no file", "mend it, or take it away")
    elif not f"{real}/".startswith(within.rstrip("/") + "/") and (
        is_folder or (name.endswith(_READ_ENDINGS) and not name.endswith(_LINKED_ENDINGS))
    ):
        yield Unread(
            Place(name), "a link that leads out of what is scanned is not followed", "scan its target as well"
        )
