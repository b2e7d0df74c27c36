param chosen string

resource sound 'Microsoft.DBforPostgreSQL/flexibleServers@2024-08-01' = {
  name: 'sound'
  location: 'westeurope'
  properties: {
    network: { publicNetworkAccess: 'Disabled' }
  }
}

resource faulty 'Microsoft.DBforPostgreSQL/flexibleServers@2024-08-01' = {
  name: 'faulty'
  location: 'westeurope'
  properties: {
    network: { publicNetworkAccess: 'Enabled' } // expect: fail network.public
  }
}

resource open 'Microsoft.DBforPostgreSQL/flexibleServers@2024-08-01' = {
  name: 'open'
  location: 'westeurope'
  properties: {
    network: { publicNetworkAccess: chosen } // expect: unknown network.public
  }
}
