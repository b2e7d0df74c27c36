param chosen bool

resource sound 'Microsoft.Web/sites@2024-04-01' = {
  name: 'sound'
  location: 'westeurope'
  properties: {
    httpsOnly: true
  }
}

resource faulty 'Microsoft.Web/sites@2024-04-01' = {
  name: 'faulty'
  location: 'westeurope'
  properties: {
    httpsOnly: false // expect: fail https_only
  }
}

resource open 'Microsoft.Web/sites@2024-04-01' = {
  name: 'open'
  location: 'westeurope'
  properties: {
    httpsOnly: chosen // expect: unknown https_only
  }
}
