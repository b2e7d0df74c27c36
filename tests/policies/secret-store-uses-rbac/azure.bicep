param chosen bool

resource sound 'Microsoft.KeyVault/vaults@2023-07-01' = {
  name: 'sound'
  location: 'westeurope'
  properties: {
    enableRbacAuthorization: true
  }
}

resource faulty 'Microsoft.KeyVault/vaults@2023-07-01' = {
  name: 'faulty'
  location: 'westeurope'
  properties: {
    enableRbacAuthorization: false // expect: fail rbac
  }
}

resource open 'Microsoft.KeyVault/vaults@2023-07-01' = {
  name: 'open'
  location: 'westeurope'
  properties: {
    enableRbacAuthorization: chosen // expect: unknown rbac
  }
}
