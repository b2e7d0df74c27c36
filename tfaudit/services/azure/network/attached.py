"""The interfaces of machines: resources of their own, or parts of a machine or a scale set."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from msgspec.structs import replace

from tfaudit.model.resources import Reference, Resource, Unresolved
from tfaudit.model.settings import Known, Unknown
from tfaudit.reading.companions import may_be_missing
from tfaudit.reading.inventory import Inventory
from tfaudit.reading.states import Absent, Pointer
from tfaudit.reading.view import Some, View
from tfaudit.services.azure.compute import machine_words
from tfaudit.services.azure.elements import elements
from tfaudit.services.azure.network import forwards as forwards_
from tfaudit.services.azure.network import gateway_ways, passages, public_addresses, replies, subnets
from tfaudit.services.azure.network import interface_words as words
from tfaudit.services.azure.network.addresses import Called, public_of
from tfaudit.services.azure.network.doors import Door
from tfaudit.services.azure.network.effective_rules import Target, covers
from tfaudit.services.azure.network.exposure import Address, Interface, doors
from tfaudit.services.azure.network.identities import identity, own

_SETTLE = "scan the plan or the live subscription"


def of_resource(view: View) -> tuple[list[Interface], Unknown | None]:
    """Return the interface that a resource of its own is."""
    resource, inventory = view.resource, view.inventory
    whole = View(resource, inventory, words.LINKS, (), words.TABLE)
    groups, no_group_known = subnets.named_groups(whole, "security_group")
    bound: dict[str, list[Any]] = {"pools": [], "forwards": [], "groups": [], "gateways": []}
    more: Unknown | None = None
    if resource.type == words.TYPES[0]:
        for link_type, word in (
            (words.POOL_LINK, "pools"),
            (words.FORWARD_LINK, "forwards"),
            (words.MEMBER_LINK, "groups"),
        ):
            links = whole.companions(link_type)
            bound[word] += [
                identity(each.spelled(words.LINK).stated(word).value, inventory) for each in links.views
            ]
            if isinstance(links, Some):
                bound[word].append(None)
        links = whole.companions(words.GATEWAY_LINK)
        bound["gateways"] += [
            gateway_ways.pool_identity(each.spelled(words.LINK).stated("gateways").value, inventory)
            for each in links.views
        ]
        if isinstance(links, Some):
            bound["gateways"].append(None)
        links = whole.companions(words.GROUP_LINK)
        for each in links.views:
            found, unclear = subnets.named_groups(each.spelled(words.LINK), "group")
            groups += found
            no_group_known = no_group_known or unclear
        if isinstance(links, Some):
            no_group_known = no_group_known or links.more
    machine = inventory.derived(machines).get(own(whole), "")
    addresses = [
        _address(each, bound, _public_resource(each), (resource.address, index, machine))
        for index, each in enumerate(elements(whole, "addresses"))
    ]
    return [Interface(_name(whole), groups, no_group_known, addresses)], more


def of_machine(view: View) -> tuple[list[Interface], Unknown | None]:
    """Return the interfaces of a virtual machine or a scale set."""
    found: list[Interface] = []
    unclear: Unknown | None = None
    listed = view.stated("interfaces")
    parts = listed.value if isinstance(listed.value, list) else [] if listed.absent else [listed.value]
    here = view.inventory.derived(_by_identity)
    for each in parts:
        named = identity(each, view.inventory)
        resource = here.get(named or "")
        if resource is None:
            because = _why(each) or "one of its network interfaces is not declared here"
            unclear = unclear or Unknown(because, _SETTLE, listed.resource, listed.path)
            continue
        own_view = View(resource, view.inventory, words.LINKS, (), words.TABLE)
        found += of_resource(own_view)[0]
    for inner in elements(view, "own_interfaces"):
        groups, no_group_known = subnets.named_groups(inner, "security_group")
        bound: dict[str, list[Any]] = {"pools": [], "forwards": [], "groups": [], "gateways": []}
        addresses = [
            _address(each, bound, _public_part(each), ("", 0, "")) for each in elements(inner, "addresses")
        ]
        found.append(Interface(_name(inner), groups, no_group_known, addresses))
    return found, unclear


def _why(value: Any) -> str:
    return value.because if isinstance(value, Unresolved) else ""


def _by_identity(inventory: Inventory) -> dict[str, Resource]:
    return {own(View(each, inventory)): each for each in inventory.of_type(*words.TYPES)}


def machines(inventory: Inventory) -> dict[str, str]:
    """Return which interfaces the machines of a scope have, by identity, each with its machine's address."""
    found: dict[str, str] = {}
    for resource in inventory.of_type(*machine_words.MACHINES):
        value = View(resource, inventory, table=machine_words.MACHINE_WORDS).stated("interfaces").value
        for each in value if isinstance(value, list) else [value]:
            named = identity(each, inventory)
            if named is not None:
                found[named] = resource.address
    return found


def _name(view: View) -> str:
    match view.word("name"):
        case Known(value=str(name)):
            return name
        case _:
            return view.resource.address


def _identities(view: View, word: str) -> list[str | None]:
    stated = view.stated(word)
    if stated.absent:
        return []
    parts = stated.value if isinstance(stated.value, list) else [stated.value]
    return [identity(each, view.inventory) for each in parts]


def _address(
    view: View, bound: dict[str, list[Any]], public: Door | None, named_by: tuple[str, int, str]
) -> Address:
    inventory = view.inventory
    found = [public] if public is not None else []
    pools = [*_identities(view, "pools"), *bound["pools"]]
    forwards = [*_identities(view, "forwards"), *bound["forwards"]]
    members = [*_identities(view, "groups"), *bound["groups"]]
    named = _identities(view, "subnet")
    subnet = inventory.derived(subnets.of_scope).get(named[0] or "") if named else None
    target = Target(
        frozenset(each for each in members if each is not None),
        None not in members,
        _networks(view, subnet),
        subnet is not None and bool(subnet.route_tables) and replies.of(subnet, inventory).wide,
    )
    for pool, member, by in inventory.derived(passages.members):
        inside = covers(member, target)
        if inside and (missing := may_be_missing(by, view.resource)):
            found += _perhaps(doors([], [pool], inventory, view), view, missing.because)
        elif inside:
            pools.append(pool)
        elif inside is None:
            found += _perhaps(doors([], [pool], inventory, view), view)
    found += doors(forwards, pools, inventory, view)
    found += _passed_on(view, bound, target, named_by)
    if isinstance(view.body, (Unresolved, Reference)):
        unclear = Unknown("its addresses are not known", _SETTLE, view.resource, view.base)
        found.append(Door("a way that is not known", view.resource, unclear=unclear))
    return Address(found, subnet, target)


def _passed_on(
    view: View, bound: dict[str, list[Any]], target: Target, named_by: tuple[str, int, str]
) -> Iterator[Door]:
    """Yield the doors by which firewalls, gateways and Front Door lead to an address."""
    inventory = view.inventory
    listed = view.stated("gateways")
    parts = listed.value if isinstance(listed.value, list) else [] if listed.absent else [listed.value]
    pools = [*(gateway_ways.pool_identity(each, inventory) for each in parts), *bound["gateways"]]
    yield from forwards_.of_pools(pools, inventory, view)
    owner, index, machine = named_by
    public, texts = frozenset[str](), frozenset[str]()
    if "private" in view.table:
        public, texts, _ = public_of(view, "public")
    called = Called(owner, index, machine, target.networks, public, texts)
    ways = inventory.derived(forwards_.of_scope)
    yield from forwards_.led(ways.to_addresses, called, inventory, view.resource)
    for published in (False, True):
        yield from forwards_.unread(view.resource, inventory, published=published)


def _perhaps(opened: Iterable[Door], view: View, why: str = "") -> Iterator[Door]:
    """Yield the doors to a pool that the interface may be in by its address, which is not known, or for `why`."""
    because = why or "it may be in a pool of a load balancer by its address, which is not known"
    for each in opened:
        yield replace(each, unclear=each.unclear or Unknown(because, _SETTLE, view.resource, view.base))


def _networks(view: View, subnet: subnets.Subnet | None) -> tuple[str, ...] | None:
    """Return where a machine's own address is: exactly, where it is fixed, else somewhere in its subnet."""
    if "allocation" in view.table:
        allocation, private = view.word("allocation"), view.word("private")
        fixed = isinstance(allocation, Known) and str(allocation.value).lower() == "static"
        if fixed and isinstance(private, Known):
            return (str(private.value),)
    return None if subnet is None or subnet.prefixes is None else tuple(subnet.prefixes)


def _public_resource(view: View) -> Door | None:
    """Return the door that a public address of its own opens; None where there is none."""
    reading = view.word("public")
    match reading:
        case Absent() | Known(value=""):
            return None
        case Unknown():
            return Door("a public address", view.resource, unclear=reading)
        case Known() | Pointer():
            for each in view.leads_to("public"):
                called = _name(each.spelled(public_addresses.TABLE))
                closed = public_addresses.closed(each)
                return Door(f"public address {called}", view.resource, closed=closed)
            return Door("a public address", view.resource)


def _public_part(view: View) -> Door | None:
    """Return the door of a public address that each machine of a scale set gets; None where they get none."""
    reading, sku = view.word("public"), view.word("public_sku")
    closed = str(sku.value).lower() != "basic" if isinstance(sku, Known) else None
    match reading:
        case Absent():
            return None
        case Unknown():
            return Door("a public address of its own", view.resource, unclear=reading)
        case Known() | Pointer():
            return Door("a public address of its own", view.resource, closed=closed)
