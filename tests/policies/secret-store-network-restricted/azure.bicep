param chosen string

resource sound 'Microsoft.KeyVault/vaults@2023-07-01' = {
  name: 'sound'
  location: 'westeurope'
  properties: {
    publicNetworkAccess: 'Disabled'
  }
}

resource faulty 'Microsoft.KeyVault/vaults@2023-07-01' = { // expect: fail network.public
  name: 'faulty'
  location: 'westeurope'
  properties: {
    publicNetworkAccess: 'Enabled'
  }
}

resource open 'Microsoft.KeyVault/vaults@2023-07-01' = {
  name: 'open'
  location: 'westeurope'
  properties: {
    publicNetworkAccess: chosen // expect: unknown network.public
  }
}
