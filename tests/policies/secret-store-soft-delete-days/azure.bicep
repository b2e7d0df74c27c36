param chosen int

resource sound 'Microsoft.KeyVault/vaults@2023-07-01' = {
  name: 'sound'
  location: 'westeurope'
  properties: {
    softDeleteRetentionInDays: 90
  }
}

resource faulty 'Microsoft.KeyVault/vaults@2023-07-01' = {
  name: 'faulty'
  location: 'westeurope'
  properties: {
    softDeleteRetentionInDays: 7 // expect: fail soft_delete_days
  }
}

resource open 'Microsoft.KeyVault/vaults@2023-07-01' = {
  name: 'open'
  location: 'westeurope'
  properties: {
    softDeleteRetentionInDays: chosen // expect: unknown soft_delete_days
  }
}
