resource it 'Microsoft.Network/firewallPolicies@2024-05-01' = {
  name: 'hub'
  location: 'westeurope'
  properties: {
    sku: { tier: 'Premium' }
    intrusionDetection: { mode: 'Deny' }
  }
}
