param mode string

resource waf 'Microsoft.Network/ApplicationGatewayWebApplicationFirewallPolicies@2024-05-01' = {
  name: 'shop'
  location: 'westeurope'
  properties: {
    policySettings: { state: 'Enabled', mode: mode } // expect: unknown waf.mode
  }
}
