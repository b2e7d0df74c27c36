targetScope = 'subscription'

resource databases 'Microsoft.Security/pricings@2024-01-01' = {
  name: 'SqlServers'
  properties: {
    pricingTier: 'Free' // expect: fail threat_detection.off
  }
}
