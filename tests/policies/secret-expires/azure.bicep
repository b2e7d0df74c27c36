param chosen object

resource sound 'Microsoft.KeyVault/vaults@2023-07-01' = {
  name: 'sound'
  location: 'westeurope'
  properties: {
    softDeleteRetentionInDays: 90
  }

  resource inner 'secrets' = {
    name: 'token'
    properties: {
      attributes: { exp: 1814313600 }
    }
  }
}

resource faulty 'Microsoft.KeyVault/vaults@2023-07-01' = {
  name: 'faulty'
  location: 'westeurope'
  properties: {
    softDeleteRetentionInDays: 90
  }

  resource inner 'secrets' = { // expect: fail expires
    name: 'token'
    properties: {
      attributes: { enabled: true }
    }
  }
}

resource open 'Microsoft.KeyVault/vaults@2023-07-01' = {
  name: 'open'
  location: 'westeurope'
  properties: {
    softDeleteRetentionInDays: 90
  }

  resource inner 'secrets' = {
    name: 'token'
    properties: {
      attributes: chosen // expect: unknown expires
    }
  }
}
