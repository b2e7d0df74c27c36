"""How Azure is asked for resources of each type: by Resource Graph, a list or an id, and in which version of the API.

A type of which nothing stands here is in the graph if it is none of a child's (`Microsoft.Cache/redis`), and else a
list below its parent, in the version that its provider names.
"""

from __future__ import annotations

from typing import Literal, TypeAlias

from msgspec import Struct

How: TypeAlias = Literal["graph", "list", "one", "each", "inside", "at each", "of subscription"]


class Way(Struct, frozen=True):
    """How one type is asked for.

    - `graph`: by Resource Graph, in its table `table`;
    - `list`: a list below each of its parents; `each`: such a list says too little, so each in it is asked for by id;
    - `one`: there is exactly one, called `name`;
    - `inside`: its parent's body has them all, and the services read them there;
    - `at each`: a list at each resource that it may be an extension of;
    - `of subscription`: one list of all in a subscription.

    `of_sentinel` says that only workspaces under Sentinel have any, and the API answers for no other.
    `absent` are codes of errors by which the API says that there can be none. `without` says of a parent of which kind
    there are none, by its `kind`.
    """

    type: str
    how: How
    api: str = ""
    name: str = ""
    table: str = "resources"
    absent: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    of_sentinel: bool = False

    @property
    def key(self) -> str:
        """The type as resources have it, in small letters."""
        return self.type.lower()

    @property
    def parent(self) -> str:
        """The parent's type in small letters, "" for a type that is no child's."""
        above = self.key.rpartition("/")[0]
        return above if "/" in above else ""

    @property
    def segment(self) -> str:
        """The last part of the type."""
        return self.type.rpartition("/")[2]

    @property
    def action(self) -> str:
        """The action of Azure's role-based access that reading it takes."""
        return f"{self.type}/read"


_SQL = "2025-01-01"
_POSTGRESQL = "2025-08-01"
_CITUS = "2022-11-08"
_MYSQL = "2024-12-30"
_SINGLE = "2017-12-01"
_STORAGE = "2026-04-01"
_VAULT = "2026-02-01"
_CDN = "2024-09-01"
_GATEWAYS = "2024-05-01"
_NO_BLOBS = ("FileStorage",)
_NO_FILES = ("BlobStorage", "BlockBlobStorage")
_NO_QUEUES = ("FileStorage", "BlobStorage", "BlockBlobStorage")

_WAYS = (
    # in the graph, though a child of another
    Way("Microsoft.Sql/servers/databases", "graph"),
    Way("Microsoft.Sql/managedInstances/databases", "graph"),
    Way("Microsoft.Network/networkWatchers/flowLogs", "graph"),
    Way("Microsoft.Network/privateDnsZones/virtualNetworkLinks", "graph"),
    Way("Microsoft.Web/sites/slots", "graph"),
    Way("Microsoft.Compute/virtualMachines/extensions", "graph"),
    # in other tables of the graph
    Way("Microsoft.Authorization/roleAssignments", "graph", table="authorizationresources"),
    Way("Microsoft.Authorization/roleDefinitions", "graph", table="authorizationresources"),
    Way("Microsoft.Authorization/policyAssignments", "graph", table="policyresources"),
    Way("Microsoft.Authorization/policyExemptions", "graph", table="policyresources"),
    Way("Microsoft.Resources/subscriptions", "graph", table="resourcecontainers"),
    Way("Microsoft.Resources/resourceGroups", "graph", table="resourcecontainers"),
    Way("Microsoft.Management/managementGroups", "graph", table="resourcecontainers"),
    Way("Microsoft.Security/pricings", "graph", table="securityresources"),
    Way(
        "Microsoft.RecoveryServices/vaults/backupFabrics/protectionContainers/protectedItems",
        "graph",
        table="recoveryservicesresources",
    ),
    Way("Microsoft.RecoveryServices/vaults/backupPolicies", "graph", table="recoveryservicesresources"),
    Way("Microsoft.DataProtection/backupVaults/backupPolicies", "graph", table="recoveryservicesresources"),
    Way("Microsoft.DataProtection/backupVaults/backupInstances", "graph", table="recoveryservicesresources"),
    # one list of a subscription
    Way("Microsoft.Authorization/locks", "of subscription", "2020-05-01"),
    Way("Microsoft.Security/securityContacts", "of subscription", "2023-12-01-preview"),
    Way("Microsoft.Security/autoProvisioningSettings", "of subscription", "2017-08-01-preview"),
    Way("Microsoft.Security/settings", "of subscription", "2022-05-01"),
    Way("Microsoft.Consumption/budgets", "of subscription", "2024-08-01"),
    Way("Microsoft.Authorization/denyAssignments", "of subscription", "2022-04-01"),
    Way("Microsoft.ManagedServices/registrationDefinitions", "of subscription", "2022-10-01"),
    Way("Microsoft.ManagedServices/registrationAssignments", "of subscription", "2022-10-01"),
    Way(
        "Microsoft.Authorization/roleEligibilitySchedules",
        "of subscription",
        "2020-10-01",
        absent=("AadPremiumLicenseRequired",),
    ),
    Way(
        "Microsoft.Authorization/roleAssignmentSchedules",
        "of subscription",
        "2020-10-01",
        absent=("AadPremiumLicenseRequired",),
    ),
    # at each resource, and at the subscription
    Way(
        "Microsoft.Insights/diagnosticSettings",
        "at each",
        "2021-05-01-preview",
        absent=("ResourceTypeNotSupported", "ResourceNotSupported"),
    ),
    Way("Microsoft.SecurityInsights/alertRules", "at each", "2024-09-01", of_sentinel=True),
    Way("Microsoft.SecurityInsights/dataConnectors", "at each", "2024-09-01", of_sentinel=True),
    # reported by their parents
    Way("Microsoft.Network/virtualNetworks/subnets", "inside"),
    Way("Microsoft.Network/networkSecurityGroups/securityRules", "inside"),
    Way("Microsoft.Network/loadBalancers/inboundNatRules", "inside"),
    Way("Microsoft.Network/routeTables/routes", "inside"),
    Way("Microsoft.Compute/virtualMachineScaleSets/extensions", "inside"),
    Way("Microsoft.ContainerService/managedClusters/agentPools", "inside"),
    Way("Microsoft.RecoveryServices/vaults/backupconfig", "inside"),
    Way("Microsoft.Web/sites/networkConfig", "inside"),
    Way("Microsoft.Web/sites/slots/networkConfig", "inside"),
    Way("Microsoft.RecoveryServices/vaults/backupstorageconfig", "inside"),
    # below their parents
    Way("Microsoft.Storage/storageAccounts/blobServices", "one", _STORAGE, "default", without=_NO_BLOBS),
    Way("Microsoft.Storage/storageAccounts/blobServices/containers", "list", _STORAGE),
    Way(
        "Microsoft.Storage/storageAccounts/managementPolicies",
        "one",
        _STORAGE,
        "default",
        absent=("ManagementPolicyNotFound",),
    ),
    Way("Microsoft.Storage/storageAccounts/encryptionScopes", "list", _STORAGE),
    Way("Microsoft.Storage/storageAccounts/fileServices", "one", _STORAGE, "default", without=_NO_FILES),
    Way("Microsoft.Storage/storageAccounts/fileServices/shares", "list", _STORAGE),
    Way("Microsoft.Storage/storageAccounts/queueServices", "one", _STORAGE, "default", without=_NO_QUEUES),
    Way("Microsoft.Storage/storageAccounts/queueServices/queues", "list", _STORAGE),
    Way("Microsoft.Storage/storageAccounts/tableServices", "one", _STORAGE, "default", without=_NO_QUEUES),
    Way("Microsoft.Storage/storageAccounts/tableServices/tables", "list", _STORAGE),
    Way("Microsoft.Network/firewallPolicies/ruleCollectionGroups", "list", "2024-10-01"),
    Way("Microsoft.Network/dnsZones/dnssecConfigs", "list", "2023-07-01-preview"),
    Way("Microsoft.Network/dnsZones/CNAME", "list", "2018-05-01"),
    Way("Microsoft.Network/dnsZones/A", "list", "2018-05-01"),
    Way("Microsoft.Network/vpnGateways/vpnConnections", "list", _GATEWAYS),
    Way("Microsoft.Cdn/profiles/originGroups", "list", _CDN),
    Way("Microsoft.Cdn/profiles/originGroups/origins", "list", _CDN),
    Way("Microsoft.ApiManagement/service/apis", "list", _GATEWAYS),
    Way("Microsoft.ApiManagement/service/backends", "list", _GATEWAYS),
    Way("Microsoft.ApiManagement/service/gateways", "list", _GATEWAYS),
    Way(
        "Microsoft.ManagedIdentity/userAssignedIdentities/federatedIdentityCredentials", "list", "2024-11-30"
    ),
    Way("Microsoft.KeyVault/vaults/keys", "each", _VAULT),
    Way("Microsoft.KeyVault/vaults/secrets", "list", _VAULT),
    Way("Microsoft.KeyVault/managedHSMs/keys", "each", _VAULT),
    Way("Microsoft.Cache/redis/firewallRules", "list", "2024-11-01"),
    Way("Microsoft.ServiceBus/namespaces/queues", "list", "2026-01-01"),
    Way("Microsoft.ServiceBus/namespaces/topics", "list", "2026-01-01"),
    Way("Microsoft.ServiceBus/namespaces/topics/subscriptions", "list", "2026-01-01"),
    Way("Microsoft.ServiceBus/namespaces/authorizationRules", "list", "2026-01-01"),
    Way("Microsoft.ServiceBus/namespaces/queues/authorizationRules", "list", "2026-01-01"),
    Way("Microsoft.ServiceBus/namespaces/topics/authorizationRules", "list", "2026-01-01"),
    Way("Microsoft.EventHub/namespaces/authorizationRules", "list", "2026-01-01"),
    Way("Microsoft.EventHub/namespaces/eventhubs", "list", "2026-01-01"),
    Way("Microsoft.EventHub/namespaces/eventhubs/authorizationRules", "list", "2026-01-01"),
    Way("Microsoft.Relay/namespaces/authorizationRules", "list", "2026-01-01"),
    Way("Microsoft.Relay/namespaces/hybridConnections", "list", "2026-01-01"),
    Way("Microsoft.Relay/namespaces/hybridConnections/authorizationRules", "list", "2026-01-01"),
    Way("Microsoft.ContainerRegistry/registries/replications", "list", "2025-11-01"),
    Way("Microsoft.RecoveryServices/vaults/backupResourceGuardProxies", "list", "2025-02-01"),
    Way("Microsoft.DataProtection/backupVaults/backupResourceGuardProxies", "list", "2025-07-01"),
    Way("Microsoft.Web/sites/basicPublishingCredentialsPolicies", "list", "2025-03-01"),
    Way("Microsoft.Web/sites/slots/basicPublishingCredentialsPolicies", "list", "2025-03-01"),
    # of the configurations of apps the one that tells who has to sign in; RESTS has the one called web
    Way("Microsoft.Web/sites/config", "one", "2025-03-01", "authsettingsV2"),
    Way("Microsoft.Web/sites/slots/config", "one", "2025-03-01", "authsettingsV2"),
    Way("Microsoft.DBforPostgreSQL/flexibleServers/configurations", "list", _POSTGRESQL),
    Way("Microsoft.DBforPostgreSQL/flexibleServers/firewallRules", "list", _POSTGRESQL),
    Way("Microsoft.DBforPostgreSQL/servers/configurations", "list", _SINGLE),
    Way("Microsoft.DBforPostgreSQL/servers/firewallRules", "list", _SINGLE),
    Way("Microsoft.DBforPostgreSQL/servers/administrators", "list", _SINGLE),
    Way("Microsoft.DBforPostgreSQL/servers/keys", "list", "2020-01-01"),
    Way("Microsoft.DBforPostgreSQL/serverGroupsv2/coordinatorConfigurations", "list", _CITUS),
    Way("Microsoft.DBforPostgreSQL/serverGroupsv2/firewallRules", "list", _CITUS),
    Way("Microsoft.DBforMySQL/flexibleServers/configurations", "list", _MYSQL),
    Way("Microsoft.DBforMySQL/flexibleServers/firewallRules", "list", _MYSQL),
    Way("Microsoft.DBforMySQL/flexibleServers/administrators", "list", _MYSQL),
    Way("Microsoft.DBforMySQL/servers/configurations", "list", _SINGLE),
    Way("Microsoft.DBforMySQL/servers/firewallRules", "list", _SINGLE),
    Way("Microsoft.DBforMySQL/servers/administrators", "list", _SINGLE),
    Way("Microsoft.DBforMySQL/servers/keys", "list", "2020-01-01"),
    Way("Microsoft.DBforMariaDB/servers/configurations", "list", "2018-06-01"),
    Way("Microsoft.DBforMariaDB/servers/firewallRules", "list", "2018-06-01"),
    Way("Microsoft.Synapse/workspaces/firewallRules", "list", "2021-06-01"),
    Way("Microsoft.Synapse/workspaces/extendedAuditingSettings", "one", "2021-06-01", "default"),
    Way("Microsoft.Synapse/workspaces/sqlPools", "list", "2021-06-01"),
    Way("Microsoft.Synapse/workspaces/sqlPools/extendedAuditingSettings", "one", "2021-06-01", "default"),
    Way("Microsoft.Synapse/workspaces/sqlPools/geoBackupPolicies", "one", "2021-06-01", "Default"),
    Way("Microsoft.Synapse/workspaces/sqlPools/transparentDataEncryption", "one", "2021-06-01", "current"),
    Way("Microsoft.Batch/batchAccounts/pools", "list", "2024-07-01"),
    Way("Microsoft.ApiManagement/service/namedValues", "list", "2024-05-01"),
    Way("Microsoft.Sql/servers/firewallRules", "list", _SQL),
    Way("Microsoft.Sql/servers/administrators", "list", _SQL),
    Way("Microsoft.Sql/servers/securityAlertPolicies", "one", _SQL, "default"),
    Way("Microsoft.Sql/servers/vulnerabilityAssessments", "one", _SQL, "default"),
    Way("Microsoft.Sql/servers/sqlVulnerabilityAssessments", "one", _SQL, "default"),
    Way("Microsoft.Sql/servers/auditingSettings", "one", _SQL, "default"),
    Way("Microsoft.Sql/servers/extendedAuditingSettings", "one", _SQL, "default"),
    Way("Microsoft.Sql/servers/encryptionProtector", "one", _SQL, "current"),
    Way("Microsoft.Sql/servers/databases/auditingSettings", "one", _SQL, "default"),
    Way("Microsoft.Sql/servers/databases/extendedAuditingSettings", "one", _SQL, "default"),
    Way("Microsoft.Sql/servers/databases/transparentDataEncryption", "one", _SQL, "current"),
    Way("Microsoft.Sql/servers/databases/backupShortTermRetentionPolicies", "one", _SQL, "default"),
    Way("Microsoft.Sql/servers/databases/backupLongTermRetentionPolicies", "one", _SQL, "default"),
    Way("Microsoft.Sql/managedInstances/administrators", "list", _SQL),
    Way("Microsoft.Sql/managedInstances/encryptionProtector", "one", _SQL, "current"),
    Way("Microsoft.Sql/managedInstances/securityAlertPolicies", "one", _SQL, "default"),
    Way("Microsoft.Sql/managedInstances/vulnerabilityAssessments", "one", _SQL, "default"),
    Way("Microsoft.Sql/managedInstances/databases/backupShortTermRetentionPolicies", "one", _SQL, "default"),
    Way("Microsoft.Sql/managedInstances/databases/backupLongTermRetentionPolicies", "one", _SQL, "default"),
)

WAYS = {each.key: each for each in _WAYS}
"""The types of which something is to be said, by their names in small letters."""

ACCOUNT = "microsoft.resources/subscriptions"
DIAGNOSTICS = "microsoft.insights/diagnosticsettings"
SOLUTIONS = "microsoft.operationsmanagement/solutions"
ASSIGNMENTS = "microsoft.authorization/roleassignments"
DEFINITIONS = "microsoft.authorization/roledefinitions"

PARTS = {"microsoft.storage/storageaccounts": ("/blobServices/default",)}
"""Parts of a resource that have diagnostic settings of their own: the logs of a storage account are its services'."""


class Rest(Struct, frozen=True):
    """What a type's body leaves out, or has as null, and another GET tells.

    The `properties` of the answer to `type`, at `path` below the resource, are its `properties` at `into`. `withheld`
    are members of these that nobody gets who may only read.
    """

    type: str
    path: str
    api: str
    into: str
    withheld: tuple[str, ...] = ()

    @property
    def action(self) -> str:
        """The action of Azure's role-based access that reading it takes."""
        return f"{self.type}/read"


_WITHHELD = ("appSettings", "connectionStrings")
RESTS = {
    "microsoft.web/sites": Rest(
        "Microsoft.Web/sites/config", "config/web", "2025-03-01", "siteConfig", _WITHHELD
    ),
    "microsoft.web/sites/slots": Rest(
        "Microsoft.Web/sites/slots/config", "config/web", "2025-03-01", "siteConfig", _WITHHELD
    ),
}
"""An app has most of its siteConfig as null: learn.microsoft.com/rest/api/appservice/web-apps/get-configuration."""


def way(type_: str) -> Way:
    """Return how the type is asked for."""
    known = WAYS.get(type_.lower())
    if known is not None:
        return known
    return Way(type_, "graph" if type_.count("/") == 1 else "list")
