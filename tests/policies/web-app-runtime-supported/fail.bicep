resource app 'Microsoft.Web/sites@2024-04-01' = {
  name: 'shop'
  location: 'westeurope'
  properties: {
    siteConfig: {
      linuxFxVersion: 'PYTHON|3.8' // expect: fail runtime
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
      linuxFxVersion: 'NODE|16-lts' // expect: fail runtime
    }
  }
}

resource windows 'Microsoft.Web/sites@2024-04-01' = {
  name: 'windows'
  location: 'westeurope'
  properties: {
    siteConfig: {
      phpVersion: '7.4' // expect: fail runtime
    }
  }
}
