"""The private addresses by which a store or an app is reached: those of its private endpoints.

A security group of the subnet that an endpoint stands in counts where the subnet says that it does.

learn.microsoft.com/azure/private-link/disable-private-endpoint-network-policy
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from msgspec import Struct

from tfaudit.model.resources import Reference
from tfaudit.model.settings import Known, Unknown
from tfaudit.reading.inventory import Inventory
from tfaudit.reading.view import Some, View
from tfaudit.services import reach
from tfaudit.services.azure.elements import elements
from tfaudit.services.azure.network import effective_rules, interface_words, private_endpoints, subnets
from tfaudit.services.azure.network.addresses import Called, meets
from tfaudit.services.azure.network.doors import Door
from tfaudit.services.azure.network.effective_rules import Target, Traffic
from tfaudit.services.azure.network.identities import identity, own, same
from tfaudit.services.azure.pointers import pointing_at

ARM_TYPES = ("Microsoft.Network/privateEndpoints", "Microsoft.Network/networkInterfaces")
TYPES = private_endpoints.TYPES

_SETTLE = "scan the plan or the live subscription"


class End(Struct):
    """A private endpoint that leads to something: its address, its subnet, and why it may lead nowhere yet."""

    name: str
    called: Called
    subnet: subnets.Subnet | None
    unclear: Unknown | None


def of(view: View, arm_type: str) -> list[End]:
    """Return the private endpoints of what `view` shows, which is of `arm_type`, and those that may be."""
    pointing = pointing_at(view, TYPES, arm_type, private_endpoints.ENDPOINT, "target")
    more = pointing.more if isinstance(pointing, Some) else None
    found: list[End] = []
    for endpoint in pointing.views:
        leads = private_endpoints.approved(endpoint)
        if isinstance(leads, Unknown) or leads.value is True:
            unclear = leads if isinstance(leads, Unknown) else None
            found.append(_end(endpoint, unclear))
    return (
        found
        if more is None
        else [*found, *_others(view, {each.resource.address for each in pointing.views}, more)]
    )


def _others(view: View, known: set[str], more: Unknown) -> Iterator[End]:
    """Yield the endpoints of which it is not known whether they lead to it, for the reason `more`."""
    every = [
        View(each, view.inventory, table=private_endpoints.ENDPOINT)
        for each in view.inventory.of_type(*TYPES)
    ]
    for endpoint in every:
        to = identity(endpoint.stated("target").value, view.inventory)
        if endpoint.resource.address not in known and same(to, own(view), view.inventory) is None:
            yield _end(endpoint, more)
    if not every:
        yield End("one that was not read", Called(""), None, more)


def _end(endpoint: View, unclear: Unknown | None) -> End:
    inventory = endpoint.inventory
    place = identity(endpoint.stated("subnet").value, inventory)
    subnet = inventory.derived(subnets.of_scope).get(place or "")
    exact = tuple(_exact(endpoint))
    within = tuple(subnet.prefixes) if subnet is not None and subnet.prefixes else None
    name = endpoint.word("name")
    return End(
        str(name.value) if isinstance(name, Known) else endpoint.resource.address,
        Called(endpoint.resource.address, networks=exact or within),
        subnet,
        unclear,
    )


def _exact(endpoint: View) -> Iterator[str]:
    """Yield the addresses of an endpoint that are known: fixed ones, and in a live subscription what it has."""
    for each in elements(endpoint, "fixed"):
        yield from _texts(each.word("address"))
    for each in elements(endpoint, "told"):
        yield from _texts(each.word("addresses"))
    stated = endpoint.stated("interfaces").value
    here = endpoint.inventory.derived(_interfaces)
    for each in stated if isinstance(stated, list) else ():
        interface = here.get(identity(each, endpoint.inventory) or "")
        for one in elements(interface, "addresses") if interface is not None else ():
            yield from _texts(one.word("private"))


def _interfaces(inventory: Inventory) -> dict[str, View]:
    found = [
        View(each, inventory, table=interface_words.TABLE)
        for each in inventory.of_type(interface_words.TYPES[1])
    ]
    return {own(each): each for each in found}


def _texts(reading: Any) -> Iterator[str]:
    value = reading.value if isinstance(reading, Known) else None
    for each in value if isinstance(value, list) else [value]:
        if isinstance(each, str) and each:
            yield each


def leads(to: Any, end: End, inventory: Inventory) -> bool | None:
    """Return whether what stands at `to`, an address or a reference, is the address of an endpoint."""
    if isinstance(to, Reference) and to.address == end.called.owner:
        return True
    return meets(to, end.called, inventory)


def let_in(door: Door, end: End, inventory: Inventory) -> tuple[bool | None, Unknown | None]:
    """Return whether the subnet of an endpoint lets in what comes by `door`, and why that is not known."""
    guarded = end.subnet is not None and end.subnet.guards_endpoints
    return past_group(door, end.subnet, end.called.networks, guarded, inventory)


def past_group(
    door: Door,
    subnet: subnets.Subnet | None,
    networks: tuple[str, ...] | None,
    guarded: bool | None,
    inventory: Inventory,
) -> tuple[bool | None, Unknown | None]:
    """Return whether the security group of a subnet lets in what comes by `door` to an address in `networks`.

    `guarded` is whether the group counts there, None for not known.
    """
    if subnet is None or guarded is False:
        return True, None
    if not subnet.groups:
        return (True, None) if subnet.unclear is None else (None, subnet.unclear)
    target = Target(networks=networks)
    steps = effective_rules.steps(subnet.groups[0], inventory, Traffic("tcp", target, door.origin))
    passed = reach.filtered(door.ports, steps)
    if passed.sure:
        return True, None
    if guarded is None:
        because = "whether the security group of its private endpoint's subnet counts for it is not known"
        return None, Unknown(because, _SETTLE, door.resource, door.decided or ())
    return (None, passed.why) if passed.perhaps else (False, None)
