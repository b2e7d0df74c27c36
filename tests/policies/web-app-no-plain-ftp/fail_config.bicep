resource app 'Microsoft.Web/sites@2024-04-01' = {
  name: 'shop'
  location: 'westeurope'
  properties: {
    httpsOnly: true
  }

  resource web 'config' = {
    name: 'web'
    properties: {
      ftpsState: 'AllAllowed' // expect: fail plain_ftp
    }
  }
}
