param router bool
resource nic 'Microsoft.Network/networkInterfaces@2024-05-01' = {
  name: 'web'
  location: 'westeurope'
  properties: {
    enableIPForwarding: router // expect: unknown ip_forwarding
    ipConfigurations: []
  }
}
