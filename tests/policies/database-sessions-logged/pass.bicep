resource orders 'Microsoft.DBforPostgreSQL/flexibleServers@2024-08-01' = {
  name: 'orders'
  location: 'westeurope'
  properties: {}
}

resource log_connections 'Microsoft.DBforPostgreSQL/flexibleServers/configurations@2024-08-01' = {
  parent: orders
  name: 'log_connections'
  properties: {
    value: 'on'
    source: 'user-override'
  }
}

resource log_disconnections 'Microsoft.DBforPostgreSQL/flexibleServers/configurations@2024-08-01' = {
  parent: orders
  name: 'log_disconnections'
  properties: {
    value: 'on'
    source: 'user-override'
  }
}
