resource chosen 'Microsoft.AppConfiguration/configurationStores@2024-05-01' = {
  name: 'chosen'
  location: 'westeurope'
  sku: {
    name: 'standard'
  }
  properties: {
    enablePurgeProtection: false // expect: fail purge_protection
  }
}

resource silent 'Microsoft.AppConfiguration/configurationStores@2024-05-01' = {
  name: 'silent'
  location: 'westeurope'
  sku: {
    name: 'standard'
  }
  properties: {} // expect: fail purge_protection
}
