"""Bicep files, with their parameter files and modules, into one resource for each that Azure would hold.

Each file is a deployment of its own, unless another of the tree deploys it as a module; one for each file of
parameters that is for it (`using './main.bicep'`, or `main.parameters.json` beside it). No Bicep compiler is needed:
the language is evaluated here, by the functions that templates have. Modules of a registry are read where they have
been restored into the tree. Resources are those that `tfaudit.sources.arm` makes.
"""

from __future__ import annotations

from functools import partial
from itertools import chain
from typing import TYPE_CHECKING

from tfaudit.model.resources import Place, Unread
from tfaudit.sources.arm.parameters import files_for, not_read, only_ones
from tfaudit.sources.bicep.given import given_by, unread
from tfaudit.sources.bicep.halves import begun
from tfaudit.sources.bicep.kept import Kept
from tfaudit.sources.bicep.loading import Loader
from tfaudit.sources.bicep.parameters import beside, beside_the_only_one, files_using
from tfaudit.sources.tree.starts import starts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tfaudit.model.resources import Resource
    from tfaudit.sources.arm.frames import Given
    from tfaudit.sources.bicep.halves import Halves, Job, Read
    from tfaudit.sources.tree.files import InputFile, Tree

RANK = 29
SUFFIXES = (".bicep", ".bicepparam")


def claims(file: InputFile) -> bool:
    """Whether `file` is Bicep: by its suffix."""
    return file.suffix in SUFFIXES


def read_tree(files: list[InputFile], tree: Tree) -> Iterator[Resource | Unread]:
    """Return the resources of each file that no other deploys, evaluated with the parameters that it is given.

    A copy of this process that reads a half of them has begun when this returns.
    """
    loader = Loader(tree)
    gaps = list(_added(files, loader))
    tree.opened["bicep"] = loader
    kept = Kept(tree, loader)

    def read(job: Job) -> Iterator[Resource | Unread]:
        scope = _scope(job)
        reading = partial(kept.read, *job, scope, partial(_deployment, *job, scope, loader))
        return tree.clock.read(job[0], tree.limits.parse_seconds, reading)

    return chain(gaps, _read(loader, kept, tree, begun(kept, loader, tree, read), read))


def _added(files: list[InputFile], loader: Loader) -> Iterator[Unread]:
    """Give `loader` the text of each file, and yield those that cannot be read."""
    for file in files:
        try:
            loader.add(file.name, file.read(), file.digest or "")
        except OSError as error:
            yield Unread(Place(file.name), f"it cannot be read: {error.strerror}", "give read access to it")


def _read(
    loader: Loader, kept: Kept, tree: Tree, halves: Halves | None, read: Read
) -> Iterator[Resource | Unread]:
    names = [each for each in loader.data if each.lower().endswith(".bicep")]
    stated = [each for each in loader.data if each.endswith(".bicepparam")]
    tree.declared.update(
        name for name, _ in tree.parameters if any(name.encode() in loader.data[each] for each in names)
    )
    using = files_using(stated, loader)
    modules = halves.modules if halves is not None else kept.modules
    first = frozenset(starts(names, modules))
    alone_there = only_ones(first)
    loader.templates = frozenset(each for name in names for each in modules(name) if each.endswith(".json"))
    jobs: list[Job] = []
    for name in names:
        if name in first or name in using:
            given = [*using.get(name, ()), *files_for(name, beside(name, loader))]
            if not given and name in alone_there:
                given = beside_the_only_one(name, loader)
            jobs += [(name, each) for each in given or [""]]
    yield from halves.read(jobs, _scope, read) if halves is not None else chain.from_iterable(map(read, jobs))
    tree.at_last.append(kept.write)
    for name in stated:
        yield from loader.file(name).gaps
        if (gap := unread(name, loader)) is not None:
            yield gap


def _scope(job: Job) -> str:
    name, given_in = job
    return f"{name} with {given_in}" if given_in else name


def _deployment(name: str, given_in: str, scope: str, loader: Loader) -> Iterator[Resource | Unread]:
    """Yield what one file declares, with the parameters that `given_in` gives, if there is such a file."""
    given: dict[str, Given] | Unread = {}
    if given_in:
        given = (
            given_by(given_in, loader)
            if given_in.endswith(".bicepparam")
            else loader.parameter_file(given_in)
        )
    if isinstance(given, Unread):
        yield given
        given = not_read(given_in)
    yield from loader.deployed(name, given, scope)
