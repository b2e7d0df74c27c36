param chosen int

resource sound 'Microsoft.KeyVault/vaults@2023-07-01' = {
  name: 'sound'
  location: 'westeurope'
  properties: {
    softDeleteRetentionInDays: 90
  }

  resource inner 'keys' = {
    name: 'data'
    properties: {
      kty: 'RSA'
    }
  }
}

resource faulty 'Microsoft.KeyVault/vaults@2023-07-01' = {
  name: 'faulty'
  location: 'westeurope'
  properties: {
    softDeleteRetentionInDays: 7 // expect: fail deletion_window_days
  }

  resource inner 'keys' = {
    name: 'data'
    properties: {
      kty: 'RSA'
    }
  }
}

resource open 'Microsoft.KeyVault/vaults@2023-07-01' = {
  name: 'open'
  location: 'westeurope'
  properties: {
    softDeleteRetentionInDays: chosen // expect: unknown deletion_window_days
  }

  resource inner 'keys' = {
    name: 'data'
    properties: {
      kty: 'RSA'
    }
  }
}
