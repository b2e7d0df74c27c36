param chosen bool

resource sound 'Microsoft.DBforPostgreSQL/flexibleServers@2024-08-01' = {
  name: 'sound'
  location: 'westeurope'
  properties: {
    version: '16'
  }
}

resource soundLogs 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  scope: sound
  name: 'logs'
  properties: {
    workspaceId: '/subscriptions/s/resourceGroups/r/providers/Microsoft.OperationalInsights/workspaces/logs'
    logs: [
      { category: 'PostgreSQLLogs', enabled: true }
    ]
  }
}

resource faulty 'Microsoft.DBforPostgreSQL/flexibleServers@2024-08-01' = { // expect: fail logs.enabled
  name: 'faulty'
  location: 'westeurope'
  properties: {
    version: '16'
  }
}

resource open 'Microsoft.DBforPostgreSQL/flexibleServers@2024-08-01' = {
  name: 'open'
  location: 'westeurope'
  properties: {
    version: '16'
  }
}

resource openLogs 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  scope: open
  name: 'logs'
  properties: {
    workspaceId: '/subscriptions/s/resourceGroups/r/providers/Microsoft.OperationalInsights/workspaces/logs'
    logs: [
      { category: 'PostgreSQLLogs', enabled: chosen } // expect: unknown logs.enabled
    ]
  }
}
