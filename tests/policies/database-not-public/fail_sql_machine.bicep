resource sql 'Microsoft.SqlVirtualMachine/sqlVirtualMachines@2023-10-01' = {
  name: 'orders'
  location: 'westeurope'
  properties: {
    serverConfigurationsManagementSettings: {
      sqlConnectivityUpdateSettings: { connectivityType: 'PUBLIC' } // expect: fail network.public
    }
  }
}
