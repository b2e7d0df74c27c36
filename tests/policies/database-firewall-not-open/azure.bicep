param chosen string

resource sound 'Microsoft.DBforPostgreSQL/flexibleServers@2024-08-01' = {
  name: 'sound'
  location: 'westeurope'
  properties: {
    network: { publicNetworkAccess: 'Enabled' }
  }

  resource inner 'firewallRules' = {
    name: 'some'
    properties: {
      startIpAddress: '203.0.113.0'
      endIpAddress: '203.0.113.255'
    }
  }
}

resource faulty 'Microsoft.DBforPostgreSQL/flexibleServers@2024-08-01' = {
  name: 'faulty'
  location: 'westeurope'
  properties: {
    network: { publicNetworkAccess: 'Enabled' }
  }

  resource inner 'firewallRules' = { // expect: fail network.allowed_sources
    name: 'some'
    properties: {
      startIpAddress: '0.0.0.1'
      endIpAddress: '203.0.113.255'
    }
  }
}

resource open 'Microsoft.DBforPostgreSQL/flexibleServers@2024-08-01' = {
  name: 'open'
  location: 'westeurope'
  properties: {
    network: { publicNetworkAccess: 'Enabled' }
  }

  resource inner 'firewallRules' = { // expect: unknown network.allowed_sources
    name: 'some'
    properties: {
      startIpAddress: chosen
      endIpAddress: '203.0.113.255'
    }
  }
}
