resource off 'Microsoft.Network/FrontDoorWebApplicationFirewallPolicies@2024-02-01' = {
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
                  enabledState: 'Disabled'
                }
              ]
            }
          ]
        }
      ]
    }
  }
}
