"""What the stand-in for Azure holds, and how templates get into it: what Azure makes beside a resource is made, too."""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tests.sources.arm_templates import read_files
from tfaudit.enclosed import replaced
from tfaudit.model.resources import Reference, Unresolved

API_VERSIONS: dict[str, tuple[str, ...]] = {
    "microsoft.resourcegraph/resources": ("2021-03-01", "2022-10-01", "2024-04-01"),
    "microsoft.resources/subscriptions": ("2020-01-01", "2022-12-01"),
    "microsoft.resources/providers": ("2022-12-01", "2025-04-01"),
    "microsoft.management/managementgroups/descendants": ("2020-05-01", "2021-04-01"),
    "microsoft.authorization/permissions": ("2018-07-01", "2022-04-01"),
    "microsoft.authorization/locks": ("2016-09-01", "2020-05-01"),
    "microsoft.authorization/roleassignments": ("2022-04-01",),
    "microsoft.authorization/roledefinitions": ("2022-04-01",),
    "microsoft.authorization/roleeligibilityschedules": ("2020-10-01",),
    "microsoft.authorization/roleassignmentschedules": ("2020-10-01",),
    "microsoft.insights/diagnosticsettings": ("2016-09-01", "2021-05-01-preview"),
    "microsoft.managedidentity/userassignedidentities/federatedidentitycredentials": (
        "2023-01-31",
        "2024-11-30",
    ),
    "microsoft.securityinsights/alertrules": ("2024-09-01",),
    "microsoft.securityinsights/dataconnectors": ("2024-09-01",),
    "microsoft.security/securitycontacts": ("2020-01-01-preview", "2023-12-01-preview"),
    "microsoft.security/autoprovisioningsettings": ("2017-08-01-preview",),
    "microsoft.security/settings": ("2022-05-01",),
    "microsoft.consumption/budgets": ("2023-05-01", "2024-08-01"),
    "microsoft.storage/storageaccounts/blobservices": ("2023-01-01", "2026-04-01"),
    "microsoft.storage/storageaccounts/blobservices/containers": ("2023-01-01", "2026-04-01"),
    "microsoft.storage/storageaccounts/encryptionscopes": ("2023-01-01", "2026-04-01"),
    "microsoft.storage/storageaccounts/fileservices": ("2023-01-01", "2026-04-01"),
    "microsoft.storage/storageaccounts/fileservices/shares": ("2023-01-01", "2026-04-01"),
    "microsoft.storage/storageaccounts/queueservices": ("2023-01-01", "2026-04-01"),
    "microsoft.storage/storageaccounts/queueservices/queues": ("2023-01-01", "2026-04-01"),
    "microsoft.storage/storageaccounts/tableservices": ("2023-01-01", "2026-04-01"),
    "microsoft.storage/storageaccounts/tableservices/tables": ("2023-01-01", "2026-04-01"),
    "microsoft.keyvault/managedhsms/keys": ("2023-07-01", "2026-02-01"),
    "microsoft.network/firewallpolicies/rulecollectiongroups": ("2024-05-01", "2024-10-01"),
    "microsoft.network/privateendpoints/privatednszonegroups": ("2024-05-01", "2024-10-01"),
    "microsoft.cdn/profiles/afdendpoints": ("2024-09-01", "2025-06-01"),
    "microsoft.cdn/profiles/afdendpoints/routes": ("2024-09-01", "2025-06-01"),
    "microsoft.cdn/profiles/customdomains": ("2024-09-01", "2025-06-01"),
    "microsoft.cdn/profiles/endpoints": ("2024-09-01", "2025-06-01"),
    "microsoft.cdn/profiles/endpoints/customdomains": ("2024-09-01", "2025-06-01"),
    "microsoft.cdn/profiles/origingroups": ("2024-09-01", "2025-06-01"),
    "microsoft.cdn/profiles/origingroups/origins": ("2024-09-01", "2025-06-01"),
    "microsoft.cdn/profiles/securitypolicies": ("2024-09-01", "2025-06-01"),
    "microsoft.app/containerapps/authconfigs": ("2024-03-01", "2025-07-01"),
    "microsoft.cache/redisenterprise/databases": ("2024-02-01", "2025-07-01"),
    "microsoft.keyvault/vaults/keys": ("2023-07-01", "2026-02-01"),
    "microsoft.keyvault/vaults/secrets": ("2023-07-01", "2026-02-01"),
    "microsoft.dbforpostgresql/flexibleservers/configurations": ("2022-12-01", "2025-08-01"),
    "microsoft.dbforpostgresql/flexibleservers/firewallrules": ("2022-12-01", "2025-08-01"),
    "microsoft.dbformysql/flexibleservers/configurations": ("2023-12-30", "2024-12-30"),
    "microsoft.dbformysql/flexibleservers/firewallrules": ("2023-12-30", "2024-12-30"),
    "microsoft.dbformysql/flexibleservers/administrators": ("2023-12-30", "2024-12-30"),
    "microsoft.servicebus/namespaces/networkrulesets": ("2021-11-01", "2024-01-01", "2026-01-01"),
    "microsoft.eventhub/namespaces/networkrulesets": ("2021-11-01", "2024-01-01", "2026-01-01"),
    "microsoft.servicebus/namespaces/queues": ("2021-11-01", "2024-01-01", "2026-01-01"),
    "microsoft.servicebus/namespaces/topics": ("2021-11-01", "2024-01-01", "2026-01-01"),
    "microsoft.servicebus/namespaces/topics/subscriptions": ("2021-11-01", "2024-01-01", "2026-01-01"),
    "microsoft.apimanagement/service/apis": ("2022-08-01", "2024-05-01"),
    "microsoft.apimanagement/service/backends": ("2022-08-01", "2024-05-01"),
    "microsoft.apimanagement/service/namedvalues": ("2022-08-01", "2024-05-01"),
    "microsoft.batch/batchaccounts/pools": ("2023-11-01", "2024-07-01"),
    "microsoft.synapse/workspaces/extendedauditingsettings": ("2021-06-01",),
    "microsoft.synapse/workspaces/securityalertpolicies": ("2021-06-01",),
    "microsoft.apimanagement/service/subscriptions": ("2024-05-01",),
    "microsoft.apimanagement/service/products": ("2024-05-01",),
    "microsoft.documentdb/mongoclusters/firewallrules": ("2026-06-01",),
    "microsoft.servicebus/namespaces/authorizationrules": ("2024-01-01", "2026-01-01"),
    "microsoft.servicebus/namespaces/queues/authorizationrules": ("2024-01-01", "2026-01-01"),
    "microsoft.servicebus/namespaces/topics/authorizationrules": ("2024-01-01", "2026-01-01"),
    "microsoft.eventhub/namespaces/authorizationrules": ("2024-01-01", "2026-01-01"),
    "microsoft.eventhub/namespaces/eventhubs": ("2024-01-01", "2026-01-01"),
    "microsoft.eventhub/namespaces/eventhubs/authorizationrules": ("2024-01-01", "2026-01-01"),
    "microsoft.containerregistry/registries/replications": ("2023-07-01", "2025-11-01"),
    "microsoft.recoveryservices/vaults/backupresourceguardproxies": ("2025-02-01",),
    "microsoft.dataprotection/backupvaults/backupresourceguardproxies": ("2025-07-01",),
    "microsoft.dbforpostgresql/servergroupsv2/coordinatorconfigurations": ("2022-11-08",),
    "microsoft.dbforpostgresql/servergroupsv2/firewallrules": ("2022-11-08",),
    "microsoft.synapse/workspaces/vulnerabilityassessments": ("2021-06-01",),
    "microsoft.synapse/workspaces/sqlpools": ("2021-06-01",),
    "microsoft.synapse/workspaces/sqlpools/securityalertpolicies": ("2021-06-01",),
    "microsoft.synapse/workspaces/sqlpools/vulnerabilityassessments": ("2021-06-01",),
    "microsoft.synapse/workspaces/sqlpools/extendedauditingsettings": ("2021-06-01",),
    "microsoft.synapse/workspaces/sqlpools/geobackuppolicies": ("2021-06-01",),
    "microsoft.synapse/workspaces/sqlpools/transparentdataencryption": ("2021-06-01",),
    "microsoft.network/dnszones/dnssecconfigs": ("2023-07-01-preview",),
    "microsoft.network/vpngateways/vpnconnections": ("2024-03-01", "2024-05-01"),
    "microsoft.web/sites/basicpublishingcredentialspolicies": ("2023-12-01", "2025-03-01"),
    "microsoft.web/sites/slots/basicpublishingcredentialspolicies": ("2023-12-01", "2025-03-01"),
    "microsoft.web/sites/config": ("2023-12-01", "2025-03-01"),
    "microsoft.automation/automationaccounts/variables": ("2023-11-01", "2024-10-23"),
    "microsoft.machinelearningservices/workspaces/computes": ("2024-04-01", "2024-10-01"),
    "microsoft.machinelearningservices/workspaces/onlineendpoints": ("2024-04-01", "2024-10-01"),
    "microsoft.web/staticsites/basicauth": ("2023-12-01", "2024-04-01"),
    "microsoft.web/staticsites/config": ("2023-12-01", "2024-04-01"),
    "microsoft.web/sites/slots/config": ("2023-12-01", "2025-03-01"),
    "microsoft.cache/redis/firewallrules": ("2023-08-01", "2024-11-01"),
    "microsoft.sql/servers/firewallrules": ("2021-11-01", "2025-01-01"),
    "microsoft.sql/servers/administrators": ("2021-11-01", "2025-01-01"),
    "microsoft.sql/servers/azureadonlyauthentications": ("2021-11-01", "2025-01-01"),
    "microsoft.sql/managedinstances/azureadonlyauthentications": ("2021-11-01", "2025-01-01"),
    "microsoft.sql/servers/auditingsettings": ("2021-11-01", "2025-01-01"),
    "microsoft.sql/servers/extendedauditingsettings": ("2021-11-01", "2025-01-01"),
    "microsoft.sql/servers/encryptionprotector": ("2021-11-01", "2025-01-01"),
    "microsoft.sql/servers/databases/auditingsettings": ("2021-11-01", "2025-01-01"),
    "microsoft.sql/servers/databases/extendedauditingsettings": ("2021-11-01", "2025-01-01"),
    "microsoft.sql/servers/databases/transparentdataencryption": ("2021-11-01", "2025-01-01"),
    "microsoft.sql/servers/databases/backupshorttermretentionpolicies": ("2021-11-01", "2025-01-01"),
    "microsoft.sql/servers/databases/backuplongtermretentionpolicies": ("2021-11-01", "2025-01-01"),
    "microsoft.sql/servers/securityalertpolicies": ("2021-11-01", "2025-01-01"),
    "microsoft.sql/servers/vulnerabilityassessments": ("2021-11-01", "2025-01-01"),
    "microsoft.sql/servers/sqlvulnerabilityassessments": ("2021-11-01", "2025-01-01"),
    "microsoft.sql/managedinstances/administrators": ("2021-11-01", "2025-01-01"),
    "microsoft.sql/managedinstances/encryptionprotector": ("2021-11-01", "2025-01-01"),
    "microsoft.sql/managedinstances/securityalertpolicies": ("2021-11-01", "2025-01-01"),
    "microsoft.sql/managedinstances/vulnerabilityassessments": ("2021-11-01", "2025-01-01"),
    "microsoft.sql/managedinstances/databases/backupshorttermretentionpolicies": ("2021-11-01", "2025-01-01"),
    "microsoft.sql/managedinstances/databases/backuplongtermretentionpolicies": ("2021-11-01", "2025-01-01"),
}
"""The versions that the stand-in knows of each type which is asked for by id or list, in small letters."""

_NO_COPIES = {"weeklyRetention": "PT0S", "monthlyRetention": "PT0S", "yearlyRetention": "PT0S"}
SINGLETONS: dict[str, tuple[str, dict[str, Any]]] = {
    "microsoft.storage/storageaccounts/blobservices": ("default", {}),
    "microsoft.storage/storageaccounts/fileservices": (
        "default",
        {"shareDeleteRetentionPolicy": {"enabled": True, "days": 7}},
    ),
    "microsoft.storage/storageaccounts/queueservices": ("default", {}),
    "microsoft.storage/storageaccounts/tableservices": ("default", {}),
    **{
        f"microsoft.web/sites/{each}": (
            "authsettingsV2",
            {"platform": {"enabled": False}, "globalValidation": {"requireAuthentication": False}},
        )
        for each in ("config", "slots/config")
    },
    "microsoft.sql/servers/securityalertpolicies": ("default", {"state": "Disabled"}),
    "microsoft.synapse/workspaces/extendedauditingsettings": ("default", {"state": "Disabled"}),
    "microsoft.synapse/workspaces/sqlpools/extendedauditingsettings": ("default", {"state": "Disabled"}),
    "microsoft.synapse/workspaces/sqlpools/geobackuppolicies": ("Default", {"state": "Enabled"}),
    "microsoft.synapse/workspaces/sqlpools/transparentdataencryption": ("current", {"status": "Disabled"}),
    "microsoft.sql/servers/vulnerabilityassessments": ("default", {"recurringScans": {"isEnabled": False}}),
    "microsoft.sql/servers/sqlvulnerabilityassessments": ("default", {"state": "Disabled"}),
    "microsoft.sql/servers/databases/backuplongtermretentionpolicies": ("default", _NO_COPIES),
    "microsoft.sql/managedinstances/encryptionprotector": ("current", {"serverKeyType": "ServiceManaged"}),
    "microsoft.sql/managedinstances/securityalertpolicies": ("default", {"state": "Disabled"}),
    "microsoft.sql/managedinstances/vulnerabilityassessments": (
        "default",
        {"recurringScans": {"isEnabled": False}},
    ),
    "microsoft.sql/managedinstances/databases/backupshorttermretentionpolicies": (
        "default",
        {"retentionDays": 7},
    ),
    "microsoft.sql/managedinstances/databases/backuplongtermretentionpolicies": ("default", _NO_COPIES),
    "microsoft.sql/servers/auditingsettings": ("default", {"state": "Disabled"}),
    "microsoft.sql/servers/extendedauditingsettings": ("default", {"state": "Disabled"}),
    "microsoft.sql/servers/encryptionprotector": ("current", {"serverKeyType": "ServiceManaged"}),
    "microsoft.sql/servers/databases/auditingsettings": ("default", {"state": "Disabled"}),
    "microsoft.sql/servers/databases/extendedauditingsettings": ("default", {"state": "Disabled"}),
    "microsoft.sql/servers/databases/transparentdataencryption": ("current", {"state": "Enabled"}),
    "microsoft.sql/servers/databases/backupshorttermretentionpolicies": ("default", {"retentionDays": 7}),
}
"""What is there once its parent is: its name, and its properties where no template says more."""

_MADE_BESIDE: dict[str, tuple[tuple[str, str, dict[str, Any]], ...]] = {
    **{
        type_: tuple(("basicPublishingCredentialsPolicies", name, {"allow": True}) for name in ("ftp", "scm"))
        for type_ in ("microsoft.web/sites", "microsoft.web/sites/slots")
    },
    **dict.fromkeys(
        ("microsoft.servicebus/namespaces", "microsoft.eventhub/namespaces"),
        (("networkRuleSets", "default", {"defaultAction": "Allow"}),),
    ),
    "microsoft.dbforpostgresql/flexibleservers": tuple(
        ("configurations", name, {"value": value, "source": "system-default"})
        for name, value in {
            "require_secure_transport": "on",
            "ssl_min_protocol_version": "TLSv1.2",
            "log_connections": "on",
            "log_statement": "none",
            "pgaudit.log": "none",
        }.items()
    ),
}
_SITE_CONFIG = {"ftpsState": "AllAllowed", "minTlsVersion": "1.2", "remoteDebuggingEnabled": False}
_INSIDE = {
    "microsoft.network/virtualnetworks/subnets": "subnets",
    "microsoft.network/networksecuritygroups/securityrules": "securityRules",
    "microsoft.network/loadbalancers/inboundnatrules": "inboundNatRules",
    "microsoft.network/routetables/routes": "routes",
    "microsoft.containerservice/managedclusters/agentpools": "agentPoolProfiles",
}
_DONE = {"provisioningState": "Succeeded"}
"""What Azure reports of all that it has made, also where a template states no properties."""

_NEVER_TOLD = re.compile(r"(?i)(?:password|secret)$")
_GRAPH_CHILDREN = frozenset(
    {
        "microsoft.sql/servers/databases",
        "microsoft.sql/managedinstances/databases",
        "microsoft.network/networkwatchers/flowlogs",
        "microsoft.network/privatednszones/virtualnetworklinks",
        "microsoft.web/sites/slots",
        "microsoft.recoveryservices/vaults/backuppolicies",
        "microsoft.dataprotection/backupvaults/backuppolicies",
        "microsoft.dataprotection/backupvaults/backupinstances",
        "microsoft.compute/virtualmachines/extensions",
        "microsoft.recoveryservices/vaults/backupfabrics/protectioncontainers/protecteditems",
    }
)
_NOT_IN_GRAPH = frozenset(
    {
        "microsoft.authorization/locks",
        "microsoft.insights/diagnosticsettings",
        "microsoft.security/securitycontacts",
        "microsoft.security/autoprovisioningsettings",
        "microsoft.security/settings",
        "microsoft.consumption/budgets",
        "microsoft.securityinsights/alertrules",
        "microsoft.securityinsights/dataconnectors",
        "microsoft.authorization/roleeligibilityschedules",
        "microsoft.authorization/roleassignmentschedules",
    }
)
_TABLES = {
    "microsoft.authorization/roleassignments": "authorizationresources",
    "microsoft.authorization/roledefinitions": "authorizationresources",
    "microsoft.resources/resourcegroups": "resourcecontainers",
    "microsoft.resources/subscriptions": "resourcecontainers",
    "microsoft.security/pricings": "securityresources",
    "microsoft.recoveryservices/vaults/backuppolicies": "recoveryservicesresources",
    "microsoft.dataprotection/backupvaults/backuppolicies": "recoveryservicesresources",
    "microsoft.dataprotection/backupvaults/backupinstances": "recoveryservicesresources",
    "microsoft.authorization/policyassignments": "policyresources",
    "microsoft.recoveryservices/vaults/backupfabrics/protectioncontainers/protecteditems": (
        "recoveryservicesresources"
    ),
}


def type_of(id_: str) -> str:
    """Return the type that an id is of."""
    steps = id_.split("/")
    at = max((index for index, each in enumerate(steps) if each.lower() == "providers"), default=-1)
    if at < 0:
        return f"Microsoft.Resources/{steps[-2]}"
    return "/".join([steps[at + 1], *steps[at + 2 :: 2]])


def table_of(type_: str) -> str:
    """Return the table of Resource Graph that has a type."""
    return _TABLES.get(type_.lower(), "resources")


def is_in_graph(type_: str) -> bool:
    """Whether Resource Graph has a type at all."""
    lower = type_.lower()
    return lower in _GRAPH_CHILDREN or (lower.count("/") == 1 and lower not in _NOT_IN_GRAPH)


class Store:
    """Resources by their ids."""

    def __init__(self) -> None:
        self._bodies: dict[str, dict[str, Any]] = {}

    def all(self) -> Iterator[dict[str, Any]]:
        """Yield every resource, as Azure tells it."""
        yield from list(self._bodies.values())

    def get(self, id_: str) -> dict[str, Any] | None:
        """Return the resource with an id."""
        return self._bodies.get(id_.lower())

    def below(self, above: str, type_: str) -> list[dict[str, Any]]:
        """Return the resources of a type: a parent's children, what extends a resource, or all of a subscription."""
        wide = len(above.split("/")) == 3 and type_.lower() == "microsoft.authorization/locks"
        return [
            each
            for id_, each in self._bodies.items()
            if type_of(id_).lower() == type_.lower()
            and id_.startswith(f"{above}/".lower())
            and (wide or len(id_.split("/")) == len(above.split("/")) + (4 if _extends(id_, above) else 2))
        ]

    def put(self, id_: str, body: dict[str, Any]) -> None:
        """Have a resource, with what Azure makes beside it; what is put again is laid over that."""
        type_ = type_of(id_)
        inside = _INSIDE.get(type_.lower())
        own = {name: each for name, each in body.items() if name not in ("apiVersion", "parent", "scope")}
        own = _without_secrets(own)
        if type_.lower().endswith("/secrets"):
            own["properties"].pop("value", None)
        if inside is not None:
            parent = self._bodies[id_.rpartition("/")[0].rpartition("/")[0].lower()]
            name = id_.rpartition("/")[2]
            told = (
                {**own.get("properties", {}), "name": name}
                if inside == "agentPoolProfiles"
                else {**own, "id": id_, "name": name}
            )
            parent.setdefault("properties", {}).setdefault(inside, []).append(told)
            return
        if type_.lower() in ("microsoft.web/sites", "microsoft.web/sites/slots"):
            own = self._site(id_, own)
        if type_.lower() == "microsoft.managedidentity/userassignedidentities":
            made = str(uuid.uuid5(uuid.NAMESPACE_URL, id_))  # no template states it
            own = {**own, "properties": {"principalId": made, "clientId": made, **own.get("properties", {})}}
        before = self._bodies.get(id_.lower(), {})
        properties = {**_DONE, **before.get("properties", {}), **own.get("properties", {})}
        self._bodies[id_.lower()] = {
            **before,
            **own,
            "id": id_,
            "name": id_.rpartition("/")[2],
            "type": type_,
            "properties": properties,
        }
        for single, (name, given) in SINGLETONS.items():
            if single.rpartition("/")[0] == type_.lower():
                self._made(f"{id_}/{single.rpartition('/')[2]}/{name}", given)
        for child, name, given in _MADE_BESIDE.get(type_.lower(), ()):
            self._made(f"{id_}/{child}/{name}", given)

    def _site(self, id_: str, body: dict[str, Any]) -> dict[str, Any]:
        """Put an app's configuration where Azure keeps it, and return the app as it is listed: almost without any."""
        config = dict(body["properties"].get("siteConfig") or {})
        told = {
            name: each for name, each in config.items() if name not in ("appSettings", "connectionStrings")
        }
        self.put(f"{id_}/config/web", {"properties": {**_SITE_CONFIG, **told}})
        nothing = dict.fromkeys(_SITE_CONFIG)
        return {**body, "properties": {**body["properties"], "siteConfig": nothing}}

    def _made(self, id_: str, properties: dict[str, Any]) -> None:
        if id_.lower() not in self._bodies:
            self.put(id_, {"properties": dict(properties)})

    def deploy(self, folder: Path, subscription: str, group: str) -> None:
        """Put what the templates below `folder` deploy."""
        files = {each.name: each.read_text("utf-8") for each in sorted(folder.glob("*.json"))}
        found, gaps = read_files(folder, files)
        assert gaps == [], gaps
        places = {"${subscription().subscriptionId}": subscription, "${resourceGroup().name}": group}
        ids = {each.address: _named(_placed(_text(each.body["id"]), places)) for each in found}
        self.put(f"/subscriptions/{subscription}/resourceGroups/{group}", {"location": "westeurope"})
        ordered = sorted(found, key=lambda each: len(ids[each.address].split("/")))
        for each in ordered:
            self.put(ids[each.address], _settled(dict(each.body), ids, places))


def _extends(id_: str, above: str) -> bool:
    return id_[len(above) :].startswith("/providers/")


def _text(value: Any) -> str:
    return value.expression if isinstance(value, Unresolved) else str(value)


def _named(id_: str) -> str:
    """Return an id of which every name is known: Azure evaluates `guid(…)`, and any name will do here."""
    return replaced(id_, "${", "}", str(uuid.uuid5(uuid.NAMESPACE_URL, id_)))


def _placed(text: str, places: dict[str, str]) -> str:
    for name, value in places.items():
        text = text.replace(name, value)
    return text


def _settled(value: Any, ids: dict[str, str], places: dict[str, str]) -> Any:
    if isinstance(value, dict):
        return {name: _settled(each, ids, places) for name, each in value.items()}
    if isinstance(value, list):
        return [_settled(each, ids, places) for each in value]
    if isinstance(value, Reference):
        return ids[value.address]
    if isinstance(value, Unresolved):
        return _placed(value.expression, places)
    return _placed(value, places) if isinstance(value, str) else value


def _without_secrets(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _without_secrets(each) for name, each in value.items() if not _NEVER_TOLD.search(name)}
    if isinstance(value, list):
        return [_without_secrets(each) for each in value]
    return value
