param chosen string

resource it 'Microsoft.Network/firewallPolicies@2024-05-01' = {
  name: 'hub'
  location: 'westeurope'
  properties: {
    sku: { tier: 'Premium' }
    intrusionDetection: { mode: chosen } // expect: unknown intrusion_detection
  }
}
