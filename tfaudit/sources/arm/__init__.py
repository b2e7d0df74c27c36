"""ARM templates, with parameter files and the deployments in them, into one resource for each that Azure would hold.

Each template is a deployment of its own, unless another of the tree deploys it; one for each parameter file that is
called after it (`main.json`: `main.parameters.json`, `main.parameters.production.json`), or after none and lies beside
the only template of its folder (`parameters.json`). A resource's type is in lower
case, since ARM minds none; `tfaudit.sources.arm.emit` says what its body has beside what is written.
"""

from __future__ import annotations

import posixpath
from functools import partial
from typing import TYPE_CHECKING, Any

from tfaudit.model.resources import Place, Unread
from tfaudit.sources.arm.compiled import is_compiled, says_the_same, source_beside
from tfaudit.sources.arm.loading import Loader
from tfaudit.sources.arm.parameters import files_for, fits, given_by, not_read, only_ones, says_no_template
from tfaudit.sources.arm.remembered import Remembered
from tfaudit.sources.bicep.given import given_by as given_by_bicep
from tfaudit.sources.bicep.parameters import files_using
from tfaudit.sources.text.forms import form_of
from tfaudit.sources.tree.starts import starts

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tfaudit.model.resources import Resource
    from tfaudit.sources.arm.frames import Given
    from tfaudit.sources.tree.files import InputFile, Tree

RANK = 30
SUFFIXES = (".json", ".jsonc")
SHOWN = 5


def claims(file: InputFile) -> bool:
    """Whether `file` is a template or a file of parameters: by its suffix, and by what it holds."""
    return (file.only or file.suffix in SUFFIXES) and form_of(file) in ("arm", "arm parameters")


def read_tree(files: list[InputFile], tree: Tree) -> Iterator[Resource | Unread]:
    """Yield the resources of each template that no other deploys, evaluated with the parameters that it is given."""
    loader = Loader(tree)
    stated = [each.name for each in files if each.form == "arm parameters"]
    for file in files:
        try:
            loader.add(file.name, file.read(), file.digest or "")
        except OSError as error:
            yield Unread(Place(file.name), f"it cannot be read: {error.strerror}", "give read access to it")
    names = [each.name for each in files if each.form == "arm" and each.name in loader.data]
    tree.declared.update(
        name for name, _ in tree.parameters if any(name.encode() in loader.data[each] for each in names)
    )
    first = frozenset(starts(names, loader.linked))
    same: list[str] = []
    remembered = Remembered(tree)
    bicep = tree.opened.get("bicep")
    using = files_using((each for each in bicep.data if each.endswith(".bicepparam")), bicep) if bicep else {}
    alone_there = only_ones(
        first.union(each for each in bicep.data if each.endswith(".bicep")) if bicep else first
    )
    deployed = bicep.templates - tree.named if bicep else frozenset()
    for name in names:
        if (name not in first or name in deployed) and name not in using:
            continue
        called = [*files_for(name, stated), *using.get(name, ())]
        if not called and name in alone_there:
            called = _beside_it(name, stated, loader)
        for beside in called or [""]:
            alone = not beside and name not in tree.named
            if alone and _says_what_its_source_does(name, loader, tree, remembered):
                same.append(name)
                continue
            reading = partial(_deployment, name, beside, loader, tree)
            yield from tree.clock.read(name, tree.limits.parse_seconds, reading)
        loader.forget(name)
    remembered.keep()
    if same:
        tree.notes.append(
            f"{len(same):,} compiled templates say the same as the Bicep files beside them, which are judged: "
            + ", ".join(same[:SHOWN])
            + (f" and {len(same) - SHOWN:,} more" if same[SHOWN:] else "")
        )


def _beside_it(name: str, stated: Iterable[str], loader: Loader) -> list[str]:
    """Return the files of parameters beside a template, the only one there, that are called after none and fit it."""
    found: list[str] = []
    for each in stated:
        folder, base = posixpath.split(each)
        if folder != posixpath.dirname(name) or not says_no_template(base):
            continue
        document = loader.document(each)
        if isinstance(document, Unread) or fits(given_by(document), loader.data[name]):
            found.append(each)
    return sorted(found)


def _says_what_its_source_does(name: str, loader: Loader, tree: Tree, remembered: Remembered) -> bool:
    """Whether a template was compiled from a Bicep file that is judged, and says the same; not where time runs out."""
    data = loader.data[name]
    source = source_beside(name, tree) if b"_generator" in data else ""
    if not source:
        return False

    def alike() -> Iterator[bool]:
        document = loader.document(name)
        compiled = not isinstance(document, Unread) and is_compiled(document.value)
        yield compiled and says_the_same(loader.stated(name), source, tree)

    def compared() -> bool | None:
        [found] = tree.clock.read(name, tree.limits.parse_seconds, alike)
        return found if isinstance(found, bool) else None

    if b"templateLink" in data:  # what it links decides, too
        return bool(compared())
    return remembered.says_the_same(name, loader.digests[name], tree.opened["bicep"], compared)


def _given_in(beside: str, loader: Loader, tree: Tree) -> dict[str, Given] | Unread:
    """Return what a file of parameters gives, which may be one of Bicep's."""
    if beside.endswith(".bicepparam"):
        return given_by_bicep(beside, tree.opened["bicep"])
    found = loader.document(beside)
    return found if isinstance(found, Unread) else given_by(found)


def _deployment(name: str, beside: str, loader: Loader, tree: Tree) -> Iterator[Resource | Unread]:
    """Yield what one template declares, with the parameter file `beside` if there is one."""
    given: dict[str, Any] = {}
    if beside:
        found = _given_in(beside, loader, tree)
        if isinstance(found, Unread):
            yield found
        given = not_read(beside) if isinstance(found, Unread) else found
    yield from loader.deployed(name, given, f"{name} with {beside}" if beside else name)
