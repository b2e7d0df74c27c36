resource app 'Microsoft.Web/sites@2024-04-01' = {
  name: 'shop'
  location: 'westeurope'
  properties: {
    httpsOnly: true
  }

  resource settings 'config' = {
    name: 'appsettings'
    properties: {
      GREETING: 'hello'
      DB_PASSWORD: 'not-a-good-one' // expect: fail inline_secrets
    }
  }
}

resource api 'Microsoft.Web/sites@2024-04-01' = {
  name: 'api'
  location: 'westeurope'
  properties: {
    httpsOnly: true
  }

  resource connections 'config' = {
    name: 'connectionstrings'
    properties: {
      orders: {
        value: 'Server=db;User=sa;Password=not-a-good-one' // expect: fail inline_secrets
        type: 'SQLAzure'
      }
    }
  }
}
