resource shop 'Microsoft.Web/sites@2023-12-01' = {
  name: 'shop'
  location: 'westeurope'
  properties: {
    siteConfig: {
      connectionStrings: [
        {
          name: 'orders'
          type: 'SQLAzure'
          connectionString: 'Server=tcp:orders.database.windows.net,1433;Database=orders;User ID=shop;Password=correct-horse-7' // expect: fail inline_secrets
        }
      ]
    }
  }
}
