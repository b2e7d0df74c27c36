"""ARM templates in JSON: what is declared in them.

learn.microsoft.com/azure/azure-resource-manager/templates/syntax
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from tfaudit.model.resources import Limits, Place, Unread
from tfaudit.sources.arm.expressions import is_expression
from tfaudit.sources.arm.frames import Copy, Declaration, Parameter, Source, Variable
from tfaudit.sources.arm.names import cased
from tfaudit.sources.arm.nesting import Faults, Template
from tfaudit.sources.arm.syntax import Access, Literal
from tfaudit.sources.arm.types import settle
from tfaudit.sources.arm.types import written as written_type
from tfaudit.sources.text.document import Document
from tfaudit.sources.text.encoding import NotText, decoded
from tfaudit.sources.text.json_comments import without_comments
from tfaudit.sources.text.json_document import document
from tfaudit.sources.text.suppressions import marked, suppressions

_KINDS = (
    ("subscriptiondeploymenttemplate", "subscription"),
    ("managementgroupdeploymenttemplate", "management_group"),
    ("tenantdeploymenttemplate", "tenant"),
)
_SECTIONS = {
    each.lower(): each
    for each in (
        "$schema",
        "apiProfile",
        "definitions",
        "parameters",
        "variables",
        "functions",
        "outputs",
        "resources",
    )
}
_OF_RESOURCE = {
    each.lower(): each
    for each in (
        "type",
        "apiVersion",
        "name",
        "properties",
        "copy",
        "condition",
        "scope",
        "existing",
        "resources",
        "subscriptionId",
        "resourceGroup",
        "metadata",
    )
}
_MAPPINGS = ("parameters", "variables", "outputs")


def parsed(data: bytes, name: str, limits: Limits) -> tuple[Document, list[Any]] | Unread:
    """Return a JSON document, which may have comments and texts over several lines, and what the comments ask for."""
    found = document(data, name, limits)
    if isinstance(found, Document):
        return found, []
    try:
        text = decoded(data).decode()
    except NotText:
        return found
    written, stated = without_comments(text)
    again = document(written.encode(), name, limits)
    if isinstance(again, Unread):
        return again
    return again, suppressions(stated, name) if marked(data) else []


def source_of(found: Document, comments: list[Any]) -> Source:
    """Return a document as a file that declares."""

    def place(spot: Any) -> Place:
        where = found.place(spot)
        return Place(where.origin, where.line, where.column, where.end_line)

    return Source(found.origin, place, "arm", comments)


def template(value: Mapping[str, Any], source: Source, base: tuple[Any, ...] = ()) -> Template:
    """Return what the template `value` declares, which stands at `base` of its document."""
    written = {name.lower(): name for name in value}
    value = cased(value, _SECTIONS)
    schema = str(value.get("$schema", "")).lower()
    made = Template(source, next((kind for word, kind in _KINDS if word in schema), "group"))
    made.faults = [
        ((*base, written[name]), f"{name} is {_named(value[name])} where a mapping belongs")
        for name in _MAPPINGS
        if value.get(name) is not None and not isinstance(value[name], dict)
    ]
    made.profile = str(value.get("apiProfile") or "")
    for name, each in _section(value, "parameters"):
        made.parameters[name.lower()] = _parameter(name, each, (*base, "parameters", name))
    own = {
        name.lower(): written_type(each)
        for name, each in _section(value, "definitions")
        if isinstance(each, dict)
    }
    settle(made.parameters.values(), own)
    for name, each in _section(value, "variables"):
        if name == "copy" and isinstance(each, list):
            for at, loop in enumerate(each):
                if isinstance(loop, dict) and isinstance(loop.get("name"), str):
                    node = {"copy": [loop]}
                    spot = (*base, "variables", "copy", at)
                    made.variables[loop["name"].lower()] = Variable(
                        loop["name"], _member_of(node, loop["name"]), spot
                    )
            continue
        made.variables[name.lower()] = Variable(name, each, (*base, "variables", name))
    made.outputs = dict(_outputs(value))
    made.functions = dict(_functions(value.get("functions")))
    if "resources" not in value:
        made.faults.append((base, "it is a template by its schema, and has no resources"))
    spot = (*base, written.get("resources", "resources"))
    for declaration in _declarations(value.get("resources"), spot, None, made.faults):
        made.declarations.append(declaration)
        if declaration.symbol:
            made.symbols[declaration.symbol] = declaration
    return made


def _outputs(value: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    for name, each in _section(value, "outputs"):
        if isinstance(each, dict) and "value" in each:
            yield name, each["value"]
        elif isinstance(each, dict) and isinstance(each.get("copy"), dict):
            yield name, _member_of({"copy": [{**each["copy"], "name": "value"}]}, "value")


def _member_of(node: dict[str, Any], name: str) -> Any:
    """Return a node for one member of an object of JSON."""
    return Access(node, Literal(name))


def _section(value: Mapping[str, Any], name: str) -> Iterable[tuple[str, Any]]:
    section = value.get(name)
    return section.items() if isinstance(section, dict) else ()


def _parameter(name: str, declared: Any, spot: Any) -> Parameter:
    declared = declared if isinstance(declared, dict) else {}
    stated = written_type(declared)
    return Parameter(
        name,
        stated.word,
        declared.get("defaultValue"),
        "defaultValue" in declared,
        stated.secure,
        stated.nullable,
        spot,
    )


def _functions(written: Any) -> Iterator[tuple[str, Any]]:
    for space in written if isinstance(written, list) else ():
        members = space.get("members") if isinstance(space, dict) else None
        for name, each in members.items() if isinstance(members, dict) else ():
            if not isinstance(each, dict) or not isinstance(each.get("output"), dict):
                continue
            parameters = each.get("parameters")
            names = [
                str(one.get("name"))
                for one in (parameters if isinstance(parameters, list) else ())
                if isinstance(one, dict)
            ]
            yield f"{space.get('namespace', '')}.{name}".lower(), (names, each["output"].get("value"))


def _declarations(
    written: Any, spot: tuple[Any, ...], within: Declaration | None, faults: Faults
) -> Iterator[Declaration]:
    named = isinstance(written, dict)
    if not named and not isinstance(written, list):
        if written is not None:
            faults.append((spot, f"resources is {_named(written)} where a list belongs"))
        return
    for key, each in written.items() if named else enumerate(written):
        node = cased(each, _OF_RESOURCE) if isinstance(each, dict) else {}
        type_ = node.get("type")
        if isinstance(type_, str) and not is_expression(type_):
            yield _declaration(node, (*spot, key), str(key) if named else "", within, faults)
        else:
            because = f"is {_named(each)} where a mapping belongs"
            if isinstance(each, dict):
                because = (
                    f"has the type {type_[:80]}, an expression" if isinstance(type_, str) else "has no type"
                )
            faults.append(((*spot, key), f"a resource {because}"))


def _named(value: Any) -> str:
    if isinstance(value, (dict, list)):
        return "a mapping" if isinstance(value, dict) else "a list"
    return "text" if isinstance(value, str) else "nothing" if value is None else "a plain value"


def _declaration(
    node: Mapping[str, Any], spot: tuple[Any, ...], symbol: str, within: Declaration | None, faults: Faults
) -> Declaration:
    type_, _, version = node["type"].partition(
        "@"
    )  # of an extension's type, the version is a part: apps/Deployment@v1
    if within is not None and "." not in type_.partition("/")[0]:
        type_ = f"{within.type}/{type_}"
    loop = node.get("copy")
    made = Declaration(
        type_,
        str(node.get("apiVersion", version)),
        node.get("name"),
        node,
        spot,
        symbol,
        node.get("existing") is True,
        node.get("condition"),
        Copy(str(loop.get("name", "")), loop.get("count")) if isinstance(loop, dict) else None,
        node.get("scope"),
        None,
        within,
    )
    made.children = list(_declarations(node.get("resources"), (*spot, "resources"), made, faults))
    return made
