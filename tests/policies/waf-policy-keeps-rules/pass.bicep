resource on 'Microsoft.Network/ApplicationGatewayWebApplicationFirewallPolicies@2024-05-01' = {
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
                  state: 'Enabled'
                }
              ]
            }
          ]
        }
      ]
    }
  }
}

resource other 'Microsoft.Network/ApplicationGatewayWebApplicationFirewallPolicies@2024-05-01' = {
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
