resource reports 'Microsoft.Synapse/workspaces@2021-06-01' = {
  name: 'reports'

  resource audit 'extendedAuditingSettings' = {
    name: 'default'
    properties: { state: 'Enabled' }
  }

  resource orders 'sqlPools' = {
    name: 'orders'
  }
}
