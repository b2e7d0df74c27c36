param chosen string

resource web 'Microsoft.Compute/virtualMachines@2024-07-01' = {
  name: 'web'
  location: 'westeurope'
  properties: {
    storageProfile: {
      imageReference: {
        publisher: chosen // expect: unknown image
        offer: '0001-com-ubuntu-server-focal'
        sku: '20_04-lts'
      }
    }
  }
}
