param chosen string

resource sound 'Microsoft.DBforPostgreSQL/flexibleServers@2024-08-01' = {
  name: 'sound'
  location: 'westeurope'
  properties: {
    version: '16'
  }

  resource inner 'configurations' = {
    name: 'require_secure_transport'
    properties: {
      value: 'on'
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
    name: 'require_secure_transport'
    properties: {
      value: 'off' // expect: fail tls.required
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
    name: 'require_secure_transport'
    properties: {
      value: chosen // expect: unknown tls.required
      source: 'user-override'
    }
  }
}
