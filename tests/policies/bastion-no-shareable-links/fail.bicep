resource door 'Microsoft.Network/bastionHosts@2024-05-01' = {
  name: 'door'
  location: 'westeurope'
  sku: { name: 'Standard' }
  properties: {
    enableShareableLink: true // expect: fail shareable_links
  }
}
