param extra object
param named string
param live bool

resource shop 'Microsoft.Web/sites@2024-04-01' = {
  name: 'shop'
  location: 'westeurope'
  properties: {
    siteConfig: {
      appSettings: [
        { name: 'DB_PASSWORD', value: live ? 'Kq8-vault-Tree-91' : '' } // expect: unknown inline_secrets
      ]
    }
  }
}

resource till 'Microsoft.Web/sites@2024-04-01' = {
  name: 'till'
  location: 'westeurope'
  properties: {
    siteConfig: {
      appSettings: [
        { ...extra, name: 'DB_PASSWORD', value: 'Kq8-vault-Tree-91' } // expect: unknown inline_secrets
      ]
    }
  }
}

resource store 'Microsoft.Web/sites@2024-04-01' = {
  name: 'store'
  location: 'westeurope'
  properties: {
    siteConfig: {
      appSettings: [
        { name: named, value: 'Kq8-vault-Tree-91' } // expect: unknown inline_secrets
      ]
    }
  }
}
