param chosen string

resource app 'Microsoft.Web/sites@2024-04-01' = {
  name: 'shop'
  location: 'westeurope'
  properties: {
    siteConfig: {
      ftpsState: chosen // expect: unknown plain_ftp
    }
  }
}
