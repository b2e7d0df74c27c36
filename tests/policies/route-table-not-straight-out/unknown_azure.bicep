param chosen string

resource app 'Microsoft.Network/routeTables@2024-05-01' = {
  name: 'app'
  location: 'westeurope'
  properties: {
    routes: [
      {
        name: 'out'
        properties: {
          addressPrefix: '0.0.0.0/0'
          nextHopType: chosen // expect: unknown routes.internet
        }
      }
    ]
  }
}
