resource inside 'Microsoft.Web/hostingEnvironments@2024-04-01' = {
  name: 'inside'
  properties: {
    internalLoadBalancingMode: 'None' // expect: fail network.public
  }
}

resource orders 'Microsoft.EventGrid/topics@2025-02-15' = {
  name: 'orders'
  properties: {
    publicNetworkAccess: 'Enabled'
    inboundIpRules: [
      { ipMask: '0.0.0.0/0', action: 'Allow' } // expect: fail network.public
    ]
  }
}

resource catalogue 'Microsoft.Search/searchServices@2023-11-01' = {
  name: 'catalogue'
  properties: {
    publicNetworkAccess: 'enabled' // expect: fail network.public
    networkRuleSet: { ipRules: [] }
  }
}
