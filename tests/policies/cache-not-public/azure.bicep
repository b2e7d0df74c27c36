param chosen string

resource sound 'Microsoft.Cache/redis@2024-11-01' = {
  name: 'sound'
  location: 'westeurope'
  properties: {
    publicNetworkAccess: 'Disabled'
  }
}

resource faulty 'Microsoft.Cache/redis@2024-11-01' = {
  name: 'faulty'
  location: 'westeurope'
  properties: {
    publicNetworkAccess: 'Enabled' // expect: fail network.public
  }
}

resource open 'Microsoft.Cache/redis@2024-11-01' = {
  name: 'open'
  location: 'westeurope'
  properties: {
    publicNetworkAccess: chosen // expect: unknown network.public
  }
}
