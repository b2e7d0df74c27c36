param chosen object

resource sound 'Microsoft.KeyVault/vaults@2023-07-01' = {
  name: 'sound'
  location: 'westeurope'
  properties: {
    enableSoftDelete: true
    softDeleteRetentionInDays: 90
  }

  resource inner 'keys' = {
    name: 'data'
    properties: {
      kty: 'RSA'
      attributes: { exp: 1814313600 }
    }
  }
}

resource faulty 'Microsoft.KeyVault/vaults@2023-07-01' = {
  name: 'faulty'
  location: 'westeurope'
  properties: {
    enableSoftDelete: true
    softDeleteRetentionInDays: 90
  }

  resource inner 'keys' = {
    name: 'data'
    properties: { // expect: fail expires
      kty: 'RSA'
      attributes: { enabled: true }
    }
  }
}

resource open 'Microsoft.KeyVault/vaults@2023-07-01' = {
  name: 'open'
  location: 'westeurope'
  properties: {
    enableSoftDelete: true
    softDeleteRetentionInDays: 90
  }

  resource inner 'keys' = {
    name: 'data'
    properties: {
      kty: 'RSA'
      attributes: chosen // expect: unknown expires
    }
  }
}
