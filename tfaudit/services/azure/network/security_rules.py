"""Rules of Azure network security groups, as `firewall_rule` assets.

A rule stands inside its group or as a resource of its own. The rules that every group ends with (in from the
network itself and from Azure's load balancers, all else closed) are not assets.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from tfaudit.model.asset import Asset, Key
from tfaudit.model.resources import Reference, Unresolved
from tfaudit.model.settings import Known, Unknown
from tfaudit.reading import states
from tfaudit.reading.asset import asset
from tfaudit.reading.documented import Cited, Documented
from tfaudit.reading.fact import Fact, Facts, inapplicable
from tfaudit.reading.states import Absent, Pointer
from tfaudit.reading.view import View
from tfaudit.services import open_ports
from tfaudit.services.azure.choices import called, lower
from tfaudit.services.azure.elements import element_name, elements
from tfaudit.services.azure.keys.keys import by_id, named, part_of, raw
from tfaudit.services.azure.network.rule_order import GROUP, OWN_RULE, RULES, earlier_denial

READS = (
    "azurerm_network_security_group",
    "azurerm_network_security_rule",
    "microsoft.network/networksecuritygroups",
    "microsoft.network/networksecuritygroups/securityrules",
)
KINDS = ("firewall_rule",)
ARM_TYPES = (
    "Microsoft.Network/networkSecurityGroups",
    "Microsoft.Network/networkSecurityGroups/securityRules",
)

_GROUP_TYPE = "microsoft.network/networksecuritygroups"
_PAGE = Cited(
    "hashicorp/azurerm/4.50.0/docs/resources/network_security_rule",
    "learn.microsoft.com/azure/templates/microsoft.network/networksecuritygroups/securityrules",
)
_SETTLE = "scan the plan or the live subscription"
_DIRECTIONS = {"inbound": "ingress", "outbound": "egress"}

TABLE = GROUP
IDENTITY = ("id", "name", "group", "security_group", "rules")
_SOURCES = ("source", "sources", "source_groups")
_PORTS = ("port", "ports")
_OPENS = ("access", "direction", "protocol", "priority", *_SOURCES, *_PORTS)


def _parts(view: View, *words: str) -> tuple[list[Any], states.Reading]:
    """Return the values of a singular word and its plural, and where the first of them stands."""
    readings = [view.word(word) for word in words]
    values: list[Any] = []
    for reading in readings:
        match reading:
            case Known(value=list(value)):
                values += value
            case Known(value=value):
                values += [value] if value != "" else []
            case Pointer(reference=reference):
                values.append(reference)
            case Unknown(because=because, settle_with=settle_with):
                values.append(Unresolved(because, settle_with))
            case Absent():
                pass
    return values, next((each for each in readings if not isinstance(each, Absent)), readings[-1])


def _sources(view: View) -> tuple[list[Any], states.Reading]:
    values, where = _parts(view, "source", "sources")
    groups, of_groups = _parts(view, "source_groups")
    # Who is in an application security group changes nothing: its members are machines of the network.
    values += ["application security group" for _ in groups[:1]]
    return values, of_groups if isinstance(where, Absent) else where


def _ports(view: View) -> tuple[list[Any], states.Reading]:
    values, where = _parts(view, *_PORTS)
    return [part if isinstance(part, (Unresolved, Reference)) else _port(str(part)) for part in values], where


def _port(text: str) -> str:
    return "all" if text in ("*", "0-65535") else text


def _lets_in(view: View) -> bool | None:
    """Return whether it is a rule that lets traffic in."""
    lets_in: bool | None = True
    for word, wanted in (("access", "allow"), ("direction", "inbound")):
        match view.word(word):
            case Known(value=value):
                if str(value).lower() != wanted:
                    return False
            case Absent():
                return False
            case Unknown() | Pointer():
                lets_in = None
    return lets_in


def _opens(wanted: Sequence[int] | None, *, every: bool = False) -> Callable[[View], Known | Unknown]:
    """Return what joins: whether the rule opens one of `wanted`, any port (None), or `every` port, to the internet."""

    def joins(view: View) -> Known | Unknown:
        sources, at_sources = _sources(view)
        ports, at_ports = _ports(view)
        opens = open_ports.both(_lets_in(view), open_ports.from_world(sources))
        if every:
            opens = open_ports.both(opens, open_ports.every_port(ports))
        elif wanted is not None:
            opens = open_ports.both(opens, open_ports.covers(ports, _by_protocol(view, wanted)))
        where = at_ports if isinstance(at_sources, Absent) else at_sources
        if opens and (denied := earlier_denial(view, ports, wanted)) is not None:
            return denied if isinstance(denied, Unknown) else Known(False, denied.resource, denied.path)
        if opens is None:
            why = next((part for part in (*sources, *ports) if isinstance(part, Unresolved)), None)
            because = why.because if why else "a part of the rule is known only after apply"
            return Unknown(because, _SETTLE, where.resource, where.path)
        return Known(opens, where.resource, where.path)

    return joins


def _admin_ports(view: View) -> Known:
    """Return the ports of administration that the rule opens to the internet."""
    found: list[Any] = []
    where: Known | Unknown = Known(None, view.resource, view.base)
    for port in open_ports.ADMIN_PORTS:
        where = _opens((port,))(view)
        if isinstance(where, Unknown):
            found.append(Unresolved(where.because, where.settle_with))
        elif where.value:
            found.append(str(port))
    return Known(found, where.resource, where.path)


def _by_protocol(view: View, wanted: Sequence[int]) -> Sequence[int]:
    """Return those of `wanted` that the rule's protocol can reach: a shell's sign-in goes over TCP alone."""
    protocol = view.word("protocol")
    word = str(protocol.value).lower() if isinstance(protocol, Known) else ""
    if word == "udp":
        return [port for port in wanted if port in open_ports.UDP_DATA_PORTS]
    return () if word in ("icmp", "esp", "ah") else wanted


def _list(parts: Callable[[View], tuple[list[Any], states.Reading]]) -> Callable[[View], Known]:
    def joins(view: View) -> Known:
        values, where = parts(view)
        return Known(values, where.resource, where.path)

    return joins


RULE: Facts = {
    "rule.action": Fact(lower, of=("access",)),
    "rule.direction": Fact(called(_DIRECTIONS), of=("direction",)),
    "rule.ports": Fact(joins=_list(_ports), of=_PORTS),
    "rule.sources": Fact(joins=_list(_sources), of=_SOURCES),
    "rule.opens_admin_port": Fact(joins=_opens(open_ports.ADMIN_PORTS), of=_OPENS),
    "rule.admin_ports": Fact(joins=_admin_ports, of=_OPENS),
    "rule.opens_data_port": Fact(joins=_opens(open_ports.DATA_PORTS), of=_OPENS),
    "rule.open_to_world": Fact(joins=_opens(None), of=_OPENS),
    "rule.all_ports": Fact(joins=_opens(None, every=True), of=_OPENS),
    "rule.description": Fact("description", default=Documented("", _PAGE)),
    "tags": inapplicable("a rule has no tags"),
}


def _group_key(view: View) -> Key:
    for target in view.leads_to("security_group"):
        return named(target, _GROUP_TYPE)
    group, name = raw(view, "group"), raw(view, "security_group")
    if isinstance(group, str) and isinstance(name, str):
        return f"azure:{_GROUP_TYPE}/{group}/{name}".lower()
    return Unresolved("its security group is not known", _SETTLE)


def assets(view: View) -> Iterator[Asset]:
    """Yield each rule that stands inside a security group, or the one that is a resource of its own."""
    if view.resource.type in RULES:
        own = view.spelled(OWN_RULE)
        key = by_id(own) or part_of(_group_key(own), _GROUP_TYPE, "securityrules", raw(own, "name"))
        yield asset("firewall_rule", own, RULE, key)
        return
    above = named(view, _GROUP_TYPE)
    for index, rule in enumerate(elements(view, "rules")):
        name = raw(rule, "name")
        shown = name if isinstance(name, str) else str(index)
        key = part_of(above, _GROUP_TYPE, "securityrules", name)
        yield asset("firewall_rule", rule, RULE, key, shown, f"{element_name(view, 'rules', 0)}[{index}]")
