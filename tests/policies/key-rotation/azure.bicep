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
      kty: 'RSA'
      rotationPolicy: {
        lifetimeActions: [
          { action: { type: 'rotate' }, trigger: { timeAfterCreate: 'P90D' } }
        ]
      }
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
      kty: 'RSA'
      rotationPolicy: {
        lifetimeActions: [ // expect: fail rotation
          { action: { type: 'notify' }, trigger: { timeAfterCreate: 'P90D' } }
        ]
      }
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
      rotationPolicy: {
        lifetimeActions: [
          { action: { type: chosen }, trigger: { timeAfterCreate: 'P90D' } } // expect: unknown rotation
        ]
      }
    }
  }
}
