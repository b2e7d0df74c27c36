"""Firewall rules of Azure's database servers, as `firewall_rule` assets where the server is declared elsewhere.

A rule whose server stands in the same root is part of what that server lets in, and is judged there.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tfaudit.model.asset import Asset, Key
from tfaudit.model.resources import Reference, Unresolved
from tfaudit.model.settings import Known
from tfaudit.reading.asset import asset
from tfaudit.reading.documented import Documented
from tfaudit.reading.facts import Fact
from tfaudit.reading.inventory import Inventory
from tfaudit.reading.view import Reading, View
from tfaudit.services import open_ports
from tfaudit.services.azure.databases.server_firewall import span

READS = (
    "azurerm_postgresql_flexible_server_firewall_rule",
    "azurerm_postgresql_firewall_rule",
    "azurerm_mysql_flexible_server_firewall_rule",
    "azurerm_mysql_firewall_rule",
    "azurerm_mariadb_firewall_rule",
    "azurerm_mssql_firewall_rule",
)
KINDS = ("firewall_rule",)

_RULES = "learn.microsoft.com/azure/azure-sql/database/firewall-configure"
_PORTS = {"postgresql": "5432", "mysql": "3306", "mariadb": "3306", "mssql": "1433"}
_SERVER = ("server_id", "server_name")


def _port(view: View) -> str:
    return _PORTS[view.resource.type.split("_")[1]]


def _sources(view: View) -> Known:
    return Known(span(view), view.resource, view.first("start_ip_address").path)


def _opens(view: View) -> Any:
    sources = _sources(view)
    told = open_ports.from_world(sources.value)
    if told is not None:
        return Known(told, sources.resource, sources.path)
    why = next((each for each in sources.value if isinstance(each, Unresolved)), None)
    because = why.because if why else "its addresses are known only after apply"
    return Reading(
        Unresolved(because, "scan the plan or the live subscription"), sources.resource, sources.path
    )


RULE = {
    "rule.action": Fact(always=Documented("allow", _RULES)),
    "rule.direction": Fact(always=Documented("ingress", _RULES)),
    "rule.protocol": Fact(always=Documented("tcp", _RULES)),
    "rule.ports": Fact(terraform=lambda view: Known([_port(view)], view.resource)),
    "rule.sources": Fact(terraform=_sources),
    "rule.opens_admin_port": Fact(always=Documented(False, _RULES)),
    "rule.opens_data_port": Fact(terraform=_opens),
    "rule.open_to_world": Fact(terraform=_opens),
    "rule.all_ports": Fact(always=Documented(False, _RULES)),
    "rule.description": Fact(not_applicable="a server's rule has a name and no description"),
    "deletion_protection": Fact(not_applicable="a rule holds no data"),
    "tags": Fact(not_applicable="a rule has no tags"),
}


def _here(view: View) -> bool:
    for path in _SERVER:
        value = view.read(path).value
        if isinstance(value, Reference):
            return bool(view.inventory.at(value.address)) and not value.address.startswith("data.")
        if isinstance(value, str) and value:
            servers = view.inventory.derived(_names)
            return value in servers
    return False


def _names(inventory: Inventory) -> frozenset[str]:
    """Return the names of all servers that a rule could belong to."""
    found: set[str] = set()
    for rule_type in READS:
        type_ = rule_type.removesuffix("_firewall_rule")
        for server in inventory.of_type(type_, f"{type_}_server"):
            if isinstance(name := server.body.get("name"), str):
                found.add(name)
    return frozenset(found)


def assets(view: View) -> Iterator[Asset]:
    """Yield the one `firewall_rule` that the resource declares, unless its server is declared beside it."""
    if not _here(view):
        key: Key = Unresolved("its server is not declared here", "scan the root that declares it")
        yield asset("firewall_rule", view, RULE, key, str(view.get("name") or ""))
