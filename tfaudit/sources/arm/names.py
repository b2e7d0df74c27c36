"""Property names of ARM in the case in which services read them: ARM itself minds no case.

A test holds them against the services' tables.
"""

from __future__ import annotations

_NAMES = """
aadProfile access action actions activeDirectoryAuth addonProfiles administratorLoginPassword administrators
adminUserEnabled agentPoolProfiles allowBlobPublicAccess allowSharedKeyAccess anonymousPullEnabled
aof-backup-enabled apiProperties apiServerAccessProfile apiVersion appSettings assignableScopes attributes
authConfig authnotrequired authorizedIPRanges availabilityZones azureADOnlyAuthentication azureKeyVaultKms
azurepolicy backup backupPolicy backupRetentionDays backupRetentionIntervalInHours backupStorageRedundancy
baseBlob capacity category categoryGroup cmk config connectionStrings continuousModeProperties createMode
currentBackupStorageRedundancy dataActions dataEncryption days daysAfterCreationGreaterThan
daysAfterModificationGreaterThan deadLetteringOnMessageExpiration defaultAction definition
delegatedSubnetResourceId delete deleteRetentionPolicy description destinationAddressPrefix
destinationPortRange destinationPortRanges direction disabledSslProtocols disableLocalAccounts
disableLocalAuth diskEncryptionSetID enableAutomaticFailover enableAutoScaling enabled enableDdosProtection
enableNodePublicIP enableNonSslPort enablePrivateCluster enablePurgeProtection enableRBAC
enableRbacAuthorization encryption encryptionProtector endIP endIpAddress entities eventHubAuthorizationRuleId
exp expiryTime family firewallMode firewallPolicy frontendIPConfigurations ftpsState geoRedundantBackup
highAvailability httpListener httpListeners httpsOnly id identity immutabilityPolicy
immutableStorageWithVersioning ipRules isVersioningEnabled isVirtualNetworkFilterEnabled isZoneRedundant key
keyId keyIdentifier keyname keyUri keyVaultKeyUri keyvaultproperties kind kty kubernetesVersion
lifetimeActions locations logAnalyticsWorkspaceResourceID logs managedServices marketplacePartnerId maxCount
maxmemory-policy minCount minimalTlsVersion minimumTlsVersion minProtocolVersion minTlsVersion mode name
network networkAccessPolicy networkAcls networkPlugin networkPolicy networkProfile networkRuleSet
networkSecurityGroup nodeLabels nodeTaints omsagent parent periodicModeProperties permissions policy
policyName policySettings primaryKeyURI principalId priority properties protocol publicAccess publicIPAddress
publicNetworkAccess rdb-backup-enabled redirectConfiguration redirectConfigurations redisConfiguration
redisVersion remoteDebuggingEnabled requestedBackupStorageRedundancy requestRoutingRules restorePolicy
retentionDays retentionInDays retentionPolicy roleDefinitionId roleName rotationPolicy rules scope
secureVMDiskEncryptionSetId securityProfile securityRules serverKeyType serverVersion sid siteConfig sku
softDeleteRetentionInDays sourceAddressPrefix sourceAddressPrefixes sourceApplicationSecurityGroups
sourcePortRange sslEnforcement sslPolicy sslProfile sslProfiles startIP startIpAddress state storageAccountId
storageProfile subnetId subnets supportsHttpsTrafficOnly tags targetListener targetResourceId targetUrl tier
timeAfterCreate trigger type uri value version webApplicationFirewallConfiguration workspaceId zoneRedundant
zones
"""

# of private endpoints, the edges of networks, and platforms for applications
_EDGE = """
manualPrivateLinkServiceConnections privateDnsZoneConfigs privateEndpointConnections
privateLinkServiceConnections privateLinkServiceConnectionState privateLinkServiceId status
"""

_CANONICAL = {name.lower(): name for name in (*_NAMES.split(), *_EDGE.split())}


def canonical(name: str) -> str:
    """Return a property's name in the case in which services read it; one that nobody reads as it is."""
    return _CANONICAL.get(name.lower(), name)
