resource shop 'Microsoft.Web/sites@2023-12-01' = {
  name: 'shop'
  location: 'westeurope'
  properties: {
    siteConfig: {
      connectionStrings: [
        {
          name: 'orders'
          type: 'SQLAzure'
          connectionString: 'Server=tcp:orders.database.windows.net,1433;Database=orders;Authentication=Active Directory Default;Encrypt=True'
        }
      ]
    }
  }
}
