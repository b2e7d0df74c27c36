resource payments 'Microsoft.KeyVault/vaults@2023-07-01' = {
  name: 'kv-payments'
  location: 'westeurope'
  properties: {
    tenantId: '00000000-0000-0000-0000-000000000000'
    sku: {
      family: 'A'
      name: 'standard'
    }
  }
}

resource smtp 'Microsoft.KeyVault/vaults/secrets@2023-07-01' = {
  parent: payments
  name: 'smtp'
  properties: {
    value: 'correct-horse' // expect: fail inline
  }
}
