targetScope = 'resourceGroup'

@allowed(['production', 'staging', 'development'])
param environment string = 'production'
param location string = resourceGroup().location
param tenant string = '11111111-1111-1111-1111-111111111111'

@description('Object id of the engineers\' group in Entra ID')
param engineers string = '22222222-2222-2222-2222-222222222222'

@description('Nobody says it yet')
param oldestTlsOfLogs string

var name = 'directory-${environment}'
var tags = {
  application: 'company-directory'
  environment: environment
  'managed-by': 'bicep'
}
var zones = ['1', '2', '3']

module subscriptions 'subscription.bicep' = {
  name: 'subscription'
  scope: subscription()
  params: {
    workspace: logs.id
    engineers: engineers
  }
}

resource logs 'Microsoft.OperationalInsights/workspaces@2023-09-01' = {
  name: 'log-${name}'
  location: location
  tags: tags
  properties: { // planted: managed-service-not-public
    sku: { name: 'PerGB2018' }
    retentionInDays: 30 // planted: log-retention
    features: { disableLocalAuth: true }
  }
}

resource identities 'Microsoft.ManagedIdentity/userAssignedIdentities@2023-01-31' = [for each in ['data', 'cluster', 'gateway', 'api']: {
  name: '${name}-${each}'
  location: location
}]

// The network.

resource ddos 'Microsoft.Network/ddosProtectionPlans@2024-05-01' = { // unknown: ddos-plan-covers-network
  name: '${name}-ddos'
  location: location
}

resource gatewayGroup 'Microsoft.Network/networkSecurityGroups@2024-05-01' = {
  name: '${name}-gateway'
  location: location
  tags: tags
  properties: {
    securityRules: [
      {
        name: 'https'
        properties: {
          description: 'HTTPS, and HTTP to be redirected'
          priority: 100
          direction: 'Inbound'
          access: 'Allow'
          protocol: 'Tcp'
          sourcePortRange: '*'
          sourceAddressPrefix: 'Internet'
          destinationAddressPrefix: '10.40.0.0/24'
          destinationPortRanges: ['80', '443']
        }
      }
      {
        name: 'gateway-manager'
        properties: {
          description: 'Health of the gateway itself, asked for by the service'
          priority: 110
          direction: 'Inbound'
          access: 'Allow'
          protocol: 'Tcp'
          sourcePortRange: '*'
          sourceAddressPrefix: 'GatewayManager'
          destinationAddressPrefix: '*'
          destinationPortRange: '65200-65535'
        }
      }
    ]
  }
}

resource applicationGroup 'Microsoft.Network/networkSecurityGroups@2024-05-01' = {
  name: '${name}-application'
  location: location
  tags: tags

  resource fromGateway 'securityRules' = {
    name: 'from-gateway'
    properties: { // planted: firewall-rule-described
      priority: 100
      direction: 'Inbound'
      access: 'Allow'
      protocol: 'Tcp'
      sourcePortRange: '*'
      sourceAddressPrefix: '*' // planted: firewall-rule-no-admin-port, firewall-rule-no-all-ports, firewall-rule-no-data-port, firewall-rule-not-open-to-world
      destinationAddressPrefix: '10.40.16.0/20'
      destinationPortRange: '*'
    }
  }
}

resource dataGroup 'Microsoft.Network/networkSecurityGroups@2024-05-01' = {
  name: '${name}-data'
  location: location
  tags: tags
  properties: {
    securityRules: [
      {
        name: 'postgresql'
        properties: {
          description: 'PostgreSQL, from the application'
          priority: 100
          direction: 'Inbound'
          access: 'Allow'
          protocol: 'Tcp'
          sourcePortRange: '*'
          sourceAddressPrefix: 'Internet' // planted: firewall-rule-no-data-port, firewall-rule-not-open-to-world
          destinationAddressPrefix: '10.40.32.0/24'
          destinationPortRange: '5432'
        }
      }
      {
        name: 'nothing-else'
        properties: {
          description: 'Also not from the rest of the network'
          priority: 4096
          direction: 'Inbound'
          access: 'Deny'
          protocol: '*'
          sourcePortRange: '*'
          sourceAddressPrefix: '*'
          destinationAddressPrefix: '*'
          destinationPortRange: '*'
        }
      }
    ]
  }
}

resource network 'Microsoft.Network/virtualNetworks@2024-05-01' = {
  name: '${name}-network'
  location: location
  tags: tags
  properties: { // planted: network-ddos-protection
    addressSpace: { addressPrefixes: ['10.40.0.0/16'] }
  }
}

resource gatewaySubnet 'Microsoft.Network/virtualNetworks/subnets@2024-05-01' = {
  parent: network
  name: 'gateway'
  properties: {
    addressPrefix: '10.40.0.0/24'
    defaultOutboundAccess: false
    networkSecurityGroup: { id: gatewayGroup.id }
  }
}

resource applicationSubnet 'Microsoft.Network/virtualNetworks/subnets@2024-05-01' = {
  parent: network
  name: 'application'
  properties: { // planted: subnet-has-security-group
    addressPrefix: '10.40.16.0/20'
    defaultOutboundAccess: true // planted: subnet-no-default-outbound-access
  }
}

resource dataSubnet 'Microsoft.Network/virtualNetworks/subnets@2024-05-01' = {
  parent: network
  name: 'data'
  properties: {
    addressPrefix: '10.40.32.0/24'
    networkSecurityGroup: { id: dataGroup.id }
    delegations: [
      {
        name: 'postgresql'
        properties: { serviceName: 'Microsoft.DBforPostgreSQL/flexibleServers' }
      }
    ]
  }
}

resource watcher 'Microsoft.Network/networkWatchers@2024-05-01' = {
  name: '${name}-watcher'
  location: location
}

resource flows 'Microsoft.Network/networkWatchers/flowLogs@2024-05-01' = {
  parent: watcher
  name: '${name}-network'
  location: location
  properties: {
    targetResourceId: network.id
    storageId: archive.id
    enabled: false // planted: network-flow-logs
    retentionPolicy: {
      enabled: true
      days: 365
    }
  }
}

// Keys.

resource vault 'Microsoft.KeyVault/vaults@2023-07-01' = { // planted: secret-store-audited
  name: 'kv-${name}'
  location: location
  tags: tags
  properties: {
    tenantId: tenant
    sku: { family: 'A', name: 'premium' }
    enableRbacAuthorization: false // planted: secret-store-uses-rbac
    enablePurgeProtection: false // planted: secret-store-purge-protection
    softDeleteRetentionInDays: 7 // planted: key-deletion-window, secret-store-soft-delete-days
    networkAcls: {
      bypass: 'AzureServices'
      defaultAction: 'Allow' // planted: secret-store-network-restricted
    }
  }
}

resource dataKey 'Microsoft.KeyVault/vaults/keys@2023-07-01' = { // planted: key-rotation
  parent: vault
  name: 'data'
  properties: { // planted: key-expires
    kty: 'RSA' // planted: key-hardware-backed
    keySize: 3072
  }
}

resource clusterKey 'Microsoft.KeyVault/vaults/keys@2023-07-01' = {
  parent: vault
  name: 'cluster'
  properties: {
    kty: 'RSA-HSM'
    keySize: 3072
    rotationPolicy: {
      attributes: { expiryTime: 'P1Y' }
      lifetimeActions: [
        {
          action: { type: 'rotate' }
          trigger: { timeAfterCreate: 'P300D' }
        }
      ]
    }
  }
}

resource databaseSecret 'Microsoft.KeyVault/vaults/secrets@2023-07-01' = { // planted: secret-expires
  parent: vault
  name: 'database-administrator'
  properties: {
    value: 'Autumn-2024-directory' // planted: secret-not-inline
    contentType: 'password'
  }
}

// Documents and logs.

resource documents 'Microsoft.Storage/storageAccounts@2023-05-01' = { // planted: object-store-access-logged, object-store-expires
  name: 'directorydocuments'
  location: location
  tags: tags
  kind: 'StorageV2'
  sku: { name: 'Standard_GZRS' }
  properties: { // planted: object-store-customer-managed-key, object-store-key-reminder, object-store-sas-expires, object-store-directory-by-default, object-store-no-copies-from-anywhere
    minimumTlsVersion: 'TLS1_0' // planted: object-store-minimum-tls
    supportsHttpsTrafficOnly: false // planted: object-store-requires-tls
    allowBlobPublicAccess: true // planted: object-store-blocks-public-access
    allowSharedKeyAccess: true // planted: object-store-no-shared-key
    allowCrossTenantReplication: false
    networkAcls: {
      defaultAction: 'Allow' // planted: object-store-network-restricted
    }
  }

  resource blobs 'blobServices' = {
    name: 'default'
    properties: { // planted: object-store-containers-kept
      isVersioningEnabled: false // planted: object-store-versioned
      deleteRetentionPolicy: {
        enabled: true
        days: 1 // planted: object-store-soft-delete
      }
    }

    resource photos 'containers' = {
      name: 'photos'
      properties: {
        publicAccess: 'Blob' // planted: object-store-not-public
      }
    }
  }
}

// Flow logs and archived audit logs.
resource archive 'Microsoft.Storage/storageAccounts@2023-05-01' = { // planted: object-store-expires, private-endpoint-used
  name: 'directorylogs'
  location: location
  tags: tags
  kind: 'StorageV2'
  sku: { name: 'Standard_GRS' } // planted: spread-over-zones
  properties: { // planted: object-store-directory-by-default, object-store-no-copies-from-anywhere
    minimumTlsVersion: oldestTlsOfLogs // unknown: object-store-minimum-tls
    supportsHttpsTrafficOnly: true
    allowBlobPublicAccess: false
    allowSharedKeyAccess: false
    allowCrossTenantReplication: false
    encryption: {
      keySource: 'Microsoft.Keyvault'
      keyvaultproperties: {
        keyvaulturi: vault.properties.vaultUri
        keyname: dataKey.name
      }
    }
    networkAcls: {
      defaultAction: 'Deny'
      bypass: 'AzureServices'
      ipRules: [{ value: '203.0.113.0/24' }]
    }
  }

  resource blobs 'blobServices' = {
    name: 'default'
    properties: { // planted: object-store-containers-kept
      isVersioningEnabled: true
      deleteRetentionPolicy: { enabled: true, days: 35 }
    }
  }
}

resource archiveAudit 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  scope: archive::blobs
  name: 'audit'
  properties: {
    workspaceId: logs.id
    logs: [
      { categoryGroup: 'allLogs', enabled: true }
    ]
  }
}

// The database.

resource database 'Microsoft.DBforPostgreSQL/flexibleServers@2024-08-01' = { // planted: database-deletion-protection, database-logs-exported, private-endpoint-used, database-throttles-failures
  name: 'psql-${name}'
  location: location
  tags: tags
  sku: { name: 'Standard_D4ds_v5', tier: 'GeneralPurpose' }
  properties: { // planted: database-customer-managed-key
    version: '16'
    administratorLogin: 'directory_admin'
    administratorLoginPassword: 'Autumn-2024-directory' // planted: database-password-not-inline
    network: {
      publicNetworkAccess: 'Enabled' // planted: database-not-public
    }
    backup: {
      backupRetentionDays: 6 // planted: backup-retention
      geoRedundantBackup: 'Disabled' // planted: database-geo-backup
    }
    authConfig: {
      activeDirectoryAuth: 'Disabled' // planted: database-iam-authentication
      passwordAuth: 'Enabled'
      tenantId: tenant
    }
    highAvailability: {
      mode: 'SameZone' // planted: database-multi-zone
    }
  }
}

resource anybody 'Microsoft.DBforPostgreSQL/flexibleServers/firewallRules@2024-08-01' = { // planted: database-firewall-not-open
  parent: database
  name: 'anybody'
  properties: {
    startIpAddress: '0.0.0.0'
    endIpAddress: '255.255.255.255'
  }
}

var parameters = {
  require_secure_transport: 'off'
  ssl_min_protocol_version: 'TLSv1.1'
  shared_preload_libraries: 'pgaudit,pg_stat_statements'
  'pgaudit.log': 'ddl,role,write'
  log_connections: 'on'
  log_disconnections: 'off'
  log_checkpoints: 'off'
}

resource databaseParameters 'Microsoft.DBforPostgreSQL/flexibleServers/configurations@2024-08-01' = [for each in items(parameters): {
  parent: database
  name: each.key
  properties: {
    value: each.value // planted: database-minimum-tls, database-requires-tls, database-checkpoints-logged, database-sessions-logged
    source: 'user-override'
  }
}]

// The cache.

resource sessions 'Microsoft.Cache/redis@2024-03-01' = {
  name: 'redis-${name}'
  location: location
  tags: tags
  zones: zones
  properties: {
    sku: { name: 'Premium', family: 'P', capacity: 1 }
    enableNonSslPort: true // planted: cache-requires-tls
    minimumTlsVersion: '1.0' // planted: cache-minimum-tls
    publicNetworkAccess: 'Enabled' // planted: cache-not-public
    replicasPerPrimary: 2
    redisConfiguration: { // planted: cache-backup-retention
      authnotrequired: 'true' // planted: cache-requires-authentication
      'maxmemory-policy': 'allkeys-lru'
    }
  }
}

resource sessionsAudit 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  scope: sessions
  name: 'connections'
  properties: {
    workspaceId: logs.id
    logs: [
      { category: 'ConnectedClientList', enabled: true }
    ]
  }
}

// The gateway.

resource address 'Microsoft.Network/publicIPAddresses@2024-05-01' = {
  name: '${name}-gateway'
  location: location
  zones: zones
  sku: { name: 'Standard' }
  properties: { publicIPAllocationMethod: 'Static' }
}

resource firewall 'Microsoft.Network/ApplicationGatewayWebApplicationFirewallPolicies@2024-05-01' = {
  name: '${name}-waf'
  location: location
  tags: tags
  properties: {
    policySettings: {
      state: 'Enabled'
      mode: 'Prevention'
      requestBodyCheck: true
    }
    managedRules: {
      managedRuleSets: [ // planted: waf-policy-bot-protection
        { ruleSetType: 'Microsoft_DefaultRuleSet', ruleSetVersion: '2.1' }
      ]
    }
  }
}

var gatewayName = '${name}-gateway'

resource gateway 'Microsoft.Network/applicationGateways@2024-05-01' = { // planted: load-balancer-access-logs, load-balancer-deletion-protection
  name: gatewayName
  location: location
  tags: tags
  zones: zones
  properties: {
    sku: {
      name: 'Standard_v2'
      tier: 'Standard_v2' // planted: load-balancer-has-waf
    }
    sslPolicy: {
      policyType: 'Predefined'
      policyName: 'AppGwSslPolicy20150501' // planted: gateway-minimum-tls
    }
    gatewayIPConfigurations: [
      { name: 'gateway', properties: { subnet: { id: gatewaySubnet.id } } }
    ]
    frontendIPConfigurations: [
      { name: 'public', properties: { publicIPAddress: { id: address.id } } }
    ]
    frontendPorts: [
      { name: 'https', properties: { port: 443 } }
      { name: 'http', properties: { port: 80 } }
    ]
    backendAddressPools: [
      { name: 'api', properties: { backendAddresses: [{ fqdn: 'app-${name}.azurewebsites.net' }] } }
    ]
    backendHttpSettingsCollection: [
      { name: 'api', properties: { port: 443, protocol: 'Https' } }
    ]
    httpListeners: [
      {
        name: 'https'
        properties: {
          protocol: 'Https'
          frontendPort: { id: resourceId('Microsoft.Network/applicationGateways/frontendPorts', gatewayName, 'https') }
        }
      }
      {
        name: 'http'
        properties: {
          protocol: 'Http' // planted: listener-encrypted
          frontendPort: { id: resourceId('Microsoft.Network/applicationGateways/frontendPorts', gatewayName, 'http') }
        }
      }
    ]
    requestRoutingRules: [
      { // planted: published-through-waf
        name: 'api'
        properties: {
          ruleType: 'Basic'
          priority: 10
          httpListener: { id: resourceId('Microsoft.Network/applicationGateways/httpListeners', gatewayName, 'https') }
          backendAddressPool: {
            id: resourceId('Microsoft.Network/applicationGateways/backendAddressPools', gatewayName, 'api')
          }
          backendHttpSettings: {
            id: resourceId('Microsoft.Network/applicationGateways/backendHttpSettingsCollection', gatewayName, 'api')
          }
        }
      }
      {
        name: 'plain'
        properties: {
          ruleType: 'Basic'
          priority: 20
          httpListener: { id: resourceId('Microsoft.Network/applicationGateways/httpListeners', gatewayName, 'http') }
        }
      }
    ]
  }
}

// The cluster.

resource nodes 'Microsoft.Compute/diskEncryptionSets@2024-03-02' = {
  name: '${name}-nodes'
  location: location
  properties: {
    activeKey: { keyUrl: dataKey.properties.keyUriWithVersion }
    rotationToLatestKeyVersionEnabled: true
  }
}

resource cluster 'Microsoft.ContainerService/managedClusters@2024-09-01' = { // planted: deletion-protection, cluster-run-command-off
  name: 'aks-${name}'
  location: location
  tags: tags
  identity: {
    type: 'UserAssigned'
    userAssignedIdentities: { '${identities[1].id}': {} }
  }
  properties: { // planted: cluster-customer-managed-key, cluster-directory-sign-in
    kubernetesVersion: '1.33' // planted: cluster-version-supported
    dnsPrefix: name
    enableRBAC: false // planted: cluster-rbac-enabled
    disableLocalAccounts: false // planted: cluster-local-accounts-disabled
    securityProfile: { // planted: cluster-secrets-encrypted, cluster-images-cleaned
      defender: {
        logAnalyticsWorkspaceResourceId: logs.id
        securityMonitoring: { enabled: true }
      }
    }
    autoUpgradeProfile: {
      upgradeChannel: 'none' // planted: cluster-upgrades-automatic
      nodeOSUpgradeChannel: 'None' // planted: cluster-node-images-automatic
    }
    apiServerAccessProfile: { // planted: cluster-api-not-public
      enablePrivateCluster: false
    }
    networkProfile: { // planted: cluster-network-policy
      networkPlugin: 'azure'
    }
    addonProfiles: {
      azurepolicy: { enabled: false } // planted: cluster-policies-enforced
      httpApplicationRouting: { enabled: true } // planted: cluster-no-retired-add-ons
      azureKeyvaultSecretsProvider: {
        enabled: true
        config: { enableSecretRotation: 'false' } // planted: cluster-mounted-secrets-rotated
      }
      omsagent: {
        enabled: true
        config: { logAnalyticsWorkspaceResourceID: logs.id }
      }
    }
    agentPoolProfiles: [
      {
        name: 'system'
        mode: 'System'
        vmSize: 'Standard_D2ds_v5'
        vnetSubnetID: applicationSubnet.id
        availabilityZones: zones
        enableAutoScaling: true
        minCount: 3
        maxCount: 5
        enableEncryptionAtHost: true
        enableNodePublicIP: true // planted: cluster-private-nodes, node-pool-no-public-address
      }
    ]
  }
}

resource backend 'Microsoft.ContainerService/managedClusters/agentPools@2024-09-01' = {
  parent: cluster
  name: 'backend'
  properties: {
    vmSize: 'Standard_D4ds_v5'
    vnetSubnetID: applicationSubnet.id
    availabilityZones: zones
    enableAutoScaling: true
    minCount: 3
    maxCount: 9
    enableEncryptionAtHost: false // planted: node-pool-encrypted-at-host
    enableNodePublicIP: true // planted: node-pool-no-public-address
    nodeTaints: ['component=backend:NoSchedule']
    nodeLabels: {
      tier: 'backend'
      priority: 'high'
    }
  }
}

resource clusterAudit 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  scope: cluster
  name: 'control-plane'
  properties: {
    workspaceId: logs.id
    logs: [for each in ['kube-scheduler']: {
      category: each // planted: cluster-audited, cluster-control-plane-logs
      enabled: true
    }]
  }
}

// Who may do what.

resource restart 'Microsoft.Authorization/roleDefinitions@2022-04-01' = {
  name: guid(resourceGroup().id, 'restart')
  properties: {
    roleName: '${name}-restart'
    description: 'Restart a node pool, and nothing else'
    assignableScopes: [resourceGroup().id]
    permissions: [
      {
        actions: ['*'] // planted: policy-no-admin, role-no-wildcards, role-no-escalation
      }
    ]
  }
}

resource restarts 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  scope: cluster
  name: guid(cluster.id, engineers, 'restart')
  properties: {
    roleDefinitionId: restart.id
    principalId: engineers
    principalType: 'Group' // unknown: role-binding-no-privileged-guest
  }
}

// Applications beside the cluster, and what they use.

resource portal 'Microsoft.Web/sites@2024-04-01' = { // planted: web-app-managed-identity, web-app-logs-sent, web-app-authentication, web-app-health-check
  name: 'app-${name}'
  location: location
  tags: tags
  kind: 'app,linux'
  properties: {
    serverFarmId: apps.id
    httpsOnly: false // planted: web-app-https-only
    publicNetworkAccess: 'Disabled'
    virtualNetworkSubnetId: applicationSubnet.id
    siteConfig: {
      minTlsVersion: '1.0' // planted: web-app-minimum-tls
      ftpsState: 'AllAllowed' // planted: web-app-no-plain-ftp
      remoteDebuggingEnabled: true // planted: web-app-no-remote-debugging
      scmMinTlsVersion: '1.0' // planted: web-app-publishing-minimum-tls
      vnetRouteAllEnabled: false // planted: web-app-outbound-through-network
      ipSecurityRestrictionsDefaultAction: 'Allow' // planted: web-app-rules-refuse-others
      ipSecurityRestrictions: [
        { name: 'gateway', priority: 100, action: 'Allow', ipAddress: '198.51.100.0/24' }
      ]
      appSettings: [
        { name: 'SESSION_TTL', value: '3600' }
        { name: 'DB_PASSWORD', value: 'portal-2024!' } // planted: web-app-no-inline-secrets
      ]
    }
  }

  resource ftp 'basicPublishingCredentialsPolicies' = {
    name: 'ftp'
    properties: { allow: true } // planted: web-app-no-basic-publishing
  }

  resource deployment 'basicPublishingCredentialsPolicies' = {
    name: 'scm'
    properties: { allow: false }
  }
}

resource apps 'Microsoft.Web/serverfarms@2024-04-01' = {
  name: 'plan-${name}'
  location: location
  tags: tags
  kind: 'linux'
  sku: { name: 'P1v3', capacity: 3 }
  properties: { reserved: true, zoneRedundant: true }
}

resource orders 'Microsoft.ServiceBus/namespaces@2024-01-01' = { // planted: private-endpoint-used, queue-logs-sent
  name: 'sb-${name}'
  location: location
  tags: tags
  sku: { name: 'Premium', capacity: 1 }
  properties: { // planted: queue-customer-managed-key
    minimumTlsVersion: '1.0' // planted: queue-minimum-tls
    disableLocalAuth: false // planted: queue-no-shared-keys
    publicNetworkAccess: 'Enabled' // planted: queue-not-public
  }

  resource jobs 'queues' = {
    name: 'jobs'
    properties: { deadLetteringOnMessageExpiration: false } // planted: queue-dead-letter
  }

  resource portal 'AuthorizationRules' = {
    name: 'portal' // planted: queue-key-for-one-queue
    properties: { rights: ['Listen', 'Manage', 'Send'] } // planted: queue-key-not-manage
  }
}

resource images 'Microsoft.ContainerRegistry/registries@2023-07-01' = { // planted: registry-not-public, private-endpoint-used
  name: 'acr${environment}template'
  location: location
  tags: tags
  sku: { name: 'Premium' }
  properties: { // planted: registry-customer-managed-key, registry-no-exports
    adminUserEnabled: true // planted: registry-no-admin-user
    anonymousPullEnabled: true // planted: registry-no-anonymous-pull
    publicNetworkAccess: 'Enabled'
  }
}

resource settings 'Microsoft.AppConfiguration/configurationStores@2024-05-01' = { // planted: managed-service-managed-identity, private-endpoint-used
  name: 'appcs-${name}'
  location: location
  tags: tags
  sku: { name: 'standard' }
  properties: { // planted: managed-service-customer-managed-key
    disableLocalAuth: false // planted: managed-service-no-shared-keys
    publicNetworkAccess: 'Enabled' // planted: managed-service-not-public
    enablePurgeProtection: false // planted: managed-service-purge-protection
    softDeleteRetentionInDays: 7
  }
}

resource reports 'Microsoft.Compute/disks@2024-03-02' = {
  name: '${name}-reports'
  location: location
  tags: tags
  sku: { name: 'Premium_ZRS' }
  properties: { // planted: volume-customer-managed-key
    creationData: { createOption: 'Empty' }
    diskSizeGB: 64
    networkAccessPolicy: 'AllowAll' // planted: volume-not-public
    publicNetworkAccess: 'Enabled'
  }
}

resource copies 'Microsoft.RecoveryServices/vaults@2024-10-01' = { // planted: deletion-protection, private-endpoint-used
  name: 'rsv-${name}'
  location: location
  tags: tags
  sku: { name: 'Standard' }
  identity: {
    type: 'UserAssigned'
    userAssignedIdentities: { '${identities[0].id}': {} }
  }
  properties: {
    publicNetworkAccess: 'Disabled'
    securitySettings: { // planted: backup-vault-immutable
      softDeleteSettings: { softDeleteState: 'Disabled' } // planted: backup-vault-soft-delete
    }
    redundancySettings: {
      standardTierStorageRedundancy: 'LocallyRedundant' // planted: backup-vault-second-region
    }
    encryption: {
      keyVaultProperties: { keyUri: dataKey.properties.keyUri }
      infrastructureEncryption: 'Enabled'
    }
  }
}

resource documentsEndpoint 'Microsoft.Network/privateEndpoints@2024-05-01' = { // planted: private-endpoint-dns
  name: '${name}-documents'
  location: location
  properties: {
    subnet: { id: applicationSubnet.id }
    privateLinkServiceConnections: [
      { name: 'documents', properties: { privateLinkServiceId: documents.id, groupIds: ['blob'] } }
    ]
  }
}

resource vaultEndpoint 'Microsoft.Network/privateEndpoints@2024-05-01' = { // planted: private-endpoint-dns
  name: '${name}-vault'
  location: location
  properties: {
    subnet: { id: applicationSubnet.id }
    privateLinkServiceConnections: [
      { name: 'vault', properties: { privateLinkServiceId: vault.id, groupIds: ['vault'] } }
    ]
  }
}

resource sessionsEndpoint 'Microsoft.Network/privateEndpoints@2024-05-01' = { // planted: private-endpoint-dns
  name: '${name}-sessions'
  location: location
  properties: {
    subnet: { id: applicationSubnet.id }
    privateLinkServiceConnections: [
      { name: 'sessions', properties: { privateLinkServiceId: sessions.id, groupIds: ['redisCache'] } }
    ]
  }
}

resource databaseNames 'Microsoft.Network/privateDnsZones@2020-06-01' = { // planted: private-zone-linked
  name: 'directory.postgres.database.azure.com'
  location: 'global'
}
