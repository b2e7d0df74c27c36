"""CloudFormation templates, YAML or JSON, into one resource for each that a stack of them would hold.

Parameters take the values given, else their defaults; conditions decide which resources there are. A body is
the resource's properties with functions evaluated, and other attributes under `@DeletionPolicy` and the like.
`@Condition` stands where a condition that is not known decides whether the resource exists, `@Transform` in a
mapping of which a macro may set more at deployment.
"""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING, Any

from msgspec.structs import replace

from tfaudit.model.resources import (
    Limits,
    Locator,
    Origin,
    Path,
    Place,
    Resource,
    Suppression,
    Unread,
    Unresolved,
    dotted,
)
from tfaudit.sources.cloudformation.functions import Evaluator
from tfaudit.sources.cloudformation.loops import unfolded
from tfaudit.sources.cloudformation.origins import Given, Origins
from tfaudit.sources.cloudformation.stacks import NESTING, given_by_stacks, may_have_more
from tfaudit.sources.cloudformation.template import globals_of, merge, scope_of, tagged
from tfaudit.sources.cloudformation.values import NO_VALUE, TooLarge
from tfaudit.sources.text import yaml_comments
from tfaudit.sources.text.encoding import NotText, decoded
from tfaudit.sources.text.forms import form_of
from tfaudit.sources.text.secrets import without_secrets
from tfaudit.sources.text.suppressions import suppressions

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from tfaudit.model.resources import Origins as OriginsOf
    from tfaudit.sources.text.document import Document
    from tfaudit.sources.tree.files import InputFile, Tree

RANK = 30
SUFFIXES = (".yaml", ".yml", ".json", ".template", ".cfn", ".cform", ".cft", ".sam")
_ATTRIBUTES = ("DeletionPolicy", "UpdateReplacePolicy", "UpdatePolicy", "CreationPolicy")

_NESTS = re.compile(rb"AWS::CloudFormation::Stack\b|AWS::Serverless::Application\b")


def claims(file: InputFile) -> bool:
    """Whether `file` is a template: by its suffix, and by what it holds."""
    return (file.only or file.suffix in SUFFIXES) and form_of(file) == "cloudformation"


def read_tree(files: list[InputFile], tree: Tree) -> Iterator[Resource | Unread]:
    """Yield the resources of each template, evaluated with what its stacks in the tree and the user give."""
    given = dict(tree.parameters)
    data: dict[str, bytes] = {}
    for file in files:
        try:
            data[file.name] = file.read()
        except OSError as error:
            yield Unread(Place(file.name), f"it cannot be read: {error.strerror}", "give read access to it")

    tree.declared.update(each for each in given if any(each.encode() in text for text in data.values()))

    def read(
        name: str, passed: Mapping[str, Any], stacks: Mapping[str, Resource]
    ) -> Iterator[Resource | Unread]:
        stated = Given({**given, **passed}, tree.stated_in, stacks)
        return read_template(data[name], name, stated, tree.limits)

    parents = [name for name, text in data.items() if _NESTS.search(text)]
    nested = given_by_stacks(parents, frozenset(data), read) if parents else {}
    for name in data:
        reading = partial(read, name, *nested.get(name, ({}, {})))
        yield from tree.clock.read(name, tree.limits.parse_seconds, reading)


def read_template(data: bytes, name: str, given: Given, limits: Limits) -> Iterator[Resource | Unread]:
    """Yield the resources of the template `data` called `name`; what is broken in it is `Unread`."""
    try:
        data = decoded(data)
    except NotText as error:
        yield Unread(Place(name, error.line), error.because, "save it as UTF-8 text")
        return
    comments = [] if _is_json(data) else suppressions(yaml_comments.comments(data), name)
    for document in _documents(data, name, limits):
        if isinstance(document, Unread):
            yield document
            continue
        stated = _told(document.value)
        for twice in document.duplicates:
            if id(twice.within) in stated:
                continue
            because = (
                f"{str(twice.key)[:80]} stands twice, first in line {twice.first_line}; only the last counts"
            )
            yield Unread(Place(name, twice.line), because, "rename or remove one")
        try:
            yield from _Template(document, given, limits, comments).resources()
        except (TooLarge, RecursionError):
            yield Unread(
                Place(name), f"it unfolds to more than {limits.nodes:,} values", "exclude it in tfaudit.yaml"
            )


def _told(template: Any) -> set[int]:
    """Return the ids of the mappings of a template's Metadata, which CloudFormation keeps and does not read."""
    found: set[int] = set()
    stack = [template.get("Metadata")] if isinstance(template, dict) else []
    while stack:
        each = stack.pop()
        if isinstance(each, (dict, list)) and id(each) not in found:
            found.add(id(each))
            stack += each.values() if isinstance(each, dict) else each
    return found


def _documents(data: bytes, name: str, limits: Limits) -> Iterable[Document | Unread]:
    """Return the documents of a template: JSON where it is that, YAML for all else, a flow mapping included."""
    if _is_json(data):
        from tfaudit.sources.text.json_document import document

        found = document(data, name, limits)
        if isinstance(found, Unread) and name.lower().endswith(".json"):
            return [found]
        if not isinstance(found, Unread):
            return [found]
    from tfaudit.sources.text.yaml_documents import documents

    return documents(data, name, limits, tagged)


def _is_json(data: bytes) -> bool:
    return data.lstrip()[:1] == b"{"


class _Template:
    """One template being read."""

    def __init__(
        self,
        document: Document,
        given: Given,
        limits: Limits,
        comments: list[tuple[int, bool, Suppression]],
    ) -> None:
        self.document = document
        self.comments = comments
        self.value: dict[str, Any] = document.value if isinstance(document.value, dict) else {}
        self.evaluator = Evaluator(scope_of(self.value, given.values), limits.nodes)
        self.origins = Origins(self.value, given, self.evaluator, self.place)

    def place(self, path: Path, at: str = "") -> Place:
        """Return where `path` stands in the document."""
        found = self.document.place(path)
        return Place(found.origin, found.line, found.column, found.end_line, at)

    def resources(self) -> Iterator[Resource | Unread]:
        """Yield what the section `Resources` declares."""
        declared = self.value.get("Resources")
        if declared is None and "AWSTemplateFormatVersion" not in self.value:
            return  # The words that claimed the file stand deeper in it: an event, a test's data.
        if not isinstance(declared, dict):
            yield Unread(
                self.place(("Resources",)),
                "the template has no Resources",
                "mend it, or exclude it in tfaudit.yaml",
            )
            return
        for transform in self.evaluator.scope.macros:
            because = f"the macro {transform[:80]} may change the template at deployment"
            yield Unread(self.place(("Transform",)), because, "scan the live account")
        # A first round tells the names that loops make, so that references to them are known in the second.
        found = list(unfolded(self.evaluator, declared, ("Resources",)))
        macros = [*self.evaluator.scope.macros, *self._macros_inside(found)]
        types = {name: str(node.get("Type", "")) for name, node, _ in found if isinstance(node, dict)}
        self.evaluator.scope.resources = types
        made = [self._resource(*each) for each in found]
        stacks = [each for each in made if isinstance(each, Resource) and each.type in NESTING]
        for one in made:
            if isinstance(one, Resource) and (more := may_have_more(one, stacks, macros)):
                one.context = {**one.context, "given_to": more}
            if one is not None:
                yield one

    def _macros_inside(self, found: list[tuple[str, Any, Path]]) -> list[str]:
        """Return the macros that bring resources in, and the loops of which it is not known what they do."""
        return [
            str(node.get("Name", logical_id)) if isinstance(node, dict) else logical_id
            for logical_id, node, _ in found
            if logical_id == "Fn::Transform" or isinstance(node, Unresolved)
        ]

    def _resource(self, logical_id: str, node: Any, written: Path) -> Resource | Unread | None:
        if isinstance(node, Unresolved):
            return Unread(self.place(written), node.because, node.settle_with)
        if logical_id == "Fn::Transform":
            return Unread(
                self.place(written), "a macro brings resources in at deployment", "scan the live account"
            )
        if not isinstance(node, dict) or not isinstance(node.get("Type"), str):
            return Unread(self.place(written), f"the resource {logical_id[:80]} has no Type", "mend it")
        exists = self._exists(node)
        if exists is False:
            return None
        body, moved = self._body(node, written)
        if isinstance(exists, Unresolved):
            body["@Condition"] = exists
        type_ = node["Type"]
        shared = self.evaluator.value(dict(globals_of(self.value, type_)))
        if isinstance(shared, dict):
            merge(body, shared)
        resource = Resource(
            type=type_,
            address=logical_id,
            body=without_secrets(body),
            place=self.place(written),
            plane="code",
            dialect="cloudformation",
            scope=self.document.origin,
            locate=self._locator(written, moved),
            origins=self._origins(written, moved),
        )
        resource.suppressions = self._suppressions(resource, node, written)
        return resource

    def _exists(self, node: Mapping[str, Any]) -> bool | Unresolved:
        name = node.get("Condition")
        return True if name is None else self.evaluator.condition(str(name))

    def _body(self, node: Mapping[str, Any], written: Path) -> tuple[dict[str, Any], dict[Path, Path]]:
        """Return the body, and where paths in it are written that do not simply follow `Properties`."""
        moved: dict[Path, Path] = {}
        self.evaluator.moved = moved
        properties = self.evaluator.value(node.get("Properties", {}), (), (*written, "Properties"))
        body = (
            properties
            if isinstance(properties, dict)
            else {}
            if properties is NO_VALUE
            else {"@Properties": properties, "@Transform": properties}
        )
        if "Fn::Transform" in node:
            body["@Transform"] = self.evaluator.transform(node["Fn::Transform"])
        for attribute in _ATTRIBUTES:
            if attribute in node:
                at = (f"@{attribute}",)
                moved[at] = (*written, attribute)
                value = self.evaluator.value(node[attribute], at, moved[at])
                if value is not NO_VALUE:
                    body[at[0]] = value
        return body, moved

    def _written(self, written: Path, moved: Mapping[Path, Path], path: Path) -> Path:
        """Return where the value at `path` of a body is written in the document."""
        for length in range(len(path), 0, -1):
            start = moved.get(path[:length])
            if start is not None:
                return start + path[length:]
        return moved.get((), (*written, "Properties")) + path

    def _locator(self, written: Path, moved: Mapping[Path, Path]) -> Locator:
        def locate(path: Path) -> Place:
            if not path:
                return self.place(written)
            return self.place(self._written(written, moved, path), dotted(path))

        return locate

    def _origins(self, written: Path, moved: Mapping[Path, Path]) -> OriginsOf:
        def origins(path: Path, read: Any) -> tuple[Origin, ...]:
            return self.origins.of(self._written(written, moved, path), path, read) if path else ()

        return origins

    def _suppressions(
        self, resource: Resource, node: Mapping[str, Any], written: Path
    ) -> tuple[Suppression, ...]:
        skips: Any = node
        for name in ("Metadata", "checkov", "skip"):
            skips = skips.get(name, {}) if isinstance(skips, dict) else {}
        found = [
            Suppression("checkov", (skip["id"],), str(skip.get("comment", "")), "", self.place(place))
            for index, skip in enumerate(skips if isinstance(skips, list) else [])
            if isinstance(skip, dict) and isinstance(skip.get("id"), str)
            for place in [(*written, "Metadata", "checkov", "skip", index)]
        ]
        first, last = resource.place.line, resource.place.end_line
        for line, alone, suppression in self.comments:
            if first <= line <= last or (alone and line == first - 1):
                found.append(replace(suppression, path=_covered(resource, line + alone, suppression.tool)))
        return tuple(found)


def _covered(resource: Resource, line: int, tool: str) -> Path:
    """Return the path of the property in `line`, or (): what checkov's comments always mean."""
    if tool == "checkov" or line == resource.place.line:
        return ()
    return resource.path_in(line)
