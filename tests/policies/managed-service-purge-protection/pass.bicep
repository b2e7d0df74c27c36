resource chosen 'Microsoft.AppConfiguration/configurationStores@2024-05-01' = {
  name: 'chosen'
  location: 'westeurope'
  sku: {
    name: 'standard'
  }
  properties: {
    enablePurgeProtection: true
  }
}
