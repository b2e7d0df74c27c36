param production bool

@secure()
param password string

resource orders 'Microsoft.DBforPostgreSQL/flexibleServers@2024-08-01' = {
  name: 'orders'
  location: 'westeurope'
  properties: {
    administratorLogin: 'orders'
    administratorLoginPassword: production ? password : 'not-a-good-one' // expect: unknown inline_secrets
  }
}
