param chosen bool

resource shop 'Microsoft.Web/serverfarms@2024-04-01' = {
  name: 'shop'
  location: 'westeurope'
  sku: { name: 'P1v3', capacity: 3 }
  properties: {
    zoneRedundant: chosen // expect: unknown ha.multi_zone
  }
}
