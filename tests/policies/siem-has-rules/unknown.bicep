param on bool

resource logs 'Microsoft.OperationalInsights/workspaces@2023-09-01' = {
  name: 'security'
  location: 'westeurope'
}

resource sentinel 'Microsoft.SecurityInsights/onboardingStates@2024-03-01' = {
  name: 'default'
  scope: logs
  properties: {}
}

resource guessing 'Microsoft.SecurityInsights/alertRules@2024-03-01' = {
  name: 'guessing'
  scope: logs
  kind: 'Scheduled'
  properties: {
    displayName: 'Many failed sign-ins'
    enabled: on // expect: unknown rules.enabled
  }
}
