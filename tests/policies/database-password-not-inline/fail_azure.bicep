resource orders 'Microsoft.DBforPostgreSQL/flexibleServers@2024-08-01' = {
  name: 'orders'
  location: 'westeurope'
  properties: {
    administratorLogin: 'orders'
    administratorLoginPassword: 'correct-horse' // expect: fail inline_secrets
  }
}
