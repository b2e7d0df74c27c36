param chosen string

resource thing 'Microsoft.Compute/disks@2024-01-01' = {
  name: 'thing'
  location: 'westeurope'
  properties: {
    networkAccessPolicy: chosen // expect: unknown network.public
  }
}
