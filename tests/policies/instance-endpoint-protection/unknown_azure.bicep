param chosen string

resource web 'Microsoft.Compute/virtualMachines@2024-07-01' = {
  name: 'web'
  location: 'westeurope'
  properties: {
    osProfile: {}
  }
}

resource guard 'Microsoft.Compute/virtualMachines/extensions@2024-07-01' = {
  parent: web
  name: 'guard'
  location: 'westeurope'
  properties: {
    publisher: 'Microsoft.Azure.Security'
    type: chosen // expect: unknown endpoint_protection
    typeHandlerVersion: '1.3'
  }
}
