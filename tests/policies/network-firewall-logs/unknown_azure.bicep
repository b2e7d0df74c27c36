param chosen string

resource it 'Microsoft.Network/azureFirewalls@2024-05-01' = {
  name: 'hub'
  location: 'westeurope'
  properties: {
    sku: { name: 'AZFW_VNet', tier: 'Standard' }
  }
}

resource sent 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  name: 'sent'
  scope: it
  properties: {
    workspaceId: '/w'
    logs: [{ categoryGroup: chosen, enabled: true }] // expect: unknown logs.enabled
  }
}
