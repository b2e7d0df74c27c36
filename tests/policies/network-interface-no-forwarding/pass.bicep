resource nic 'Microsoft.Network/networkInterfaces@2024-05-01' = {
  name: 'web'
  location: 'westeurope'
  properties: {
    enableIPForwarding: false
    ipConfigurations: []
  }
}
