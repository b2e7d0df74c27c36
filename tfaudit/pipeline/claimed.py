"""Files, each read by the first source that claims it: resources, and what could not be read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial
from itertools import chain

from tfaudit.model.resources import Place, Resource, Unread
from tfaudit.sources.protocol import FileSource, Source
from tfaudit.sources.tree import unclaimed
from tfaudit.sources.tree.files import InputFile, Tree


def read(
    files: list[InputFile], tree: Tree, modules: list[Source], unread: list[Unread]
) -> Iterator[Resource | Unread]:
    """Return the resources of all files, each read by the first source that claims it, in the sources' order.

    A source that reads by processes of its own has begun to when this returns.
    """
    claimed = _claimed(files, tree, modules, unread)
    return chain.from_iterable([_by(module, claimed[module.__name__], tree) for module in modules])


def _claimed(
    files: list[InputFile], tree: Tree, modules: list[Source], unread: list[Unread]
) -> dict[str, list[InputFile]]:
    """Return each source's files; what is too large or cannot be opened goes to `unread`."""
    claimed: dict[str, list[InputFile]] = {module.__name__: [] for module in modules}
    for file in files:
        try:
            module = next((each for each in modules if each.claims(file)), None)
        except OSError as error:
            unread.append(_unreadable(file, error))
            continue
        if module is None:
            unread.extend(_not_claimed(file))
        elif file.size > tree.limits.file_bytes:
            size = f"{file.size / 1e6:.0f} MB, over the limit of {tree.limits.file_bytes / 1e6:.0f} MB"
            unread.append(
                Unread(Place(file.name), f"it is {size}", "split it, or exclude it in tfaudit.yaml")
            )
        else:
            claimed[module.__name__].append(file)
    return claimed


def _not_claimed(file: InputFile) -> Iterator[Unread]:
    try:
        found = unclaimed.gap(file)
    except OSError as error:
        found = _unreadable(file, error) if file.only else None
    if found is not None:
        yield found


def _by(module: Source, files: list[InputFile], tree: Tree) -> Iterator[Resource | Unread]:
    if not files:
        return iter(())
    if hasattr(module, "read_tree"):
        return module.read_tree(files, tree)
    return _one_by_one(module, files, tree)


def _one_by_one(module: FileSource, files: list[InputFile], tree: Tree) -> Iterator[Resource | Unread]:
    for file in files:
        try:
            yield from tree.clock.read(
                file.name, tree.limits.parse_seconds, partial(module.read, file, tree.limits)
            )
        except OSError as error:
            yield _unreadable(file, error)


def _unreadable(file: InputFile, error: OSError) -> Unread:
    return Unread(Place(file.name), f"it cannot be read: {error.strerror}", "give read access to it")


def kept(found: Iterable[Resource | Unread], unread: list[Unread]) -> Iterator[Resource]:
    """Yield the resources of `found`; what could not be read is added to `unread`."""
    for each in found:
        if isinstance(each, Resource):
            yield each
        else:
            unread.append(each)
