targetScope = 'subscription'

@batchSize(1)
resource plans 'Microsoft.Security/pricings@2024-01-01' = [for plan in [
  'VirtualMachines'
  'SqlServers'
  'AppServices'
  'StorageAccounts'
  'SqlServerVirtualMachines'
  'Containers'
  'KeyVaults'
  'Arm'
  'OpenSourceRelationalDatabases'
  'CosmosDbs'
  'CloudPosture'
  'Api'
]: {
  name: plan
  properties: {
    pricingTier: 'Standard'
  }
}]
