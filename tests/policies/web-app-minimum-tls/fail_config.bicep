resource app 'Microsoft.Web/sites@2024-04-01' = {
  name: 'shop'
  location: 'westeurope'
  properties: {
    httpsOnly: true
  }

  resource web 'config' = {
    name: 'web'
    properties: {
      minTlsVersion: '1.0' // expect: fail tls.min_version
    }
  }
}
