resource watcher 'Microsoft.Network/networkWatchers@2024-05-01' = {
  name: 'watcher'
  location: 'westeurope'
}
resource hub 'Microsoft.Network/virtualNetworks@2024-05-01' = {
  name: 'hub'
  location: 'westeurope'
  properties: {
    addressSpace: { addressPrefixes: ['10.0.0.0/16'] }
  }
}
