param chosen string

resource open 'Microsoft.Network/ApplicationGatewayWebApplicationFirewallPolicies@2024-05-01' = { // expect: unknown waf.rules_off
  name: 'open'
  location: 'westeurope'
  properties: {
    managedRules: {
      managedRuleSets: [
        {
          ruleSetType: 'Microsoft_DefaultRuleSet'
          ruleSetVersion: '2.1'
          ruleGroupOverrides: [
            {
              ruleGroupName: 'JAVA'
              rules: [
                {
                  ruleId: '944240'
                  state: chosen
                }
              ]
            }
          ]
        }
      ]
    }
  }
}
