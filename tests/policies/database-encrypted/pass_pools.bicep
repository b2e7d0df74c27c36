resource reports 'Microsoft.Synapse/workspaces@2021-06-01' = {
  name: 'reports'

  resource orders 'sqlPools' = {
    name: 'orders'

    resource encryption 'transparentDataEncryption' = {
      name: 'current'
      properties: { status: 'Enabled' }
    }
  }
}
