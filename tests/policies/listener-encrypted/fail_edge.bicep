resource plain 'Microsoft.Cdn/profiles/endpoints@2024-09-01' = {
  name: 'files/pictures'
  location: 'westeurope'
  properties: { origins: [] } // expect: fail https_only
}

resource route 'Microsoft.Cdn/profiles/afdEndpoints/routes@2024-09-01' = {
  name: 'edge/shop/all'
  properties: {
    supportedProtocols: ['Http', 'Https'] // expect: fail https_only
    httpsRedirect: 'Disabled'
  }
}
