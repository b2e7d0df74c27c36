param chosen string

resource orders 'Microsoft.DBforPostgreSQL/flexibleServers@2024-08-01' = {
  name: 'orders'
  location: 'westeurope'
  properties: {}
}

resource connection_throttle_enable 'Microsoft.DBforPostgreSQL/flexibleServers/configurations@2024-08-01' = {
  parent: orders
  name: 'connection_throttle.enable'
  properties: {
    value: chosen // expect: unknown connections.throttled
    source: 'user-override'
  }
}
