resource waf 'Microsoft.Network/FrontDoorWebApplicationFirewallPolicies@2024-02-01' = {
  name: 'shop'
  location: 'westeurope'
  properties: {
    managedRules: { managedRuleSets: [{ ruleSetType: 'Microsoft_BotManagerRuleSet', ruleSetVersion: '1.1' }] }
  }
}
