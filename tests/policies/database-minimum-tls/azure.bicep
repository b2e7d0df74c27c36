param chosen string

resource sound 'Microsoft.DBforPostgreSQL/flexibleServers@2024-08-01' = {
  name: 'sound'
  location: 'westeurope'
  properties: {
    version: '16'
  }

  resource inner 'configurations' = {
    name: 'ssl_min_protocol_version'
    properties: {
      value: 'TLSv1.2'
      source: 'user-override'
    }
  }
}

resource faulty 'Microsoft.DBforPostgreSQL/flexibleServers@2024-08-01' = {
  name: 'faulty'
  location: 'westeurope'
  properties: {
    version: '16'
  }

  resource inner 'configurations' = {
    name: 'ssl_min_protocol_version'
    properties: {
      value: 'TLSv1.1' // expect: fail tls.min_version
      source: 'user-override'
    }
  }
}

resource open 'Microsoft.DBforPostgreSQL/flexibleServers@2024-08-01' = {
  name: 'open'
  location: 'westeurope'
  properties: {
    version: '16'
  }

  resource inner 'configurations' = {
    name: 'ssl_min_protocol_version'
    properties: {
      value: chosen // expect: unknown tls.min_version
      source: 'user-override'
    }
  }
}
