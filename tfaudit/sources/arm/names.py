"""Property names of ARM in the case in which services read them: ARM itself minds no case.

A test holds them against the services' tables.
"""

from __future__ import annotations

_NAMES = """
aadProfile access action actions activeDirectoryAuth addonProfiles administratorLoginPassword administrators
agentPoolProfiles allowBlobPublicAccess allowSharedKeyAccess aof-backup-enabled apiServerAccessProfile
apiVersion assignableScopes attributes authConfig authnotrequired authorizedIPRanges availabilityZones
azureKeyVaultKms azurepolicy backup backupRetentionDays capacity category categoryGroup config createMode
currentBackupStorageRedundancy dataActions dataEncryption days defaultAction delegatedSubnetResourceId
deleteRetentionPolicy description destinationAddressPrefix destinationPortRange destinationPortRanges
direction disabledSslProtocols disableLocalAccounts diskEncryptionSetID enableAutoScaling enabled
enableDdosProtection enableNodePublicIP enableNonSslPort enablePrivateCluster enablePurgeProtection enableRBAC
enableRbacAuthorization encryption encryptionProtector endIP endIpAddress eventHubAuthorizationRuleId exp
expiryTime family firewallMode firewallPolicy frontendIPConfigurations geoRedundantBackup highAvailability
httpListener httpListeners id immutabilityPolicy immutableStorageWithVersioning ipRules isVersioningEnabled
keyId keyname keyvaultproperties kind kty kubernetesVersion lifetimeActions logAnalyticsWorkspaceResourceID
logs marketplacePartnerId maxCount maxmemory-policy minCount minimalTlsVersion minimumTlsVersion
minProtocolVersion mode name network networkAcls networkPlugin networkPolicy networkProfile
networkSecurityGroup nodeLabels nodeTaints omsagent parent permissions policyName policySettings primaryKeyURI
principalId priority properties protocol publicAccess publicIPAddress publicNetworkAccess rdb-backup-enabled
redirectConfiguration redirectConfigurations redisConfiguration redisVersion requestedBackupStorageRedundancy
requestRoutingRules restorePolicy retentionDays retentionInDays retentionPolicy roleDefinitionId roleName
rotationPolicy scope securityProfile securityRules serverKeyType sid sku softDeleteRetentionInDays
sourceAddressPrefix sourceAddressPrefixes sourceApplicationSecurityGroups sourcePortRange sslEnforcement
sslPolicy sslProfile sslProfiles startIP startIpAddress state storageAccountId storageProfile subnetId subnets
supportsHttpsTrafficOnly tags targetListener targetResourceId targetUrl tier timeAfterCreate trigger type uri
value version webApplicationFirewallConfiguration workspaceId zoneRedundant zones
"""

_CANONICAL = {name.lower(): name for name in _NAMES.split()}


def canonical(name: str) -> str:
    """Return a property's name in the case in which services read it; one that nobody reads as it is."""
    return _CANONICAL.get(name.lower(), name)
