resource app 'Microsoft.Web/sites@2024-04-01' = {
  name: 'shop'
  location: 'westeurope'
  properties: {
    httpsOnly: true
  }

  resource signIn 'config' = {
    name: 'authsettingsV2'
    properties: {
      platform: { enabled: true }
      globalValidation: { requireAuthentication: true }
    }
  }
}
