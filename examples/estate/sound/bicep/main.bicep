targetScope = 'resourceGroup'

@allowed(['production', 'staging', 'development'])
param environment string = 'production'
param location string = resourceGroup().location
param tenant string = '11111111-1111-1111-1111-111111111111'

@description('Object id of the engineers\' group in Entra ID')
param engineers string = '22222222-2222-2222-2222-222222222222'

@secure()
param databasePassword string

var name = 'directory-${environment}'
var tags = {
  application: 'company-directory'
  environment: environment
  'managed-by': 'bicep'
}
var zones = ['1', '2', '3']

// Nothing in the group can be deleted by mistake.
resource keep 'Microsoft.Authorization/locks@2020-05-01' = {
  name: 'keep'
  properties: {
    level: 'CanNotDelete'
    notes: 'Production: take the lock away by a change request only'
  }
}

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
  properties: {
    sku: { name: 'PerGB2018' }
    retentionInDays: 365
    features: { disableLocalAuth: true }
    publicNetworkAccessForIngestion: 'Disabled'
    publicNetworkAccessForQuery: 'Disabled'
  }
}

resource identities 'Microsoft.ManagedIdentity/userAssignedIdentities@2023-01-31' = [for each in ['data', 'cluster', 'gateway', 'api']: {
  name: '${name}-${each}'
  location: location
}]

// The network.

resource ddos 'Microsoft.Network/ddosProtectionPlans@2024-05-01' = {
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
    properties: {
      description: 'The API, from the gateway'
      priority: 100
      direction: 'Inbound'
      access: 'Allow'
      protocol: 'Tcp'
      sourcePortRange: '*'
      sourceAddressPrefix: '10.40.0.0/24'
      destinationAddressPrefix: '10.40.16.0/20'
      destinationPortRange: '8443'
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
          sourceAddressPrefix: '10.40.16.0/20'
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
  properties: {
    addressSpace: { addressPrefixes: ['10.40.0.0/16'] }
    enableDdosProtection: true
    ddosProtectionPlan: { id: ddos.id }
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
  properties: {
    addressPrefix: '10.40.16.0/20'
    defaultOutboundAccess: false
    networkSecurityGroup: { id: applicationGroup.id }
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
    enabled: true
    retentionPolicy: {
      enabled: true
      days: 365
    }
    flowAnalyticsConfiguration: {
      networkWatcherFlowAnalyticsConfiguration: {
        enabled: true
        workspaceResourceId: logs.id
      }
    }
  }
}

// Keys.

resource vault 'Microsoft.KeyVault/vaults@2023-07-01' = {
  name: 'kv-${name}'
  location: location
  tags: tags
  properties: {
    tenantId: tenant
    sku: { family: 'A', name: 'premium' }
    enableRbacAuthorization: true
    enablePurgeProtection: true
    softDeleteRetentionInDays: 90
    publicNetworkAccess: 'Disabled'
    networkAcls: {
      bypass: 'AzureServices'
      defaultAction: 'Deny'
    }
  }
}

resource dataKey 'Microsoft.KeyVault/vaults/keys@2023-07-01' = {
  parent: vault
  name: 'data'
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

resource databaseSecret 'Microsoft.KeyVault/vaults/secrets@2023-07-01' = {
  parent: vault
  name: 'database-administrator'
  properties: {
    value: databasePassword
    contentType: 'password'
    attributes: { exp: 1814313600 }
  }
}

resource vaultAudit 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  scope: vault
  name: 'audit'
  properties: {
    workspaceId: logs.id
    logs: [
      { categoryGroup: 'audit', enabled: true }
    ]
  }
}

// Documents and logs.

resource documents 'Microsoft.Storage/storageAccounts@2023-05-01' = {
  name: 'directorydocuments'
  location: location
  tags: tags
  kind: 'StorageV2'
  sku: { name: 'Standard_GZRS' }
  properties: {
    minimumTlsVersion: 'TLS1_2'
    supportsHttpsTrafficOnly: true
    allowBlobPublicAccess: false
    allowSharedKeyAccess: false
    allowCrossTenantReplication: false
    allowedCopyScope: 'AAD'
    defaultToOAuthAuthentication: true
    publicNetworkAccess: 'Disabled'
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
    }
  }

  resource blobs 'blobServices' = {
    name: 'default'
    properties: {
      isVersioningEnabled: true
      changeFeed: { enabled: true }
      deleteRetentionPolicy: { enabled: true, days: 35 }
      containerDeleteRetentionPolicy: { enabled: true, days: 35 }
      restorePolicy: { enabled: true, days: 30 }
    }

    resource photos 'containers' = {
      name: 'photos'
      properties: { publicAccess: 'None' }
    }
  }

  resource end 'managementPolicies' = {
    name: 'default'
    properties: {
      policy: {
        rules: [
          {
            name: 'end'
            type: 'Lifecycle'
            enabled: true
            definition: {
              filters: { blobTypes: ['blockBlob'] }
              actions: { baseBlob: { delete: { daysAfterModificationGreaterThan: 2555 } } }
            }
          }
        ]
      }
    }
  }
}

resource documentsAudit 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  scope: documents::blobs
  name: 'audit'
  properties: {
    workspaceId: logs.id
    logs: [for each in ['StorageRead', 'StorageWrite', 'StorageDelete']: { category: each, enabled: true }]
  }
}

// Flow logs and archived audit logs.
resource archive 'Microsoft.Storage/storageAccounts@2023-05-01' = {
  name: 'directorylogs'
  location: location
  tags: tags
  kind: 'StorageV2'
  sku: { name: 'Standard_GZRS' }
  properties: {
    minimumTlsVersion: 'TLS1_2'
    supportsHttpsTrafficOnly: true
    allowBlobPublicAccess: false
    allowSharedKeyAccess: false
    allowCrossTenantReplication: false
    allowedCopyScope: 'AAD'
    defaultToOAuthAuthentication: true
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
    properties: {
      isVersioningEnabled: true
      deleteRetentionPolicy: { enabled: true, days: 35 }
      containerDeleteRetentionPolicy: { enabled: true, days: 35 }
    }
  }

  resource end 'managementPolicies' = {
    name: 'default'
    properties: {
      policy: {
        rules: [
          {
            name: 'end'
            type: 'Lifecycle'
            enabled: true
            definition: {
              filters: { blobTypes: ['blockBlob'] }
              actions: { baseBlob: { delete: { daysAfterModificationGreaterThan: 400 } } }
            }
          }
        ]
      }
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

resource database 'Microsoft.DBforPostgreSQL/flexibleServers@2024-08-01' = {
  name: 'psql-${name}'
  location: location
  tags: tags
  sku: { name: 'Standard_D4ds_v5', tier: 'GeneralPurpose' }
  properties: {
    version: '16'
    administratorLogin: 'directory_admin'
    administratorLoginPassword: databasePassword
    network: {
      delegatedSubnetResourceId: dataSubnet.id
      publicNetworkAccess: 'Disabled'
    }
    backup: {
      backupRetentionDays: 35
      geoRedundantBackup: 'Enabled'
    }
    authConfig: {
      activeDirectoryAuth: 'Enabled'
      passwordAuth: 'Enabled'
      tenantId: tenant
    }
    dataEncryption: {
      type: 'AzureKeyVault'
      primaryKeyURI: dataKey.properties.keyUriWithVersion
    }
    highAvailability: {
      mode: 'ZoneRedundant'
      standbyAvailabilityZone: '2'
    }
  }
}

var parameters = {
  require_secure_transport: 'on'
  ssl_min_protocol_version: 'TLSv1.2'
  shared_preload_libraries: 'pgaudit,pg_stat_statements'
  'pgaudit.log': 'ddl,role,write'
  log_connections: 'on'
  log_disconnections: 'on'
  'connection_throttle.enable': 'on'
}

resource databaseParameters 'Microsoft.DBforPostgreSQL/flexibleServers/configurations@2024-08-01' = [for each in items(parameters): {
  parent: database
  name: each.key
  properties: {
    value: each.value
    source: 'user-override'
  }
}]

resource databaseAudit 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  scope: database
  name: 'audit'
  properties: {
    workspaceId: logs.id
    logs: [
      { categoryGroup: 'allLogs', enabled: true }
      { category: 'PostgreSQLLogs', enabled: true }
    ]
  }
}

// The cache.

resource sessions 'Microsoft.Cache/redis@2024-03-01' = {
  name: 'redis-${name}'
  location: location
  tags: tags
  zones: zones
  properties: {
    sku: { name: 'Premium', family: 'P', capacity: 1 }
    enableNonSslPort: false
    minimumTlsVersion: '1.2'
    publicNetworkAccess: 'Disabled'
    replicasPerPrimary: 2
    redisConfiguration: {
      'aad-enabled': 'true'
      'maxmemory-policy': 'allkeys-lru'
      'rdb-backup-enabled': 'true'
      'rdb-backup-frequency': '360'
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
      managedRuleSets: [
        { ruleSetType: 'Microsoft_DefaultRuleSet', ruleSetVersion: '2.1' }
        { ruleSetType: 'Microsoft_BotManagerRuleSet', ruleSetVersion: '1.1' }
      ]
    }
  }
}

var gatewayName = '${name}-gateway'

resource gateway 'Microsoft.Network/applicationGateways@2024-05-01' = {
  name: gatewayName
  location: location
  tags: tags
  zones: zones
  properties: {
    sku: { name: 'WAF_v2', tier: 'WAF_v2' }
    firewallPolicy: { id: firewall.id }
    sslPolicy: {
      policyType: 'Predefined'
      policyName: 'AppGwSslPolicy20220101S'
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
          protocol: 'Http'
          frontendPort: { id: resourceId('Microsoft.Network/applicationGateways/frontendPorts', gatewayName, 'http') }
        }
      }
    ]
    redirectConfigurations: [
      {
        name: 'to-https'
        properties: {
          redirectType: 'Permanent'
          targetListener: { id: resourceId('Microsoft.Network/applicationGateways/httpListeners', gatewayName, 'https') }
        }
      }
    ]
    requestRoutingRules: [
      {
        name: 'api'
        properties: {
          ruleType: 'Basic'
          priority: 10
          httpListener: { id: resourceId('Microsoft.Network/applicationGateways/httpListeners', gatewayName, 'https') }
        }
      }
      {
        name: 'redirect'
        properties: {
          ruleType: 'Basic'
          priority: 20
          httpListener: { id: resourceId('Microsoft.Network/applicationGateways/httpListeners', gatewayName, 'http') }
          redirectConfiguration: { id: resourceId('Microsoft.Network/applicationGateways/redirectConfigurations', gatewayName, 'to-https') }
        }
      }
    ]
  }
}

resource gatewayAudit 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  scope: gateway
  name: 'access'
  properties: {
    workspaceId: logs.id
    logs: [
      { category: 'ApplicationGatewayAccessLog', enabled: true }
      { category: 'ApplicationGatewayFirewallLog', enabled: true }
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

resource cluster 'Microsoft.ContainerService/managedClusters@2024-09-01' = {
  name: 'aks-${name}'
  location: location
  tags: tags
  identity: {
    type: 'UserAssigned'
    userAssignedIdentities: { '${identities[1].id}': {} }
  }
  properties: {
    kubernetesVersion: '1.35'
    dnsPrefix: name
    enableRBAC: true
    disableLocalAccounts: true
    diskEncryptionSetID: nodes.id
    autoUpgradeProfile: {
      upgradeChannel: 'patch'
      nodeOSUpgradeChannel: 'NodeImage'
    }
    apiServerAccessProfile: {
      enablePrivateCluster: true
      disableRunCommand: true
    }
    aadProfile: {
      managed: true
      enableAzureRBAC: true
      adminGroupObjectIDs: [engineers]
    }
    networkProfile: {
      networkPlugin: 'azure'
      networkPolicy: 'calico'
    }
    securityProfile: {
      defender: {
        logAnalyticsWorkspaceResourceId: logs.id
        securityMonitoring: { enabled: true }
      }
      imageCleaner: { enabled: true, intervalHours: 48 }
      azureKeyVaultKms: {
        enabled: true
        keyId: clusterKey.properties.keyUriWithVersion
        keyVaultNetworkAccess: 'Private'
      }
    }
    addonProfiles: {
      azurepolicy: { enabled: true }
      azureKeyvaultSecretsProvider: {
        enabled: true
        config: { enableSecretRotation: 'true' }
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
        enableNodePublicIP: false
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
    enableEncryptionAtHost: true
    enableNodePublicIP: false
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
    logs: [for each in ['kube-apiserver', 'kube-audit', 'kube-audit-admin', 'kube-controller-manager', 'kube-scheduler', 'guard']: {
      category: each
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
        actions: [
          'Microsoft.ContainerService/managedClusters/read'
          'Microsoft.ContainerService/managedClusters/agentPools/upgradeNodeImageVersion/action'
        ]
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
    principalType: 'Group'
  }
}

// Applications beside the cluster, and what they use.

resource portal 'Microsoft.Web/sites@2024-04-01' = {
  name: 'app-${name}'
  location: location
  tags: tags
  kind: 'app,linux'
  identity: {
    type: 'UserAssigned'
    userAssignedIdentities: { '${identities[0].id}': {} }
  }
  properties: {
    serverFarmId: apps.id
    httpsOnly: true
    publicNetworkAccess: 'Disabled'
    virtualNetworkSubnetId: applicationSubnet.id
    siteConfig: {
      minTlsVersion: '1.2'
      ftpsState: 'Disabled'
      remoteDebuggingEnabled: false
      healthCheckPath: '/health'
      vnetRouteAllEnabled: true
      ipSecurityRestrictionsDefaultAction: 'Deny'
      ipSecurityRestrictions: [
        { name: 'gateway', priority: 100, action: 'Allow', ipAddress: '198.51.100.0/24' }
      ]
      appSettings: [
        { name: 'SESSION_TTL', value: '3600' }
        { name: 'DB_PASSWORD', value: '@Microsoft.KeyVault(SecretUri=${vault.properties.vaultUri}secrets/portal-database)' }
      ]
    }
  }

  resource ftp 'basicPublishingCredentialsPolicies' = {
    name: 'ftp'
    properties: { allow: false }
  }

  resource deployment 'basicPublishingCredentialsPolicies' = {
    name: 'scm'
    properties: { allow: false }
  }

  resource signIn 'config' = {
    name: 'authsettingsV2'
    properties: {
      platform: { enabled: true }
      globalValidation: { requireAuthentication: true }
    }
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

resource portalAudit 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  scope: portal
  name: 'requests'
  properties: {
    workspaceId: logs.id
    logs: [
      { category: 'AppServiceHTTPLogs', enabled: true }
    ]
  }
}

resource orders 'Microsoft.ServiceBus/namespaces@2024-01-01' = {
  name: 'sb-${name}'
  location: location
  tags: tags
  sku: { name: 'Premium', capacity: 1 }
  identity: {
    type: 'UserAssigned'
    userAssignedIdentities: { '${identities[0].id}': {} }
  }
  properties: {
    minimumTlsVersion: '1.2'
    disableLocalAuth: true
    publicNetworkAccess: 'Disabled'
    encryption: {
      keySource: 'Microsoft.KeyVault'
      keyVaultProperties: [
        { keyName: dataKey.name, keyVaultUri: vault.properties.vaultUri }
      ]
    }
  }

  resource jobs 'queues' = {
    name: 'jobs'
    properties: { deadLetteringOnMessageExpiration: true }
  }
}

resource ordersAudit 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  scope: orders
  name: 'audit'
  properties: {
    workspaceId: logs.id
    logs: [
      { categoryGroup: 'audit', enabled: true }
    ]
  }
}

resource images 'Microsoft.ContainerRegistry/registries@2023-07-01' = {
  name: 'acr${environment}template'
  location: location
  tags: tags
  sku: { name: 'Premium' }
  identity: {
    type: 'UserAssigned'
    userAssignedIdentities: { '${identities[0].id}': {} }
  }
  properties: {
    adminUserEnabled: false
    anonymousPullEnabled: false
    publicNetworkAccess: 'Disabled'
    policies: { exportPolicy: { status: 'disabled' } }
    encryption: {
      status: 'enabled'
      keyVaultProperties: { keyIdentifier: dataKey.properties.keyUri }
    }
  }
}

resource settings 'Microsoft.AppConfiguration/configurationStores@2024-05-01' = {
  name: 'appcs-${name}'
  location: location
  tags: tags
  sku: { name: 'standard' }
  identity: {
    type: 'UserAssigned'
    userAssignedIdentities: { '${identities[0].id}': {} }
  }
  properties: {
    disableLocalAuth: true
    publicNetworkAccess: 'Disabled'
    enablePurgeProtection: true
    softDeleteRetentionInDays: 7
    encryption: {
      keyVaultProperties: { keyIdentifier: dataKey.properties.keyUri }
    }
  }
}

resource reports 'Microsoft.Compute/disks@2024-03-02' = {
  name: '${name}-reports'
  location: location
  tags: tags
  sku: { name: 'Premium_ZRS' }
  properties: {
    creationData: { createOption: 'Empty' }
    diskSizeGB: 64
    networkAccessPolicy: 'DenyAll'
    publicNetworkAccess: 'Disabled'
    encryption: { type: 'EncryptionAtRestWithCustomerKey', diskEncryptionSetId: nodes.id }
  }
}

resource copies 'Microsoft.RecoveryServices/vaults@2024-10-01' = {
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
    securitySettings: {
      immutabilitySettings: { state: 'Unlocked' }
      softDeleteSettings: { softDeleteState: 'Enabled' }
    }
    redundancySettings: {
      standardTierStorageRedundancy: 'GeoRedundant'
      crossRegionRestore: 'Enabled'
    }
    encryption: {
      keyVaultProperties: { keyUri: dataKey.properties.keyUri }
      infrastructureEncryption: 'Enabled'
    }
  }
}

resource blobNames 'Microsoft.Network/privateDnsZones@2020-06-01' = {
  name: 'privatelink.blob.core.windows.net'
  location: 'global'

  resource link 'virtualNetworkLinks' = {
    name: 'network'
    location: 'global'
    properties: { registrationEnabled: false, virtualNetwork: { id: network.id } }
  }
}

resource vaultNames 'Microsoft.Network/privateDnsZones@2020-06-01' = {
  name: 'privatelink.vaultcore.azure.net'
  location: 'global'

  resource link 'virtualNetworkLinks' = {
    name: 'network'
    location: 'global'
    properties: { registrationEnabled: false, virtualNetwork: { id: network.id } }
  }
}

resource cacheNames 'Microsoft.Network/privateDnsZones@2020-06-01' = {
  name: 'privatelink.redis.cache.windows.net'
  location: 'global'

  resource link 'virtualNetworkLinks' = {
    name: 'network'
    location: 'global'
    properties: { registrationEnabled: false, virtualNetwork: { id: network.id } }
  }
}

resource queueNames 'Microsoft.Network/privateDnsZones@2020-06-01' = {
  name: 'privatelink.servicebus.windows.net'
  location: 'global'

  resource link 'virtualNetworkLinks' = {
    name: 'network'
    location: 'global'
    properties: { registrationEnabled: false, virtualNetwork: { id: network.id } }
  }
}

resource registryNames 'Microsoft.Network/privateDnsZones@2020-06-01' = {
  name: 'privatelink.azurecr.io'
  location: 'global'

  resource link 'virtualNetworkLinks' = {
    name: 'network'
    location: 'global'
    properties: { registrationEnabled: false, virtualNetwork: { id: network.id } }
  }
}

resource settingNames 'Microsoft.Network/privateDnsZones@2020-06-01' = {
  name: 'privatelink.azconfig.io'
  location: 'global'

  resource link 'virtualNetworkLinks' = {
    name: 'network'
    location: 'global'
    properties: { registrationEnabled: false, virtualNetwork: { id: network.id } }
  }
}

resource backupNames 'Microsoft.Network/privateDnsZones@2020-06-01' = {
  name: 'privatelink.westeurope.backup.windowsazure.com'
  location: 'global'

  resource link 'virtualNetworkLinks' = {
    name: 'network'
    location: 'global'
    properties: { registrationEnabled: false, virtualNetwork: { id: network.id } }
  }
}

resource documentsEndpoint 'Microsoft.Network/privateEndpoints@2024-05-01' = {
  name: '${name}-documents'
  location: location
  properties: {
    subnet: { id: applicationSubnet.id }
    privateLinkServiceConnections: [
      { name: 'documents', properties: { privateLinkServiceId: documents.id, groupIds: ['blob'] } }
    ]
  }

  resource names 'privateDnsZoneGroups' = {
    name: 'default'
    properties: {
      privateDnsZoneConfigs: [
        { name: 'documents', properties: { privateDnsZoneId: blobNames.id } }
      ]
    }
  }
}

resource logsEndpoint 'Microsoft.Network/privateEndpoints@2024-05-01' = {
  name: '${name}-logs'
  location: location
  properties: {
    subnet: { id: applicationSubnet.id }
    privateLinkServiceConnections: [
      { name: 'logs', properties: { privateLinkServiceId: archive.id, groupIds: ['blob'] } }
    ]
  }

  resource names 'privateDnsZoneGroups' = {
    name: 'default'
    properties: {
      privateDnsZoneConfigs: [
        { name: 'logs', properties: { privateDnsZoneId: blobNames.id } }
      ]
    }
  }
}

resource vaultEndpoint 'Microsoft.Network/privateEndpoints@2024-05-01' = {
  name: '${name}-vault'
  location: location
  properties: {
    subnet: { id: applicationSubnet.id }
    privateLinkServiceConnections: [
      { name: 'vault', properties: { privateLinkServiceId: vault.id, groupIds: ['vault'] } }
    ]
  }

  resource names 'privateDnsZoneGroups' = {
    name: 'default'
    properties: {
      privateDnsZoneConfigs: [
        { name: 'vault', properties: { privateDnsZoneId: vaultNames.id } }
      ]
    }
  }
}

resource sessionsEndpoint 'Microsoft.Network/privateEndpoints@2024-05-01' = {
  name: '${name}-sessions'
  location: location
  properties: {
    subnet: { id: applicationSubnet.id }
    privateLinkServiceConnections: [
      { name: 'sessions', properties: { privateLinkServiceId: sessions.id, groupIds: ['redisCache'] } }
    ]
  }

  resource names 'privateDnsZoneGroups' = {
    name: 'default'
    properties: {
      privateDnsZoneConfigs: [
        { name: 'sessions', properties: { privateDnsZoneId: cacheNames.id } }
      ]
    }
  }
}

resource ordersEndpoint 'Microsoft.Network/privateEndpoints@2024-05-01' = {
  name: '${name}-orders'
  location: location
  properties: {
    subnet: { id: applicationSubnet.id }
    privateLinkServiceConnections: [
      { name: 'orders', properties: { privateLinkServiceId: orders.id, groupIds: ['namespace'] } }
    ]
  }

  resource names 'privateDnsZoneGroups' = {
    name: 'default'
    properties: {
      privateDnsZoneConfigs: [
        { name: 'orders', properties: { privateDnsZoneId: queueNames.id } }
      ]
    }
  }
}

resource imagesEndpoint 'Microsoft.Network/privateEndpoints@2024-05-01' = {
  name: '${name}-images'
  location: location
  properties: {
    subnet: { id: applicationSubnet.id }
    privateLinkServiceConnections: [
      { name: 'images', properties: { privateLinkServiceId: images.id, groupIds: ['registry'] } }
    ]
  }

  resource names 'privateDnsZoneGroups' = {
    name: 'default'
    properties: {
      privateDnsZoneConfigs: [
        { name: 'images', properties: { privateDnsZoneId: registryNames.id } }
      ]
    }
  }
}

resource settingsEndpoint 'Microsoft.Network/privateEndpoints@2024-05-01' = {
  name: '${name}-settings'
  location: location
  properties: {
    subnet: { id: applicationSubnet.id }
    privateLinkServiceConnections: [
      { name: 'settings', properties: { privateLinkServiceId: settings.id, groupIds: ['configurationStores'] } }
    ]
  }

  resource names 'privateDnsZoneGroups' = {
    name: 'default'
    properties: {
      privateDnsZoneConfigs: [
        { name: 'settings', properties: { privateDnsZoneId: settingNames.id } }
      ]
    }
  }
}

resource copiesEndpoint 'Microsoft.Network/privateEndpoints@2024-05-01' = {
  name: '${name}-copies'
  location: location
  properties: {
    subnet: { id: applicationSubnet.id }
    privateLinkServiceConnections: [
      { name: 'copies', properties: { privateLinkServiceId: copies.id, groupIds: ['AzureBackup'] } }
    ]
  }

  resource names 'privateDnsZoneGroups' = {
    name: 'default'
    properties: {
      privateDnsZoneConfigs: [
        { name: 'copies', properties: { privateDnsZoneId: backupNames.id } }
      ]
    }
  }
}

resource databaseNames 'Microsoft.Network/privateDnsZones@2020-06-01' = {
  name: 'directory.postgres.database.azure.com'
  location: 'global'

  resource link 'virtualNetworkLinks' = {
    name: 'network'
    location: 'global'
    properties: { registrationEnabled: false, virtualNetwork: { id: network.id } }
  }
}
