param chosen int

resource sound 'Microsoft.OperationalInsights/workspaces@2023-09-01' = {
  name: 'sound'
  location: 'westeurope'
  properties: {
    retentionInDays: 365
  }
}

resource faulty 'Microsoft.OperationalInsights/workspaces@2023-09-01' = {
  name: 'faulty'
  location: 'westeurope'
  properties: {
    retentionInDays: 30 // expect: fail logs.retention_days
  }
}

resource open 'Microsoft.OperationalInsights/workspaces@2023-09-01' = {
  name: 'open'
  location: 'westeurope'
  properties: {
    retentionInDays: chosen // expect: unknown logs.retention_days
  }
}
