"""Turns an OSCAL catalogue, and a profile that chooses from it, into a framework file to be linked to policies.

Both are OSCAL's JSON (pages.nist.gov/OSCAL/reference/latest/). What a profile changes in a control's text or parameters
is not taken over, and reported; nothing is fetched, whatever its `href` names.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
from msgspec import Struct, field

from tfaudit import data
from tfaudit.errors import UsageError
from tfaudit.patterns import alike

MAX_BYTES = 50_000_000
"""NIST SP 800-53 with all that belongs to it is a fifth of that."""
MAX_CONTROLS = 5_000


class _Metadata(Struct):
    title: str
    version: str


class _Control(Struct):
    id: str
    title: str
    props: list[dict[str, Any]] = field(default_factory=list)
    controls: list[_Control] = field(default_factory=list)


class _Group(Struct):
    title: str = ""
    id: str = ""
    groups: list[_Group] = field(default_factory=list)
    controls: list[_Control] = field(default_factory=list)


class _Catalog(Struct):
    metadata: _Metadata
    groups: list[_Group] = field(default_factory=list)
    controls: list[_Control] = field(default_factory=list)


class _CatalogFile(Struct):
    catalog: _Catalog


class _Matching(Struct):
    pattern: str = ""


class _Select(Struct, rename="kebab"):
    with_ids: list[str] = field(default_factory=list)
    matching: list[_Matching] = field(default_factory=list)
    with_child_controls: str = "no"


class _Import(Struct, rename="kebab"):
    href: str
    include_all: dict[str, Any] | None = None
    include_controls: list[_Select] = field(default_factory=list)
    exclude_controls: list[_Select] = field(default_factory=list)


class _Profile(Struct):
    metadata: _Metadata
    imports: list[_Import]
    modify: dict[str, Any] = field(default_factory=dict)


class _ProfileFile(Struct):
    profile: _Profile


class Imported(Struct):
    """A framework document, ready to be written as YAML, and what its reader should know of it."""

    document: dict[str, Any]
    notes: list[str]


class _Found(Struct):
    """A control of a catalogue with its group and the controls that it belongs to."""

    control: _Control
    group: str
    above: tuple[str, ...]


def framework(id_: str, catalog: Path, profile: Path | None = None) -> Imported:
    """Return the framework that the controls of `catalog` make, those that `profile` chooses where one is given.

    `id_` is the framework's id. Each control is testable in part until somebody says otherwise, and linked to nothing.
    Raises `UsageError` for the id of one of tfaudit's own, for a file that is missing, too large or not OSCAL's JSON,
    and for a profile that chooses a control which the catalogue does not have; `PolicyError` for what no framework can
    hold, such as an id that stands twice or control characters.
    """
    if not re.fullmatch(r"[a-z0-9][a-z0-9_.-]*", id_):
        raise UsageError(f'"{id_}" is no id of a framework; use small letters, digits, _ . and -')
    if (data.folder("controls") / f"{id_}.yaml").exists():
        raise UsageError(f'"{id_}" is a framework of tfaudit\'s own; choose another id')
    read = _decoded(catalog, _CatalogFile).catalog
    found = list(_controls(read))
    if not found:
        raise UsageError(f"{catalog}: it holds no controls")
    title, version, notes = read.metadata.title, read.metadata.version, []
    if profile is not None:
        chosen = _decoded(profile, _ProfileFile).profile
        found = _chosen(found, chosen, profile)
        title, version = chosen.metadata.title, chosen.metadata.version
        notes = list(_not_taken_over(chosen))
    if len(found) > MAX_CONTROLS:
        raise UsageError(
            f"{catalog}: it holds {len(found):,} controls, more than {MAX_CONTROLS:,}; choose with a profile"
        )
    document = {
        "framework": id_,
        "name": title[:600],
        "version": version,
        "controls": [
            {
                "id": each.control.id,
                "title": each.control.title[:600],
                "group": each.group,
                "testable": "partial",
            }
            for each in found
        ],
        "links": {},
    }
    from tfaudit.controls.framework_schema import check  # pydantic, which nothing else here needs

    check(document, str(catalog))
    notes.append(
        f"{len(found):,} controls, each testable in part until you say otherwise: mark those that no machine can test "
        "as manual, and link policies to the others"
    )
    return Imported(document, notes)


def _decoded(path: Path, form: type[Any]) -> Any:
    try:
        if path.stat().st_size > MAX_BYTES:
            raise UsageError(f"{path}: over {MAX_BYTES // 1_000_000} MB; name an OSCAL file")
        return msgspec.json.decode(path.read_bytes(), type=form)
    except OSError as error:
        raise UsageError(f"{path}: it is not read: {error.strerror}") from error
    except (msgspec.DecodeError, RecursionError) as error:
        raise UsageError(f"{path}: not OSCAL's JSON: {error}; name a catalogue or profile in JSON") from error


def _controls(catalog: _Catalog) -> Iterator[_Found]:
    """Yield the controls of a catalogue in its order, each before those within it; withdrawn ones are left out."""
    first: list[_Group | _Control] = [*catalog.controls, *catalog.groups]
    waiting: list[tuple[_Group | _Control, str, tuple[str, ...]]] = [
        (each, "", ()) for each in reversed(first)
    ]
    while waiting:
        each, group, above = waiting.pop()
        if isinstance(each, _Group):
            inner: list[_Group | _Control] = [*each.controls, *each.groups]
            waiting += [(one, each.title or each.id or group, ()) for one in reversed(inner)]
            continue
        if not _withdrawn(each):
            yield _Found(each, group, above)
        waiting += [(one, group, (*above, each.id)) for one in reversed(each.controls)]


def _withdrawn(control: _Control) -> bool:
    return any(
        each.get("name") == "status" and str(each.get("value", "")).lower() == "withdrawn"
        for each in control.props
    )


def _chosen(found: list[_Found], profile: _Profile, path: Path) -> list[_Found]:
    known = {each.control.id for each in found}
    for one in profile.imports:
        for id_ in (id_ for select in one.include_controls for id_ in select.with_ids):
            if id_ not in known:
                raise UsageError(f'{path}: it chooses "{id_}", which the catalogue does not have')
    return [
        each
        for each in found
        if any(
            (one.include_all is not None or not one.include_controls or _selects(one.include_controls, each))
            and not _selects(one.exclude_controls, each)
            for one in profile.imports
        )
    ]


def _selects(selects: list[_Select], found: _Found) -> bool:
    for select in selects:
        ids = [found.control.id]
        if select.with_child_controls == "yes":
            ids += found.above
        if any(id_ in select.with_ids or _matched(select, id_) for id_ in ids):
            return True
    return False


def _matched(select: _Select, id_: str) -> bool:
    return any(each.pattern and alike(each.pattern, id_) for each in select.matching)


def _not_taken_over(profile: _Profile) -> Iterator[str]:
    if len(profile.imports) > 1:
        yield f"the profile imports {len(profile.imports)} sources: all are looked for in the one catalogue given"
    if profile.modify:
        yield "what the profile changes in controls' text and parameters is not taken over"
