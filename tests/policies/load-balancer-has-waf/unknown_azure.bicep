param chosen bool

resource shop 'Microsoft.Network/applicationGateways@2024-05-01' = {
  name: 'shop'
  location: 'westeurope'
  properties: {
    sku: {
      name: 'WAF_v2'
      tier: 'WAF_v2'
    }
    frontendIPConfigurations: [
      {
        name: 'front'
        properties: {
          publicIPAddress: {
            id: resourceId('Microsoft.Network/publicIPAddresses', 'shop')
          }
        }
      }
    ]
    webApplicationFirewallConfiguration: {
      enabled: chosen // expect: unknown waf
      firewallMode: 'Prevention'
      ruleSetType: 'OWASP'
      ruleSetVersion: '3.2'
    }
  }
}
