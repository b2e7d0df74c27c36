resource inside 'Microsoft.Web/hostingEnvironments@2024-04-01' = {
  name: 'inside'
  properties: {
    internalLoadBalancingMode: 'Web, Publishing'
  }
}

resource orders 'Microsoft.EventGrid/topics@2025-02-15' = {
  name: 'orders'
  properties: {
    publicNetworkAccess: 'Enabled'
    inboundIpRules: [
      { ipMask: '198.51.100.0/24', action: 'Allow' }
    ]
  }
}

resource catalogue 'Microsoft.Search/searchServices@2023-11-01' = {
  name: 'catalogue'
  properties: {
    publicNetworkAccess: 'enabled'
    networkRuleSet: { ipRules: [{ value: '198.51.100.0/24' }] }
  }
}
