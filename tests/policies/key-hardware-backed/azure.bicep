param chosen string

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
      kty: 'RSA-HSM'
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
    properties: {
      kty: 'RSA' // expect: fail hsm
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
      kty: chosen // expect: unknown hsm
    }
  }
}
