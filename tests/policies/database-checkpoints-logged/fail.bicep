resource orders 'Microsoft.DBforPostgreSQL/flexibleServers@2024-08-01' = {
  name: 'orders'
  location: 'westeurope'
  properties: {}
}

resource log_checkpoints 'Microsoft.DBforPostgreSQL/flexibleServers/configurations@2024-08-01' = {
  parent: orders
  name: 'log_checkpoints'
  properties: {
    value: 'OFF' // expect: fail logs.checkpoints
    source: 'user-override'
  }
}
