param chosen string

resource web 'Microsoft.Compute/virtualMachines@2024-07-01' = {
  name: 'web'
  location: 'westeurope'
  properties: {
    osProfile: {}
  }
}

resource run 'Microsoft.Compute/virtualMachines/extensions@2024-07-01' = {
  parent: web
  name: 'run'
  location: 'westeurope'
  properties: {
    publisher: 'Microsoft.Azure.Extensions'
    type: chosen // expect: unknown extensions
    typeHandlerVersion: '2.1'
  }
}
