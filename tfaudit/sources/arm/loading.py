"""Opens templates of the scanned tree, each once, and deploys them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from tfaudit.model.digests import digest
from tfaudit.model.resources import Place, Resource, Unread, Unresolved
from tfaudit.sources.arm import emit, ids
from tfaudit.sources.arm.frames import Source
from tfaudit.sources.arm.names import cased
from tfaudit.sources.arm.nesting import Template, path_beside
from tfaudit.sources.arm.parameters import from_options
from tfaudit.sources.arm.template import parsed, source_of, template
from tfaudit.sources.arm.values import TooLarge, mend
from tfaudit.sources.arm.world import World
from tfaudit.sources.tree import inside

if TYPE_CHECKING:
    from tfaudit.sources.arm.frames import Env, Given
    from tfaudit.sources.arm.syntax import Call
    from tfaudit.sources.text.document import Document
    from tfaudit.sources.tree.files import Tree

_LINKS = b"elativePath"
_BY_ADDRESS = b"_artifactsLocation"
_MOST_FAULTS = 20
_HOLDS = {each.lower(): each for each in ("resources", "properties", "template", "templateLink")}
_NAMED = re.compile(r"'([^'\s]+\.json)'")


class Loader:
    """The templates of a tree, by their names."""

    def __init__(self, tree: Tree) -> None:
        """Open files of `tree` only."""
        self._tree = tree
        self.data: dict[str, bytes] = {}
        self.digests: dict[str, str] = {}
        self._documents: dict[str, tuple[Document, list[Any]] | Unread] = {}
        self._templates: dict[str, Template | Unresolved] = {}
        self._stands_inside: dict[int, tuple[Any, Template]] = {}

    def add(self, name: str, data: bytes, digest_: str = "") -> None:
        """Take the text of a file that is known already, with its digest where that is."""
        self.data[name] = data
        self.digests[name] = digest_

    def forget(self, name: str) -> None:
        """Keep nothing of a file that no other deploys: who asks for it all the same reads it again."""
        self.data.pop(name, None)
        self._documents.pop(name, None)

    def _parsed(self, name: str) -> tuple[Document, list[Any]] | Unread:
        found = self._documents.get(name)
        if found is None:
            found = self._documents[name] = parsed(self.data[name], name, self._tree.limits)
        return found

    def document(self, name: str) -> Document | Unread:
        """Return a file as a document."""
        found = self._parsed(name)
        return found if isinstance(found, Unread) else found[0]

    def linked(self, name: str) -> set[str]:
        """Return the templates of the tree that the template `name` deploys, by where they lie."""
        data = self.data[name]
        if _LINKS not in data and _BY_ADDRESS not in data:
            return set()
        document = self.document(name)
        if isinstance(document, Unread):
            return set()
        targets = (path_beside(name, path.partition("?")[0]) for path in _links(document.value))
        return {target for target in targets if target in self.data}

    def deployed(self, name: str, given: dict[str, Given], scope: str) -> Iterator[Resource | Unread]:
        """Yield what the template `name` declares, and what of it could not be read."""
        found = self._parsed(name)
        if isinstance(found, Unread):
            yield found
            return
        document, comments = found
        for twice in document.duplicates:
            because = (
                f"{str(twice.key)[:80]} stands twice, first in line {twice.first_line}; only the last counts"
            )
            yield Unread(Place(name, twice.line), because, "rename or remove one")
        if not isinstance(document.value, dict):
            yield Unread(Place(name, 1), "it is no template", "mend it, or exclude it in tfaudit.yaml")
            return
        own = template(document.value, source_of(document, comments))
        for spot, because in own.faults[:_MOST_FAULTS]:
            yield Unread(own.source.place(spot), because, "mend it, or exclude it in tfaudit.yaml")
        world = World(self._tree.limits.nodes, self, self._tree.looked_into)
        frame = own.frame(ids.Scope(own.kind), given | from_options(own.parameters, self._tree))
        try:
            yield from emit.resources(frame, world, scope)
            self._tree.empty += world.empty
        except (TooLarge, RecursionError):
            because = f"it unfolds to more than {self._tree.limits.nodes:,} values, or too deep"
            yield Unread(Place(name), because, "exclude it in tfaudit.yaml")

    def stated(self, name: str) -> Iterator[emit.Stated | Unread]:
        """Yield what the template `name` declares with its defaults, without places: these take longest."""
        found = self._parsed(name)
        nowhere = Place(name)
        if isinstance(found, Unread) or found[0].duplicates or not isinstance(found[0].value, dict):
            yield found if isinstance(found, Unread) else Unread(nowhere, "it has to be read with its places")
            return
        apart = Loader(self._tree)  # what it keeps of this template has no places
        apart.data, apart._documents = self.data, self._documents
        own = template(found[0].value, Source(name, lambda _: nowhere))
        world = World(self._tree.limits.nodes, apart)
        frame = own.frame(ids.Scope(own.kind), from_options(own.parameters, self._tree))
        try:
            yield from emit.stated(frame, world)
        except (TooLarge, RecursionError):
            yield Unread(nowhere, "it unfolds to too many values")

    def open(self, path: str, source: Source) -> Template | Unresolved:
        """Return the template at `path`, seen from the file that names it; or why it is not read."""
        name = path_beside(source.name, path)
        found = self._templates.get(name)
        if found is None:
            found = self._templates[name] = self._opened(name)
        return found

    def _opened(self, name: str) -> Template | Unresolved:
        if name not in self.data:
            try:
                self.data[name] = inside.read(str(self._tree.root), name, self._tree.limits.file_bytes)
            except OSError as error:
                because = f"the template {name[:120]} is not read: {error.strerror}"
                return Unresolved(because, "put it there, or scan it by itself")
            self._tree.took(name, digest(self.data[name]))
        found = self._parsed(name)
        if isinstance(found, Unread):
            return Unresolved(f"the template {name[:120]} is not read: {found.because}", found.settle_with)
        document, comments = found
        for twice in document.duplicates[:1]:
            because = f"{str(twice.key)[:80]} stands twice in it, in line {twice.line} for the second time"
            return Unresolved(f"the template {name[:120]} is not read: {because}", "rename or remove one")
        if not isinstance(document.value, dict):
            return mend(f"{name[:120]} is no template")
        made = template(document.value, source_of(document, comments))
        for _, because in made.faults[:1]:
            return mend(f"the template {name[:120]} is not read: {because}")
        return made

    def content(self, node: Call, _arguments: list[Any], _env: Env) -> Any:
        """Return why a template's function reads no file: only Bicep's do."""
        return mend(f"templates have no function {node.name[:80]}")

    def inline(self, value: Mapping[str, Any], source: Source, spot: tuple[Any, ...]) -> Template:
        """Return a template that stands inside of another."""
        found = self._stands_inside.get(id(value))
        if found is None:
            of_its_own = Source(source.name, source.place, source.language, source.comments)
            found = self._stands_inside[id(value)] = (value, template(value, of_its_own, spot))
        return found[1]


def _links(template: Any) -> Iterator[str]:
    """Yield the paths by which the deployments in a template name others, where these are written out.

    A link that stands elsewhere deploys nothing: what it names is judged by itself.
    """
    todo = [template]
    while todo:
        holder = todo.pop()
        declared = cased(holder, _HOLDS).get("resources") if isinstance(holder, dict) else None
        if isinstance(declared, dict):
            declared = list(declared.values())
        for each in declared if isinstance(declared, list) else ():
            if not isinstance(each, dict):
                continue
            todo.append(each)
            properties = cased(each, _HOLDS).get("properties")
            if isinstance(properties, dict):
                properties = cased(properties, _HOLDS)
                todo.append(properties.get("template"))
                yield from _linked_by(properties.get("templateLink"))


def _linked_by(link: Any) -> Iterator[str]:
    if isinstance(link, dict):
        if isinstance(link.get("relativePath"), str):
            yield link["relativePath"]
        yield from _NAMED.findall(str(link.get("uri", "")))
