"""Rules of Azure network security groups, as `firewall_rule` assets.

A rule stands inside its group or as a resource of its own. The rules that every group ends with (in from the
network itself and from Azure's load balancers, all else closed) are not assets.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from tfaudit.model.asset import Asset, Key
from tfaudit.model.resources import Reference, Unresolved
from tfaudit.model.settings import Known
from tfaudit.reading.asset import asset
from tfaudit.reading.documented import Documented
from tfaudit.reading.facts import Fact
from tfaudit.reading.view import Reading, View
from tfaudit.services import open_ports
from tfaudit.services.azure.keys.keys import inside, named
from tfaudit.services.azure.network.rule_order import earlier_denial

READS = ("azurerm_network_security_group", "azurerm_network_security_rule")
KINDS = ("firewall_rule",)

_GROUP_TYPE = "microsoft.network/networksecuritygroups"
_PAGE = "hashicorp/azurerm/4.50.0/docs/resources/network_security_rule"
_PROTOCOLS = {"*": "all", "tcp": "tcp", "udp": "udp", "icmp": "icmp", "esp": "esp", "ah": "ah"}


def _parts(view: View, one: str, many: str) -> tuple[list[Any], Reading]:
    """Return the values of a singular attribute and its plural, and where the first of them stands."""
    first, rest = view.read(one), view.read(many)
    values: list[Any] = []
    for reading in (first, rest):
        if isinstance(reading.value, list):
            values += reading.value
        elif not reading.absent and reading.value != "":
            values.append(reading.value)
    return values, rest if first.absent else first


def _sources(view: View) -> tuple[list[Any], Reading]:
    values, where = _parts(view, "source_address_prefix", "source_address_prefixes")
    groups, of_groups = _parts(
        view, "source_application_security_group_ids", "source_application_security_group_ids"
    )
    # Who is in an application security group changes nothing: its members are machines of the network.
    values += ["application security group" for _ in groups[:1]]
    return values, of_groups if where.absent else where


def _ports(view: View) -> tuple[list[Any], Reading]:
    values, where = _parts(view, "destination_port_range", "destination_port_ranges")
    return [part if isinstance(part, (Unresolved, Reference)) else _port(str(part)) for part in values], where


def _port(text: str) -> str:
    return "all" if text in ("*", "0-65535") else text


def _lets_in(view: View) -> bool | None:
    """Return whether it is a rule that lets traffic in."""
    told: bool | None = True
    for path, wanted in (("access", "allow"), ("direction", "inbound")):
        value = view.read(path).value
        if isinstance(value, (Unresolved, Reference)):
            told = None
        elif str(value).lower() != wanted:
            return False
    return told


def _opens(wanted: Sequence[int] | None, *, every: bool = False) -> Any:
    """Return a spelling: whether the rule opens one of `wanted`, any port (None), or `every` port, to the internet."""

    def spelling(view: View) -> Any:
        sources, at_sources = _sources(view)
        ports, at_ports = _ports(view)
        told = open_ports.both(_lets_in(view), open_ports.from_world(sources))
        if every:
            told = open_ports.both(told, open_ports.every_port(ports))
        elif wanted is not None:
            told = open_ports.both(told, open_ports.covers(ports, _by_protocol(view, wanted)))
        where = at_sources if not at_sources.absent else at_ports
        if told and (denied := earlier_denial(view, ports, wanted)) is not None:
            if denied.value is True:
                return Known(False, denied.resource, denied.path)
            return denied
        if told is None:
            why = next((part for part in (*sources, *ports) if isinstance(part, Unresolved)), None)
            because = why.because if why else "a part of the rule is known only after apply"
            return Reading(
                Unresolved(because, "scan the plan or the live subscription"), where.resource, where.path
            )
        return Known(told, where.resource, where.path)

    return spelling


def _admin_ports(view: View) -> Known:
    """Return the ports of administration that the rule opens to the internet."""
    found: list[Any] = []
    told = None
    for port in open_ports.ADMIN_PORTS:
        told = _opens((port,))(view)
        if told.value is not False:
            found.append(str(port) if told.value is True else told.value)
    where = told or Reading(None, view.resource, view.base)
    return Known(found, where.resource, where.path)


def _by_protocol(view: View, wanted: Sequence[int]) -> Sequence[int]:
    """Return those of `wanted` that the rule's protocol can reach: a shell's sign-in goes over TCP alone."""
    word = str(view.read("protocol").value).lower()
    if word == "udp":
        return [port for port in wanted if port in open_ports.UDP_DATA_PORTS]
    return () if word in ("icmp", "esp", "ah") else wanted


def _list(parts: Any) -> Any:
    def spelling(view: View) -> Any:
        values, where = parts(view)
        return Known(values, where.resource, where.path)

    return spelling


RULE = {
    "rule.action": Fact(terraform="access", using=lambda word: str(word).lower()),
    "rule.direction": Fact(
        terraform="direction",
        using=lambda word: {"inbound": "ingress", "outbound": "egress"}.get(str(word).lower()),
    ),
    "rule.protocol": Fact(terraform="protocol", using=lambda word: _PROTOCOLS.get(str(word).lower())),
    "rule.ports": Fact(terraform=_list(_ports)),
    "rule.sources": Fact(terraform=_list(_sources)),
    "rule.opens_admin_port": Fact(terraform=_opens(open_ports.ADMIN_PORTS)),
    "rule.admin_ports": Fact(terraform=_admin_ports),
    "rule.opens_data_port": Fact(terraform=_opens(open_ports.DATA_PORTS)),
    "rule.open_to_world": Fact(terraform=_opens(None)),
    "rule.all_ports": Fact(terraform=_opens(None, every=True)),
    "rule.description": Fact(terraform="description", default=Documented("", _PAGE)),
    "deletion_protection": Fact(not_applicable="its security group is judged"),
    "tags": Fact(not_applicable="a rule has no tags"),
}


def _group_key(view: View) -> Key:
    for target in view.targets("network_security_group_name"):
        return named(target, _GROUP_TYPE)
    group, name = view.read("resource_group_name").value, view.read("network_security_group_name").value
    if isinstance(group, str) and isinstance(name, str):
        return f"azure:{_GROUP_TYPE}/{group}/{name}".lower()
    return Unresolved("its security group is not known", "scan the plan or the live subscription")


def assets(view: View) -> Iterator[Asset]:
    """Yield each rule that stands inside a security group, or the one that is a resource of its own."""
    if view.resource.type == "azurerm_network_security_rule":
        name = view.read("name").value
        yield asset("firewall_rule", view, RULE, _rule_key(_group_key(view), name))
        return
    above = named(view, _GROUP_TYPE)
    for index, rule in enumerate(view.each("security_rule")):
        name = rule.read("name").value
        shown = name if isinstance(name, str) else str(index)
        yield asset("firewall_rule", rule, RULE, _rule_key(above, name), shown, f"security_rule[{index}]")


def _rule_key(above: Key, name: Any) -> Key:
    if isinstance(above, Unresolved):
        return above
    if not isinstance(name, str):
        return Unresolved(f"its name is {name}", "scan the plan or the live subscription")
    return inside(above, _GROUP_TYPE, "securityrules", name)
