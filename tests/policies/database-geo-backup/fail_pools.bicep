resource reports 'Microsoft.Synapse/workspaces@2021-06-01' = {
  name: 'reports'

  resource orders 'sqlPools' = {
    name: 'orders'

    resource copies 'geoBackupPolicies' = {
      name: 'Default'
      properties: { state: 'Disabled' } // expect: fail backup.cross_region
    }
  }
}
