"""Ways through Azure's load balancers: balancing rules to a pool, and forwarding (NAT) rules to one machine or a pool.

A rule leads to an interface that is in its pool, or names the rule; it leads there from the internet where the frontend
that it is for has a public address.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from msgspec import Struct

from tfaudit.model.resources import Reference, Resource, Unresolved
from tfaudit.model.settings import Known, Unknown
from tfaudit.reading.documented import ByPlane, Documented
from tfaudit.reading.inventory import Inventory
from tfaudit.reading.spelling import NOTHING, Spelling, azure
from tfaudit.reading.states import Absent, Pointer
from tfaudit.reading.values import as_int
from tfaudit.reading.view import View
from tfaudit.services.azure.elements import elements
from tfaudit.services.azure.network import subnets
from tfaudit.services.azure.network.addresses import Called, public_of
from tfaudit.services.azure.network.identities import identity, own
from tfaudit.services.azure.provider import changed_in
from tfaudit.services.reach import EVERY, PROTOCOLS, Ranges

ARM_TYPES = ("Microsoft.Network/loadBalancers", "Microsoft.Network/loadBalancers/inboundNatRules")

BALANCERS = ("azurerm_lb", "microsoft.network/loadbalancers")
_SKU = "learn.microsoft.com/azure/load-balancer/skus"
_SETTLE = "scan the plan or the live subscription"

FRONTEND: Spelling = {
    # word of a frontend, then its path in Terraform and in ARM
    "name": azure("name", "name"),
    "address": azure("public_ip_address_id", "properties.publicIPAddress.id"),
    "prefix": azure("public_ip_prefix_id", "properties.publicIPPrefix.id"),
    "private": azure("private_ip_address", "properties.privateIPAddress"),
    "subnet": azure("subnet_id", "properties.subnet.id"),
}
INNER: Spelling = {
    # word of a rule inside its balancer, then its path in Terraform and in ARM
    "name": azure("name", "name"),
    "frontend": azure("frontend_ip_configuration_name", "properties.frontendIPConfiguration.id"),
    "protocol": azure("protocol", "properties.protocol"),
    "port": azure("backend_port", "properties.backendPort"),
}
TAKEN: Spelling = {"taken": azure("frontend_port", "properties.frontendPort")}
RANGE: Spelling = {
    # word of a rule that takes a range of ports, one for each machine of a pool
    "first": azure("frontend_port_start", "properties.frontendPortRangeStart"),
    "last": azure("frontend_port_end", "properties.frontendPortRangeEnd"),
}
POOL: Spelling = {"pool": azure("backend_address_pool_id", "properties.backendAddressPool.id")}
POOLS: Spelling = {"pools": azure("backend_address_pool_ids", "properties.backendAddressPools")}
OWN_RULE: Spelling = {
    # a rule that is a resource of its own
    **INNER,
    **TAKEN,
    **RANGE,
    **POOL,
    "balancer": azure("loadbalancer_id", "parent"),
}
OWN_BALANCING: Spelling = {**INNER, **TAKEN, **POOLS, "balancer": azure("loadbalancer_id", NOTHING)}
BALANCER: Spelling = {
    "name": azure("name", "name"),
    "sku": azure("sku", "sku.name"),
    "frontends": azure("frontend_ip_configuration", "properties.frontendIPConfigurations", rows=FRONTEND),
    "balancing": azure(NOTHING, "properties.loadBalancingRules", rows={**INNER, **TAKEN, **POOL, **POOLS}),
    "forwarding": azure(NOTHING, "properties.inboundNatRules", rows={**INNER, **TAKEN, **RANGE, **POOL}),
    "forwarding_to_many": azure(NOTHING, "properties.inboundNatPools", rows={**INNER, **RANGE}),
    "pools": azure(
        NOTHING,
        "properties.backendAddressPools",
        rows={
            "name": azure("name", "name"),
            "members": azure(
                NOTHING,
                "properties.loadBalancerBackendAddresses",
                rows={"ip": azure(NOTHING, "properties.ipAddress")},
            ),
        },
    ),
}
MEMBER: Spelling = {
    **POOL,
    "ip": azure("ip_address", NOTHING),
}
_OWN = {
    "azurerm_lb_rule": OWN_BALANCING,
    "azurerm_lb_nat_rule": OWN_RULE,
    "azurerm_lb_nat_pool": OWN_RULE,
    "microsoft.network/loadbalancers/inboundnatrules": OWN_RULE,
}
_SKU_BY_DEFAULT = ByPlane(terraform=changed_in(4, "Basic", "Standard", _SKU), arm=Documented("Basic", _SKU))


class Passage(Struct):
    """One rule: what it leads to (`targets`), from where, on which ports of which protocols.

    `public` and `closed`, whether the balancer lets in only what a security group allows, are None where that is not
    known, for the reason `unclear`. `taken` are the ports in front, and `frontends` what its addresses are called by;
    `before` is the public one of them, for who tells the way.
    """

    name: str
    resource: Resource
    targets: set[str]
    public: bool | None
    closed: bool | None
    protocols: tuple[str, ...]
    ports: Ranges
    unclear: Unknown | None
    taken: Ranges = EVERY
    frontends: tuple[Called, ...] = ()
    before: str = ""


def of_scope(inventory: Inventory) -> dict[str, list[Passage]]:
    """Return the passages by what they lead to, those of which that is not known under "": for `inventory.derived`."""
    found: dict[str, list[Passage]] = {}
    for each in _all(inventory):
        for target in each.targets or {""}:
            found.setdefault(target, []).append(each)
    return found


def balancers(inventory: Inventory) -> frozenset[str]:
    """Return the identities of the balancers of a scope, and of the pools and rules that stand alone in Terraform."""
    alone = ("azurerm_lb_backend_address_pool", "azurerm_lb_nat_rule", "azurerm_lb_nat_pool")
    return frozenset(own(View(each, inventory)) for each in inventory.of_type(*BALANCERS, *alone))


def members(inventory: Inventory) -> list[tuple[str | None, Any, Resource]]:
    """Return who is in a pool by an address: the pool's identity, the address or why it is not known, what says so."""
    found: list[tuple[str | None, Any, Resource]] = []
    for resource in inventory.of_type(*BALANCERS):
        balancer = View(resource, inventory, table=BALANCER)
        for pool in elements(balancer, "pools"):
            named = f"{own(balancer)}/backendaddresspools/{_text(pool, 'name')}".lower()
            found += [(named, _address(each), resource) for each in elements(pool, "members")]
    for resource in inventory.of_type("azurerm_lb_backend_address_pool_address"):
        member = View(resource, inventory, table=MEMBER)
        found.append((identity(member.stated("pool").value, inventory), _address(member), resource))
    return [each for each in found if each[1] is not None]


def _address(member: View) -> Any:
    """Return the address of a member, None for one that is in the pool by its interface."""
    reading = member.word("ip")
    match reading:
        case Known(value=value):
            return value
        case Absent():
            return None
        case Unknown(because=because, settle_with=settle_with):
            return Unresolved(because, settle_with)
        case Pointer():
            return Unresolved(reading.unknown.because, reading.unknown.settle_with)


def _all(inventory: Inventory) -> Iterator[Passage]:
    for resource in inventory.of_type(*BALANCERS):
        balancer = View(resource, inventory, table=BALANCER)
        above = own(balancer)
        for word, part in (
            ("balancing", ""),
            ("forwarding", "inboundnatrules"),
            ("forwarding_to_many", "inboundnatpools"),
        ):
            for rule in elements(balancer, word):
                named = f"{above}/{part}/{_text(rule, 'name')}".lower() if part else ""
                yield _passage(rule, [balancer], named)
    for type_, table in _OWN.items():
        for resource in inventory.of_type(type_):
            rule = View(resource, inventory, table=table)
            above_it = [each.spelled(BALANCER) for each in rule.leads_to("balancer")]
            yield _passage(rule, above_it, "" if "pools" in table else own(rule))


def _passage(rule: View, balancer: list[View], named: str) -> Passage:
    """Return the passage that a rule of a balancer is; `named` is what an interface names it by, "" for a pool's."""
    unclear: list[Unknown] = []
    targets = {named} - {""}
    for word in ("pool", "pools"):
        if word in rule.table:
            targets |= _pools(rule, word, unclear)
    public = closed = None
    called, before = "a load balancer", ""
    fronts: list[tuple[View, bool]] = []
    for above in balancer:
        called = f"load balancer {_text(above, 'name') or above.resource.address}"
        fronts = _fronts(rule, above)
        public, closed = _public(rule, fronts, unclear), _closed(above)
        before = next(filter(None, (public_of(each, "address")[2] for each, _ in fronts)), "")
    if not balancer:
        unclear.append(_unknown("its load balancer is not declared here", rule))
    return Passage(
        f"rule {_text(rule, 'name')} of {called}",
        rule.resource,
        targets,
        public,
        closed,
        _protocols(rule, unclear),
        _ports(rule, unclear),
        next(iter(unclear), None),
        _taken(rule),
        tuple(_called(each) for each, _ in fronts),
        f"public address {before} > " if before else "",
    )


def _unknown(because: str, view: View) -> Unknown:
    return Unknown(because, _SETTLE, view.resource, view.base)


def _pools(rule: View, word: str, unclear: list[Unknown]) -> set[str]:
    value = rule.stated(word)
    if value.absent:
        return set()
    parts = value.value if isinstance(value.value, list) else [value.value]
    found = {identity(each, rule.inventory) for each in parts}
    if None in found:
        unclear.append(_unknown("which pool a rule of a load balancer leads to is not known", rule))
    return {each for each in found if each is not None}


def _text(view: View, word: str) -> str:
    match view.word(word):
        case Known(value=str(value)):
            return value
        case _:
            return ""


def _fronts(rule: View, balancer: View) -> list[tuple[View, bool]]:
    """Return the frontends that a rule may be for, and of each whether that is known for certain."""
    value = rule.stated("frontend").value
    if isinstance(value, Unresolved) and value.expression[:1] == "/":
        value = value.expression
    unknown = isinstance(value, (Unresolved, Reference))
    name = None if unknown else str(value).rpartition("/")[2].lower()
    found: list[tuple[View, bool]] = []
    for each in elements(balancer, "frontends"):
        own_name = each.word("name")
        known = isinstance(own_name, Known)
        if name is None or not known or str(getattr(own_name, "value", "")).lower() == name:
            found.append((each, name is not None and known))
    return found


def _called(frontend: View) -> Called:
    """Return what the address of a frontend is called by."""
    named, texts, _ = public_of(frontend, "address")
    private = frontend.word("private")
    networks: tuple[str, ...] | None = ()
    if isinstance(private, Known) and private.value:
        networks = (str(private.value),)
    elif not isinstance(frontend.word("subnet"), Absent):
        place = identity(frontend.stated("subnet").value, frontend.inventory)
        subnet = frontend.inventory.derived(subnets.of_scope).get(place or "")
        networks = tuple(subnet.prefixes) if subnet and subnet.prefixes else None
    index = next((step for step in reversed(frontend.base) if isinstance(step, int)), 0)
    own_name = f"{own(View(frontend.resource, frontend.inventory))}/frontendipconfigurations/{_text(frontend, 'name')}"
    return Called(frontend.resource.address, index, "", networks, named, texts, own_name.lower())


def _public(rule: View, fronts: list[tuple[View, bool]], unclear: list[Unknown]) -> bool | None:
    """Return whether the frontend that a rule is for has a public address."""
    found: set[bool | None] = set()
    for each, sure in fronts:
        has = _has_address(each, unclear)
        found.add(has if sure else has or None)
    if len(found) == 1:
        return found.pop()
    if found:
        unclear.append(_unknown("which frontend a rule of a load balancer is for is not known", rule))
        return None
    return False


def _has_address(frontend: View, unclear: list[Unknown]) -> bool | None:
    for word in ("address", "prefix"):
        reading = frontend.word(word)
        match reading:
            case Known(value=""):
                pass
            case Known() | Pointer():
                return True
            case Unknown():
                unclear.append(reading)
                return None
            case Absent():
                pass
    return False


def _closed(balancer: View) -> bool | None:
    """Return whether only what a security group allows gets through it: all balancers but the Basic ones are so."""
    sku = balancer.word("sku")
    match sku:
        case Known(value=value):
            return str(value).lower() != "basic"
        case Absent():
            default = _SKU_BY_DEFAULT.of(balancer)
            return str(default.value).lower() != "basic" if isinstance(default, Documented) else None
        case _:
            return None


def _protocols(rule: View, unclear: list[Unknown]) -> tuple[str, ...]:
    reading = rule.word("protocol")
    match reading:
        case Known(value=value):
            named = str(value).lower()
            return (named,) if named in PROTOCOLS else PROTOCOLS
        case Unknown():
            unclear.append(reading)
        case Pointer():
            unclear.append(reading.unknown)
        case Absent():
            pass
    return PROTOCOLS


def _ports(rule: View, unclear: list[Unknown]) -> Ranges:
    """Return the ports of the machine that a rule leads to; 0 stands for all of them."""
    reading = rule.word("port")
    match reading:
        case Known(value=value):
            port = as_int(value)
            if port is not None:
                return ((port, port),) if port else EVERY
            unclear.append(_unknown("its port is not a number", rule))
        case Unknown():
            unclear.append(reading)
        case Pointer():
            unclear.append(reading.unknown)
        case Absent():
            pass
    return EVERY


def _taken(rule: View) -> Ranges:
    """Return the ports in front that a rule takes; all of them where that is not known."""
    reading = rule.word("taken") if "taken" in rule.table else Absent(rule.resource, rule.base)
    if isinstance(reading, Known) and (port := as_int(reading.value)) is not None:
        return ((port, port),) if port else EVERY
    if not isinstance(reading, Absent) or "first" not in rule.table:
        return EVERY
    bounds = [
        as_int(each.value) if isinstance(each, Known) else None for each in map(rule.word, ("first", "last"))
    ]
    return ((bounds[0], bounds[1]),) if bounds[0] is not None and bounds[1] is not None else EVERY
