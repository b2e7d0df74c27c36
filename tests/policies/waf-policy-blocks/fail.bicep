resource waf 'Microsoft.Network/ApplicationGatewayWebApplicationFirewallPolicies@2024-05-01' = {
  name: 'shop'
  location: 'westeurope'
  properties: {
    policySettings: { state: 'Disabled', mode: 'Prevention' } // expect: fail waf
  }
}
