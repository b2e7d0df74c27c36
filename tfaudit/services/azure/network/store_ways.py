"""By which ways the internet gets to a store of data past its own network rules: gateways, firewalls, Front Door.

What passes on from inside a network reaches a store by the address of a private endpoint, or by the store's name; Front
Door by a private link, or as everybody does. A store that is open to all networks is judged for that by itself.

learn.microsoft.com/azure/private-link/private-endpoint-overview
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from msgspec import Struct

from tfaudit.model.resources import Path, Resource, Unresolved
from tfaudit.model.settings import Default, Known, NotApplicable, Setting, Unknown
from tfaudit.reading.companions import may_be_missing
from tfaudit.reading.fact import Fact, Facts
from tfaudit.reading.inventory import Inventory
from tfaudit.reading.states import Pointer
from tfaudit.reading.view import View
from tfaudit.services import open_ports
from tfaudit.services.azure.databases.server_firewall import AZURE_SERVICES
from tfaudit.services.azure.keys.keys import IDENTITY
from tfaudit.services.azure.network import exposure, forwards, hosts, private_addresses, subnets
from tfaudit.services.azure.network.addresses import OF_SERVICES, Called, meets
from tfaudit.services.azure.network.clouds import everywhere
from tfaudit.services.azure.network.dnat import Forward
from tfaudit.services.azure.network.front_door_ways import Origin
from tfaudit.services.azure.network.hosts import NAMED
from tfaudit.services.azure.network.identities import identity

_SETTLE = "scan the plan or the live subscription"


class Store(Struct, frozen=True):
    """What is asked of a kind of store.

    `suffixes` are how the names end that Azure gives it, and `by_requests` is whether it is asked over HTTP, which is
    all that gateways and Front Door pass on. `public` and `sources` are the facts who gets in by its names, None for
    what it has no setting for. `subnet` and `address` are the words of the subnet that it stands in itself, and of its
    address there; `own_name` is the word of a name of somebody's own that it answers by.
    """

    arm_type: str
    suffixes: tuple[str, ...]
    by_requests: bool
    public: Fact | None = None
    sources: Fact | None = None
    subnet: str = ""
    address: str = ""
    own_name: str = ""


class Found(Struct):
    """The ways to one store: those that are there surely, where the first is decided, and why there may be more."""

    ways: list[str]
    decided: tuple[Resource, Path] | None = None
    unclear: Unknown | None = None


def facts(store: Store) -> Facts:
    """Return the facts of the ways to a store."""

    def told(view: View) -> Found:
        known = view.inventory.derived(_by_store)
        if view.resource.address not in known:
            known[view.resource.address] = _found(view, store)
        return known[view.resource.address]

    def published(view: View) -> Known | Unknown:
        found = told(view)
        if found.decided is not None:
            return Known(True, *found.decided)
        return found.unclear or Known(False, view.resource, view.base)

    def by(view: View) -> Known:
        found = told(view)
        ways: list[Any] = list(dict.fromkeys(found.ways))
        if found.unclear is not None:
            ways.append(Unresolved(found.unclear.because, found.unclear.settle_with))
        return Known(ways, *(found.decided or (view.resource, view.base)))

    words = dict.fromkeys(
        each
        for each in (
            *IDENTITY,
            *(store.public.words if store.public else ()),
            *(store.sources.words if store.sources else ()),
            store.subnet,
            store.address,
            store.own_name,
        )
        if each
    )
    beside = (
        *exposure.BESIDE,
        *forwards.REACHING,
        *forwards.PUBLISHING,
        *forwards.NAMING,
        private_addresses.TYPES[1],
    )
    return {
        "network.published": Fact(joins=published, of=tuple(words), beside=beside),
        "network.published_by": Fact(joins=by, of=tuple(words), beside=beside),
    }


def _by_store(_: Inventory) -> dict[str, Found]:
    return {}


def _found(view: View, store: Store) -> Found:
    found = Found([])
    ways = view.inventory.derived(forwards.of_scope).to_addresses
    entrances = _Entrances(view, store) if ways else None
    for forward in ways:
        gets, why = entrances.let_in(forward) if entrances is not None else (False, None)
        if gets is False:
            continue
        door = forward.door
        if gets is None and why is None:
            why = _unknown(f"whether {door.name} leads to it is not known", forward)
        gone = may_be_missing(door.resource, view.resource)
        if gone is not None and why is None:
            why = Unknown(gone.because, gone.settle_with, door.resource)
        why = door.unclear or why
        if why is not None:
            found.unclear = found.unclear or why
            continue
        name = view.spelled(NAMED).word("name")
        called = name.value if isinstance(name, Known) else view.resource.address
        found.ways.append(f"the internet > {door.name} > {called}")
        found.decided = found.decided or (door.resource, door.decided or ())
    found.unclear = found.unclear or next(_unread(view), None)
    return found


def _unread(view: View) -> Iterator[Unknown]:
    for published in (False, True):
        for door in forwards.unread(view.resource, view.inventory, published=published):
            if door.unclear is not None:
                yield door.unclear


class _Entrances:
    """The ways into one store: its private endpoints, its own address in a subnet, and its names."""

    def __init__(self, view: View, store: Store) -> None:
        self.view, self.store = view, store
        self.ends = private_addresses.of(view, store.arm_type)
        self.opened = _opened(view, store)

    def let_in(self, forward: Forward) -> tuple[bool | None, Unknown | None]:
        """Return whether what a forward passes on gets into the store, and why that is not known."""
        if forward.door.published and not self.store.by_requests:
            return False, None
        if self._is_own_name(forward.to):
            return self._answers(forward.to) if forward.door.published else None, None
        answers = [*self._by_endpoints(forward), self._by_subnet(forward), self._by_name(forward)]
        for wanted in (True, None):
            for found, why in answers:
                if found is wanted:
                    return found, why
        return False, None

    def _is_own_name(self, to: Any) -> bool:
        """Return whether it is a name of somebody's own, which leads where its owner likes."""
        if (
            not isinstance(to, str)
            or not any(letter.isalpha() for letter in to)
            or ":" in to
            or to[:1] == "/"
        ):
            return False
        return not to.lower().rstrip(".").endswith((*OF_SERVICES, *everywhere(self.store.suffixes)))

    def _answers(self, to: str) -> bool | None:
        """Return whether the store answers requests for a name of somebody's own."""
        own = self.view.word(self.store.own_name) if self.store.own_name else None
        if isinstance(own, (Unknown, Pointer)):
            return None
        return isinstance(own, Known) and str(own.value).lower() == to.lower().rstrip(".")

    def _by_endpoints(self, forward: Forward) -> Iterator[tuple[bool | None, Unknown | None]]:
        """Yield whether it leads to the address of each private endpoint."""
        if isinstance(forward, Origin):
            return
        for end in self.ends:
            leads = private_addresses.leads(forward.to, end, self.view.inventory)
            if leads is False:
                continue
            passes, why = private_addresses.let_in(forward.door, end, self.view.inventory)
            if passes is False:
                continue
            why = why or end.unclear
            yield (True if leads and passes and why is None else None), why

    def _by_subnet(self, forward: Forward) -> tuple[bool | None, Unknown | None]:
        """Return whether it leads to the address of the store in a subnet of its own."""
        if isinstance(forward, Origin) or not self._stands_inside():
            return False, None
        view, store = self.view, self.store
        named = identity(view.stated(store.subnet).value, view.inventory)
        subnet = view.inventory.derived(subnets.of_scope).get(named or "")
        place = self._place(subnet)
        leads = meets(forward.to, place, view.inventory)
        if leads is False:
            return False, None
        passes, why = private_addresses.past_group(forward.door, subnet, place.networks, True, view.inventory)
        return (leads if passes else passes), why

    def _place(self, subnet: subnets.Subnet | None) -> Called:
        view, store = self.view, self.store
        fixed = view.word(store.address) if store.address else None
        if isinstance(fixed, Known) and isinstance(fixed.value, str):
            return Called(view.resource.address, networks=(fixed.value,))
        return Called(
            view.resource.address, networks=tuple(subnet.prefixes) if subnet and subnet.prefixes else None
        )

    def _by_name(self, forward: Forward) -> tuple[bool | None, Unknown | None]:
        """Return whether it leads to a name of the store, and what asks by that name is let in."""
        named = hosts.names(forward.to, self.view, self.store.suffixes)
        if named is False:
            return False, None
        if isinstance(forward, Origin) and forward.private is True:
            return named, None
        if self.opened is True:
            return named, None
        if isinstance(forward, Origin) and forward.private is False and self.opened is False:
            return False, None
        inside = not isinstance(forward, Origin)
        if inside and (self._stands_inside() or any(each.unclear is None for each in self.ends)):
            return named, None
        because = f"whether the store lets in what comes by {forward.door.name} is not known"
        return None, _unknown(because, forward)

    def _stands_inside(self) -> bool:
        return bool(self.store.subnet) and not self.view.stated(self.store.subnet).absent


def _opened(view: View, store: Store) -> bool | None:
    """Return whether everybody, or all of Azure, gets in by the store's public name; None where that is not known."""
    public = _value(store.public.read(view, "bool")) if store.public else None
    if store.sources is None or public is False:
        return public
    sources = store.sources.read(view, "list")
    if isinstance(sources, NotApplicable):
        return public
    if not isinstance(sources, (Known, Default)) or not isinstance(sources.value, list):
        return None
    if AZURE_SERVICES in sources.value:
        return True
    return open_ports.from_world(sources.value) or (None if sources.value else False)


def _value(setting: Setting) -> bool | None:
    return bool(setting.value) if isinstance(setting, (Known, Default)) else None


def _unknown(because: str, forward: Forward) -> Unknown:
    return Unknown(because, _SETTLE, forward.door.resource, forward.door.decided or ())
