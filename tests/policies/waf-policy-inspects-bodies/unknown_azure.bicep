param chosen bool

resource waf 'Microsoft.Network/ApplicationGatewayWebApplicationFirewallPolicies@2024-05-01' = {
  name: 'shop'
  location: 'westeurope'
  properties: {
    policySettings: { requestBodyCheck: chosen } // expect: unknown waf.bodies_inspected
  }
}
