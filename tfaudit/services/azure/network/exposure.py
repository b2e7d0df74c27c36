"""Whether the internet reaches a machine of Azure, on which ports, and by which way.

A way in is a public address of an interface, or a rule of a load balancer with one in front. What comes in by it passes
the security groups of the interface and of its subnet, each by its rules' priorities; without any group, a Standard
address or balancer lets nothing in, and a Basic one everything. A firewall's rule that translates addresses lets in as
a balancer's does. A gateway and Front Door speak for what is behind them, request by request: what they lead to is
published, which is told apart from what the internet reaches itself.

learn.microsoft.com/azure/virtual-network/network-security-group-how-it-works
learn.microsoft.com/azure/virtual-network/ip-services/public-ip-addresses#sku
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, TypeAlias

from msgspec import Struct
from msgspec.structs import replace

from tfaudit.model.resources import Resource, Unresolved
from tfaudit.model.settings import Known, Unknown
from tfaudit.reading.companions import may_be_missing
from tfaudit.reading.fact import Fact, Facts
from tfaudit.reading.inventory import Inventory
from tfaudit.reading.view import View
from tfaudit.services import reach
from tfaudit.services.azure.network import effective_rules, passages, published, replies, subnets
from tfaudit.services.azure.network import forwards as forwards_
from tfaudit.services.azure.network.doors import Door
from tfaudit.services.azure.network.effective_rules import Target, Traffic
from tfaudit.services.azure.network.reached import Reach, note
from tfaudit.services.reach import EVERY, PROTOCOLS, Passed, Ranges

BESIDE = (
    "microsoft.network/networkinterfaces",
    "microsoft.network/publicipaddresses",
    "microsoft.network/loadbalancers",
    "microsoft.network/loadbalancers/inboundnatrules",
    "microsoft.network/networksecuritygroups",
    "microsoft.network/networksecuritygroups/securityrules",
    "microsoft.network/virtualnetworks",
    "microsoft.network/virtualnetworks/subnets",
    "microsoft.network/routetables",
    "microsoft.network/routetables/routes",
)
"""The types that tell it together."""

ARM_TYPES = (
    "Microsoft.Network/networkInterfaces",
    "Microsoft.Network/publicIPAddresses",
    "Microsoft.Network/loadBalancers",
    "Microsoft.Network/loadBalancers/inboundNatRules",
    "Microsoft.Network/networkSecurityGroups",
    "Microsoft.Network/networkSecurityGroups/securityRules",
    "Microsoft.Network/virtualNetworks",
    "Microsoft.Network/virtualNetworks/subnets",
)

_SIGN_IN = "tcp"  # what shells and desktops are signed in to by, and what needs answers
_SETTLE = "scan the plan or the live subscription"


class Address(Struct):
    """An address of an interface: its doors, its subnet (None where that is not known), what rules name it by."""

    doors: list[Door]
    subnet: subnets.Subnet | None
    target: Target


class Interface(Struct):
    """An interface, whatever declares it: its security groups, and why these are not known."""

    name: str
    groups: list[Resource]
    no_group_known: Unknown | None
    addresses: list[Address]


Interfaces: TypeAlias = Callable[[View], tuple[list[Interface], Unknown | None]]
"""Returns the interfaces of what a view shows, and why there may be one of which nothing is known."""


def reached(view: View, interfaces: Interfaces) -> Reach:
    """Return what the internet reaches of what a view shows, and as its `published` what is published of it."""
    known: dict[tuple[str, Any], Reach] = view.inventory.derived(_reaches)
    own = (view.resource.address, view.base)
    if own not in known:
        found = Reach(published=Reach())
        of_it, unclear = interfaces(view)
        if unclear is not None:
            for each in (found, found.published):
                assert each is not None  # noqa: S101 - made above
                each.unclear = each.unfiltered.unclear = unclear
                each.perhaps = dict.fromkeys(PROTOCOLS, EVERY)
        for interface in of_it:
            for address in interface.addresses:
                _enter(found, interface, address, view.inventory)
        known[own] = found
    return known[own]


def _reaches(_: Inventory) -> dict[tuple[str, Any], Reach]:
    return {}


def _enter(whole: Reach, interface: Interface, address: Address, inventory: Inventory) -> None:
    """Add to `whole` what comes in by the doors of one address."""
    for door in address.doors:
        found = whole.published if door.published and whole.published is not None else whole
        for protocol in door.protocols:
            passed = _passed(door, interface, address, protocol, inventory)
            if door.unclear is not None:
                maybe = reach.ranges([*passed.sure, *passed.perhaps])
                passed = Passed((), maybe, (), passed.why or door.unclear)
            found.add(protocol, passed)
            if passed.perhaps:
                found.unclear = found.unclear or passed.why
            if door.published:
                note(
                    found.unfiltered,
                    door,
                    sure=bool(passed.sure),
                    perhaps=bool(passed.perhaps),
                    why=passed.why,
                )
            if passed.sure:
                _tell(found, door, interface, protocol, passed)


def _tell(found: Reach, door: Door, interface: Interface, protocol: str, passed: Passed) -> None:
    """Keep the way as a witness: hop by hop, with the rules that let in, and the ports."""
    rules = [each.name for each in passed.by if each.ports and reach.common(each.ports, passed.sure)]
    ports = ", ".join(reach.shown(protocol, passed.sure))
    allowed = f", allowed by {' and '.join(rules)}" if rules else ""
    way = f"the internet > {door.name} > interface {interface.name}{allowed}: {ports}"
    found.decided = found.decided or _place(door, passed, passed.sure)
    admin = reach.of_administration(passed.sure) if protocol == _SIGN_IN else []
    if admin:
        found.decided_admin = found.decided_admin or _place(door, passed, ((admin[0], admin[0]),))
        found.ways.insert(0, way)
    else:
        found.ways.append(way)


def _place(door: Door, passed: Passed, ports: Ranges) -> tuple[Resource, Any]:
    """Return where it is decided that `ports` get in: where the door says, else at the first rule, else at the door."""
    if door.decided is not None:
        return door.resource, door.decided
    step = next((each for each in passed.by if each.ports and reach.common(each.ports, ports)), None)
    return (step.resource, step.path) if step else (door.resource, ())


def _passed(
    door: Door, interface: Interface, address: Address, protocol: str, inventory: Inventory
) -> Passed:
    """Return what the security groups let through a door, of TCP what is answered as well."""
    passed = _let_in(door, interface, address, protocol, inventory)
    inside = door.origin is not None and door.origin.inside
    if protocol != _SIGN_IN or inside or address.subnet is None:
        return passed
    return replies.answered(passed, address.subnet, door.origin, inventory)


def _let_in(
    door: Door, interface: Interface, address: Address, protocol: str, inventory: Inventory
) -> Passed:
    """Return what the security groups let through a door, be it from a part of the internet."""
    traffic = Traffic(protocol, address.target, door.origin)
    groups = [*interface.groups[:1], *(address.subnet.groups[:1] if address.subnet else [])]
    parts = effective_rules.parts(groups, inventory) if door.origin is None and groups else ()
    if len(parts) <= 1:
        return _filtered(door, interface, address, traffic, inventory)
    return reach.by_any(
        [_filtered(door, interface, address, replace(traffic, part=each), inventory) for each in parts]
    )


def _filtered(
    door: Door, interface: Interface, address: Address, traffic: Traffic, inventory: Inventory
) -> Passed:
    gates = [
        _gate(interface.groups, interface.no_group_known, door, traffic, inventory),
        _gate(
            address.subnet.groups if address.subnet else [],
            address.subnet.unclear if address.subnet else _no_subnet(door),
            door,
            traffic,
            inventory,
        ),
    ]
    guards = [each for each in gates if each is not None]
    if len(guards) > 1:
        return reach.through_both(*guards)
    if guards:
        return guards[0]
    if door.closed is None:
        because = (
            f"no security group is behind {door.name}, and whether it lets anything in without is not known"
        )
        return Passed(perhaps=door.ports, why=Unknown(because, _SETTLE, door.resource))
    return Passed() if door.closed else Passed(sure=door.ports)


def _no_subnet(door: Door) -> Unknown:
    because = (
        "its subnet is not declared here, so that the rules of the subnet's security group are not known"
    )
    return Unknown(because, _SETTLE, door.resource)


def _gate(
    groups: list[Resource], unclear: Unknown | None, door: Door, traffic: Traffic, inventory: Inventory
) -> Passed | None:
    """Return what a security group lets through; None where there is none for certain."""
    if groups:
        return reach.filtered(door.ports, effective_rules.steps(groups[0], inventory, traffic))
    return None if unclear is None else Passed(perhaps=door.ports, why=unclear)


def doors(forwards: list[Any], pools: list[Any], inventory: Inventory, view: View) -> Iterator[Door]:
    """Yield the doors that load balancers open to an interface which is in `pools` and named by `forwards`.

    Both are identities, None for one that is not known.
    """
    by_target: Mapping[str, list[passages.Passage]] = inventory.derived(passages.of_scope)
    here = inventory.derived(passages.balancers)
    seen: set[int] = set()
    named = [*pools, *forwards]
    for each in named:
        if each is None:
            because = "which pool of a load balancer it is in is not known"
            yield Door("a load balancer", view.resource, unclear=_unknown(because, view))
        elif not any(each == above or each.startswith(f"{above}/") for above in here):
            because = "it is in a pool of a load balancer that is not declared here"
            yield Door("a load balancer", view.resource, unclear=_unknown(because, view))
        for passage in by_target.get(each, ()) if each is not None else ():
            if id(passage) not in seen:
                seen.add(id(passage))
                missing = may_be_missing(passage.resource, view.resource)
                doubt = Unknown(missing.because, missing.settle_with, passage.resource) if missing else None
                yield from _by(passage, passage.unclear or doubt, inventory)
    for passage in by_target.get("", ()) if named else ():
        if passage.unclear is not None:
            yield from _by(passage, passage.unclear, inventory)


def _by(passage: passages.Passage, unclear: Unknown | None, inventory: Inventory) -> Iterator[Door]:
    """Yield the doors that a balancer's rule is: its own, and what leads to its frontend."""
    if passage.public is not False:
        yield _door(passage, unclear)
    for door in inventory.derived(forwards_.of_scope).through.get(id(passage), ()):
        yield door.doubted(unclear)


def _door(passage: passages.Passage, unclear: Unknown | None) -> Door:
    if passage.public is None and unclear is None:
        unclear = Unknown(
            f"whether {passage.name} has a public address is not known", _SETTLE, passage.resource
        )
    name = f"{passage.before}{passage.name}"
    return Door(name, passage.resource, passage.ports, passage.protocols, passage.closed, unclear)


def _unknown(because: str, view: View) -> Unknown:
    return Unknown(because, _SETTLE, view.resource, view.base)


def facts(interfaces: Interfaces, *words: str) -> Facts:
    """Return the facts of what has `interfaces`, which are made from `words`."""

    def fact(tells: Callable[[Reach], Any], admin: bool) -> Fact:
        def joins(view: View) -> Any:
            found = reached(view, interfaces)
            answer = tells(found)
            if answer is None:
                return found.unclear
            decided = found.decided_admin if admin else found.decided
            resource, path = decided or (view.resource, view.base)
            return Known(answer, resource, path)

        return Fact(joins=joins, of=words, beside=(*BESIDE, *forwards_.REACHING))

    def of_published(view: View) -> Reach:
        return reached(view, interfaces).published or Reach()

    return {
        **{f"network.{name}": fact(tells, "admin" in name) for name, tells in _TOLD.items()},
        **published.facts(of_published, words, (*BESIDE, *forwards_.REACHING)),
    }


def _any(sure: bool, perhaps: bool) -> bool | None:
    return True if sure else None if perhaps else False


def _reachable(found: Reach) -> bool | None:
    return _any(any(found.sure.values()), any(found.perhaps.values()))


def _ports(found: Reach) -> list[Any]:
    told = [each for name in PROTOCOLS for each in reach.shown(name, found.sure.get(name, ()))]
    return [*told, *_open(found, any(found.perhaps.values()))]


def _admin(found: Reach) -> tuple[list[int], list[int]]:
    """Return the ports of administration that are reached, and those that may be."""
    sure, perhaps = found.sure.get(_SIGN_IN, ()), found.perhaps.get(_SIGN_IN, ())
    return reach.of_administration(sure), reach.of_administration(perhaps)


def _admin_ports(found: Reach) -> list[Any]:
    sure, perhaps = _admin(found)
    return [*map(str, sure), *_open(found, bool(perhaps))]


def _admin_reachable(found: Reach) -> bool | None:
    sure, perhaps = _admin(found)
    return _any(bool(sure), bool(perhaps))


def _ways(found: Reach) -> list[Any]:
    return [*dict.fromkeys(found.ways), *_open(found, any(found.perhaps.values()))]


def _open(found: Reach, maybe: bool) -> list[Unresolved]:
    if not maybe or found.unclear is None:
        return []
    return [Unresolved(found.unclear.because, found.unclear.settle_with)]


_TOLD: Mapping[str, Callable[[Reach], Any]] = {
    "reachable_from_internet": _reachable,
    "reachable_ports": _ports,
    "reachable_admin_ports": _admin_ports,
    "admin_port_reachable": _admin_reachable,
    "reachable_by": _ways,
}
