"""`python -m benchmarks.arm_defaults TYPES SCHEMAS`: our defaults beside what Azure publishes of each property.

TYPES is the folder `generated` of a checkout of Azure/bicep-types-az, SCHEMAS the folder `schemas` of one of
Azure/azure-resource-manager-schemas: both are made from the specifications of the REST interface. For each property
that a service reads and whose description states a default, or whose schema has one, and which an example of ours or a
bare resource of its type leaves out, that default is written down: what the services make of the resource must stay as
it was. What changes is printed, with the source that we name. Of each type the newest stable API version is taken.
"""

from __future__ import annotations

import argparse
import json
import re
from collections import defaultdict
from collections.abc import Iterator
from copy import deepcopy
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from benchmarks.azurerm_defaults import EXAMPLES, MOST, Body
from benchmarks.beside import Beside, Told, shown, told
from tests.guards.mutants import all_examples
from tfaudit.data import folder
from tfaudit.model.resources import Place, Resource, Unresolved
from tfaudit.policies.load import PolicySet, read_folder
from tfaudit.services.registry import Registry
from tfaudit.sources.arm.names import canonical

_DEEPEST = 7
_STABLE = re.compile(r"\d{4}-\d{2}-\d{2}$")
_SAID = re.compile(
    r"\b(?:defaults?\s+(?:value\s+|interpretation\s+|setting\s+)?(?:is|to|are|of)\s*(?:set\s+to\s*)?"
    r"|default(?:\s+value)?\s*[:=]\s*)[`'\"]?(?P<value>TLS\s?[\d.]+|[\w.\-/]+)",
    re.IGNORECASE,
)
_AFTER = re.compile(
    r"\b(?:it is|is|are)\s+['\"`]?(?P<value>true|false|enabled|disabled|on|off)['\"`]?\s+by default|"
    r"\bby default[, ]+(?:it|this|the \w+)?\s*(?:is|are)?\s*(?:set to\s+)?"
    r"['\"`]?(?P<other>true|false|enabled|disabled)\b",
    re.IGNORECASE,
)
_MARKED = re.compile(r"['\"`]?(?P<value>\w+)['\"`]?\s*\(default\)", re.IGNORECASE)
_NO_VALUE = frozenset(
    {"null", "none.", "the", "a", "an", "to", "that", "set", "not", "used", "is", "empty", "only", "no"}
)
_SWITCHES = {"enabled": "true", "disabled": "false", "on": "true", "off": "false"}

_NOT_KNOWN = Unresolved("it is not known here")


class Property(Struct, frozen=True):
    """A property of a type that has a default: its path, the default as published, and where it is published."""

    path: tuple[str, ...]
    value: Any
    says: str


Published = dict[str, tuple[str, list[Property]]]
"""Types, in small letters, to the API version that was read and what it publishes."""


def stated(description: str) -> str | None:
    """Return the default that a description states, None for none."""
    found = _SAID.search(description) or _MARKED.search(description) or _AFTER.search(description)
    text = (found["value"] or found.groupdict().get("other") or "").rstrip(".") if found else ""
    return text if text and text.lower() not in _NO_VALUE else None


class Types:
    """The types of one file of definitions, each an entry of a list that others point at."""

    def __init__(self, file: Path) -> None:
        """Read `file`, a `types.json`."""
        self._entries: list[dict[str, Any]] = json.loads(file.read_text("utf-8"))
        self.names = {
            each["name"].partition("@")[0].lower(): each["body"]
            for each in self._entries
            if each["$type"] == "ResourceType"
        }

    def properties(self, type_: str) -> Iterator[Property]:
        """Yield what the description of each property of a type states as its default."""
        yield from self._below(self.names[type_], (), 0)

    def _at(self, reference: dict[str, str]) -> dict[str, Any]:
        return self._entries[int(reference["$ref"].rpartition("/")[2])]

    def _below(self, reference: dict[str, str], path: tuple[str, ...], depth: int) -> Iterator[Property]:
        entry = self._at(reference)
        members = {**entry.get("properties", {}), **entry.get("baseProperties", {})}
        for name, each in members.items():
            says = each.get("description", "")
            here = (*path, canonical(name))
            if (text := stated(says)) is not None and not each.get("flags", 0) & 2:
                value = self._value(each["type"], text)
                if value is not None:
                    yield Property(here, value, says)
            if depth < _DEEPEST:
                yield from self._below(each["type"], here, depth + 1)
        for each in entry.get("elements", {}).values() if isinstance(entry.get("elements"), dict) else ():
            yield from self._below(each, path, depth + 1)

    def _value(self, reference: dict[str, str], text: str) -> Any:
        """Return a default as its type has it; None for a word of the sentence that is no such value."""
        entry = self._at(reference)
        kind = entry["$type"]
        if kind == "BooleanType":
            return {"true": True, "false": False}.get(_SWITCHES.get(text.lower(), text.lower()))
        if kind == "IntegerType":
            return int(text) if text.isdigit() else None
        if kind == "UnionType":
            values = [self._at(each).get("value") for each in entry["elements"]]
            return next((one for one in values if one and _same(one, text)), None)
        return None


def _same(value: str, text: str) -> bool:
    """Whether a sentence's `TLS 1.0` is the value `TLS1_0`."""
    return value.lower().replace("_", ".") == text.lower().replace(" ", "").replace("_", ".")


def schema_defaults(file: Path, type_: str) -> Iterator[Property]:
    """Yield the defaults that the schema of a type has as such; none where the file has no such type."""
    whole = json.loads(file.read_text("utf-8"))
    wanted = type_.partition("/")[2].replace("/", "_")
    for key, each in whole.get("resourceDefinitions", {}).items():
        if key.lower() == wanted:
            yield from _in_schema(whole, each, (), 0)


def _in_schema(whole: Any, value: Any, path: tuple[str, ...], depth: int) -> Iterator[Property]:
    for choice in (value, *value.get("oneOf", ()), *value.get("allOf", ())):
        pointed = str(choice.get("$ref", ""))
        if pointed.startswith("#/definitions/"):
            name = pointed.rpartition("/")[2]
            yield from _in_schema(whole, whole["definitions"].get(name, {}), path, depth + 1)
        if path and isinstance(choice.get("default"), (bool, int, str)):
            yield Property(path, choice["default"], f"default {choice['default']!r} in its schema")
        if depth < 2 * _DEEPEST:
            for name, each in choice.get("properties", {}).items():
                yield from _in_schema(whole, each, (*path, canonical(name)), depth + 1)


def published(types: Path, schemas: Path, wanted: set[str]) -> Published:
    """Return what is published of the `wanted` types, each by its newest stable API version."""
    found: Published = {}
    for space in sorted({each.partition("/")[0] for each in wanted}):
        rest = {each for each in wanted if each.startswith(f"{space}/")}
        files = sorted(types.glob(f"*/{space}/*/types.json"), key=_newest, reverse=True)
        for file in files:
            if not rest:
                break
            text = file.read_text("utf-8").lower()
            if not any(f'"{each}@' in text for each in rest):
                continue
            read, version = Types(file), file.parent.name
            for each in rest & read.names.keys():
                of_schema = [
                    one for one in schemas.glob(f"{version}/*.json") if one.name.lower().startswith(space)
                ]
                more = [one for path in of_schema for one in schema_defaults(path, each)]
                found[each] = version, [*read.properties(each), *more]
            rest -= read.names.keys()
    return found


def changed(types: Path, schemas: Path, wanted: set[str]) -> Iterator[tuple[str, dict[str, tuple[str, str]]]]:
    """Yield each property whose default is not the same in all API versions, with the first and last of each value."""
    seen: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for space in sorted({each.partition("/")[0] for each in wanted}):
        of_space = {each for each in wanted if each.startswith(f"{space}/")}
        for file in types.glob(f"*/{space}/*/types.json"):
            read = Types(file)
            for type_ in of_space & read.names.keys():
                for each in read.properties(type_):
                    seen[f"{type_} {'.'.join(each.path)}"][repr(each.value)].append(file.parent.name)
        for file in schemas.glob("*/*.json"):
            for type_ in of_space if file.name.lower().startswith(space) else ():
                for each in schema_defaults(file, type_):
                    seen[f"{type_} {'.'.join(each.path)}"][repr(each.value)].append(file.parent.name)
    for where, values in sorted(seen.items()):
        if len(values) > 1:
            yield where, {value: (min(versions), max(versions)) for value, versions in values.items()}


def _newest(file: Path) -> tuple[bool, str]:
    return bool(_STABLE.match(file.parent.name)), file.parent.name


def bodies(wanted: set[str], versions: dict[str, str]) -> dict[str, list[Body]]:
    """Return, by type, a bare resource and what examples declare in templates, of the versions that were read."""
    found: dict[str, list[Body]] = defaultdict(list)
    seen: dict[str, set[str]] = defaultdict(set)
    for type_ in sorted(wanted):
        body = {"name": "bare", "apiVersion": versions[type_], "properties": {}}
        found[type_].append(("bare", [Resource(type_, "bare", body, Place("bare"), "code", "arm")], 0))
    with TemporaryDirectory() as work:
        policies = PolicySet(read_folder(folder("policies")))
        for policy, file, declared in all_examples(policies, EXAMPLES, Path(work)):
            for index, each in enumerate(declared):
                type_, shape = each.type.lower(), repr(sorted(_names(each.body)))
                if type_ not in wanted or each.dialect != "arm" or shape in seen[type_]:
                    continue
                if len(seen[type_]) < MOST:
                    seen[type_].add(shape)
                    found[type_].append((f"{policy.id}/{file.name}", declared, index))
    return found


def _names(value: Any, base: str = "") -> Iterator[str]:
    if isinstance(value, dict):
        for name, each in value.items():
            yield f"{base}.{name}"
            yield from _names(each, f"{base}.{name}")


def prepared(body: Any, path: tuple[str, ...], make: bool) -> tuple[Any, Any] | None:
    """Return `body` and a copy that has room for the last step of `path`; None where it stands there, or cannot.

    With `make` the objects around it are made in both, where they are not there.
    """
    whole = deepcopy(dict(body))
    inner: Any = whole
    for step in path[:-1]:
        if make and step not in inner:
            inner[step] = {}
        inner = inner.get(step)
        if not isinstance(inner, dict):
            return None
    return (whole, inner) if path[-1] not in inner else None


class Compared(Beside):
    """What is published beside what we say, filled by `compare`."""

    def __init__(self, types: Path, schemas: Path) -> None:
        """Take the folders of definitions and of schemas."""
        super().__init__()
        self.wanted = {type_ for _, type_, _ in Registry().reading("arm")}
        self.published = published(types, schemas, self.wanted)
        self.stated = self.read = 0

    def compare(self) -> None:
        """Try each default; `rows` are the differences, each with the source that we name."""
        versions = {type_: version for type_, (version, _) in self.published.items()}
        for type_, declared in sorted(bodies(set(versions), versions).items()):
            for _, resources, index in declared:
                self.note(type_, resources, resources[index].address)
            for each in self.published[type_][1]:
                self.stated += 1
                self.read += self._read(type_, each, declared)

    def _read(self, type_: str, each: Property, declared: list[Body]) -> bool:
        """Write down a default wherever it is left out; return whether services read the property at all."""
        read = False
        where = f"{type_} {'.'.join(each.path)}"
        for number, (example, resources, index) in enumerate(declared):
            room = prepared(resources[index].body, each.path, make=number == 0)
            if room is None:
                continue
            whole, inner = room
            before = _told_with(resources, index, deepcopy(whole))
            inner[each.path[-1]] = _NOT_KNOWN
            read = read or _values(_told_with(resources, index, deepcopy(whole))) != _values(before)
            inner[each.path[-1]] = each.value
            self.put(where, str(each.value), before, _told_with(resources, index, whole), example)
        return read


def _values(found: Told) -> dict[tuple[str, str, str], str]:
    return {key: repr(shown(each)) for key, each in found.items()}


def _told_with(resources: list[Resource], index: int, body: Any) -> Told:
    return told([replace(each, body=body) if at == index else each for at, each in enumerate(resources)])


def main() -> int:
    """Print each difference once for each property and setting, and the defaults that nothing published confirms."""
    parser = argparse.ArgumentParser(prog="benchmarks.arm_defaults")
    parser.add_argument("types", type=Path, help="the folder generated of Azure/bicep-types-az")
    parser.add_argument(
        "schemas", type=Path, help="the folder schemas of Azure/azure-resource-manager-schemas"
    )
    parser.add_argument("--unconfirmed", action="store_true", help="print these as well, to be read by hand")
    parser.add_argument("--changed", action="store_true", help="print what API versions have changed instead")
    arguments = parser.parse_args()
    if arguments.changed:
        wanted = {type_ for _, type_, _ in Registry().reading("arm")}
        for where, values in changed(arguments.types, arguments.schemas, wanted):
            print(
                where, *(f"{value} {first} to {last}" for value, (first, last) in values.items()), sep=" | "
            )
        return 0
    found = Compared(arguments.types, arguments.schemas)
    found.compare()
    for line in found.lines(arguments.unconfirmed):
        print(line)
    print(f"{len(found.published)} of {len(found.wanted)} types are published")
    print(f"{found.stated} defaults are published, {found.read} of what is read, {len(found.rows)} differ")
    print(found.counted())
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
