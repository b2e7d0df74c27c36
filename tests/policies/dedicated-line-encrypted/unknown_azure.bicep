param chosen string

resource line 'Microsoft.Network/ExpressRoutePorts@2024-05-01' = {
  name: 'line'
  location: 'westeurope'
  properties: {
    peeringLocation: 'Amsterdam'
    links: [
      {
        name: 'link1'
        properties: { macSecConfig: { cakSecretIdentifier: chosen } } // expect: unknown encryption.in_transit
      }
      {
        name: 'link2'
        properties: { adminState: 'Enabled', macSecConfig: { cakSecretIdentifier: 'https://line.vault.azure.net/secrets/cak/1' } }
      }
    ]
  }
}
