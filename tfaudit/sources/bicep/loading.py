"""Opens the Bicep files and templates of the scanned tree, each once, and deploys them."""

from __future__ import annotations

import base64
import json
import os
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import TYPE_CHECKING, Any, TypeAlias, TypeVar

from tfaudit.model.digests import digest, same
from tfaudit.model.resources import Place, Resource, Unread, Unresolved
from tfaudit.sources.arm import emit, ids
from tfaudit.sources.arm.frames import Env, Frame, Given, Source, Variable
from tfaudit.sources.arm.functions.signature import member
from tfaudit.sources.arm.loading import Loader as Templates
from tfaudit.sources.arm.nesting import Template, path_beside
from tfaudit.sources.arm.parameters import from_options, given_by
from tfaudit.sources.arm.parts import Handle, part, settled
from tfaudit.sources.arm.types import followed, settle
from tfaudit.sources.arm.values import TooLarge, as_text, mend
from tfaudit.sources.arm.world import World
from tfaudit.sources.bicep.template import Imported, Parsed, leave_open, parsed
from tfaudit.sources.tree import inside

if TYPE_CHECKING:
    from tfaudit.sources.arm.evaluate import Evaluator
    from tfaudit.sources.arm.syntax import Call
    from tfaudit.sources.tree.files import Tree

T = TypeVar("T")
Emitted: TypeAlias = Callable[[Frame, World], Iterator[T | Unread]]
NOT_READ = "!"
_REGISTRIES = ("br:", "br/", "ts:", "ts/")
_RESTORE = "restore it into the tree and map it under terraform.modules in tfaudit.yaml"


class Constant(Handle):
    """A variable of another file, which is imported."""

    __slots__ = ("evaluator", "frame", "name")

    def __init__(self, evaluator: Evaluator, frame: Frame, name: str) -> None:
        """Stand for the variable `name` of `frame`."""
        self.evaluator = evaluator
        self.frame = frame
        self.name = name

    def get(self, key: Any) -> Any:
        """Return a part of it."""
        return part(self.settled(), settled(key))

    def settled(self) -> Any:
        """Return its value."""
        return self.evaluator.variable(self.frame, self.name)


class Space(Handle):
    """All that another file exports, imported under one name."""

    __slots__ = ("evaluator", "frame")

    def __init__(self, evaluator: Evaluator, frame: Frame) -> None:
        """Stand for what `frame` exports."""
        self.evaluator = evaluator
        self.frame = frame

    def get(self, key: Any) -> Any:
        """Return one of its variables."""
        return self.evaluator.variable(self.frame, as_text(key))

    def function(self, name: str) -> Any:
        """Return one of its functions."""
        return self.frame.functions.get(name.lower())

    def settled(self) -> Any:
        """Return nothing: a file is no value."""
        return None


class Loader:
    """The Bicep files of a tree, by their names."""

    def __init__(self, tree: Tree) -> None:
        """Open files of `tree` only."""
        self.tree = tree
        self._templates = Templates(tree)
        self.data: dict[str, bytes] = {}
        self._parsed: dict[str, Parsed] = {}
        self.digests: dict[str, str] = {}
        self.trace: dict[str, bool] | None = None
        """The files that something is evaluated from, where somebody asks, and whether their content is loaded."""
        self.certain = True
        """Whether these are all, of what has been evaluated since somebody set it."""
        self._listed: dict[str, list[str]] = {}
        self._opened: dict[str, Template | Unresolved] = {}
        self._linking: dict[str, bool] = {}
        self.world: World | None = None
        self.templates: frozenset[str] = frozenset()
        """Those in JSON that Bicep deploys."""

    def file(self, name: str) -> Parsed:
        """Return a file that is known already."""
        found = self._parsed.get(name)
        if found is None:
            found = self._parsed[name] = parsed(self.data[name], name)
        return found

    def add(self, name: str, data: bytes, digest_: str) -> None:
        """Take the text of a file that is known already, with its digest."""
        self.data[name] = data
        self.digests[name] = digest_

    def traced(self, name: str, *, loaded: bool = False) -> None:
        """Note that something is evaluated from a file, where somebody asks for that."""
        if self.trace is not None:
            self.trace[name] = loaded or self.trace.get(name, False)

    def _trace_module(self, name: str) -> None:
        self.traced(name)
        if name.endswith(".json"):
            self.certain = False  # what a template links in turn is opened by others

    def with_imports(self, files: Mapping[str, bool]) -> dict[str, bool]:
        """Return `files` with those that they import, at any depth."""
        found = dict(files)
        todo = list(files)
        while todo:
            name = todo.pop()
            parsed_ = self._parsed.get(name)
            for each in parsed_.template.imports if parsed_ is not None else ():
                path = self._restored(each.path) if each.path.startswith(_REGISTRIES) else ""
                path = path_beside(name, each.path) if path == "" else path
                if path is not None and path not in found:
                    found[path] = False
                    todo.append(path)
        return found

    def digest_of(self, name: str) -> str:
        """Return the digest of a file as it is read; behind `NOT_READ` why it is not, "" for one that has changed."""
        found = self.digests.get(name)
        if found is None:
            found = self.digests[name] = self._state(name)
        return found

    def _state(self, name: str) -> str:
        data = self.data.get(name)
        if data is None:
            try:
                data = inside.read(str(self.tree.root), name, self.tree.limits.file_bytes)
            except OSError as error:
                return f"{NOT_READ}{error.strerror}"
        return digest(data)

    def noted(self, name: str, digest_: str, *, loaded: bool) -> None:
        """Note a file that was evaluated before, and not again: reports name it all the same."""
        if digest_.startswith(NOT_READ):
            return
        if digest_ and name not in self.data:
            self.tree.took(name, digest_)
        if loaded:
            self.tree.read_files[name] = digest_

    def modules(self, name: str) -> set[str]:
        """Return the files of the tree that a file deploys as modules."""
        declared = self.file(name).template.declarations
        paths = {each.module for each in declared if each.module and not each.module.startswith(_REGISTRIES)}
        return {path_beside(name, each) for each in paths}

    def deployed(self, name: str, given: dict[str, Given], scope: str) -> Iterator[Resource | Unread]:
        """Yield what the file `name` declares, and what of it could not be read."""
        yield from self._deployed(name, given, partial(emit.resources, scope=scope), self.tree.looked_into)
        self.tree.empty += self.world.empty if self.world is not None else ()

    def stated(self, name: str) -> Iterator[emit.Stated | Unread]:
        """Yield what the file `name` declares with its defaults, without places."""
        yield from self._deployed(name, {}, emit.stated, None)

    def _deployed(
        self, name: str, given: dict[str, Given], emitted: Emitted[T], looks: Callable[[str], bool] | None
    ) -> Iterator[T | Unread]:
        self.traced(name)
        file = self.file(name)
        yield from file.gaps
        world = self.world = World(self.tree.limits.nodes, self, looks)
        own = file.template
        try:
            self.resolve(own, world)
            frame = self.frame_of(own, ids.Scope(own.kind), given | from_options(own.parameters, self.tree))
            yield from emitted(frame, world)
        except (TooLarge, RecursionError):
            because = f"it unfolds to more than {self.tree.limits.nodes:,} values, or too deep"
            yield Unread(Place(name), because, "exclude it in tfaudit.yaml")

    def parameter_file(self, name: str) -> dict[str, Given] | Unread:
        """Return the values that a file of parameters in JSON gives."""
        self.traced(name)
        if name not in self._templates.data:
            self._templates.add(name, self.data[name])
        found = self._templates.document(name)
        return found if isinstance(found, Unread) else given_by(found)

    def frame_of(self, template: Template, scope: ids.Scope, given: dict[str, Given]) -> Frame:
        """Return a deployment of a file."""
        return template.frame(scope, given)

    # What deployments ask.

    def open(self, path: str, source: Source) -> Template | Unresolved:
        """Return the file at `path`, seen from the one that names it; or why it is not read."""
        if path.startswith(_REGISTRIES):
            mapped = self._restored(path)
            if mapped is None:
                because = f"the module {path[:160]} is in a registry and not in the scanned tree"
                return Unresolved(because, _RESTORE)
            name = mapped
        else:
            name = path_beside(source.name, path)
        self.traced(name)
        found = self._opened.get(name)
        if found is None:
            found = self._opened[name] = self._read(name)
        if name.endswith(".json") and self._may_link(name):
            self.certain = False  # what a template links in turn is opened by others
        if isinstance(found, Template) and found.source.language == "bicep" and self.world is not None:
            self.resolve(found, self.world)
        return found

    def is_elsewhere(self, path: str) -> bool:
        """Whether a path leads into a registry, and to nothing that has been restored into the tree."""
        return path.startswith(_REGISTRIES) and self._restored(path) is None

    def _restored(self, path: str) -> str | None:
        """Return where the configuration says that a module of a registry lies; None where it does not."""
        address = path.rpartition(":")[0] if path.count(":") > 1 else path
        for start, folder in self.tree.modules.items():
            if address.startswith(start):
                rest = address[len(start) :].strip("/")
                base = "/".join(filter(None, (folder.strip("/"), rest)))
                for end in ("main.bicep", "main.json"):
                    if self.is_there(f"{base}/{end}"):
                        return f"{base}/{end}"
        return None

    def is_there(self, name: str) -> bool:
        """Whether there is such a file in the tree."""
        self.traced(name)
        if name in self.data:
            return True
        try:
            return os.path.isfile(inside.real(str(self.tree.root), name))  # noqa: PTH113 - a path as text
        except OSError:
            return False

    def _may_link(self, name: str) -> bool:
        """Whether a template may link others."""
        known = self._linking.get(name)
        if known is None:
            data = self._templates.data.get(name)
            known = self._linking[name] = data is None or b"templatelink" in data.lower()
        return known

    def _read(self, name: str) -> Template | Unresolved:
        if name.endswith(".json"):
            template = self._templates.open(name, _AT_ROOT)
            if name in self._templates.data:
                self.digests[name] = same(self.digests.get(name), digest(self._templates.data[name]))
            return template
        if name not in self.data:
            found = self.bytes_of(name)
            if isinstance(found, Unresolved):
                return found
            self.data[name] = found
        file = self.file(name)
        if file.gaps and not file.template.declarations:
            return Unresolved(f"the module {name[:160]} is not read: {file.gaps[0].because}", "mend it")
        return file.template

    def bytes_of(self, name: str) -> bytes | Unresolved:
        """Return a file of the tree, or why it is not read."""
        try:
            data = inside.read(str(self.tree.root), name, self.tree.limits.file_bytes)
        except OSError as error:
            self.digests[name] = same(self.digests.get(name), f"{NOT_READ}{error.strerror}")
            return Unresolved(f"the file {name[:160]} is not read: {error.strerror}", "put it there")
        own = digest(data)
        self.tree.took(name, own)
        self.digests[name] = same(self.digests.get(name), own)
        return data

    def listed(self, folder: str) -> list[str]:
        """Return the names of the JSON files in a folder of the tree, in order."""
        found = self._listed.get(folder)
        if found is None:
            try:
                names = os.listdir(self.tree.root / folder)  # noqa: PTH208 - names, as `beside` looks at
            except OSError:
                names = []
            found = self._listed[folder] = sorted(each for each in names if each.endswith(".json"))
        return found

    def resolve(self, template: Template, world: World) -> None:
        """Give a file what it imports from others."""
        for each in template.imports:
            if isinstance(each, Imported):
                self._import(template, each, world)
        if template.types:
            settle(template.parameters.values(), template.types)

    def _import(self, template: Template, imported: Imported, world: World) -> None:
        if self.is_elsewhere(imported.path):
            why = Unresolved(f"{imported.path[:160]} is not in the scanned tree", _RESTORE)
            leave_open(template, imported, why)
            return
        name = self._restored(imported.path) or path_beside(template.source.name, imported.path)
        self._trace_module(name)
        found = self._opened.get(name)
        if found is None:
            found = self._opened[name] = self._read(name)
            if isinstance(found, Template):
                self.resolve(found, world)
        if isinstance(found, Unresolved):
            leave_open(template, imported, found)
            return
        frame = found.frame(ids.Scope(), {})
        types = {name: followed(each, found.types) for name, each in found.types.items()}
        for theirs, alias in imported.names:
            if theirs == "*":
                template.imported[alias] = Space(world.evaluator, frame)
                template.types |= {f"{alias.lower()}.{name}": each for name, each in types.items()}
            elif theirs.lower() in types:
                template.types[alias.lower()] = types[theirs.lower()]
            elif theirs.lower() in found.functions:
                template.functions[alias.lower()] = (frame, *_own(found.functions[theirs.lower()]))
            elif theirs.lower() in found.variables:
                constant = Constant(world.evaluator, frame, theirs)
                template.variables[alias.lower()] = Variable(alias, constant, imported.at)

    def inline(self, value: Mapping[str, Any], source: Source, spot: tuple[Any, ...]) -> Template:
        """Return a template of JSON that stands inside of another."""
        return self._templates.inline(value, source, spot)

    def content(self, node: Call, arguments: list[Any], env: Env) -> Any:
        """Return what a function makes of a file of the tree."""
        key = node.name.lower()
        path = arguments[0] if arguments else None
        if not isinstance(path, str):
            return path if isinstance(path, Unresolved) else mend(f"{node.name} names no file")
        if key == "loaddirectoryfileinfo":
            return Unresolved("the files of a folder are not listed", "scan the compiled template")
        name = path_beside(env.frame.source.name, path)
        self.traced(name, loaded=True)
        data = self.bytes_of(name)
        if isinstance(data, Unresolved):
            return data
        self.tree.read_files[name] = digest(data)
        if key == "loadfileasbase64":
            return base64.b64encode(data).decode()
        try:
            text = data.decode("utf-8-sig")
            value = text if key == "loadtextcontent" else self._value(key, text, name)
        except (ValueError, RecursionError):
            return mend(f"{name[:160]} is not what {node.name} reads")
        where = arguments[1] if key != "loadtextcontent" and len(arguments) > 1 else None
        return _at(value, where) if isinstance(where, str) else value

    def _value(self, key: str, text: str, name: str) -> Any:
        if key == "loadjsoncontent":
            return json.loads(text)
        from tfaudit.sources.text.document import Document
        from tfaudit.sources.text.yaml_documents import documents

        found = next(iter(documents(text.encode(), name, self.tree.limits)), None)
        if not isinstance(found, Document):
            return mend(f"{name[:160]} is not YAML")
        return found.value


def _own(function: Any) -> Any:
    """Return the names and the body of a function, whoever it was taken from."""
    return function[-2:]


def _at(value: Any, path: str) -> Any:
    """Return what stands at a plain path of JSON, `$.a.b`."""
    for step in path.removeprefix("$").strip(".").split("."):
        if step:
            name = member(value, step) if isinstance(value, dict) else None
            if name is None:
                return mend(f"there is no {step[:80]} in the file")
            value = value[name]
    return value


_AT_ROOT = Source("", lambda _: Place(""), "bicep")
"""What stands for a file at the root of the tree."""
