"""What names a resource by its id: diagnostic settings, locks, flow logs. Each such type is indexed once for a scope.

An id stands there as a reference, as a literal ARM id (whose subscription need not be known), or as text around a
reference, `${azurerm_storage_account.x.id}/blobServices/default`, which names a part of the resource. What is
not known is kept by what its expression names, since one that names other resources cannot turn out as this one.
In ARM the expression of an id that is not known is the id, with expressions for what is not known of it.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from functools import cache
from typing import Any

from msgspec import Struct, field

from tfaudit.enclosed import replaced
from tfaudit.model.resources import Reference, Resource, Unresolved
from tfaudit.model.settings import Unknown
from tfaudit.reading.companions import hidden, may_be_missing
from tfaudit.reading.inventory import Elsewhere, Inventory, module_of, without_index
from tfaudit.reading.spelling import Spelling, Word
from tfaudit.reading.view import All, Companions, Reading, Some, View
from tfaudit.services.azure.keys.keys import RESOURCE, from_id, id_text, name_of, named

_NAMED = re.compile(r"(?:data\.)?(?:azurerm|azapi)_[a-z0-9_]+\.[\w-]+")
_PART = re.compile(r"^\"?\$\{((?:data\.)?(?:azurerm|azapi)_[a-z0-9_]+\.[\w-]+(?:\[[^\]]*\])?)\.id\}/")
_OF_ACCOUNT = "microsoft.storage/storageaccounts/blobservices"
# An account keeps objects: what is sent of its files, queues and tables says nothing of these.
_BLOBS = re.compile(r"(?i)/blobservices/default$")
_OTHERS = re.compile(r"(?i)/(?:file|queue|table)services/default\"?$")


class Pointers(Struct):
    """The resources of one type by what they point at; `anything` may point at whatever there is.

    `looked_up` are those that point at a data source, by its address.
    """

    by_address: dict[str, list[Resource]] = field(default_factory=lambda: defaultdict(list))
    by_key: dict[str, list[Resource]] = field(default_factory=lambda: defaultdict(list))
    by_id: dict[str, list[Resource]] = field(default_factory=lambda: defaultdict(list))
    by_name: dict[str, Resource] = field(default_factory=dict)
    looked_up: dict[str, Resource] = field(default_factory=dict)
    anything: Resource | None = None

    def add(self, resource: Resource, value: Any) -> None:
        """Index `resource` by the id that stands in it."""
        if isinstance(value, Reference):
            self.by_address[value.address].append(resource)
            if value.address.startswith("data.") or ".data." in value.address:
                self.looked_up[value.address] = resource
        elif isinstance(value, str):
            whole = _BLOBS.sub("", value)
            self.by_key[from_id(whole) or value].append(resource)
            self.by_id[whole.lower()].append(resource)
        elif isinstance(value, Unresolved) and resource.dialect == "arm" and value.expression[:1] == "/":
            self.by_id[_BLOBS.sub("", value.expression).lower()].append(resource)
        elif isinstance(value, Unresolved):
            self._add_unresolved(resource, value.expression)

    def _add_unresolved(self, resource: Resource, expression: str) -> None:
        if _OTHERS.search(expression):
            return
        part = _PART.match(expression)
        key = from_id(
            _BLOBS.sub("", replaced(expression.strip('"'), "${", "}", "x").replace("/x/", "/s/", 1))
        )
        names = _NAMED.findall(expression)
        if part:
            self.by_address[module_of(resource) + part[1]].append(resource)
        elif key is not None and "${" not in expression.partition("/resourceGroups/")[2]:
            self.by_key[key].append(resource)
        elif names:
            self.by_name.update(dict.fromkeys(names, resource))
        else:
            self.anything = self.anything or resource


@cache
def _builder(types: tuple[str, ...], word: Word) -> Callable[[Inventory], Pointers]:
    def build(inventory: Inventory) -> Pointers:
        pointers = Pointers()
        for resource in inventory.of_type(*types):
            value = _target(View(resource, inventory), word).value
            for each in _and_above(value, inventory):
                pointers.add(resource, each)
        return pointers

    return build


def _and_above(value: Any, inventory: Inventory) -> Iterator[Any]:
    """Yield a target, and of the service for objects of a storage account, where their logs are, the account."""
    yield value
    if isinstance(value, Reference):
        for target in inventory.at(value.address):
            if target.type == _OF_ACCOUNT:
                yield target.body.get("parent")


def _target(view: View, word: Word) -> Reading:
    """Return the id at `word` as its source has it: one that is not known is distinguished by its expression."""
    return view.first(*word.paths(view.resource.dialect))


def _looked_up(view: View, pointers: Pointers) -> Resource | None:
    """Return what points at a data source which may find the resource: one of its type, and not of another name.

    A module looks up what another one declares.
    """
    own = name_of(view.spelled(RESOURCE), "name")
    for address, resource in pointers.looked_up.items():
        for source in view.inventory.at(address):
            if source.type.rpartition("data.")[2] != view.resource.type:
                continue
            found = name_of(View(source, view.inventory, table=RESOURCE), "name")
            if not (isinstance(own, str) and isinstance(found, str) and own.lower() != found.lower()):
                return resource
    return None


def pointing_at(view: View, types: tuple[str, ...], arm_type: str, table: Spelling, name: str) -> Companions:
    """Return the resources of `types` whose word `name` is the id of what `view` shows, to be read by `table`.

    `arm_type` lets a literal ARM id name it.
    """
    word = table[name]
    pointers = view.inventory.derived(_builder(types, word))
    address = view.resource.address
    bare = without_index(address)
    found = list(pointers.by_address.get(address, ()))
    if arm_type and pointers.by_key:
        key = named(view, arm_type)
        found += pointers.by_key.get(key, ()) if isinstance(key, str) else ()
    if pointers.by_id and (own_id := id_text(view)):
        found += [each for each in pointers.by_id.get(own_id, ()) if each not in found]
    doubts = [(each, may_be_missing(each, view.resource)) for each in found]
    views = [View(each, view.inventory, table=table) for each, doubt in doubts if doubt is None]
    for each, doubt in doubts:
        if doubt is not None:
            return Some(views, Unknown(doubt.because, doubt.settle_with, each))
    if isinstance(body := view.resource.body, Elsewhere):  # more may point at it where it is declared
        return Some(views, Unknown(body.because.because, body.because.settle_with, view.resource, view.base))
    own = _NAMED.findall(bare)
    maybe = pointers.by_name.get(own[-1]) if own else None
    if maybe is None and bare != address:
        maybe = next(iter(pointers.by_address.get(bare, ())), None)
    maybe = maybe or _looked_up(view, pointers) or pointers.anything
    if maybe is None:
        missed = next(filter(None, (hidden(view.resource, each) for each in types)), None)
        if missed is not None:
            return Some(views, Unknown(missed.because, missed.settle_with, view.resource, view.base))
        return All(views)
    reading = _target(View(maybe, view.inventory), word)
    if reading.absent:
        return All(views)
    attribute = next(iter(word.paths(maybe.dialect)))
    because = f"{maybe.address} may be about it: its {attribute} is not known"
    return Some(views, Unknown(because, "scan the plan or the live subscription", maybe, reading.path))
