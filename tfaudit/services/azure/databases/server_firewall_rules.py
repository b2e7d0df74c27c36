"""Firewall rules of Azure's database servers, as `firewall_rule` assets where the server is declared elsewhere.

A rule whose server stands in the same root is part of what that server lets in, and is judged there.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tfaudit.model.asset import Asset, Key
from tfaudit.model.resources import Reference, Unresolved
from tfaudit.model.settings import Known
from tfaudit.reading.answers import CannotTell
from tfaudit.reading.asset import asset
from tfaudit.reading.fact import Fact, Facts, always, inapplicable
from tfaudit.reading.inventory import Inventory
from tfaudit.reading.spelling import NOTHING, Spelling, azure
from tfaudit.reading.view import View
from tfaudit.services import open_ports
from tfaudit.services.azure.databases.server_firewall import SPAN, span
from tfaudit.services.azure.keys.keys import RESOURCE, raw

READS = (
    "azurerm_postgresql_flexible_server_firewall_rule",
    "azurerm_postgresql_firewall_rule",
    "azurerm_mysql_flexible_server_firewall_rule",
    "azurerm_mysql_firewall_rule",
    "azurerm_mariadb_firewall_rule",
    "azurerm_mssql_firewall_rule",
    "azurerm_sql_firewall_rule",
    "azurerm_synapse_firewall_rule",
    "microsoft.dbforpostgresql/flexibleservers/firewallrules",
    "microsoft.dbforpostgresql/servers/firewallrules",
    "microsoft.dbformysql/flexibleservers/firewallrules",
    "microsoft.dbformysql/servers/firewallrules",
    "microsoft.dbformariadb/servers/firewallrules",
    "microsoft.sql/servers/firewallrules",
    "microsoft.synapse/workspaces/firewallrules",
)
KINDS = ("firewall_rule",)
ARM_TYPES = (
    "Microsoft.DBforPostgreSQL/flexibleServers/firewallRules",
    "Microsoft.DBforPostgreSQL/servers/firewallRules",
    "Microsoft.DBforMySQL/flexibleServers/firewallRules",
    "Microsoft.DBforMySQL/servers/firewallRules",
    "Microsoft.DBforMariaDB/servers/firewallRules",
    "Microsoft.Sql/servers/firewallRules",
    "Microsoft.Synapse/workspaces/firewallRules",
    "Microsoft.Cache/redis/firewallRules",
)

_RULES = "learn.microsoft.com/azure/azure-sql/database/firewall-configure"
_PORTS = {
    "azurerm_postgresql_flexible_server_firewall_rule": "5432",
    "azurerm_postgresql_firewall_rule": "5432",
    "azurerm_mysql_flexible_server_firewall_rule": "3306",
    "azurerm_mysql_firewall_rule": "3306",
    "azurerm_mariadb_firewall_rule": "3306",
    "azurerm_mssql_firewall_rule": "1433",
    "azurerm_sql_firewall_rule": "1433",
    "azurerm_synapse_firewall_rule": "1433",
    "microsoft.dbforpostgresql/flexibleservers/firewallrules": "5432",
    "microsoft.dbforpostgresql/servers/firewallrules": "5432",
    "microsoft.dbformysql/flexibleservers/firewallrules": "3306",
    "microsoft.dbformysql/servers/firewallrules": "3306",
    "microsoft.dbformariadb/servers/firewallrules": "3306",
    "microsoft.sql/servers/firewallrules": "1433",
    "microsoft.synapse/workspaces/firewallrules": "1433",
}
_OF_SYNAPSE = ("azurerm_synapse_firewall_rule", "microsoft.synapse/workspaces/firewallrules")
"""A workspace says nothing of whom its rules let in, so they are judged wherever they stand."""


TABLE: Spelling = {
    **SPAN,
    # word, then its path in Terraform and in ARM
    "name": azure("name", "name"),
    "server": azure(("server_id", "synapse_workspace_id"), "parent"),
    "server_name": azure("server_name", NOTHING),
}
IDENTITY = ("name", "server", "server_name")


def _port(view: View) -> Known:
    return Known([_PORTS[view.resource.type]], view.resource)


def _sources(view: View) -> Known:
    return Known(span(view), view.resource, view.word("first").path)


def _opens(view: View) -> Any:
    sources = _sources(view)
    opens = open_ports.from_world(sources.value)
    if opens is not None:
        return Known(opens, sources.resource, sources.path)
    why = next((each for each in sources.value if isinstance(each, Unresolved)), None)
    because = why.because if why else "its addresses are known only after apply"
    return CannotTell(because, "scan the plan or the live subscription")


_SPAN = ("first", "last")
RULE: Facts = {
    "rule.action": always("allow", _RULES),
    "rule.direction": always("ingress", _RULES),
    "rule.ports": Fact(joins=_port, of=("name",)),
    "rule.sources": Fact(joins=_sources, of=_SPAN),
    "rule.opens_admin_port": always(False, _RULES),
    "rule.opens_data_port": Fact(joins=_opens, of=_SPAN),
    "rule.open_to_world": Fact(joins=_opens, of=_SPAN),
    "rule.all_ports": always(False, _RULES),
    "rule.description": inapplicable("a server's rule has a name and no description"),
    "tags": inapplicable("a rule has no tags"),
}


def _here(view: View) -> bool:
    if view.resource.type in _OF_SYNAPSE:
        return False
    for word in ("server", "server_name"):
        value = raw(view, word)
        if isinstance(value, Reference):
            return bool(view.inventory.at(value.address)) and not value.address.startswith("data.")
        if isinstance(value, str) and value:
            return value in view.inventory.derived(_names)
    return False


def _names(inventory: Inventory) -> frozenset[str]:
    """Return the names of all servers that a rule could belong to."""
    found: set[str] = set()
    for rule_type in READS:
        type_ = rule_type.removesuffix("_firewall_rule")
        if type_ == rule_type:
            continue  # ARM's name their server by its id
        for server in inventory.of_type(type_, f"{type_}_server"):
            if isinstance(name := raw(View(server, inventory, table=RESOURCE), "name"), str):
                found.add(name)
    return frozenset(found)


def assets(view: View) -> Iterator[Asset]:
    """Yield the one `firewall_rule` that the resource declares, unless its server is declared beside it."""
    if not _here(view):
        key: Key = Unresolved("its server is not declared here", "scan the root that declares it")
        name = raw(view, "name")
        yield asset("firewall_rule", view, RULE, key, name if isinstance(name, str) else "")
