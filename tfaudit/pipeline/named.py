"""Files named on the command line: what is read together with them, and what of the answer touches them.

A file is judged as a part of its work tree: a Terraform file with the roots that read it, a template with the stacks
that take it, a manifest with the others. What is reported is what a scan of the whole tree would report of that file:
verdicts on what it declares or calls as a module, and those that rest on something in it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from tfaudit import work_tree
from tfaudit.model.resources import Resource, Unread
from tfaudit.model.verdicts import Verdict
from tfaudit.sources.protocol import Source
from tfaudit.sources.tree.files import InputFile, Tree, discover


def around(
    tree: Tree,
    modules: Iterable[Source],
    excluded: Callable[[str, bool], bool],
    unread: list[Unread],
) -> list[InputFile]:
    """Return the named files of `tree`, and those that a source which claims one of them would read with them.

    Those are looked for in the whole work tree; out of any work tree, in the same folders alone. What the walk
    cannot get at is added to `unread`.
    """
    known = list(modules)
    named = [_file(tree, name) for name in sorted(tree.named)]
    together = {each for file in named if (each := _claimant(file, known)) and hasattr(each, "read_tree")}
    endings = tuple(ending for each in together for ending in getattr(each, "SUFFIXES", ("",)))
    found = list(named)
    for file in _walked(tree, excluded, unread) if together else ():
        candidate = file.name not in tree.named and file.name.lower().endswith(endings)
        if candidate and _claimant(file, known) in together:
            found.append(file)
    return sorted(found, key=lambda file: file.name)


def _file(tree: Tree, name: str) -> InputFile:
    content = tree.converted.get(name)
    size = (tree.root / name).stat().st_size if content is None else len(content)
    return InputFile(tree.root, name, size, only=True, content=content)


def _claimant(file: InputFile, modules: list[Source]) -> Source | None:
    try:
        return next((each for each in modules if each.claims(file)), None)
    except OSError:
        return None  # Whoever reads it says so.


def _walked(tree: Tree, excluded: Callable[[str, bool], bool], unread: list[Unread]) -> Iterator[InputFile]:
    folders = {name.rpartition("/")[0] + "/" for name in tree.named}
    whole = work_tree.top(tree.root) is not None

    def left_out(name: str, folder: bool) -> bool:
        if folder and not whole and not any(each.startswith(f"{name}/") for each in folders):
            return True
        return excluded(name, folder)

    count = 0
    for each in discover(tree.root, tree.root, tree.limits, left_out):
        if isinstance(each, InputFile):
            count += 1
            yield each
        else:
            unread.append(each)
            if count >= tree.limits.files:  # what is beyond the bound might have belonged to the named files
                tree.concerned.add(each.place.origin)


class Named:
    """Tells what of an answer touches the named files of a tree; everything does where none is named."""

    def __init__(self, tree: Tree) -> None:
        """Ask about `tree`, which its sources have been through."""
        self._named = tree.named
        self._whole = tree.whole
        self._concerned = tree.named | tree.concerned

    @property
    def everything(self) -> bool:
        """Whether all of an answer is asked for."""
        return not self._named

    def touches(self, verdict: Verdict) -> bool:
        """Whether a verdict rests on one of the files, or its asset is declared or called there."""
        asset = verdict.asset
        return (
            not self._named
            or asset.place.origin in self._named
            or self.holds(asset.resource)
            or any(place.origin in self._named for place in verdict.places)
        )

    def holds(self, resource: Resource) -> bool:
        """Whether a resource is declared in one of the files or called there, or they give its root values."""
        if not self._named or resource.place.origin in self._named:
            return True
        if resource.plane == "plan":  # its places are those of the code
            return resource.scope in self._named
        if resource.dialect != "terraform" and "azapi" not in resource.context:
            return False
        return resource.scope in self._whole or not self._named.isdisjoint(
            resource.context.get("called_in", "").split("\0")
        )

    def concerns(self, gap: Unread) -> bool:
        """Whether a gap is in one of the files, or bears on what is reported of them."""
        return not self._named or any(place.origin in self._concerned for place in (gap.place, *gap.also))
