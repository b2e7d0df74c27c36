resource on 'Microsoft.Network/FrontDoorWebApplicationFirewallPolicies@2024-02-01' = {
  name: 'on'
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
                  enabledState: 'Enabled'
                }
              ]
            }
          ]
        }
      ]
    }
  }
}

resource other 'Microsoft.Network/FrontDoorWebApplicationFirewallPolicies@2024-02-01' = {
  name: 'other'
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
                  ruleId: '920300'
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
