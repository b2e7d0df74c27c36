resource line 'Microsoft.Network/ExpressRoutePorts@2024-05-01' = {
  name: 'line'
  location: 'westeurope'
  properties: {
    peeringLocation: 'Amsterdam'
    links: [
      {
        name: 'link1'
        properties: { macSecConfig: { cakSecretIdentifier: 'https://line.vault.azure.net/secrets/cak/1' } }
      }
      {
        name: 'link2'
        properties: { adminState: 'Enabled' } // expect: fail encryption.in_transit
      }
    ]
  }
}
