param chosen bool

resource app 'Microsoft.Web/sites@2024-04-01' = {
  name: 'shop'
  location: 'westeurope'
  properties: {
    siteConfig: {
      remoteDebuggingEnabled: chosen // expect: unknown remote_debugging
    }
  }
}
