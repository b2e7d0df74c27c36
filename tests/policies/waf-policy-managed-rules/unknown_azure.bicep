param chosen string

resource waf 'Microsoft.Network/FrontDoorWebApplicationFirewallPolicies@2024-02-01' = {
  name: 'shop'
  location: 'westeurope'
  properties: {
    policySettings: { enabledState: 'Enabled', mode: 'Prevention' }
    managedRules: { managedRuleSets: [{ ruleSetType: chosen, ruleSetVersion: '1.0' }] } // expect: unknown waf.managed_rules
  }
}
