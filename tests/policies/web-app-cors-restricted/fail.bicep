resource app 'Microsoft.Web/sites@2024-04-01' = {
  name: 'shop'
  location: 'westeurope'
  properties: {
    siteConfig: {
      cors: { allowedOrigins: ['https://shop.example.org', '*'] } // expect: fail cors.any_origin
    }
  }
}

resource other 'Microsoft.Web/sites@2024-04-01' = {
  name: 'other'
  location: 'westeurope'
  properties: {
    httpsOnly: true
  }

  resource web 'config' = {
    name: 'web'
    properties: {
      cors: { allowedOrigins: ['*'] } // expect: fail cors.any_origin
    }
  }
}

resource api 'Microsoft.App/containerApps@2024-03-01' = {
  name: 'api'
  location: 'westeurope'
  properties: {
    configuration: {
      ingress: {
        external: true
        corsPolicy: { allowedOrigins: ['*'] } // expect: fail cors.any_origin
      }
    }
  }
}
