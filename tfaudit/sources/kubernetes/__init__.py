"""Kubernetes manifests, YAML or JSON, as resources: one for each object, in file order.

All manifests of one scan share the scope ".", so that a NetworkPolicy in one file reaches workloads in another, but for
folders that are variants of one another.
What must be rendered first is reported once per Helm chart or kustomization.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import partial
from typing import Any

from tfaudit.model.resources import Limits, Place, Resource, Unread, Unresolved
from tfaudit.sources.kubernetes.comments import Comments
from tfaudit.sources.kubernetes.objects import Seen, denied, is_object, objects, resource, type_of
from tfaudit.sources.kubernetes.shapes import misshapen, unknown_kind, unlisted
from tfaudit.sources.kubernetes.templates import Templates, chart_of, is_kustomization, states_dependencies
from tfaudit.sources.kubernetes.variants import tell_apart
from tfaudit.sources.kubernetes.workers import by_workers, workers_for
from tfaudit.sources.text.document import Document
from tfaudit.sources.text.encoding import NotText, decoded
from tfaudit.sources.text.forms import form_of
from tfaudit.sources.text.json_document import document
from tfaudit.sources.text.yaml_documents import documents
from tfaudit.sources.tree.files import InputFile, Tree

RANK = 60
SUFFIXES = (".yaml", ".yml", ".json", "kustomization")
_UNFILLED = re.compile(r"\$\{[A-Za-z_][^{}]{0,200}\}|\{\{[^{}]{0,200}\}\}")
# Inside of these a `${X}` is the program's own, for a shell or for Kubernetes itself to read.
_LEFT_ALONE = frozenset(
    {"args", "command", "data", "stringData", "binaryData", "annotations", "value", "env"}
)
# Configuration of client programs, which has the form of objects and never goes to a cluster.
_CLIENT = re.compile(
    r"kustomize\.config\.k8s\.io/|kind\.x-k8s\.io/|skaffold/|v1/Config$|backstage\.io/|ctlptl\.dev/"
)


def claims(file: InputFile) -> bool:
    """Whether `file` holds API objects or the templates of them, judged by its name and what it holds."""
    if not (file.only or file.suffix in SUFFIXES or is_kustomization(file)):
        return False
    form = form_of(file)
    if form:
        return form == "kubernetes"
    if is_kustomization(file) or states_dependencies(file):
        return True
    return b"{{" in file.head() and chart_of(file) is not None


def read_tree(files: list[InputFile], tree: Tree) -> Iterator[Resource | Unread]:
    """Yield the objects of all files; what cannot be read, and what must be rendered first, as `Unread`."""
    found: list[Resource] = []
    for each in _read_files(files, tree):
        if isinstance(each, Resource):
            found.append(each)
        else:
            yield each
    tell_apart(found)
    yield from found


def _read_files(files: list[InputFile], tree: Tree) -> Iterator[Resource | Unread]:
    templates = Templates(files, tree.limits)
    unread: list[Unread] = []
    texts = _texts(files, templates, unread)
    workers = workers_for(sum(file.size for file in files), tree.jobs)
    if workers > 1:
        yield from by_workers(texts, tree, workers, read_manifest)
    else:
        for name, data in texts:
            reading = partial(read_manifest, data, name, tree.limits)
            yield from tree.clock.read(name, tree.limits.parse_seconds, reading)
    yield from unread
    yield from templates.unread()


def _texts(files: list[InputFile], templates: Templates, unread: list[Unread]) -> Iterator[tuple[str, bytes]]:
    """Yield name and text of each file that is read as it is; one that cannot be read goes to `unread`."""
    for file in files:
        try:
            data = file.read()
        except OSError as error:
            because = f"it cannot be read: {error.strerror}"
            unread.append(Unread(Place(file.name), because, "give read access to it"))
            continue
        if not templates.holds(file, data):
            yield file.name, data


def read_manifest(data: bytes, origin: str, limits: Limits) -> Iterator[Resource | Unread]:
    """Yield the objects in the text of one manifest."""
    found: list[Document] = []
    seen = Seen()
    try:
        data = decoded(data)
    except NotText as error:
        yield Unread(Place(origin, error.line), error.because, "save it as UTF-8 text")
        return
    for each in _documents(data, origin, limits):
        if isinstance(each, Unread):
            yield _template(each) if b"{{" in data else each
        else:
            found.append(each)
    comments = Comments(data, origin, found)
    fills = b"${" in data or b"{{" in data
    for number, each in enumerate(found):
        because = unknown_kind(each.value)
        if because:
            yield Unread(each.place(), because, "mend it")
        elif is_object(each.value) and not _CLIENT.match(f"{each.value['apiVersion']}/{each.value['kind']}"):
            _without_doubt(each, fills)
            yield from _objects(each, number, comments, seen)


def _without_doubt(found: Document, fills: bool) -> None:
    """Put `Unresolved`, in place, where a key stands twice and where a value waits to be filled in."""
    for duplicate in found.duplicates:
        because = f"{duplicate.key} stands twice, on lines {duplicate.first_line} and {duplicate.line}"
        duplicate.within[duplicate.key] = Unresolved(because, "take one of them out")
    if fills:
        found.value = _marked(found.value)


def _objects(found: Document, number: int, comments: Comments, seen: Seen) -> Iterator[Resource | Unread]:
    """Yield the objects of one document, and what in them no cluster takes."""
    if not is_object(found.value):
        yield Unread(found.place(), "the kind of the object is not known", "scan the filled-in manifest")
        return
    for path, because in unlisted(found.value):
        yield Unread(found.place(path), because, "mend it")
    for value, path in objects(found.value):
        for inner, because in misshapen(type_of(value["apiVersion"], value["kind"]), value):
            yield Unread(found.place((*path, *inner)), f"{because}, so no cluster takes it", "mend it")
        made = resource(value, found.place(path), found.locator(path), seen)
        made.suppressions += comments.of(number, path)
        yield made


def resource_of(value: dict[str, Any], origin: str) -> Resource:
    """Return one object as a cluster's API gave it; `{"@denied": why}` stands for a list that was refused."""
    seen = Seen("live", "cluster")
    if "@denied" in value:
        return denied(type_of(value["apiVersion"], value["kind"]), value["@denied"], "grant the list", seen)
    return resource(value, Place(origin), None, seen)


def _documents(data: bytes, origin: str, limits: Limits) -> Iterable[Document | Unread]:
    if origin.lower().endswith(".json") or data.lstrip()[:1] == b"{":
        found = document(data, origin, limits)
        # A file of several JSON documents, or a flow mapping of YAML, is read as YAML.
        if isinstance(found, Document) or origin.lower().endswith(".json"):
            return [found]
    return documents(data, origin, limits)


def _template(gap: Unread) -> Unread:
    return Unread(
        gap.place, f"it looks like a template: {gap.because}", "render it first and scan the output"
    )


def _marked(value: Any) -> Any:
    """Put `Unresolved` where a value waits to be filled in, in place; return `value`, or what stands for it."""
    if isinstance(value, dict):
        for key, inner in value.items():
            if key not in _LEFT_ALONE or (isinstance(inner, str) and key != "value"):
                value[key] = _marked(inner)
    elif isinstance(value, list):
        value[:] = [_marked(each) for each in value]
    elif isinstance(value, str) and ("${" in value or "{{" in value) and _UNFILLED.search(value):
        return Unresolved(
            f"it is filled in when applied: {value[:60]}", "scan the filled-in manifest", value[:200]
        )
    return value
