resource orders 'Microsoft.DBforPostgreSQL/flexibleServers@2024-08-01' = {
  name: 'orders'
  location: 'westeurope'
  properties: {
    authConfig: {
      activeDirectoryAuth: 'Enabled'
      passwordAuth: 'Enabled' // expect: fail auth.passwords
    }
  }
}

resource ledger 'Microsoft.Sql/servers@2023-08-01' = {
  name: 'ledger'
  location: 'westeurope'
  properties: {
    version: '12.0'
  }

  resource only 'azureADOnlyAuthentications' = {
    name: 'Default'
    properties: {
      azureADOnlyAuthentication: false // expect: fail auth.passwords
    }
  }
}
