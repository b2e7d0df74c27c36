param chosen string

resource sound 'Microsoft.Network/applicationGateways@2024-05-01' = {
  name: 'sound'
  location: 'westeurope'
  properties: {
    sku: {
      name: 'WAF_v2'
      tier: 'WAF_v2'
    }
    frontendIPConfigurations: [
      {
        name: 'front'
        properties: {
          publicIPAddress: {
            id: resourceId('Microsoft.Network/publicIPAddresses', 'shop')
          }
        }
      }
    ]
    webApplicationFirewallConfiguration: {
      enabled: true
      firewallMode: 'Prevention'
      ruleSetType: 'OWASP'
      ruleSetVersion: '3.2'
    }
  }
}

resource faulty 'Microsoft.Network/applicationGateways@2024-05-01' = {
  name: 'faulty'
  location: 'westeurope'
  properties: {
    sku: {
      name: 'WAF_v2'
      tier: 'WAF_v2'
    }
    frontendIPConfigurations: [
      {
        name: 'front'
        properties: {
          publicIPAddress: {
            id: resourceId('Microsoft.Network/publicIPAddresses', 'shop')
          }
        }
      }
    ]
    webApplicationFirewallConfiguration: {
      enabled: true
      firewallMode: 'Detection' // expect: fail waf.mode
      ruleSetType: 'OWASP'
      ruleSetVersion: '3.2'
    }
  }
}

resource open 'Microsoft.Network/applicationGateways@2024-05-01' = {
  name: 'open'
  location: 'westeurope'
  properties: {
    sku: {
      name: 'WAF_v2'
      tier: 'WAF_v2'
    }
    frontendIPConfigurations: [
      {
        name: 'front'
        properties: {
          publicIPAddress: {
            id: resourceId('Microsoft.Network/publicIPAddresses', 'shop')
          }
        }
      }
    ]
    webApplicationFirewallConfiguration: {
      enabled: true
      firewallMode: chosen // expect: unknown waf.mode
      ruleSetType: 'OWASP'
      ruleSetVersion: '3.2'
    }
  }
}

resource policy 'Microsoft.Network/ApplicationGatewayWebApplicationFirewallPolicies@2024-05-01' = {
  name: 'watching'
  location: 'westeurope'
  properties: {
    policySettings: {
      state: 'Enabled'
      mode: 'Detection' // expect: fail waf.mode
    }
    managedRules: {
      managedRuleSets: [
        {
          ruleSetType: 'OWASP'
          ruleSetVersion: '3.2'
        }
      ]
    }
  }
}

resource named 'Microsoft.Network/applicationGateways@2024-05-01' = {
  name: 'named'
  location: 'westeurope'
  properties: {
    sku: {
      name: 'WAF_v2'
      tier: 'WAF_v2'
    }
    frontendIPConfigurations: [
      {
        name: 'front'
        properties: {
          publicIPAddress: {
            id: resourceId('Microsoft.Network/publicIPAddresses', 'shop')
          }
        }
      }
    ]
    firewallPolicy: {
      id: policy.id
    }
  }
}
