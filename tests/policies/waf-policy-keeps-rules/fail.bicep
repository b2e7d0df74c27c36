resource off 'Microsoft.Network/ApplicationGatewayWebApplicationFirewallPolicies@2024-05-01' = {
  name: 'off'
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
                  ruleId: '944240' // expect: fail waf.rules_off
                  state: 'Disabled'
                }
              ]
            }
          ]
        }
      ]
    }
  }
}
