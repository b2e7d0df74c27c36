"""Property names of ARM in the case in which services read them: ARM itself minds no case.

A test holds them against the services' tables.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

_NAMES = """
aadProfile aadTenant acceptedProtocols access accessControl accountAccess action actions
activeDirectoryAuth addonProfiles address addressPrefix addressPrefixes addressRange administrator
administratorLoginPassword administrators adminPassword adminUserEnabled adminUserPassword
agentPoolProfiles alertNotifications alertsToAdmins allOf allow allowBlobPublicAccess
allowCrossTenantReplication allowedAuthenticationModes allowedCallerIpAddresses allowedCopyScope
allowedHostPorts allowedModes allowedOrigins allowInsecure allowSharedKeyAccess allTraffic amount
anonymousPullEnabled anyOf aof-backup-enabled aofEnabled apiKey apiProperties apiServerAccessProfile
apiServerAuthorizedIPRanges apiVersion applicableEnvironmentsMode applicationGatewayBackendAddressPools
applicationSecurityGroups applicationTraffic appLogsConfiguration approvalRequired appSettings aRecords
args armRoleReceivers assessmentMode assignableScopes assignmentType associations attributes authConfig
authMode authnotrequired authorizations authorizedIPRanges autoBackupSettings automaticOSUpgradePolicy
automationRunbookReceivers autoPatchingSettings autoProvision autoUpgradeProfile availabilityZones
azureADOnlyAuthentication azureAppPushReceivers azureFunctionReceivers azureKeyVaultKms
azurekeyvaultsecretsprovider azurepolicy backendAddresses backendAddressPool backendAddressPools
backendHttpSettings backendHttpSettingsCollection backendPool backendPools backendPort backends
backendSettings backendSettingsCollection backup backupPolicy backupRetentionDays
backupRetentionIntervalInHours backupStorageRedundancy baseBlob basePolicy bootDiagnostics bypass
cakSecretIdentifier capacity category categoryGroup channelEncryption clientCertEnabled
clientCertExclusionPaths clientCertificateMode clientCertMode clientId clientProtocol clusterSettings
cmk cname cnameRecord command computeMode computeType condition config configuration connectionProtocol
connectionStrings connectionType connectivityType containerDeleteRetentionPolicy containers containsAny
continuousModeProperties coordinatorEnablePublicIpAccess cors corsPolicy count cpu createMode
createOption crossRegionRestore crossRegionRestoreFlag crossRegionRestoreSettings
currentBackupStorageRedundancy currentProtectionState customDnsConfigs customDomain customDomains
customerManagedKeyEncryption customHttpsConfiguration customHttpsParameters customProperties
dailySchedule dataActions dataDisks dataEncryption dataEndpointEnabled dataExfiltrationProtections
dataSourceInfo days daysAfterCreationGreaterThan daysAfterModificationGreaterThan ddosProtectionPlan
ddosSettings deadLetteringOnMessageExpiration defaultAction defaultBackendAddressPool
defaultBackendHttpSettings defaultEncryptionScope defaultHostName defaultOutboundAccess
defaultToOAuthAuthentication defender definition delegatedRoleDefinitionIds delegatedSubnetResourceId
delegations delete deleteAfter deleteRetentionPolicy deny denyAssignmentEffect deploymentConfiguration
deprecated description destination destinationAddresses destinationAddressPrefix
destinationAddressPrefixes destinationApplicationSecurityGroups destinationPortRange
destinationPortRanges destinationPorts dhGroup diagnostics diagnosticsProfile direction
disabledSslProtocols disableGateway disableKeyBasedMetadataWriteAccess disableLocalAccounts
disableLocalAuth disablePasswordAuthentication disableRunCommand diskEncryptionConfiguration
diskEncryptionSet diskEncryptionSetID displayName dnsConfig dnsSettings domainNameLabel domains
doNotApplyToChildScopes duration durationType eligibleAuthorizations email emailReceivers emails enable
enableAutomaticFailover enableAutomaticOSUpgrade enableAutomaticUpdates enableAutoScaling enabled
enableDdosProtection enableDiskEncryption enableDoubleEncryption enabledProtocols enabledState
enableEncryptionAtHost enableHa enableIPForwarding enableNodePublicIP enableNonSslPort enableNoPublicIp
enablePrivateCluster enablePurgeProtection enableRBAC enableRbacAuthorization enableSecretRotation
enableShareableLink encryption encryptionAtHost encryptionProperties encryptionProtector endDateTime
endIP endIpAddress endpointConfiguration endpoints endpointStatus enforceCertificateNameCheck
enforcementMode entities env environmentId environmentVariables equals eventHubAuthorizationRuleId
eventHubReceivers evictionPolicy excludedPaths excludePrincipals exp expiration expiresOn expiryTime
exportPolicy extensionProfile extensions external family features featureSettings field firewallMode
firewallPolicy flowAnalyticsConfiguration forwardingProtocol fqdn friendlyName frontendEndpoints
frontendIPConfiguration frontendIPConfigurations frontendPort frontendPortRangeEnd
frontendPortRangeStart frontendPorts ftpsState functionAppConfig gatewayIPConfigurations gatewayType
geoRedundantBackup globalValidation hbiWorkspace headers healthCheckPath highAvailability
hostingEnvironmentProfile hostName hostnameConfigurations hostNames http20Enabled httpapplicationrouting
httpListener httpListeners httpPort httpsOnly httpsPort httpsRedirect hubIPAddresses id identity
ikeEncryption ikeIntegrity image imageCleaner imageReference immutabilityPeriodSinceCreationInDays
immutabilityPolicy immutabilitySettings immutableStorageWithVersioning inboundIpRules inboundNatPools
inboundNatRules ingress initContainers internal internalLoadBalancingMode intrusionDetection ipAddress
ipAddresses ipAddressRange ipConfigurations ipMask ipProtocols ipRules ipsecEncryption ipsecIntegrity
ipsecPolicies ipSecurityRestrictions ipSecurityRestrictionsDefaultAction isDefault isEnabled isEncrypted
isHttpAllowed isLedgerOn isLocalUserEnabled isolationMode isSftpEnabled isVersioningEnabled
isVirtualNetworkFilterEnabled isZoneRedundant itsmReceivers javaVersion key keyEncryptionKeyUrl
keyExpirationPeriodInDays keyId keyIdentifier keyname keyPolicy keySource keyType keyUri keyVault
keyVaultKeyUri keyvaultproperties kind kty kubedashboard kubernetesVersion lifecycles lifetimeActions
limits links linuxConfiguration linuxFxVersion linuxUserConfiguration listener listeners livenessProbe
loadBalancerBackendAddresses loadBalancerBackendAddressPools loadBalancerFrontendIpConfigurations
loadBalancerInboundNatPools loadBalancerInboundNatRules loadBalancingRules location locations
logAnalytics logAnalyticsWorkspaceResourceID logicAppReceivers logs macSecConfig managedDisk
managedEnvironmentId managedNetwork managedRules managedRuleSets managedServices managedVirtualNetwork
managedVirtualNetworkSettings manualPrivateLinkServiceConnections marketplacePartnerId maxCount
maxmemory-policy memory memoryInGB minCount minimalTlsVersion minimumTlsVersion minimumTlsVersionAllowed
minProtocolVersion minTlsVersion mode monthlyRetention name natGateway natRuleCollections
netFrameworkVersion network networkAccessPolicy networkAcls networkConfiguration
networkInterfaceConfigurations networkInterfaces networkPlugin networkPolicy networkProfile
networkRuleCollections networkRuleSet networkSecurityGroup networkSecurityGroupRules
networkWatcherFlowAnalyticsConfiguration nextHopIpAddress nextHopType nodeEnablePublicIpAccess
nodeLabels nodeOSUpgradeChannel nodeTaints nodeVersion notActions notDataActions notifications
notificationsByRole notificationsSources offer omsagent originGroup origins osDisk osProfile osType
outboundVnetRouting parameters parent password passwordAuth patchMode patchSettings pathRules
periodicModeProperties permissions persistence phpVersion plan platform podIdentityProfile policies
policy policyDefinitionId policyName policyRule policyRules policySettings policyType port portEnd
portStart postgresqlVersion powerShellVersion preventDataExfiltration pricingTier primaryKeyURI
principalId principals principalType priority privateDnsZoneConfigs privateEndpointConnections
privateEndpointNetworkPolicies privateEndpointStatus privateIPAddress privateIPAddresses
privateIPAllocationMethod privateLink privateLinkAlias privateLinkResourceId
privateLinkServiceConnections privateLinkServiceConnectionState privateLinkServiceId privileged probes
product profileStatus properties protectedItemType protectionMode protectionState protocol protocols
protocolSettings provision provisionVMAgent publicAccess publicDataEndpointEnabled publicIPAddress
publicIPAddressConfiguration publicIPAddresses publicIPPrefix publicIPs publicNetwork
publicNetworkAccess publicNetworkAccessForIngestion publicNetworkAccessForQuery publisher pythonVersion
queue rdb-backup-enabled rdbEnabled readinessProbe recurringScans redirectConfiguration
redirectConfigurations redirectProtocol redisConfiguration redisVersion redundancySettings
registrationDefinitionId registrationEnabled relativeName remoteDebuggingEnabled
remoteLoginPortPublicAccess replicaCount requestBodyCheck requestedBackupStorageRedundancy
requestRoutingRules requests requestType requireAuthentication requireInfrastructureEncryption
resourceGuardResourceId resourceID resources resourceState restorePolicy restrictOutboundNetworkAccess
retentionDays retentionDuration retentionDurationInDays retentionInDays retentionPeriod retentionPolicy
rights roleDefinitionId roleName roles rotationPolicy routeConfiguration routes routeTable routingRules
ruleCollections ruleGroupOverrides ruleId rules ruleSetType runtime sasExpirationPeriod sasPolicy
scheduleInfo scmIpSecurityRestrictions scmIpSecurityRestrictionsDefaultAction
scmIpSecurityRestrictionsUseMain scmMinTlsVersion scope scopes secret secretIdentifier secretRef secrets
secureBootEnabled secureValue secureValueReference secureVMDiskEncryptionSetId securityContext
securityMonitoring securityProfile securityRules securitySettings serverConfigurationsManagementSettings
serverFarmId serverKeyType serverVersion servicePrincipalProfile services serviceUrl
shareDeleteRetentionPolicy sharedKey sharedPrivateLinkResource sharingProfile sid siteConfig sku smb
smsReceivers softDeleteFeatureState softDeleteRetentionInDays softDeleteRetentionPeriodInDays
softDeleteSettings softDeleteState source sourceAddresses sourceAddressPrefix sourceAddressPrefixes
sourceApplicationSecurityGroups sourceIpGroups sourcePortRange sourcePortRanges sourceResourceId
sourceType sqlConnectivityUpdateSettings sshAccess sshPrivateKey sshPublicAccess sshSettings
sslEnforcement sslPolicy sslProfile sslProfiles standardTierStorageRedundancy startIP startIpAddress
state staticIP status storageAccountId storageEndpoint storageModelType storageProfile storageSettings
storageType subject subnet subnetId subnetResourceId subnets subProtectionPolicy subscriptionRequired
supportedProtocols supportsHttpsTrafficOnly table tag tags target targetListener targetMode
targetResource targetResourceId targets targetUrl template threatIntelMode tier timeAfterCreate tls
tlsSettings translatedAddress translatedFqdn translatedPort transport trigger triggers type uefiSettings
unauthenticatedClientAction upgradeChannel upgradePolicy uri url urlPathMap urlPathMaps
userAccountCredentials userAccounts validateCertificateChain validateCertificateName value
vaultRetention vaultRetentionPolicy version versions vhd vhdContainers virtualMachineConfiguration
virtualMachineId virtualMachineProfile virtualMachineResourceId virtualNetworkConfiguration
virtualNetworkRules virtualNetworks virtualNetworkSubnetId virtualNetworkType vnetConfiguration
vnetRouteAllEnabled vnetSubnetID vnetSubnetResourceId voiceReceivers vpnAuthenticationTypes
vpnClientConfiguration vpnConnectionProtocolType vpnLinkConnections vTpmEnabled wafPolicy
webApplicationFirewallConfiguration webApplicationFirewallPolicyLink webhookReceivers weeklyRetention
weeklySchedule windowsConfiguration windowsFxVersion windowsProfile workspaceId workspaceResourceId
yearlyRetention zoneRedundant zones
"""

_CANONICAL = {name.lower(): name for name in _NAMES.split()}


def canonical(name: str) -> str:
    """Return a property's name in the case in which services read it; one that nobody reads as it is."""
    return _CANONICAL.get(name.lower(), name)


_OF_LOOP = {name: name for name in ("name", "count", "input")}


def hides(names: Iterable[str]) -> bool:
    """Whether one of `names` is not known in full, `${parameters('key')}`, and may be one that services read."""
    return any(_may_be_read(each) for each in names if "${" in each)


@cache
def _may_be_read(name: str) -> bool:
    begins, ends = name.lower().partition("${")[0], name.lower().rpartition("}")[2]
    return any(each.startswith(begins) and each.endswith(ends) for each in _CANONICAL)


def cased(node: Mapping[str, Any], names: Mapping[str, str]) -> Mapping[str, Any]:
    """Return `node` with those of its members that `names` has, by their lower case, called as they are there."""
    if all(names.get(name.lower(), name) == name for name in node):
        return node
    return {names.get(name.lower(), name): each for name, each in node.items()}


def loops_in(value: Any) -> list[Mapping[str, Any]] | None:
    """Return the loops over properties that stand at `copy`; None where that is a property, of whatever is built.

    One that is no loop of the form that Azure takes has no name.
    """
    if isinstance(value, list):
        loops = [cased(each, _OF_LOOP) if isinstance(each, dict) else {} for each in value]
        meant = [
            bool(loop.keys() & _OF_LOOP.keys()) or _is_expression(each)
            for loop, each in zip(loops, value, strict=True)
        ]
        return loops if all(meant) else None
    is_one = isinstance(value, dict) and {name.lower() for name in value} >= _OF_LOOP.keys()
    return [{}] if is_one or _is_expression(value) else None


def _is_expression(value: Any) -> bool:
    return isinstance(value, str) and value[:1] == "["
