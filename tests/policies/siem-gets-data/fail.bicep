resource logs 'Microsoft.OperationalInsights/workspaces@2023-09-01' = { // expect: fail data.connected
  name: 'security'
  location: 'westeurope'
}

resource sentinel 'Microsoft.SecurityInsights/onboardingStates@2024-03-01' = {
  name: 'default'
  scope: logs
  properties: {}
}
