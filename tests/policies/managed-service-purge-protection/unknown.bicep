param chosen bool

resource open 'Microsoft.AppConfiguration/configurationStores@2024-05-01' = {
  name: 'open'
  location: 'westeurope'
  sku: {
    name: 'standard'
  }
  properties: {
    enablePurgeProtection: chosen // expect: unknown purge_protection
  }
}
