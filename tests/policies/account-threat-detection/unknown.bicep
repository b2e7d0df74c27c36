targetScope = 'subscription'

param tier string

resource databases 'Microsoft.Security/pricings@2024-01-01' = { // expect: unknown threat_detection.off
  name: 'SqlServers'
  properties: {
    pricingTier: tier
  }
}
