resource waf 'Microsoft.Network/FrontDoorWebApplicationFirewallPolicies@2024-02-01' = {
  name: 'shop'
  location: 'westeurope'
  properties: {
    policySettings: { requestBodyCheck: 'Enabled' }
  }
}
