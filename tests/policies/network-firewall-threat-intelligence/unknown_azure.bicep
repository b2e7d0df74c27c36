param chosen string

resource it 'Microsoft.Network/firewallPolicies@2024-05-01' = {
  name: 'hub'
  location: 'westeurope'
  properties: {
    threatIntelMode: chosen // expect: unknown threat_intelligence
  }
}
