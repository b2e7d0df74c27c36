resource pages 'Microsoft.Web/staticSites@2024-04-01' = {
  name: 'pages'
  location: 'westeurope'
  sku: { name: 'Standard', tier: 'Standard' }
  identity: { type: 'SystemAssigned' }
  properties: {}
}
