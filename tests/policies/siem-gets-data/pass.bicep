resource logs 'Microsoft.OperationalInsights/workspaces@2023-09-01' = {
  name: 'security'
  location: 'westeurope'
}

resource sentinel 'Microsoft.SecurityInsights/onboardingStates@2024-03-01' = {
  name: 'default'
  scope: logs
  properties: {}
}

resource signIns 'Microsoft.SecurityInsights/dataConnectors@2024-03-01' = {
  name: 'sign-ins'
  scope: logs
  kind: 'AzureActiveDirectory'
  properties: {
    tenantId: 'tenant'
  }
}
