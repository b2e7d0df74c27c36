param chosen string

resource waf 'Microsoft.Network/ApplicationGatewayWebApplicationFirewallPolicies@2024-05-01' = {
  name: 'shop'
  location: 'westeurope'
  properties: {
    managedRules: { managedRuleSets: [{ ruleSetType: chosen, ruleSetVersion: '3.2' }] } // expect: unknown waf.bot_protection
  }
}
