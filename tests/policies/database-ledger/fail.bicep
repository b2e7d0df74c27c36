resource server 'Microsoft.Sql/servers@2023-08-01' existing = {
  name: 'main'
}

resource orders 'Microsoft.Sql/servers/databases@2023-08-01' = {
  parent: server
  name: 'orders'
  location: 'westeurope'
  properties: {
    isLedgerOn: false // expect: fail tamper_evident
  }
}
