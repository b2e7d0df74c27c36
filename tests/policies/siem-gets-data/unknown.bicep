param mail bool

resource logs 'Microsoft.OperationalInsights/workspaces@2023-09-01' = {
  name: 'security'
  location: 'westeurope'
}

resource sentinel 'Microsoft.SecurityInsights/onboardingStates@2024-03-01' = {
  name: 'default'
  scope: logs
  properties: {}
}

resource connector 'Microsoft.SecurityInsights/dataConnectors@2024-03-01' = if (mail) { // expect: unknown data.connected
  name: 'mail'
  scope: logs
  kind: 'Office365'
  properties: {
    tenantId: 'tenant'
  }
}
