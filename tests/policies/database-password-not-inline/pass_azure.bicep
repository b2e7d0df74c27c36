@secure()
param password string

resource orders 'Microsoft.DBforPostgreSQL/flexibleServers@2024-08-01' = {
  name: 'orders'
  location: 'westeurope'
  properties: {
    administratorLogin: 'orders'
    administratorLoginPassword: password
  }
}
