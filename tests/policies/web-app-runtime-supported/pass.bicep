resource app 'Microsoft.Web/sites@2024-04-01' = {
  name: 'shop'
  location: 'westeurope'
  properties: {
    siteConfig: {
      linuxFxVersion: 'DOTNETCORE|10.0'
      netFrameworkVersion: 'v4.0'
    }
  }
}
