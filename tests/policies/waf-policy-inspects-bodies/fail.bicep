resource waf 'Microsoft.Network/ApplicationGatewayWebApplicationFirewallPolicies@2024-05-01' = {
  name: 'shop'
  location: 'westeurope'
  properties: {
    policySettings: { requestBodyCheck: false } // expect: fail waf.bodies_inspected
  }
}
