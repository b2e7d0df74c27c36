"""One resource as its service reads it: paths, companion resources, and what references lead to.

A path is written `block.attribute`, or `companion/block.attribute`, where the companion is

- in Terraform and CloudFormation the type of another resource that points at this one
  (`aws_s3_bucket_versioning/versioning_configuration.status`), declared in the service's `COMPANIONS`;
- in an API's spelling the call that tells more of the item (`get_bucket_versioning/Status`).

A path that begins with a slash (`/metadata.labels`) is counted from the resource's root, in a view of a part as well.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Any, TypeAlias

from msgspec import Struct

from tfaudit.model.resources import Path, Reference, Resource, Unresolved
from tfaudit.model.settings import Known, Unknown
from tfaudit.reading import beside, states
from tfaudit.reading.companions import belonging, pointed_at
from tfaudit.reading.inventory import ABSENT, EMPTY_IS_UNSET, Elsewhere, Inventory, Misplaced, entry, walk
from tfaudit.reading.lift import holds_unknown
from tfaudit.reading.spelling import NOTHING, Spelling
from tfaudit.reading.ways import ROOT, Way, Ways, find, parse_path, place_in, rows_of, ways

_PLAIN = frozenset({str, int, bool, float, list, dict})


class Reading(Struct):
    """What stands at a path: a plain value, `ABSENT`, `Unresolved` or `Reference`; and exactly where."""

    value: Any
    resource: Resource
    path: Path = ()

    @property
    def known(self) -> bool:
        """Whether there is a plain value."""
        return self.value is not ABSENT and not isinstance(self.value, (Unresolved, Reference))

    @property
    def absent(self) -> bool:
        """Whether nothing stands there."""
        return self.value is ABSENT

    @property
    def state(self) -> states.Reading:
        """The same as one of the states of `tfaudit.reading.states`."""
        return states.state(self.value, self.resource, self.path)


class All(Struct, frozen=True):
    """All resources of a type that belong to one: nothing else can."""

    views: list[View]


class Some(Struct, frozen=True):
    """The resources of a type that surely belong to one, and why there may be more."""

    views: list[View]
    more: Unknown


Companions: TypeAlias = All | Some
"""What belongs to a resource; who asks has to say what follows where there may be more."""


class View:
    """A resource, its scope, and a base path from which relative paths are read. A word is resolved once."""

    __slots__ = (
        "_nodes",
        "_roots",
        "_ways",
        "_whole",
        "base",
        "body",
        "companion_types",
        "inventory",
        "names",
        "read_words",
        "resource",
        "table",
    )

    def __init__(
        self,
        resource: Resource,
        inventory: Inventory,
        companion_types: Mapping[str, str] | None = None,
        names: Iterable[str] = (),
        table: Spelling = MappingProxyType({}),
    ) -> None:
        """Look at the whole of `resource`.

        `companion_types` maps a companion's type to the attribute by which it points here; `names` are the
        attributes by whose literal value others may name this resource; `table` spells its words.
        """
        self.resource = resource
        self.inventory = inventory
        self.companion_types = companion_types or {}
        self.names = tuple(names)
        self.table = table
        self.base: Path = ()
        self.body: Any = resource.body
        self.read_words: dict[str, states.Reading] = {}
        self._nodes: dict[str, tuple[Any, Path]] = {}
        self._roots = self._nodes
        self._ways: Ways | None = None
        self._whole: dict[str, bool] = {}

    @property
    def dialect(self) -> str:
        """The spelling of the body."""
        return self.resource.dialect

    def at(self, path: Path) -> View:
        """Return a view whose paths start at `path`, which is itself relative to this view."""
        inner = View(self.resource, self.inventory, self.companion_types, self.names, self.table)
        inner._roots = self._roots
        inner.body, taken = walk(self.body, path)
        inner.base = self.base + (taken if inner.body is not ABSENT else path)
        return inner

    def _inside(
        self, reading: Reading, body: Any, index: int | None, table: Spelling = MappingProxyType({})
    ) -> View:
        inner = View(reading.resource, self.inventory, self.companion_types, self.names, table)
        inner.body = body
        inner.base = reading.path if index is None else (*reading.path, index)
        if reading.resource is self.resource:
            inner._roots = self._roots
        return inner

    def read(self, path: str) -> Reading:
        """Return what stands at `path`, in this resource or in its first companion of the named type."""
        companion, steps = parse_path(path)
        if not companion:
            value, taken = walk(self.body, steps)
            if value.__class__ is str and not value and self.resource.dialect in EMPTY_IS_UNSET:
                value = ABSENT
            return Reading(value, self.resource, self.base + taken)
        if companion == ROOT:
            value, taken = walk(self.resource.body, steps)
            unset = value.__class__ is str and not value and self.resource.dialect in EMPTY_IS_UNSET
            return Reading(ABSENT if unset else value, self.resource, taken)
        if self.resource.dialect == "api":
            value, taken = walk(entry(self.resource.body, companion), steps)
            return Reading(value, self.resource, (companion, *taken))
        found, unsure = self._belonging(companion)
        readings = [each.read(".".join(map(str, steps))) for each in found]
        for reading in readings:
            if not reading.absent:
                return reading
        if readings:
            return readings[0]
        return Reading(unsure or ABSENT, self.resource)

    def first(self, *paths: str) -> Reading:
        """Return the first of `paths` at which something stands; else the last one's reading.

        Of what is declared elsewhere, what a companion states here goes before what is not known of the rest.
        """
        body = self.resource.body
        elsewhere = body.because if isinstance(body, Elsewhere) else None
        reading = Reading(ABSENT, self.resource)
        open_: Reading | None = None
        for path in paths:
            reading = self.read(path)
            if reading.value.__class__ is Misplaced or (elsewhere is not None and reading.value is elsewhere):
                open_ = reading
            elif not reading.absent:
                return reading
        return open_ or reading

    def spelled(self, table: Spelling) -> View:
        """Return the same view with other words: those of another type that the service reads."""
        other = View(self.resource, self.inventory, self.companion_types, self.names, table)
        other.base, other.body = self.base, self.body
        other._nodes, other._roots = self._nodes, self._roots
        return other

    def word(self, name: str) -> states.Reading:
        """Return what the word `name` of the service's table comes to, whatever plane this is.

        A word with rows comes to a list of maps, in the table's words; what is not known stays so inside.
        """
        found = self.read_words.get(name)
        if found is None:
            way = self._way(name)
            if way is None or way.by_views:
                found = self._elsewhere(name)
            else:
                value, path = self._find(way)
                if value.__class__ in _PLAIN:
                    if way.rows is not None:
                        value, self._whole[name] = rows_of(value, self.resource, way)
                    found = Known(value, self.resource, path)
                else:
                    found = states.state(value, self.resource, path)
            self.read_words[name] = found
        return found

    def of(self, resource: Resource) -> View:
        """Return a view of another resource by the same words."""
        return View(resource, self.inventory, self.companion_types, self.names, self.table)

    def forget(self) -> None:
        """Let go of the words that were resolved: they are resolved again where somebody asks."""
        self.read_words, self._nodes, self._whole = {}, {}, {}
        self._roots = self._nodes if not self.base else {}

    def whole(self, name: str) -> bool:
        """Whether a word whose value is known, a list or a map, is known in all its parts."""
        found = self._whole.get(name)
        if found is None:
            reading = self.word(name)
            found = self._whole[name] = isinstance(reading, Known) and not holds_unknown(reading.value)
        return found

    def _way(self, name: str) -> Way | None:
        """Return the way to a word in this resource's own body; None for one that may stand elsewhere."""
        if self._ways is None:
            made_up = self.resource.body.__class__ is Elsewhere
            self._ways = {} if made_up else ways(self.table, self.resource.dialect)
        if self.inventory.mixed and beside.stated(self, name) is not None:
            return None
        return self._ways.get(name)

    def _find(self, way: Way) -> tuple[Any, Path]:
        """Return the value at the first spot of a way at which something stands, with its path."""
        if not self._nodes:
            self._nodes[""] = (self.body, self.base)
            self._roots.setdefault("", (self.resource.body, ()))
        return find(way, self._nodes, self._roots, self.resource.dialect)

    def _elsewhere(self, name: str) -> states.Reading:
        """Return what a word comes to that may stand in another resource, or nowhere."""
        word = self.table[name]
        paths = word.paths(self.resource.dialect)
        reading = beside.stated(self, name) if self.inventory.mixed else None
        if reading is None and not paths:
            because = f"{self.resource.type} does not state it in this form"
            return states.Unstated(because, "scan another plane", self.resource, self.base)
        if reading is None and paths == (NOTHING,):
            return states.Absent(self.resource, self.base)
        reading = reading or self.first(*paths)
        if word.rows is not None and reading.known:
            return Known(
                [each.words() for each in self._elements(reading, word.rows)], reading.resource, reading.path
            )
        return reading.state

    def spot(self, name: str, inside: Path) -> tuple[Resource, Path]:
        """Return where a part of the word `name` stands: of a row of it, of a word of that row, and so on."""
        reading = self.word(name)
        way = self._way(name) if inside else None
        if way is not None and way.rows is not None:
            value, path = self._find(way)
            further = place_in(value, way, inside)
            if further is not None:
                return self.resource, path + further
        rows = self.rows(name) if inside and self.table[name].rows is not None else None
        if not isinstance(rows, list):
            return reading.resource, reading.path + inside
        row, rest = inside[0], inside[1:]
        view = rows[row] if isinstance(row, int) and row < len(rows) else self
        return view.spot(str(rest[0]), rest[1:]) if rest else (view.resource, view.base)

    def words(self) -> Any:
        """Return all words of the table as a map, without those that are absent; or why none of them is known."""
        if isinstance(self.body, (Unresolved, Reference)):
            return self.body
        found: dict[str, Any] = {}
        for name in self.table:
            match self.word(name):
                case Known(value=value):
                    found[name] = value
                case states.Pointer(reference=reference):
                    found[name] = reference
                case Unknown(because=because, settle_with=settle_with):
                    found[name] = Unresolved(because, settle_with)
                case states.Absent():
                    pass
        return found

    def rows(self, name: str) -> list[View] | states.Absent | Unknown:
        """Return a view of each element of the list that the word `name` is; a single block is a list of one.

        The views read by the words that the table gives for the elements. An element that is not known is among them.
        """
        way = self._way(name)
        if way is None:
            reading = self.stated(name)
            found = (
                self.word(name) if reading.absent or isinstance(reading.value, Unresolved) else reading.state
            )
        else:
            value, path = self._find(way)
            if value is ABSENT:
                return states.Absent(self.resource, path)
            reading = Reading(value, self.resource, path)
            found = reading.state
        match found:
            case states.Absent() | Unknown():
                return found
            case states.Pointer():
                return found.unknown
            case Known():
                return self._elements(reading, self.table[name].rows or {})

    def parts(self, name: str) -> Known | states.Absent:
        """Return the word `name` as a list, a single value as a list of one.

        What is not known is in it as it stands, with its text: for what is decided in three values, part by part.
        """
        reading = self.stated(name)
        if reading.absent:
            return states.Absent(reading.resource, reading.path)
        rows = self.table[name].rows
        if rows is not None:
            inside = self._elements(reading, rows)
            values = [each.words() if isinstance(each.body, dict) else each.body for each in inside]
        else:
            values = reading.value if isinstance(reading.value, list) else [reading.value]
        return Known(values, reading.resource, reading.path)

    def elements(self, name: str) -> list[View]:
        """Return the views that `rows` does; one of the whole where the list is not known, none where there is none."""
        reading = self.stated(name)
        if reading.absent:
            return []
        return self._elements(reading, self.table[name].rows or {})

    def stated(self, name: str) -> Reading:
        """Return what stands at the word `name`, as it stands."""
        way = self._way(name)
        if way is not None:
            value, path = self._find(way)
            return Reading(value, self.resource, path)
        paths = self.table[name].paths(self.resource.dialect)
        reading = beside.stated(self, name) if self.inventory.mixed else None
        if reading is not None:
            return reading
        if not paths:
            because = f"{self.resource.type} does not state it in this form"
            return Reading(Unresolved(because, "scan another plane"), self.resource, self.base)
        return Reading(ABSENT, self.resource, self.base) if paths == (NOTHING,) else self.first(*paths)

    def paths(self, name: str) -> tuple[str, ...]:
        """Return the paths of the word `name` in this plane: none where there is no such thing."""
        paths = self.table[name].paths(self.resource.dialect)
        return () if paths == (NOTHING,) else paths

    def _elements(self, reading: Reading, table: Spelling) -> list[View]:
        if isinstance(reading.value, list):
            return [self._inside(reading, each, at, table) for at, each in enumerate(reading.value)]
        if self.resource.dialect == "kubernetes":  # it has no blocks that stand once: it is wrong
            return []
        return [self._inside(reading, reading.value, None, table)]

    def companions(self, *types: str) -> Companions:
        """Return the resources of `types` that belong to this one: all of them, or those that surely do.

        Of types of several spellings, `azurerm_lb_rule` and `microsoft.network/…`, those of this one count.
        """
        found: list[View] = []
        unsure: Unresolved | None = None
        for type_ in types:
            of_it = ("/" in type_) is (self.resource.dialect == "arm")
            if of_it or len(types) == 1 or self.inventory.mixed:
                views, unclear = self._belonging(type_)
                found += views
                unsure = unsure or unclear
        if unsure is None:
            return All(found)
        return Some(found, Unknown(unsure.because, unsure.settle_with, self.resource, self.base))

    def _belonging(self, type_: str) -> tuple[list[View], Unresolved | None]:
        """Return the companions of `type_`; and why more may exist: their target or their existence is not known."""
        found, more = belonging(self.resource, self.names, type_, self.companion_types[type_], self.inventory)
        return [View(each, self.inventory) for each in found], more

    def leads_to(self, name: str, *types: str, named: Iterable[str] = ()) -> list[View]:
        """Return the resources that the reference, or list of references, of the word `name` leads to.

        A text is looked up among resources of `types` by the attributes that are `named`.
        """
        value = self.stated(name).value
        found = pointed_at(value if isinstance(value, list) else [value], types, tuple(named), self.inventory)
        return [View(each, self.inventory) for each in found]
